# SPDX-License-Identifier: Apache-2.0
"""A small tree of files in a temporary folder, with violations planted in it."""
import contextlib
import io
import pathlib
import tempfile
import unittest


class PlantedCase(unittest.TestCase):
    """`self.plant(path, text)` writes a file; `self.found(check)` runs a check over the tree."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def plant(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding='utf-8')

    def found(self, check):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            problems = check.problems(self.root)
        self.printed = printed.getvalue()
        return problems

    def assertOne(self, check, *pieces):
        """Exactly one problem, and it names every piece."""
        problems = self.found(check)
        self.assertEqual(len(problems), 1, problems)
        for piece in pieces:
            self.assertIn(piece, problems[0])

    def assertNone(self, check):
        self.assertEqual(self.found(check), [])
