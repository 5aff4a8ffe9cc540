# SPDX-License-Identifier: Apache-2.0
"""Sheets in: the command, beside a server and without one, and killed in the middle."""
import csv
import io
import pathlib
import sqlite3
import subprocess
import time

from cases import SITES, SiteCase
from sites import BINARY, ROOT, die_with_parent, must, tongxin

KIND = 'reception_session'
GOLDEN = ROOT / 'test/golden/import'


def sheet(path, rows, start=0):
    """A right sheet of so many rows; no two are equal."""
    lines = ['Topic,Day,Area,Entrepreneurs received,Minutes']
    lines += [f'Session {start + i},2023-0{1 + i % 9}-{1 + i % 28:02},TL,{i % 50},"one, two"' for i in range(rows)]
    path.write_text('\r\n'.join(lines) + '\r\n', encoding='utf-8')
    return path


def topics(site):
    """How often each topic of a sheet above stands on a record."""
    with sqlite3.connect(f'file:{site}/site.db?mode=ro', uri=True) as db:
        rows = db.execute("SELECT title FROM record WHERE kind = ?", [KIND]).fetchall()
    found = {}
    for (title,) in rows:
        if title and title.startswith('Session '):
            found[title] = found.get(title, 0) + 1
    return found


class Command(SiteCase):
    def run_import(self, file, *options, site=None, language='en'):
        return tongxin('import', '--site', site or self.site, KIND, file, *options, env={'TONGXIN_LANG': language})

    def file(self, name):
        return pathlib.Path(f'{self.site}-{name}.csv')

    def test_every_fault_is_named_and_nothing_is_written(self):
        for name in ('rows', 'titles'):
            for language in ('en', 'zh'):
                with self.subTest(name=name, language=language):
                    done = self.run_import(GOLDEN / f'{name}.csv', language=language)
                    golden = (GOLDEN / f'{name}.{language}.txt').read_text(encoding='utf-8')
                    self.assertEqual(done.stdout + f'--- exit {done.returncode}\n', golden, done.stderr)

    def test_a_dry_run_writes_nothing(self):
        file = sheet(self.file('dry'), 3, 100000)
        done = self.run_import(file, '--dry-run')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertNotIn('Session 100000', topics(self.site))

    def test_beside_a_server_and_again(self):
        file = sheet(self.file('served'), 150, 200000)
        first, again = self.run_import(file), self.run_import(file)
        self.assertIn('150 recorded', first.stdout, first)
        self.assertIn('150 of them imported before', again.stdout, again)
        counts = [topics(self.site)[f'Session {200000 + i}'] for i in range(150)]
        self.assertEqual(counts, [1] * 150)
        self.verify()

    def test_wrong_rows_are_left_out_when_asked(self):
        file = sheet(self.file('some'), 3, 300000)
        file.write_text(file.read_text(encoding='utf-8') + 'Session 300003,never,TL,1,\n', encoding='utf-8')
        refused = self.run_import(file)
        self.assertEqual(refused.returncode, 1)
        self.assertNotIn('Session 300000', topics(self.site))
        taken = self.run_import(file, '--skip-wrong')
        self.assertEqual(taken.returncode, 1, 'something was wrong')
        self.assertIn('3 recorded', taken.stdout)

    def test_what_cannot_be_read_is_said(self):
        file = self.file('damaged')
        file.write_bytes(b'Topic,Day\n\xff\xff\n')
        done = self.run_import(file)
        self.assertEqual(done.returncode, 1)
        self.assertIn('Byte 11 of the file is not text', done.stderr)
        self.assertEqual(self.run_import(self.file('missing')).returncode, 3)
        self.assertEqual(tongxin('import', '--site', self.site, 'nothing', file).returncode, 1)

    def test_a_template_names_every_column(self):
        for kind in (KIND, 'enterprise_request', 'recommendation', 'org'):
            text = must('import', '--site', self.site, kind, '--template', env={'TONGXIN_LANG': 'zh'})
            head, explained = csv.reader(io.StringIO(text.removeprefix('\ufeff')))
            self.assertEqual(len(head), len(explained))
            self.assertTrue(explained[0].startswith('※ '))


class Killed(SiteCase):
    """kill -9 in the middle: the same sheet again doubles nothing and loses nothing."""

    ROWS = 3000

    def start(self, site, file):
        return subprocess.Popen([str(BINARY), 'import', '--site', str(site), KIND, str(file)], stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, preexec_fn=die_with_parent)

    def at_work(self, site, process, more):
        """Waits until the import has made so many rows more."""
        until = len(topics(site)) + more
        while process.poll() is None and len(topics(site)) < until:
            time.sleep(0.005)

    def all_once(self, site):
        self.assertEqual(set(topics(site).values()), {1})
        self.assertEqual(len(topics(site)), self.ROWS)
        must('verify', '--site', site)

    def test_it_goes_on_where_it_was_killed(self):
        site = SITES.new()
        file = sheet(pathlib.Path(f'{site}-killed.csv'), self.ROWS)
        for _ in range(4):
            process = self.start(site, file)
            self.at_work(site, process, 100)
            process.kill()
            process.wait()
        self.assertTrue(0 < len(topics(site)) < self.ROWS, 'no kill met an import at work')
        must('import', '--site', site, KIND, file)
        self.all_once(site)

    def test_the_server_is_killed_under_it(self):
        file = sheet(pathlib.Path(f'{self.site}-under.csv'), self.ROWS)
        process = self.start(self.site, file)
        self.at_work(self.site, process, 100)
        self.server.kill()
        self.assertEqual(process.wait(60), 3, 'the command says that the server is gone')
        self.server.start()
        must('import', '--site', self.site, KIND, file)
        self.all_once(self.site)
