# SPDX-License-Identifier: Apache-2.0
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Help(unittest.TestCase):
    def test_the_usage_is_that_of_the_command_that_was_given(self):
        for option in ('--help', '-h'):
            done = subprocess.run([ROOT / 'script' / 'test', option], cwd='/', text=True, capture_output=True,
                                  check=False, timeout=60)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(done.stdout.startswith('usage: script/test '), done.stdout)
