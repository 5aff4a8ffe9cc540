# SPDX-License-Identifier: Apache-2.0
"""Lists and what is done from them."""
import re

import names
from test_pages import PageCase

LEAD = 'TL-GXJ'


def rows_of(text):
    """The rows of the page's first list, as text without markup."""
    body = text.split('<tbody', 1)[1].split('</tbody>')[0]
    return [re.sub(r'<[^>]+>', ' ', row) for row in body.split('<tr')[1:]]


class Bulk(PageCase):
    def assigned(self):
        number = self.submit()['number']
        for who, move, form in (('intake', 'accept', {}), ('dispatcher', 'assign', {'lead': LEAD})):
            answer = self.move(who, number, move, form)
            self.assertEqual(answer.status, 200, answer)
        return number

    def send(self, who, numbers, move='acknowledge', key=None):
        form = next(f for f in who.page('/desk').page.forms if 'sign-out' in f['action'])
        fields = [('_token', form['fields']['_token']), ('_key', key or self.key())]
        return who.send_form(f'/records/{names.KIND}/moves/{move}',
                             fields + [('_number', number) for number in numbers])

    def test_all_that_can_be_done_is_done(self):
        numbers = [self.assigned() for _ in range(2)]
        answer = self.send(self.visitor('unit'), numbers)
        self.assertEqual(answer.status, 303, answer)
        self.assertIn('done=2', answer.headers['location'])
        for number in numbers:
            self.assertEqual(self.record(number)['status'], 'in_progress')

    def test_a_refused_one_stands_in_nobodys_way_and_is_named_with_its_reason(self):
        refused, first, last = (self.assigned() for _ in range(3))
        self.assertEqual(self.move('unit', refused, 'acknowledge').status, 200)
        who, key = self.visitor('unit'), self.key()
        sent = [first, refused, 'JY-1999-00001', last]
        answer = self.send(who, sent, key=key)
        self.assertEqual(answer.status, 200, answer)
        for number in (first, last):
            self.assertEqual(self.record(number)['status'], 'in_progress')
            self.assertNotIn(number, answer.text)
        rows = rows_of(answer.text)
        self.assertEqual(len(rows), 2)
        self.assertIn(refused, rows[0])
        self.assertIn('JY-1999-00001', rows[1])
        for row in rows:
            self.assertGreater(len(row.split()), 5, 'a row gives no reason')
        self.assertIn('Done: 2', answer.text)
        version = self.record(first)['version']
        self.assertEqual(self.send(who, sent, key=key).status, 200)
        self.assertEqual(self.record(first)['version'], version, 'sent again, it was done again')

    def test_nothing_done_is_a_refusal(self):
        number = self.submit()['number']
        answer = self.send(self.visitor('unit'), [number])
        self.assertIn(answer.status, (403, 404, 422))
        self.assertNotIn('Done:', answer.text)
        self.assertEqual(self.record(number)['status'], 'submitted')


class Words(PageCase):
    def test_desks_have_a_name_in_each_language(self):
        for language, name in (('zh', '市民营办受理岗'), ('en', 'Intake desk')):
            who = self.visitor('intake', language)
            self.assertIn(name, who.page('/desk').page.text)
            self.assertIn(name, self.visitor('admin', language).page('/admin').page.text)

    def test_every_month_on_the_board_has_its_unit(self):
        answer = self.visitor('leader').page('/board')
        months = re.findall(r'cell-amount cell-minor[^>]*data-label="This month">([^<]*)<', answer.text)
        self.assertGreater(len(months), 10)
        for month in months:
            self.assertRegex(month, r'^(—|[\d.,]+(%| \S.*))$')
        self.assertTrue(any(month.endswith('%') for month in months))
