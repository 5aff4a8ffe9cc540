# SPDX-License-Identifier: Apache-2.0
"""The published figures of Tongling come out by counting, and each opens its records."""
import csv
import io
import json

import names
from cases import SITES, SiteCase
from sites import must, tongxin


def figure_table(site, *options):
    """figure -> (value, unit, numerator, denominator) of `tongxin figures --format tsv`."""
    table = {}
    for line in must('figures', '--site', site, '--format', 'tsv', *options).splitlines():
        cells = line.split('\t')
        table[cells[0]] = tuple(cells[2:])
    return table


def trace(site, figure):
    return must('trace', '--site', site, figure).split()


class CommandLine(SiteCase):
    def test_figures_as_a_sheet_say_what_they_mean(self):
        for language, column in (('zh', '口径'), ('en', 'Definition')):
            with self.subTest(language=language):
                text = must('figures', '--site', self.site, '--format', 'csv', env={'TONGXIN_LANG': language})
                rows = list(csv.DictReader(io.StringIO(text.lstrip('\ufeff'))))
                self.assertTrue(all(row[column] for row in rows))
        page = self.person(names.WATCHER).get('/figures/export').text
        again = list(csv.reader(io.StringIO(page.lstrip('\ufeff'))))
        self.assertEqual([row[0] for row in again[1:]], [row['Code'] for row in rows])
        told = json.loads(must('figures', '--site', self.site, '--format', 'json', env={'TONGXIN_LANG': 'en'}))
        self.assertEqual([f['define'] for f in told['figures']], [row['Definition'] for row in rows])
        for row in rows:
            self.assertRegex(row['Value'], r'^-?[0-9.]*$', 'a plain number, its unit beside it')

    def test_seed_figures(self):
        table = figure_table(self.site)
        for figure, value in names.SEED_FIGURES.items():
            with self.subTest(figure=figure):
                self.assertEqual(table[figure][0], str(value))

    def test_trace_has_as_many_records_as_the_figure_says(self):
        table = figure_table(self.site)
        for figure in ('reception_sessions', 'reception_issues', 'reception_closed', 'mediation_accepted',
                       'mediation_success'):
            with self.subTest(figure=figure):
                numbers = trace(self.site, figure)
                self.assertEqual(len(numbers), int(table[figure][0]))
                self.assertEqual(len(set(numbers)), len(numbers))

    def test_formats_agree(self):
        table = figure_table(self.site)
        for figure, cells in figure_table(self.site, '--format', 'tsv').items():
            self.assertEqual(cells, table[figure])
        text = must('figures', '--site', self.site)
        self.assertIn(table['reception_closed'][0], text)

    def test_targets_have_lights(self):
        for line in must('targets', '--site', self.site, '--format', 'tsv').splitlines():
            self.assertEqual(len(line.split('\t')), 7, line)

    def test_a_count_has_no_denominator(self):
        done = tongxin('trace', '--site', self.site, 'reception_closed', '--denominator')
        self.assertEqual((done.returncode, done.stdout), (2, ''))
        self.assertIn('--denominator', done.stderr)
        ratio = must('trace', '--site', self.site, 'mediation_success_rate', '--denominator').split()
        self.assertEqual(len(ratio), int(figure_table(self.site)['mediation_success_rate'][3]))

    def test_a_published_briefing_has_no_other_day(self):
        published = must('briefing', '--site', self.site, names.BRIEFING_ISSUE)
        self.assertIn('2023', published)
        done = tongxin('briefing', '--site', self.site, names.BRIEFING_ISSUE, '--as-of', '2023-06-30')
        self.assertEqual((done.returncode, done.stdout), (2, ''))
        self.assertIn('--as-of', done.stderr)
        self.assertEqual(tongxin('briefing', '--site', self.site, 'JB-2023-99', '--as-of', '2023-06-30').returncode, 1)

    def test_unknown_figure_is_an_answer_of_exit_1(self):
        done = tongxin('trace', '--site', self.site, 'no_such_figure')
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn('no_such_figure', done.stderr)


class Interface(SiteCase):
    def test_json_gives_the_same_values(self):
        values = self.figures(**names.SEED_RANGE)
        for figure, value in names.SEED_FIGURES.items():
            with self.subTest(figure=figure):
                self.assertEqual(int(values[figure]), value)

    def test_records_behind_a_figure_page_through_without_loss(self):
        seen, after = [], None
        for _ in range(200):
            answer = self.person(names.WATCHER).get(f'{names.API}/figures/mediation_success/records',
                                                    limit=50, after=after, **names.SEED_RANGE)
            self.assertEqual(answer.status, 200, answer)
            seen += [r['number'] for r in names.records_of(answer.json)]
            after = answer.json.get('next')
            if not after:
                break
        self.assertEqual(len(set(seen)), names.SEED_FIGURES['mediation_success'])
        self.assertEqual(len(seen), len(set(seen)))


class Void(SiteCase):
    def test_voiding_one_record_changes_exactly_what_depends_on_it(self):
        before = figure_table(self.site)
        countable = ('reception_sessions', 'reception_issues', 'reception_closed', 'mediation_accepted',
                     'mediation_success')
        traces = {figure: set(trace(self.site, figure)) for figure in countable}
        number = sorted(traces['reception_closed'])[0]
        must('void', '--site', self.site, number, '--reason', names.VOID_REASON)
        after = figure_table(self.site)
        for figure in countable:
            with self.subTest(figure=figure):
                less = 1 if number in traces[figure] else 0
                self.assertEqual(int(after[figure][0]), int(before[figure][0]) - less)
                self.assertNotIn(number, trace(self.site, figure))
        self.assertEqual(after['mediation_accepted'], before['mediation_accepted'])
        self.verify()


class Rebuild(SiteCase):
    def test_rebuild_prints_the_same_digest_and_keeps_every_figure(self):
        self.server.stop()
        before = figure_table(self.site)
        first, second = (must('rebuild', '--site', self.site) for _ in range(2))
        self.assertEqual(first, second)
        self.assertRegex(first, r'[0-9a-f]{64}')
        self.assertEqual(figure_table(self.site), before)
        self.assertEqual(tongxin('verify', '--site', self.site).returncode, 0)
        self.server.start()

    def test_two_demo_sites_of_one_profile_have_the_same_figures(self):
        self.assertEqual(figure_table(SITES.new()), figure_table(SITES.new()))
