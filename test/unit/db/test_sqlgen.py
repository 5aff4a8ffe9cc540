#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tools/sqlgen.py refuses what is wrong, with file and line; the C compiler refuses wrong types.

usage: test_sqlgen.py SQLGEN INCLUDE_DIR...
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SQLGEN, INCLUDES = sys.argv[1], sys.argv[2:]
HERE = pathlib.Path(__file__).parent

# what is written, the line it is found on, what is said
WRONG_QUERIES = [
    ('-- name: a :one (x int) -> (y int)\nSELECT y\nFROM t WHERE z = :z AND x = :x;\n', 3,
     ':z is not a parameter'),
    ('-- name: a :exec (x int, y int)\nDELETE FROM t WHERE x = :x;\n', 1, 'y is not used'),
    ('-- name: a :exec\nDELETE FROM t\n-- note\n/* two\nlines */ WHERE x = :x;\n', 5,
     ':x is not a parameter'),
    ('-- name: a :exec (x int)\nDELETE FROM t WHERE x = \':x\' -- :x\n', 1, 'x is not used'),
    ('-- name: a :exec (x int)\n-- @sqlite\nDELETE FROM t WHERE x = :x\n-- @pg\nDELETE FROM t\n'
     '-- @end\n', 1, 'x is not used (pg)'),
    ('-- name: a :exec\nDELETE FROM t;\n\n-- name: a :exec\nDELETE FROM u;\n', 4,
     'query a is already at'),
    ('-- name: a :one (x number) -> (y int)\nSELECT :x AS y;\n', 1, 'no type "number"'),
    ('-- name: a :one -> (y float?)\nSELECT 1 AS y;\n', 1, 'no type "float"'),
    ('-- name: a :one -> (y)\nSELECT 1 AS y;\n', 1, 'expected a name and a type'),
    ('-- name: a :one -> (y int, y int)\nSELECT 1 AS y, 2 AS y;\n', 1, 'y is there twice'),
    ('-- name: a :one -> (y int?, y_is_null int)\nSELECT 1 AS y, 2;\n', 1, 'the name is taken'),
    ('-- name: a :one -> (default int)\nSELECT 1;\n', 1, 'taken in C'),
    ('-- name: a :exec (arena int)\nDELETE FROM t WHERE x = :arena;\n', 1, 'taken in C'),
    ('-- name: a :exec (x bool?)\nDELETE FROM t WHERE x = :x;\n', 1, 'false as NULL'),
    ('-- name: A :exec\nDELETE FROM t;\n', 1, 'lower-case'),
    ('-- name: a :exec (X int)\nDELETE FROM t WHERE x = :X;\n', 1, 'lower-case'),
    ('-- name: a :list -> (y int)\nSELECT 1 AS y;\n', 1, 'no mode ":list"'),
    ('-- name: a :one\nSELECT 1;\n', 1, 'needs columns'),
    ('-- name: a :exec -> (y int)\nSELECT 1 AS y;\n', 1, 'gives no columns'),
    ('-- name: a\nSELECT 1;\n', 1, 'expected -- name:'),
    ('-- name: a :one (x int -> (y int)\nSELECT 1;\n', 1, 'cannot read the signature'),
    ('-- name: a :exec\n', 1, 'no SQL for sqlite'),
    ('-- name: a :exec\n-- (a note)\nDELETE FROM t;\n', 1, 'no type "note"'),
    ('-- name: a :exec\n-- @pg\nDELETE FROM t\n-- @end\n', 1, 'no SQL for sqlite'),
    ('-- name: a :exec\nDELETE FROM t;\nDELETE FROM u;\n', 3, 'more than one statement'),
    ('-- name: a :exec (x int)\nDELETE FROM t WHERE x = ? AND y = :x;\n', 2, 'written :name'),
    ('-- name: a :exec (x int)\nDELETE FROM t WHERE x = $1 AND y = :x;\n', 2, 'written :name'),
    ("-- name: a :exec\nDELETE FROM t\nWHERE x = 'y;\n", 3, 'is not closed'),
    ('-- name: a :exec\n-- @mysql\nDELETE FROM t;\n', 2, '@sqlite, @pg and @end'),
    ('-- name: a :exec\n-- @sqlite\nDELETE FROM t;\n', 2, '@sqlite has no @end'),
    ('-- name: a :exec\nDELETE FROM t;\n-- @end\n', 3, '@end without'),
    ('\nSELECT 1;\n', 2, 'before the first'),
    ('-- name: a :one -> other_row\nSELECT 1 AS y;\n', 1, 'no query lists the columns'),
    ('-- name: a :one -> r (y int)\nSELECT 1 AS y;\n-- name: b :one -> r (y text)\nSELECT y;\n', 3,
      'has other columns'),
    ('-- name: a :many -> (y int)\nSELECT 1 AS y;\n-- name: a_open :exec\nDELETE FROM t;\n', 3,
     'q_a_open is also made by query a'),
]

