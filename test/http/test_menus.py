# SPDX-License-Identifier: Apache-2.0
"""Kinds that are too many for one row of tabs stand under menus; every one is still a click away."""
import re

from cases import SiteCase


def rows(page):
    """[[(label, address, is the present one)]] of the rows of tabs."""
    return [[(label, href, 'aria-current' in attributes)
             for href, attributes, label in re.findall(r'<a href="([^"]*)"([^>]*)>([^<]*)</a>', row)]
            for row in re.findall(r'<nav class="tabs"[^>]*>(.*?)</nav>', page, re.S)]


class Menus(SiteCase):
    OPTIONS = ('--profile', 'linyi')

    def page(self, kind, login='office'):
        answer = self.person(login).get(f'/records/{kind}')
        self.assertEqual(answer.status, 200, answer)
        return answer.text

    def test_a_menu_opens_a_second_row(self):
        first, second = rows(self.page('visit'))
        self.assertEqual([label for label, _, here in first if here], ['Meetings and visits'])
        self.assertEqual([label for label, _, here in second if here], ['Visit'])
        self.assertLessEqual(len(first), 8)

    def test_a_menu_of_one_kind_is_that_kind(self):
        both = rows(self.page('publication', 'district'))
        self.assertEqual(len(both), 1)
        self.assertIn(('Publication', '/records/publication', True), both[0])

    def test_every_kind_is_found(self):
        found, to_see = set(), [href for _, href, _ in rows(self.page('visit'))[0]]
        while to_see:
            href = to_see.pop()
            if href not in found:
                found.add(href)
                to_see += [other for row in rows(self.person('office').get(href).text) for _, other, _ in row]
        kinds = {f'/records/{kind["kind"]}' for kind in self.person('office').get('/api/v1/kinds').json['kinds']}
        self.assertGreaterEqual(len(found), 12)
        self.assertLessEqual(found, kinds)

    def test_few_kinds_need_no_menu(self):
        self.assertEqual(len(rows(self.page('enterprise_request'))), 1)


class Children(SiteCase):
    OPTIONS = ('--profile', 'taizhou')

    def test_a_child_kind_with_a_menu_is_found_and_one_without_is_not(self):
        labels = [label for label, _, _ in rows(self.person('office').get('/records/inspection_round').text)[0]]
        self.assertIn('Finding', labels)
        self.assertNotIn('Result of an item', labels)
