# SPDX-License-Identifier: Apache-2.0
"""Runs unittest cases and prints one TAP line each, the only language test/run.py listens to.

    ok 3 - test_errors.Fields.test_every_wrong_field_is_named (12 ms)
    not ok 4 - …
    # the traceback, each line behind a hash
A skipped test counts as failed: what could not be tried was not tested.
"""
import sys
import time
import unittest


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0
        self.started = 0.0

    def startTest(self, test):
        super().startTest(test)
        self.started = time.monotonic()

    def _line(self, ok, name, detail=''):
        self.number += 1
        took = round((time.monotonic() - self.started) * 1000) if self.started else 0
        print(f'{"ok" if ok else "not ok"} {self.number} - {name} ({took} ms)')
        for line in detail.splitlines():
            print('#', line)
        sys.stdout.flush()

    @staticmethod
    def _name(test):
        return test.id().removeprefix('__main__.') if hasattr(test, 'id') else str(test)

    def addSuccess(self, test):
        self._line(True, self._name(test))

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._line(False, self._name(test), self._exc_info_to_string(err, test))

    def addError(self, test, err):
        super().addError(test, err)
        self._line(False, self._name(test), self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.failures.append((test, reason))
        self._line(False, self._name(test), 'skipped: ' + reason)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._line(False, self._name(subtest), self._exc_info_to_string(err, test))


def main(folder, names=()):
    """Runs test_*.py of a folder, or only the dotted names given."""
    sys.path.insert(0, str(folder))
    loader = unittest.TestLoader()
    if names:
        suite = loader.loadTestsFromNames(names)
    else:
        suite = loader.discover(str(folder), pattern='test_*.py', top_level_dir=str(folder))
    result = TapResult()
    suite.run(result)
    print(f'1..{result.number}')
    return 0 if result.wasSuccessful() and not result.failures and result.number else 1
