# SPDX-License-Identifier: Apache-2.0
"""Who of those that should have something has it: every village of a district and its work station."""
import csv
import re
import shutil

import names
from cases import SITES, SiteCase
from sites import ROOT, Server, must, tongxin

DISTRICT = '340706000000'
VILLAGES = 115
COVERAGE = f"""
---
coverage: each_has_station
label: {{zh: 村村有专家站, en: Each village has an expert station}}
define: {{zh: 统计日有在用专家站的村和社区，虚拟单位除外。, en: "Villages and communities with an expert station in use on the day, virtual ones left out."}}
unit: {{dimension: village, word: {{zh: 个村（社区）, en: villages}}}}
of: {{kind: org, where: {{org_type: [village, community]}}}}
has: {{kind: station, by: place, where: {{station_kind: expert_station}}, from: opened_on, until: closed_on}}
org: "{DISTRICT}"
---
figure: closed_again
label: {{zh: 已办结问题（另计）, en: Issues closed once more}}
of: requests_closed
period: year
overlaps: [reception_closed]
---
briefing: stations
label: {{zh: 工作站, en: Work stations}}
period: year
text:
  zh: "{{period}}，{{each_has_station}}个村（社区）工作站{{each_has_station full}}。"
  en: "{{period}}: {{each_has_station}} villages, {{each_has_station full}} of work stations."
"""


def profile_with_coverage(folder):
    """The shipped profiles with stations and their coverage in one city; the city's folder."""
    shutil.copytree(ROOT / 'profiles', folder)
    city = folder / 'tongling'
    file = city / 'profile.yaml'
    text = file.read_text()
    parts = re.search(r'^parts: *\[(.*)\]$', text, re.M)
    if not parts:
        text = text.replace('extends: base\n', 'extends: base\nparts: [station]\n')
    elif 'station' not in re.split(r'[ ,]+', parts[1]):
        text = text.replace(parts[0], f'parts: [{parts[1]}, station]')
    file.write_text(text)
    (city / 'coverage.yaml').write_text(COVERAGE.lstrip('\n-'))
    return city


