# SPDX-License-Identifier: Apache-2.0
"""What units owe: the weekly sheet, the lists of late ones, extensions, and the word for it."""
import csv
import html
import io
import pathlib

import names
from test_pages import PageCase

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNIT = 'TL-GXJ'
WEEK = ('2023-12-25', '2023-12-31')     # of the demo's last day, a Friday


class Supervision(PageCase):
    def overview(self, who='leader', **query):
        answer = self.person(who).get(f'{names.API}/supervision', **query)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def sheet(self, who='leader', unit=UNIT, **query):
        answer = self.person(who).get(f'{names.API}/supervision/{unit}', **query)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    # ---- the sheet ----

    def test_the_sheet_has_every_open_matter_of_the_unit_by_its_light(self):
        sheet = self.sheet()
        self.assertEqual((sheet['from'], sheet['to']), WEEK)
        lights = [row['light'] for row in sheet['matters']]
        order = ['red', 'yellow', 'green', 'paused', None]
        self.assertEqual(lights, sorted(lights, key=order.index))
        for light in order:
            self.assertEqual(sheet['lights'][light or 'none'], lights.count(light))
        board = next(unit for unit in self.overview()['units'] if unit['code'] == UNIT)
        self.assertEqual(board['red'], lights.count('red'))
        # Orders are open records of their own and stand on the board, but the unit owes an answer.
        self.assertEqual(board['yellow'] + board['red'] + board['green'] + board['paused'],
                         len([light for light in lights if light]) + len(sheet['owed']))

    def test_the_week_decides_what_is_due_and_what_became_late(self):
        sheet = self.sheet()
        for row in sheet['matters']:
            self.assertEqual(row['due_in_week'],
                             bool(row['light'] in ('red', 'yellow', 'green') and
                                  WEEK[0] <= row['due_on'] <= WEEK[1]))
        late = [row for row in sheet['matters'] if row['newly_overdue']]
        self.assertTrue(late)
        for row in late:
            self.assertEqual(row['light'], 'red')
            self.assertTrue('2023-12-24' <= row['due_on'] <= '2023-12-30', row)
        before = self.sheet(week='2023-12-20')
        self.assertEqual(before['from'], '2023-12-18')
        self.assertFalse({row['number'] for row in late} &
                         {row['number'] for row in before['matters'] if row['newly_overdue']})

    def test_each_step_is_the_furthest_one_and_can_be_opened(self):
        sheet = self.sheet()
        steps = {row['step_label'] for row in sheet['matters'] if row['step_label']}
        self.assertGreaterEqual(steps, {'Reminder', 'Warning', 'Supervision order'})
        for row in sheet['matters'][:8]:
            if not row['step_number']:
                continue
            step = self.record(row['step_number'], 'supervision', 'supervisor')
            self.assertEqual(step['texts']['level'], row['step_label'])
            self.assertEqual(step['fields']['lead'], UNIT)

    def test_the_page_the_sheet_and_the_api_say_the_same(self):
        sheet = self.sheet()
        page = self.visitor('leader').page(f'/supervision/{UNIT}').text
        answer = self.visitor('leader').get(f'/supervision/{UNIT}/export')
        rows = list(csv.reader(io.StringIO(answer.text.lstrip('\ufeff'))))
        self.assertEqual(len(rows), 1 + len(sheet['owed']) + len(sheet['matters']))
        for row in sheet['owed'] + sheet['matters']:
            self.assertTrue(html.escape(row['title'][:12]) in page and row['number'] in page, row)
        self.assertEqual([row[1] for row in rows[1:]],
                         [row['number'] for row in sheet['owed'] + sheet['matters']])

    # ---- who sees it ----

    def test_a_unit_sees_its_own_sheet_and_no_other(self):
        self.assertEqual(self.sheet('unit')['code'], UNIT)
        self.assertError(self.person('unit2').get(f'{names.API}/supervision/{UNIT}'), 403)
        self.assertEqual({unit['code'] for unit in self.overview('unit')['units']}, {UNIT})
        self.assertError(self.anyone().get(f'{names.API}/supervision/{UNIT}'), 401)
        self.assertError(self.person('leader').get(f'{names.API}/supervision/TL-NONE'), 404)
        self.assertError(self.person('leader').get(f'{names.API}/supervision/{UNIT}', week='soon'), 400)

    # ---- lists over all units ----

    def test_late_again_are_reopened_matters_and_unanswered_orders(self):
        seen = self.overview()
        for row in seen['second_stage']:
            self.assertEqual(row['light'], 'red')
            rounds = self.person('leader').get(f'{names.API}/records/{row["kind"]}/{row["number"]}/history')
            moves = {entry['move'] for entry in rounds.json['entries']}
            self.assertTrue(row['kind'] == 'supervision' or 'reopen' in moves, row)
        self.assertTrue(seen['second_stage'])
        self.assertEqual(sum(unit['newly_overdue'] for unit in seen['units']), len(seen['newly_overdue']))
        self.assertEqual(sum(unit['second_stage'] for unit in seen['units']), len(seen['second_stage']))

    # ---- extensions ----

    def extend(self, decision, **form):
        number = self.submit()['number']
        for who, move, given in (('intake', 'accept', {}), ('dispatcher', 'assign', {'lead': UNIT}),
                                 ('unit', 'acknowledge', {})):
            self.assertEqual(self.move(who, number, move, given).status, 200)
        due = self.record(number)['due_on']
        asked = self.move('unit', number, 'extend', {'new_due_on': '2024-02-05', 'extend_reason': '等待上级批复。'})
        self.assertEqual(asked.status, 200, asked)
        answer = self.move('dispatcher', number, decision, form)
        self.assertEqual(answer.status, 200, answer)
        return number, due

    def test_an_extension_says_who_asked_why_who_agreed_and_both_days(self):
        number, due = self.extend('approve')
        one, = self.record(number)['extensions']
        self.assertEqual((one['old_due_on'], one['new_due_on'], one['agreed']), (due, '2024-02-05', True))
        self.assertEqual(one['reason'], '等待上级批复。')
        self.assertIn('Case officer', one['asked_by'])
        self.assertIn('Dispatch', one['decided_by'])
        self.assertEqual(self.record(number)['due_on'], '2024-02-05')
        page = self.visitor('dispatcher').page(f'/records/{names.KIND}/{number}').text
        self.assertIn('Old limit', page)
        row = next(row for row in self.sheet()['matters'] if row['number'] == number)
        self.assertEqual(row['extensions'], [one])

    def test_a_refused_one_keeps_its_reason_and_the_old_day(self):
        number, due = self.extend('refuse', reason='没有新的情况。')
        one, = self.record(number)['extensions']
        self.assertEqual((one['agreed'], one['old_due_on'], one['refused_reason']),
                         (False, due, '没有新的情况。'))
        self.assertEqual(self.record(number)['due_on'], due)


class Words(PageCase):
    def test_supervision_is_never_called_what_only_a_government_may_do(self):
        for folder in ('profiles', 'locale'):
            for path in sorted((ROOT / folder).rglob('*')):
                if path.is_file():
                    self.assertNotIn('督查', path.read_text(encoding='utf-8'), path)
