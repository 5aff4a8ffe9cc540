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
        return {row['figure']: (float(row['min']), float(row['max']))
                for row in csv.DictReader(file, delimiter='\t')}


def counted(site):
    """figure -> value"""
    lines = must('figures', '--site', site, '--format', 'tsv').splitlines()
    return {cells[0]: cells[2] for cells in (line.split('\t') for line in lines)}


def trace(site, figure):
    return must('trace', '--site', site, figure).split()


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

    def test_voiding_a_record_changes_what_depends_on_it(self):
        """One record behind each figure, so at least one of every kind the figures count."""
        for city in CITIES:
            site, wanted = self.sites[city], published(city)
            traces = {figure: trace(site, figure) for figure in wanted}
            for figure in wanted:
                with self.subTest(city=city, figure=figure):
                    self.void_one(site, figure, traces)
            self.assertEqual({name: trace(site, name) for name in wanted}, traces)
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
