#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tools/localegen.py: what it accepts, and that each refusal names file and line."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parents[3] / 'tools' / 'localegen.py'


class LocaleGen(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.home.name, 'locale')
        self.folder.mkdir()
        self.out = [pathlib.Path(self.home.name, name) for name in ('ids.h', 'table.h', 'd')]

    def tearDown(self):
        self.home.cleanup()

    def run_on(self, **files):
        for name, content in files.items():
            content = content if isinstance(content, bytes) else content.encode()
            (self.folder / (name + '.tsv')).write_bytes(content)
        command = [sys.executable, TOOL, *self.out[:2], self.folder, self.out[2]]
        return subprocess.run(command, capture_output=True, text=True)

    def refuses(self, line, words, **files):
        result = self.run_on(**files)
        self.assertEqual(result.returncode, 1)
        self.assertIn(f'{line}: ', result.stderr)
        self.assertIn(words, result.stderr)
        self.assertFalse(self.out[0].exists())

    def test_writes_ids_table_and_depfile(self):
        result = self.run_on(b='# note\n\nb_x\t乙{0}\tB "{0}"\n', a='a_x\t甲\tA\\n\n')
        self.assertEqual((result.returncode, result.stderr), (0, ''))
        ids = self.out[0].read_text()
        self.assertRegex(ids, r'(?s)MSG_none,\s+MSG_a_x,\s+MSG_b_x,\s+MSG__COUNT')
        table = self.out[1].read_text()
        self.assertIn(r'S_CONST("B \"{0}\"")', table)
        self.assertIn(r'S_CONST("A\\n")', table)
        self.assertIn(str(self.folder / 'a.tsv'), self.out[2].read_text())
        self.assertIn(f'{self.folder} ', self.out[2].read_text())

    def test_no_messages_still_gives_none(self):
        self.assertEqual(self.run_on().returncode, 0)
        self.assertIn('MSG_none', self.out[0].read_text())

    def test_unchanged_content_is_not_written_again(self):
        self.run_on(a='k\t甲\tA\n')
        before = self.out[0].stat().st_mtime_ns
        self.run_on(a='# comment\nk\t甲\tA\n')
        self.assertEqual(self.out[0].stat().st_mtime_ns, before)

    def test_refusals(self):
        cases = [
            ('a.tsv:1', '2 column', {'a': 'k\t甲\n'}),
            ('a.tsv:1', '1 column', {'a': 'k 甲 A\n'}),
            ('a.tsv:1', '4 column', {'a': 'k\t甲\tA\t\n'}),
            ('a.tsv:2', 'the English is missing', {'a': '#\nk\t甲\t\n'}),
            ('a.tsv:1', 'the Chinese is missing', {'a': 'k\t\tA\n'}),
            ('a.tsv:1', 'not a key', {'a': 'K-1\t甲\tA\n'}),
            ('a.tsv:1', 'not a key', {'a': 'none\t甲\tA\n'}),
            ('a.tsv:2', 'already at', {'a': 'k\t甲\tA\nk\t甲\tA\n'}),
            ('b.tsv:1', 'a.tsv:1', {'a': 'k\t甲\tA\n', 'b': 'k\t乙\tB\n'}),
            ('a.tsv:1', 'different holes', {'a': 'k\t甲{0}\tA\n'}),
            ('a.tsv:1', 'different holes', {'a': 'k\t甲{0}{1}\tA{1}{2}\n'}),
            ('a.tsv:1', 'only {0} {1} {2}', {'a': 'k\t甲{3}\tA{3}\n'}),
            ('a.tsv:1', 'white space', {'a': 'k\t甲\tA \n'}),
            ('a.tsv:1', 'white space', {'a': 'k\t甲\tA\r\n'}),
            ('a.tsv:2', 'not UTF-8', {'a': b'#\n\xff\n'}),
        ]
        for line, words, files in cases:
            with self.subTest(files=files):
                for path in self.folder.glob('*'):
                    path.unlink()
                self.refuses(line, words, **files)

    def test_all_problems_are_told_at_once(self):
        result = self.run_on(a='K\t甲\tA\nk\t\tA\n')
        self.assertEqual(len(result.stderr.splitlines()), 2)


if __name__ == '__main__':
    unittest.main()
