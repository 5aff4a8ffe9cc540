# SPDX-License-Identifier: Apache-2.0
"""Every city with published figures: its demo comes out inside the interval of each (test/data/figures,
whose rows are the measured figures of its report), and a voided record leaves exactly those it is behind."""
import csv
import pathlib
import shutil
import tempfile
import unittest

import names
from sites import must

ROOT = pathlib.Path(__file__).resolve().parent.parent
CITIES = sorted(path.stem for path in (ROOT / 'data' / 'figures').glob('*.tsv'))


def published(city):
    """figure -> (least, most)"""
    with open(ROOT / 'data' / 'figures' / f'{city}.tsv', encoding='utf-8', newline='') as file:
        return {row['figure']: (float(row['min']), float(row['max'] or 'inf'))
                for row in csv.DictReader(file, delimiter='\t')}


def counted(site):
    """figure -> value, without shares: what is in both of their halves leaves them as they are"""
    lines = must('figures', '--site', site, '--format', 'tsv').splitlines()
    return {cells[0]: cells[2] for cells in (line.split('\t') for line in lines) if cells[3] != '%'}


def trace(site, figure):
    return must('trace', '--site', site, figure).split()


def kind_of(number):
    """QS of QS-2023-00001; kinds without numbers have ids: #269"""
    return number.split('-')[0] if '-' in number else 'id'


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
            values = counted(self.sites[city])
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
        """One record behind each figure of the city's own, and one of each further kind that the base counts."""
        for city in CITIES:
            site, seen = self.sites[city], set()
            traces = {figure: trace(site, figure) for figure in counted(site)}
            for figure in sorted(traces, key=lambda name: name.startswith('year_')):
                behind = traces[figure]
                if not behind or figure.startswith('year_') and kind_of(behind[0]) in seen:
                    continue
                seen.add(kind_of(behind[0]))
                with self.subTest(city=city, figure=figure):
                    self.void_one(site, figure, traces)
            self.assertEqual({name: trace(site, name) for name in traces}, traces)
            must('verify', '--site', site)

    def void_one(self, site, figure, traces):
        behind = traces[figure]
        number = behind[len(behind) * 3 // 5]
        dependent = {name for name, numbers in traces.items() if number in numbers}
        before = counted(site)
        must('void', '--site', site, number, '--reason', names.VOID_REASON)
        after = counted(site)
        changed = {name for name in traces if after[name] != before[name]}
        self.assertLessEqual(changed, dependent)
        for name in dependent - changed:  # the same village again: more records than different ones
            self.assertGreater(len(traces[name]), float(before[name]))
        for name in dependent:
            self.assertLessEqual(float(after[name]), float(before[name]))
            traces[name].remove(number)


if __name__ == '__main__':
    unittest.main()
