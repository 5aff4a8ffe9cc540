# SPDX-License-Identifier: Apache-2.0
"""Every city with published figures: its demo comes out inside the interval of each (test/data/figures,
whose rows are the measured figures of its report), and a voided record leaves
exactly those it is behind: by itself, by the children that fall with it, or by a link of what they count."""
import contextlib
import csv
import os
import pathlib
import shutil
import sqlite3
import tempfile
import unittest

import names
from sites import must, tongxin

ROOT = pathlib.Path(__file__).resolve().parent.parent
EVERY_FIGURE = 'TONGXIN_EVERY_FIGURE' in os.environ
CITIES = sorted(path.stem for path in (ROOT / 'data' / 'figures').glob('*.tsv'))


def published(city):
    """figure -> (least, most)"""
    with open(ROOT / 'data' / 'figures' / f'{city}.tsv', encoding='utf-8', newline='') as file:
        return {row['figure']: (float(row['min']), float(row['max'] or 'inf'))
                for row in csv.DictReader(file, delimiter='\t')}


def counted(site, with_shares=False):
    """figure -> value; shares and coverages go by more than the records of their trace"""
    lines = must('figures', '--site', site, '--format', 'tsv').splitlines()
    return {cells[0]: cells[2] for cells in (line.split('\t') for line in lines) if with_shares or not cells[5]}


def trace(site, figure):
    return must('trace', '--site', site, figure).split()


def kind_of(site, number):
    """The kind of a record by its number, or by its id (#269) where the kind has none."""
    with contextlib.closing(sqlite3.connect(f'file:{site}/site.db?mode=ro', uri=True)) as db:
        return db.execute("SELECT kind FROM record WHERE number = ? OR '#' || id = ?", [number, number]).fetchone()[0]


def named_by(site, numbers):
    """The records that name one of these in a link."""
    with contextlib.closing(sqlite3.connect(f'file:{site}/site.db?mode=ro', uri=True)) as db:
        rows = db.execute("""SELECT coalesce(r.number, '#' || r.id), coalesce(t.number, '#' || t.id)
            FROM (SELECT record, target FROM record_link UNION ALL SELECT id, submitter FROM record) AS l
            JOIN record AS r ON r.id = l.record JOIN record AS t ON t.id = l.target""").fetchall()
    return {number for number, target in rows if target in numbers}