class Coverage(SiteCase):
    @classmethod
    def setUpClass(cls):
        cls.site = SITES.new(*cls.OPTIONS)
        cls.city = profile_with_coverage(cls.site.parent / 'profiles-coverage')
        must('check', cls.city)
        must('profile', 'activate', cls.city, '--site', cls.site)
        cls.villages = cls.read_villages()
        cls.open_stations()
        cls.server = Server(cls.site).start()
        cls.people = {}

    @classmethod
    def read_villages(cls):
        with open(cls.city / 'organisations.tsv', encoding='utf-8') as rows:
            return [row for row in csv.DictReader(rows, delimiter='\t')
                    if row['code'].startswith(DISTRICT[:6]) and row['type'] in ('village', 'community')
                    and row['virtual'] == '0']

    @classmethod
    def open_stations(cls):
        sheet = cls.site.parent / 'stations.csv'
        with open(sheet, 'w', encoding='utf-8', newline='') as file:
            writer = csv.writer(file)
            writer.writerow(['title', 'station_kind', 'place', 'opened_on'])
            for village in cls.villages:
                writer.writerow([f'{village["name_zh"]}工作站', 'expert_station', village['code'], '2023-03-01'])
        must('import', 'station', sheet, '--site', cls.site)

    def coverage(self, **query):
        answer = self.anyone('zh').get(f'{names.API}/coverage/each_has_station', **query)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def draft(self):
        answer = self.person('press').get(f'{names.API}/briefings/stations')
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def set_up_village(self, name):
        form = {'title': name, 'code': f'{DISTRICT[:6]}999{len(name):03}', 'parent_org': DISTRICT,
                'org_type': 'village', 'opened_on': '2023-06-01'}
        made = self.person('admin').post(f'{names.API}/records/org', {'form': form})
        self.assertEqual(made.status, 201, made)

    def test_1_every_village_has_a_station(self):
        self.assertEqual(len(self.villages), VILLAGES)
        seen = self.coverage()
        self.assertEqual((seen['have'], seen['of'], seen['missing'], seen['full']), (VILLAGES, VILLAGES, 0, True))
        self.assertEqual(sum(part['have'] for part in seen['parts']), VILLAGES)
        self.assertEqual({member['code'] for part in seen['parts'] for member in part['having']},
                         {village['code'] for village in self.villages})
        self.assertTrue(self.draft()['can_publish'], self.draft())
        figures = must('figures', '--site', self.site, '--format', 'tsv')
        self.assertIn(f'each_has_station\tEach village has an expert station\t{VILLAGES}\tvillages\t{VILLAGES}\t{VILLAGES}\n', figures)

    def test_2_before_they_opened_none_had_one(self):
        seen = self.coverage(as_of='2023-02-28')
        self.assertEqual((seen['have'], seen['of']), (0, VILLAGES))
        self.assertEqual(sum(len(part['missing']) for part in seen['parts']), VILLAGES)

    def test_3_a_new_village_is_missing_and_named(self):
        self.set_up_village('新设村')
        seen = self.coverage()
        self.assertEqual((seen['have'], seen['of'], seen['full']), (VILLAGES, VILLAGES + 1, False))
        self.assertEqual([member['label'] for part in seen['parts'] for member in part['missing']], ['新设村'])
        draft = self.draft()
        self.assertFalse(draft['can_publish'])
        self.assertIn('新设村', str(draft))
        page = self.anyone('zh').get('/coverage/each_has_station')
        self.assertIn('新设村', page.text)
        self.assertIn('还有 1 个没有覆盖', page.text)
        self.assertEqual(self.coverage(as_of='2023-05-31')['of'], VILLAGES, 'the tree of that day')
        self.verify()

    def test_4_a_virtual_village_counts_in_nothing(self):
        before = self.coverage()['of']
        form = {'title': '虚拟村', 'code': f'{DISTRICT[:6]}888001', 'parent_org': DISTRICT, 'org_type': 'village',
                'opened_on': '2023-06-01', 'virtual': True}
        self.assertEqual(self.person('admin').post(f'{names.API}/records/org', {'form': form}).status, 201)
        self.assertEqual(self.coverage()['of'], before)

    def test_5_the_list_and_a_name_that_is_none(self):
        rows = self.anyone().get(f'{names.API}/coverage').json['coverage']
        self.assertIn('each_has_station', [row['coverage'] for row in rows])
        self.assertEqual(self.anyone().get(f'{names.API}/coverage/reception_closed').status, 404)
        self.assertEqual(self.anyone().get('/coverage').status, 200)
        self.assertEqual(tongxin('trace', '--site', self.site, 'each_has_station').stdout.count('\n'), VILLAGES)

    def test_6_overlaps_stand_beside_a_figure(self):
        row = self.person('leader').get(f'{names.API}/figures/closed_again').json
        self.assertEqual((row['overlaps'], row['subset_of']), (['reception_closed'], None))
        row = self.person('leader').get(f'{names.API}/figures/reception_closed').json
        self.assertEqual(row['overlaps'], ['closed_again'], 'said in one, held by both')
        self.assertIn('Overlaps, do not add', self.anyone().get('/figures/reception_closed').text)
        self.assertIn('"overlaps":["reception_closed"]', must('figures', '--site', self.site, '--format', 'json').replace(' ', ''))

    def test_7_parts_add_up_and_say_what_is_not_attributed(self):
        leader = self.person('leader')
        added = 0
        for row in leader.get(f'{names.API}/figures').json['figures']:
            figure = leader.get(f'{names.API}/figures/{row["figure"]}').json
            if not figure['parts'] or not figure['parts_add_up']:
                continue
            with self.subTest(figure=row['figure']):
                values = [part['value'] for part in figure['parts']]
                self.assertAlmostEqual(sum(values), figure['value'], delta=0.01 * len(values))
                self.assertEqual(figure['parts'][-1]['org'] is None, figure['org'] == '', 'of the whole site')
                added += figure['org'] == ''
        self.assertGreater(added, 10)
        self.assertIn('split-none', self.anyone().get('/figures/reception_closed').text)


class Brands(SiteCase):
    """Sets that are records, and sets of bodies that each have one."""
    OPTIONS = ('--profile', 'changzhou')

    def coverage(self, name):
        answer = self.person('office').get(f'{names.API}/coverage/{name}')
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def test_brands_without_an_activity_this_year_are_named(self):
        seen = self.coverage('brands_used')
        missing = {member['code'] for part in seen['parts'] for member in part['missing']}
        self.assertEqual(len(missing), seen['missing'])
        self.assertEqual(seen['have'] + seen['missing'], seen['of'])
        listed = must('export', '--site', self.site, 'activity')
        for code in missing:
            self.assertNotIn(code, listed)
        self.assertIn('PP-2018-026', missing)
        self.assertNotIn('PP-2018-001', missing, 'a system of brands is no brand')

    def test_each_body_has_its_own(self):
        for name in ('one_party_one_brand', 'one_group_one_theme', 'one_district_one_feature'):
            self.assertTrue(self.coverage(name)['full'], name)