WRONG_STEPS = [
    ({'first.sql': ''}, 'first.sql:1', 'NNNN_words'),
    ({'0002_a.sql': ''}, '0002_a.sql:1', '0001 is missing'),
    ({'0001_a.sql': '', '0001_b.sql': ''}, '0001_b.sql:1', '0002 is missing or there twice'),
    ({'0001_a.sql': 'x\n-- @pg\n'}, '0001_a.sql:', '@pg has no @end'),
]

SNIPPET = '''#include "query.h"
bool use(Db *db, Arena *arena, Str text, int64_t number, const char *c, QItemRow *row, bool *found,
         Err *err);
bool use(Db *db, Arena *arena, Str text, int64_t number, const char *c, QItemRow *row, bool *found,
         Err *err)
{
    (void)text, (void)number, (void)c, (void)row, (void)found, (void)arena;
    %s
}
'''
RIGHT_CALL = 'return q_item_by_name(db, arena, text, row, found, err);'
WRONG_CALLS = [
    'return q_item_by_name(db, arena, number, row, found, err);',
    'return q_item_by_name(db, arena, c, row, found, err);',
    'return q_item_by_name(db, arena, "pen", row, found, err);',
    'return q_item_add(db, text, text, 0, text, text, true, err);',
    'return q_item_add(db, c, text, 0, text, text, true, err);',
    'QItemSell other; return q_item_by_name(db, arena, text, &other, found, err);',
    'q_item_by_name(db, arena, text, row, found, err); return true;',
]


class Folder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.temporary.name)
        (self.root / 'query').mkdir()
        (self.root / 'schema').mkdir()

    def tearDown(self):
        self.temporary.cleanup()

    def generate(self, queries=None, steps=None, folders=None):
        for name, text in (queries or {}).items():
            (self.root / 'query' / name).write_text(text, encoding='utf-8')
        for name, text in (steps or {}).items():
            (self.root / 'schema' / name).write_text(text, encoding='utf-8')
        folders = folders or [self.root / 'query', self.root / 'schema']
        return subprocess.run([sys.executable, SQLGEN, self.root / 'query.h', self.root / 'query.c',
                               *folders, self.root / 'query.d'], capture_output=True, text=True)

    def compile(self, compiler, path):
        return subprocess.run(
            [compiler, '-std=gnu17', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Wshadow',
             '-Wstrict-prototypes', '-Wmissing-prototypes', '-Werror', '-c', '-o', '/dev/null',
             f'-I{self.root}', *[f'-I{path}' for path in INCLUDES], path],
            capture_output=True, text=True)


COMPILERS = [name for name in ('gcc', 'clang') if shutil.which(name)]


