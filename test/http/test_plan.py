# SPDX-License-Identifier: Apache-2.0
"""The plan of Binzhou: its patterns are trees, its targets are promises that records answer."""
import shutil

import names
from cases import SiteCase
from sites import ROOT, must, tongxin

# figure -> (comparator, target, unit), as the city published them for 2023
TARGETS = {
    'research_topics': ('=', '36', '项'), 'supervision_topics': ('=', '8', '项'),
    'party_consultations_min': ('>=', '20', '次'), 'party_committees_7': ('=', '7', '个'),
    'ideal_bases': ('=', '2', '处'), 'training_person_times_min': ('>=', '180', '人次'),
    'visits_enterprises_min': ('>=', '300', '家'), 'overseas_platforms': ('=', '3', '个'),
    'overseas_events_min': ('>=', '5', '场'), 'funds_in_place_min': ('>=', '5000', '万元'),
}
# figures that count branches of the plan
STRUCTURE = {'idea_1_mechanism': 1, 'idea_3_articles': 3, 'prov_five_actions': 5, 'three_actions': 3,
             'ten_actions': 10, 'four_enter': 4, 'five_revitalisations': 5}
LIGHTS = {'green', 'yellow', 'red', 'caught_up', 'none'}
CHINESE = {'env': {'LANG': 'zh_CN.UTF-8', 'LC_ALL': '', 'LANGUAGE': ''}}


def table(command, site, *options):
    """The first cell of each row -> the others, of a command's tab-separated answer."""
    lines = must(command, '--site', site, '--format', 'tsv', *options, **CHINESE).splitlines()
    return {line.split('\t')[0]: line.split('\t')[1:] for line in lines}


class Plan(SiteCase):
    OPTIONS = ('--profile', 'binzhou')

    def target(self, **form):
        body = {'parent': 'JH-2023-01', 'title': '走访企业一百家', 'figure': 'visits_enterprises_min',
                'comparator': 'at_least', 'value': '100', **form}
        return self.person('office').post(f'{names.API}/records/plan_target', {'form': body})

    def targets(self, **query):
        answer = self.anyone().get(f'{names.API}/targets', **query)
        self.assertEqual(answer.status, 200, answer)
        return {target['number']: target for target in answer.json['targets']}

    def test_the_profile_has_no_mistakes(self):
        self.assertIn('no mistakes', must('check', ROOT / 'profiles/binzhou'))

    def test_every_published_target_is_printed(self):
        rows = table('targets', self.site)
        self.assertEqual(rows.pop('figure'), ['label', 'comparator', 'target', 'unit', 'actual', 'light'])
        self.assertGreaterEqual(set(rows), set(TARGETS))
        figures = table('figures', self.site)
        for figure, promise in TARGETS.items():
            with self.subTest(figure=figure):
                label, comparator, target, unit, actual, light = rows[figure]
                self.assertEqual((comparator, target, unit), promise)
                self.assertEqual([label, actual, unit], figures[figure][:3])
                self.assertIn(light, LIGHTS)

    def test_an_earlier_day_knows_less(self):
        june = table('targets', self.site, '--as-of', '2023-06-30')
        self.assertLess(int(june['visits_enterprises_min'][4]), 312)
        self.assertEqual(table('targets', self.site, '--as-of', '2022-12-31')['ideal_bases'][5], 'none')

    def test_patterns_have_their_branches(self):
        figures = table('figures', self.site)
        for figure, count in STRUCTURE.items():
            with self.subTest(figure=figure):
                self.assertEqual(figures[figure][1], str(count))

    def test_a_new_target_is_on_the_page_at_once(self):
        made = self.target()
        self.assertEqual(made.status, 201, made)
        seen = self.targets()[made.json['number']]
        self.assertEqual((seen['target'], seen['actual'], seen['reached']), (100, 312, True))
        self.assertIn('走访企业一百家', self.anyone('zh').get('/targets').text)
        self.assertEqual(table('targets', self.site)['visits_enterprises_min'][1], '>=')

    def test_a_figure_that_is_none_is_refused(self):
        answer = self.target(figure='visits_enterprise_min')
        self.assertEqual(answer.status, 422, answer)
        wrong = {field['field']: field['message'] for field in answer.json['error']['fields']}
        self.assertIn('visits_enterprises_min', wrong['figure'])

    def test_a_target_needs_a_number(self):
        self.assertEqual(self.target(value='').status, 422)

    def test_a_figure_with_targets_is_not_lost(self):
        folder = self.site.parent / 'changed'
        shutil.copytree(ROOT / 'profiles', folder)
        figures = folder / 'binzhou/figures.yaml'
        figures.write_text(figures.read_text().replace('figure: ideal_bases', 'figure: bases_in_use'))
        lost = tongxin('profile', 'activate', folder / 'binzhou', '--site', self.site)
        self.assertEqual(lost.returncode, 1, lost.stdout + lost.stderr)
        self.assertIn('ideal_bases', lost.stdout + lost.stderr)

    def test_the_public_sees_what_was_announced(self):
        office = self.person('office')
        body = {'form': {'title': '2024年工作计划（草稿）', 'year': '2024', 'place': 'BZ'}}
        made = office.post(f'{names.API}/records/plan', body)
        self.assertEqual(made.status, 201, made)
        plans = [plan['number'] for plan in office.get(f'{names.API}/plan').json['plans']]
        self.assertIn(made.json['number'], plans)
        public = self.anyone().get(f'{names.API}/plan').json['plans']
        self.assertEqual([plan['number'] for plan in public], ['JH-2023-01'])
        self.assertNotIn('草稿', self.anyone('zh').get('/plan').text)

    def test_the_tree_and_its_warning(self):
        rows = self.anyone().get(f'{names.API}/plan', year=2023).json['plans'][0]['rows']
        ten = next(i for i, row in enumerate(rows) if row['node_code'] == 'ten')
        below = [row['depth'] for row in rows[ten + 1:ten + 11]]
        self.assertEqual(below, [rows[ten]['depth'] + 1] * 10)
        self.assertEqual([row['title'] for row in rows if row['vague']], ['推进示范区示范单位整体提升'])

    def test_lists_bear_the_names_of_the_profile(self):
        for name, label in (('goals', '目标清单'), ('tasks', '任务清单'), ('duties', '责任清单')):
            page = self.anyone('zh').get('/plan', list=name)
            self.assertEqual(page.status, 200)
            self.assertRegex(page.text, f'aria-current="page">{label}')


class Empty(SiteCase):
    """Before there is a plan the pages are there all the same."""
    OPTIONS = ('--now', '2023-01-10T10:00:00+08:00')

    def test_empty_states(self):
        for path in ('/plan', '/targets'):
            answer = self.anyone().get(path)
            self.assertEqual(answer.status, 200)
            self.assertIn('class="empty"', answer.text)
        self.assertEqual(self.anyone().get(f'{names.API}/targets').json, {'targets': []})
