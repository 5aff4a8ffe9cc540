# SPDX-License-Identifier: Apache-2.0
import check_features as check
from planted import PlantedCase


class Features(PlantedCase):
    def page(self, **rows):
        self.plant('doc/features.md', '\n'.join(
            f'| {number} | goal | {rows.get(f"goal_{number}", "| later")} |' for number in range(1, 32)))

    def test_a_test_that_is_there_passes(self):
        self.plant('test/http/test_a.py', 'class B(Case):\n    def test_c(self):\n')
        self.plant('test/unit/room/test_d.c', 'static void e(void **state)\n')
        self.plant('test/browser/pages.mjs', "{ name: 'desk' }")
        self.page(goal_1='`test_a.B.test_c`, `room/test_d.e`, `pages:desk` |')
        self.assertNone(check)

    def test_a_test_that_is_not_there_is_named(self):
        self.plant('test/http/test_a.py', 'class B(Case):\n    def test_c(self):\n')
        self.page(goal_2='`test_a.B.test_gone` |')
        self.assertOne(check, 'doc/features.md:2', 'test_a.B.test_gone')

    def test_a_goal_without_anything_is_named(self):
        self.page(goal_3='| ')
        self.assertOne(check, 'doc/features.md:3', 'neither')

    def test_every_goal_has_its_row(self):
        self.plant('doc/features.md', '| 1 | goal | | later |\n')
        self.assertOne(check, 'wanted 1 to 31')