class Refusals(Folder):
    def test_wrong_queries(self):
        for text, line, said in WRONG_QUERIES:
            with self.subTest(text):
                result = self.generate({'q.sql': text})
                self.assertEqual(result.returncode, 1, result.stderr)
                self.assertIn(f'query/q.sql:{line}: ', result.stderr)
                self.assertIn(said, result.stderr)
                self.assertFalse((self.root / 'query.h').exists())

    def test_every_problem_is_named_at_once(self):
        result = self.generate({'a.sql': '-- name: a :exec (x int)\nDELETE FROM t;\n',
                                'b.sql': '-- name: b :exec (x text)\nDELETE FROM t;\n'})
        self.assertEqual(len(result.stderr.splitlines()), 2)

    def test_same_name_in_two_files(self):
        entry = '-- name: a :exec\nDELETE FROM t;\n'
        result = self.generate({'a.sql': entry, 'b.sql': entry})
        self.assertIn('b.sql:1: query a is already at', result.stderr)
        self.assertIn('a.sql:1', result.stderr)

    def test_wrong_steps(self):
        for files, place, said in WRONG_STEPS:
            with self.subTest(said):
                for old in (self.root / 'schema').iterdir():
                    old.unlink()
                result = self.generate(steps=files)
                self.assertEqual(result.returncode, 1)
                self.assertIn(place, result.stderr)
                self.assertIn(said, result.stderr)

    def test_not_utf8(self):
        (self.root / 'query' / 'q.sql').write_bytes(b'-- x\n-- \xff\n')
        self.assertIn('q.sql:2: not UTF-8', self.generate().stderr)


class Output(Folder):
    def test_no_folders_no_queries(self):
        result = self.generate(folders=[self.root / 'none', self.root / 'nothing'])
        self.assertEqual(result.returncode, 0, result.stderr)
        for compiler in COMPILERS:
            self.assertEqual(self.compile(compiler, self.root / 'query.c').stderr, '')

    def test_hard_texts_compile(self):
        """Quotes, backslashes, trigraphs, Chinese, comment ends in comments, many columns."""
        columns = ', '.join(f'c{i} int?' for i in range(60))
        result = self.generate(
            {'q.sql': f'-- ends */ here\n-- name: wide :many -> ({columns})\n'
                      'SELECT \'a"b\\c??/ 中文\' /* x\n y */, "d;e" FROM t;\n'
                      '-- name: none_at_all :exec\nDELETE FROM t\n'},
            {'0001_a.sql': 'SELECT "x\\y";\n\n\tSELECT \'??=\';'})
        self.assertEqual(result.returncode, 0, result.stderr)
        for compiler in COMPILERS:
            self.assertEqual(self.compile(compiler, self.root / 'query.c').stderr, '')

    def test_same_input_leaves_the_files_alone(self):
        self.generate({'q.sql': '-- name: a :exec\nDELETE FROM t;\n'})
        before = (self.root / 'query.h').stat().st_mtime_ns
        self.generate()
        self.assertEqual((self.root / 'query.h').stat().st_mtime_ns, before)

    def test_depfile_names_folders_and_files(self):
        self.generate({'q.sql': '-- name: a :exec\nDELETE FROM t;\n'})
        named = (self.root / 'query.d').read_text().split()
        self.assertIn(str(self.root / 'query'), named)
        self.assertIn(str(self.root / 'schema'), named)
        self.assertIn(str(self.root / 'query' / 'q.sql'), named)

    def test_comment_reaches_the_header(self):
        self.generate({'q.sql': '-- Clears it.\n-- name: a :exec\nDELETE FROM t;\n'})
        self.assertIn('/* q.sql:2\n * Clears it. */', (self.root / 'query.h').read_text())


class Types(Folder):
    """Wrong types do not compile; the same snippet with right ones does."""

    def setUp(self):
        super().setUp()
        result = self.generate(folders=[HERE / 'fixture/query', HERE / 'fixture/schema'])
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_calls(self):
        snippet = self.root / 'snippet.c'
        self.assertTrue(COMPILERS)
        for compiler in COMPILERS:
            snippet.write_text(SNIPPET % RIGHT_CALL)
            self.assertEqual(self.compile(compiler, snippet).stderr, '')
            for call in WRONG_CALLS:
                with self.subTest(compiler=compiler, call=call):
                    snippet.write_text(SNIPPET % call)
                    result = self.compile(compiler, snippet)
                    self.assertNotEqual(result.returncode, 0)
                    self.assertRegex(result.stderr, r'snippet\.c:8:\d+: error: ')


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
