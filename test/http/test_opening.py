# SPDX-License-Identifier: Apache-2.0
"""A stock is what it began with, by a document, and what was counted since."""
import names
from sites import must
from test_pages import PageCase

FIGURE = 'ideal_bases'
DOCUMENT = ('source.txt', '截至2022年底共3处。'.encode(), 'text/plain')


class Opening(PageCase):
    OPTIONS = ('--profile', 'binzhou')

    def value(self, **query):
        answer = self.person('office').get(f'{names.API}/figures/{FIGURE}', **query)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def records(self):
        return self.person('office').get(f'{names.API}/figures/{FIGURE}/records').json

    def send(self, **given):
        form = {'title': '启用前已有', 'figure': FIGURE, 'value': '3', 'as_of': '2022-12-31', 'place': 'BZ',
                'source_title': '年度统计表', 'source': DOCUMENT, **given}
        return self.visitor('office').submit('/records/opening_value/new', form, action='/records/opening_value')

    def test_1_without_a_source_it_is_refused(self):
        before = self.value()['value']
        answer = self.send(source=('', b'', 'application/octet-stream'))
        self.assertEqual(answer.status, 422, answer)
        self.assertEqual(self.value()['value'], before)

    def test_2_only_of_a_stock_and_only_whole(self):
        for wrong in ({'figure': 'visits_enterprises_min'}, {'value': '2.5'}):
            self.assertEqual(self.send(**wrong).status, 422, wrong)

    def test_3_it_counts_from_its_day_and_is_a_row_of_the_trace(self):
        before = self.value()
        made = self.send()
        self.assertIn(made.status, (200, 303), made)
        self.assertEqual(self.value()['value'], before['value'] + 3)
        self.assertEqual(self.value(as_of='2022-12-30')['value'], 0)
        self.assertEqual(self.value(as_of='2022-12-31')['value'], 3)
        self.assertEqual(sum(part['value'] for part in self.value()['parts']), before['value'] + 3)
        openings = self.records()['openings']
        self.assertEqual(len(openings), 1)
        self.assertIn(openings[0]['number'], must('trace', '--site', self.site, FIGURE))
        self.assertIn(openings[0]['number'], self.visitor('office').page(f'/figures/{FIGURE}').text)
        self.verify()

    def test_4_voided_it_is_gone(self):
        number = self.records()['openings'][0]['number']
        must('void', '--site', self.site, number, '--reason', 'test')
        self.assertEqual(self.records()['openings'], [])
        self.assertEqual(self.value(as_of='2022-12-31')['value'], 0)
        self.verify()