class Cities(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix='tongxin-cities-'))
        cls.sites = {}
        for city in CITIES:
            cls.sites[city] = cls.folder / city
            must('demo', '--profile', city, '--site', cls.sites[city], '--no-serve', timeout=600)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    def test_a_profile_has_no_mistakes(self):
        for city in CITIES:
            must('check', city)

    def test_every_published_figure_is_inside_its_interval(self):
        self.assertIn('linyi', CITIES)
        for city in CITIES:
            values = counted(self.sites[city], with_shares=True)
            for figure, (least, most) in published(city).items():
                with self.subTest(city=city, figure=figure):
                    self.assertLessEqual(least, float(values[figure]))
                    self.assertLessEqual(float(values[figure]), most)

    def test_what_is_not_assigned_makes_up_the_whole(self):
        values = counted(self.sites['changzhou'])
        parts = int(values['key_projects_in_areas']) + int(values['key_projects_unassigned'])
        self.assertEqual(parts, int(values['key_projects']))

    def test_open_findings_of_an_inspection_are_followed_in_the_next_round(self):
        sheet = must('export', '--site', self.sites['taizhou'], 'inspection_finding')
        rows = list(csv.DictReader(sheet.lstrip('\ufeff').splitlines()))
        still = [row for row in rows if row['Status'] != 'Cleared']
        self.assertEqual({row['Followed in round'].split()[0] for row in still}, {'HJ-2023-04'})
        self.assertIn('1', {row['Times carried over'] for row in still})
        self.assertEqual([row['Due'] for row in rows], [row['To be put right by'] for row in rows])
        cleared = [row['Followed in round'].split()[0] for row in rows if row['Status'] == 'Cleared']
        self.assertIn('HJ-2023-01', cleared)

    def test_voiding_a_record_changes_what_depends_on_it(self):
        """One record of every kind that a figure counts, in every city; with --full one behind every figure."""
        for city in CITIES:
            site, seen = self.sites[city], set()
            values = counted(site)
            traces = {figure: trace(site, figure) for figure in values}
            for figure in sorted(traces, key=lambda name: name.startswith('year_')):
                behind = traces[figure]
                kind = kind_of(site, behind[0]) if behind else None
                if not behind or kind in seen and (figure.startswith('year_') or not EVERY_FIGURE):
                    continue
                seen.add(kind)
                with self.subTest(city=city, figure=figure):
                    values = self.void_one(site, figure, traces, values)
            # What lost nothing is traced again for one figure in eight, and for each with --full.
            for name in sorted(traces)[::1 if EVERY_FIGURE else 8]:
                self.assertEqual(trace(site, name), traces[name])
            must('verify', '--site', site)

    def void_one(self, site, figure, traces, before):
        """The values afterwards."""
        gone = self.voided(site, traces[figure])
        names_it = named_by(site, gone)
        after = counted(site)
        changed = {name for name in traces if after[name] != before[name]}
        dependent = {name for name, numbers in traces.items() if gone & set(numbers)}
        beside = {name for name, numbers in traces.items() if names_it & set(numbers)} - dependent
        self.assertIn(figure, dependent)
        self.assertLessEqual(changed, dependent | beside)
        for name in dependent | (beside & changed):
            lost = set(traces[name]) - set(trace(site, name))
            self.assertGreaterEqual(lost, gone & set(traces[name]))
            self.assertLessEqual(lost, gone | names_it)
            self.assertLessEqual(float(after[name]), float(before[name]))
            if name not in changed:  # the same village again: more records than different ones
                self.assertGreater(len(traces[name]), float(before[name]))
            traces[name] = [number for number in traces[name] if number not in lost]
        return after

    def voided(self, site, numbers):
        """The record that was voided, of these the first from three fifths on that nothing keeps, and its children."""
        at = len(numbers) * 3 // 5
        for number in numbers[at:] + numbers[:at]:
            done = tongxin('void', '--site', site, number, '--reason', names.VOID_REASON)
            if done.returncode == 0:
                return {number} | {line.split(': ')[1] for line in done.stdout.splitlines() if ': ' in line}
            self.assertTrue(named_by(site, {number}), done.stderr)  # in a directory, and named
        return self.fail('every record behind the figure is named by another')

    def test_the_yearly_report_says_its_words_truly(self):
        for language, said in (('zh_CN.UTF-8', ['培训500余人次', '稿件100余篇', '超5000万次', '投入帮扶资金9.88亿元',
                                                '总投资32.7亿元', '作品300多件', '93.0%（120/129）']),
                               ('en_US.UTF-8', ['over 500 trainees', '9.88 hundred million yuan'])):
            env = {'LANG': language, 'LC_ALL': '', 'LANGUAGE': ''}
            text = must('briefing', '--site', self.sites['tongling'], 'year_report', env=env)
            self.assertNotRegex(text, r'[{}]')
            for words in said:
                self.assertIn(words, text)

    def printed(self, city, template):
        return must('briefing', '--site', self.sites[city], template, env={'TONGXIN_LANG': 'zh'})

    def test_other_reports_say_their_words_truly(self):
        for city, template, said in (
                ('binzhou', 'results_report', ('调研课题36项', '到位资金5230万元')),
                ('changzhou', 'deployment_report', ('会议100余人参加', '共30个重点项目', '3大类22个品牌', '一区域一特色全覆盖')),
                ('taizhou', 'review_report', ('“三个六”服务规范18项', '主阵地1处、分阵地24处'))):
            text = self.printed(city, template)
            self.assertNotRegex(text, r'[{}]')
            for words in said:
                self.assertIn(words, text)

    def test_headline_and_body_say_one_figure_in_one_way(self):
        """What stands twice in the city's report stands twice in ours, in the same words."""
        lines = self.printed('linyi', 'five_actions_report').split('\n')
        headline, body = '\n'.join(lines[:4]), '\n'.join(lines[4:])
        for words in ('320多条建议转化', '新阶层服务站132处', '培训企业家1400余人次', '384个基层组织',
                      '4221家企业与3702个行政村结对共建'):
            with self.subTest(words=words):
                self.assertEqual((headline.count(words), body.count(words)), (1, 1))

    def test_two_forms_are_filled_from_the_same_records(self):
        site, values = self.sites['linyi'], counted(self.sites['linyi'])
        rows = [[cell.strip() for cell in line.split('|')[1:-1]]
                for line in self.printed('linyi', 'county_form').split('\n') if line.startswith('| ')]
        names_of = ('visited_enterprises', 'invest_events', 'projects_matched', 'pair_enterprises', 'pair_villages',
                    'grassroots_orgs')
        self.assertEqual(rows[-1][1:], [values[name] for name in names_of])
        for place in (2, 3):  # what happens at one place adds up; an enterprise may be in several
            attributed = sum(int(row[place]) for row in rows[1:-1])
            self.assertLessEqual(attributed, int(rows[-1][place]))
            self.assertGreater(attributed, 0)
        months = self.printed('linyi', 'month_form')
        for name in ('visited_enterprises', 'invest_events', 'projects_matched'):
            self.assertRegex(months, rf'\| {values[name]} \|\n')
        # One more record is in both, and nobody typed anything.
        number = trace(site, 'invest_events')[0]
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / 'site'
            shutil.copytree(site, copy)
            must('void', '--site', copy, number, '--reason', '重复登记')
            for template in ('county_form', 'month_form'):
                after = must('briefing', '--site', copy, template, env={'TONGXIN_LANG': 'zh'})
                self.assertIn(f'| {int(values["invest_events"]) - 1} |', after)

    def test_a_small_demo_has_some_of_everything_drawn(self):
        site = self.folder / 'small'
        must('demo', '--profile', 'tongling', '--site', site, '--records', '900', '--no-serve')
        values = counted(site, with_shares=True)
        self.assertEqual(values['reception_sessions'], '23')
        self.assertLess(0, int(values['village_stations']))
        self.assertLess(int(values['village_stations']), 115)


if __name__ == '__main__':
    unittest.main()
