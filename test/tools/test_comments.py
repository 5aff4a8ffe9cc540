# SPDX-License-Identifier: Apache-2.0
import check_comments as check
from planted import PlantedCase


class Comments(PlantedCase):
    def header(self, text):
        self.plant('src/base/a.h', text)

    def test_comment_above_at_the_end_and_over_a_run(self):
        self.header('/* Opens. */\nint a_open(void);\n\nint a_size(void); /* bytes */\n\n'
                    '/* Both close. */\nvoid a_close(int a);\nvoid a_end(int a,\n           int b);\n')
        self.assertNone(check)

    def test_bare_prototype(self):
        self.header('/* file head */\n\nint a_open(void);\n')
        self.assertOne(check, 'src/base/a.h:3', 'a_open()')

    def test_blank_line_ends_the_run(self):
        self.header('/* Opens. */\nint a_open(void);\n\nvoid a_close(int a);\n')
        self.assertOne(check, ':4', 'a_close()')

    def test_pointer_results_attributes_and_several_lines(self):
        self.header('NODISCARD bool a_read(Arena *arena,\n                      Err *err);\n\n'
                    'const char *a_name(void);\n')
        self.assertEqual(len(self.found(check)), 2)

    def test_types_macros_and_inline_functions_are_no_prototypes(self):
        self.header('typedef int (*Compare)(int a, int b);\n\n#define RUN(x) run(x);\n\n'
                    'typedef struct A {\n    int (*run)(void);\n    int n;\n} A;\n\n'
                    'static inline int a_twice(int a)\n{\n    return twice(a);\n}\n\n'
                    'extern int a_count;\n')
        self.assertNone(check)

    def test_a_type_ends_the_run(self):
        self.header('/* The thing. */\ntypedef struct A A;\nint a_open(void);\n')
        self.assertOne(check, 'a_open()')
