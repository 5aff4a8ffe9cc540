# SPDX-License-Identifier: Apache-2.0
import check_lengths as check
from planted import PlantedCase


def function(name, lines):
    """A function of exactly `lines` lines."""
    return f'int {name}(void)\n{{\n' + '    x();\n' * (lines - 3) + '}\n'


class Lengths(PlantedCase):
    def test_limits_themselves_pass(self):
        self.plant('src/base/a.c', function('long_one', 80) + '/* ' + 'x' * 94 + ' */\n')
        self.assertNone(check)

    def test_function_one_line_too_long(self):
        self.plant('src/base/a.c', '\n' + function('too_long', 81))
        self.assertOne(check, 'src/base/a.c:2', 'too_long()', '81')

    def test_signature_over_several_lines_counts(self):
        self.plant('src/base/a.c', 'static int wide(int a,\n                int b)\n{\n' + '    x();\n' * 78 + '}\n')
        self.assertOne(check, 'wide()', '82')

    def test_file_too_long(self):
        self.plant('src/base/a.c', 'int x;\n' * 801)
        self.assertOne(check, 'src/base/a.c:1', '801')

    def test_line_too_long_counts_characters_not_bytes(self):
        self.plant('src/base/a.c', '/* ' + '铜' * 94 + ' */\n')
        self.assertNone(check)
        self.plant('test/unit/base/test_a.c', '\n/* ' + 'x' * 95 + ' */\n')
        self.assertOne(check, 'test/unit/base/test_a.c:2', '101')

    def test_brace_in_a_comment_is_no_function(self):
        self.plant('src/base/a.c', '/* example\n{\n' + 'x\n' * 90 + '}\n*/\n')
        self.assertNone(check)

    def test_distribution_is_printed(self):
        self.plant('src/base/a.c', function('a', 5) + function('b', 9) + function('c', 31))
        self.assertNone(check)
        self.assertIn('functions: 3, median 9, p95 31, max 31', self.printed)

    def test_waiver_is_honoured_and_must_be_needed(self):
        self.addCleanup(check.WAIVERS.clear)
        check.WAIVERS['src/base/a.c:too_long'] = 'planted'
        self.plant('src/base/a.c', function('too_long', 90))
        self.assertNone(check)
        self.plant('src/base/a.c', function('too_long', 20))
        self.assertOne(check, 'no longer needed')
