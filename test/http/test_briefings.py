# SPDX-License-Identifier: Apache-2.0
"""Briefings written in the browser and over the API: text with slots, checks, publishing by a second
person, and corrections as the next edition of the same number."""
import csv
import io
import pathlib
import tempfile

import names
from sites import must, tongxin
from test_pages import PageCase

BRIEFINGS = f'{names.API}/briefings'
RECORDS = f'{names.API}/records/briefing'
TRUE = '# {period}办结{reception_closed}个\n\n全年办结{reception_closed}个，共{reception_sessions}期。'


class WrittenCase(PageCase):
    def written(self, text=TRUE, **given):
        form = {'title': '会客厅快报', 'period_from': '2023-01-01', 'period_to': '2023-11-30', 'org': 'TL', 'text': text}
        answer = self.person('press').post(RECORDS, names.create_body({**form, **given}))
        self.assertEqual(answer.status, 201, answer)
        return answer.json['number']

    def run_move(self, who, number, move, form):
        version = self.person('press').get(f'{RECORDS}/{number}').json['version']
        return self.person(who).post(f'{RECORDS}/{number}/moves/{move}', names.move_body(form, version))

    def publish(self, number, who='reviewer'):
        return self.person(who).post(f'{BRIEFINGS}/{number}/publish', {'form': {}})

    def read(self, number, who='press', **query):
        answer = self.person(who).get(f'{BRIEFINGS}/{number}', **query)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def failed(self, briefing, blocks):
        return [check['sentence'] for check in briefing['checks'] if not check['passed'] and check['blocks'] == blocks]


class OverTheApi(WrittenCase):
    def test_a_written_text_is_filled_checked_and_frozen(self):
        number = self.written()
        draft = self.read(number)
        self.assertTrue(draft['can_publish'], draft)
        closed = next(f['value'] for f in draft['figures'] if f['figure'] == 'reception_closed')
        self.assertEqual(draft['text'].count(f'办结{closed}个'), 2)
        self.assertIn(self.publish(number, 'press').status, (403, 422))
        self.assertEqual(self.publish(number).status, 200)
        frozen = self.read(number, 'unit')
        self.assertEqual((frozen['text'], frozen['edition'], frozen['changes']), (draft['text'], 1, []))
        self.assertEqual(must('briefing', '--site', self.site, number), must('briefing', '--site', self.site, number))
        self.verify()

    def test_a_false_word_blocks_with_its_reason(self):
        number = self.written('办结{reception_sessions round 100 余}期')
        draft = self.read(number)
        self.assertFalse(draft['can_publish'])
        self.assertTrue(any('reception_sessions round 100' in sentence for sentence in self.failed(draft, True)), draft)
        error = self.assertError(self.publish(number), 409)
        self.assertIn('reception_sessions', error['message'])

    def test_headline_and_body_cannot_differ(self):
        number = self.written('# 办结{reception_closed round 10 余}个\n\n办结{reception_closed}个')
        self.assertEqual(len(self.failed(self.read(number), True)), 1)
        self.assertError(self.publish(number), 409)

    def test_typed_numbers_and_one_language_are_remarks(self):
        draft = self.read(self.written('办结{reception_closed}个，接待128名'))
        self.assertTrue(draft['can_publish'])
        self.assertTrue(any('128名' in sentence for sentence in self.failed(draft, False)), draft)

    def test_a_wrong_name_says_which_was_meant(self):
        who = self.visitor('press')
        number = self.written('办结{reception_close}个')
        self.assertFalse(self.read(number)['can_publish'])
        self.assertIn('reception_closed', who.page(f'/briefings/{number}').text)

    def test_a_claim_needs_evidence(self):
        number = self.written('办结{reception_closed}个，为全省首家')
        self.assertTrue(any('全省首家' in sentence for sentence in self.failed(self.read(number), True)))

    def test_no_phone_number_is_kept_in_a_text(self):
        for text in ('联系人13812345678', '身份证11010519491231002X'):
            answer = self.person('press').post(RECORDS, names.create_body({
                'title': '快报', 'period_from': '2023-01-01', 'period_to': '2023-11-30', 'org': 'TL', 'text': text}))
            self.assertError(answer, 422, field='text')

    def test_the_command_prints_drafts_and_sheets(self):
        number = self.written('| 月份 | 期数 |\n|---|---|\n| {each month} | {reception_sessions} |\n'
                              '| 合计 | {reception_sessions} |')
        self.assertIn('2023', must('briefing', '--site', self.site, number))
        self.assertEqual(tongxin('briefing', '--site', self.site, 'JB-2023-999').returncode, 1)
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / 'form.csv'
            must('briefing', '--site', self.site, number, '-o', str(file))
            printed = file.read_bytes()
        rows = list(csv.reader(io.StringIO(printed.decode('utf-8-sig'))))
        total = next(i for i, row in enumerate(rows) if row[0] == '合计')
        self.assertEqual(total, 12)  # a head and eleven months
        self.assertEqual(sum(int(row[1]) for row in rows[1:12]), int(rows[12][1]))
        self.assertTrue(any(row[0] and row[6] for row in rows[14:]), rows)  # definitions
        page = self.visitor('press').get(f'/briefings/{number}/csv')
        self.assertEqual(page.status, 200)
        self.assertEqual(len(list(csv.reader(io.StringIO(page.text.lstrip('\ufeff'))))), len(rows))


class Corrections(WrittenCase):
    def test_a_correction_is_the_next_edition_of_the_same_number(self):
        number = self.written()
        self.assertEqual(self.publish(number).status, 200)
        first = self.read(number)
        corrected = self.run_move('press', number, 'correct', {'correction': '时段应截至十月'})
        self.assertEqual(corrected.status, 200, corrected)
        # Meanwhile everyone else reads what was published, and nobody the draft.
        self.assertEqual(self.read(number)['status'], 'draft')
        self.assertEqual(self.read(number, 'unit')['text'], first['text'])
        self.assertEqual(self.person('unit').get(f'{BRIEFINGS}/{number}', edition='draft').status, 404)
        self.assertNotIn('text', str(self.person('unit').get(f'{RECORDS}/{number}').json.get('fields', '')))
        self.assertEqual(self.anyone().get(f'/briefings/{number}', edition='draft').status, 404)
        edited = self.run_move('press', number, 'edit', {
            'title': '会客厅快报', 'period_from': '2023-01-01', 'period_to': '2023-10-31', 'org': 'TL', 'text': TRUE})
        self.assertEqual(edited.status, 200, edited)
        self.assertEqual(self.publish(number).status, 200)
        second = self.read(number, 'unit')
        self.assertEqual((second['number'], second['edition'], second['editions']), (number, 2, 2))
        self.assertEqual(second['reason'], '时段应截至十月')
        both = {one['figure']: one for one in second['corrections']}['reception_sessions']
        self.assertIn(both['before'], first['text'])
        self.assertIn(both['after'], second['text'])
        self.assertNotEqual(both['before'], both['after'])
        older = self.read(number, 'unit', edition=1)
        self.assertEqual((older['text'], older['reason']), (first['text'], '时段应截至十月'))
        self.assertEqual(self.person('unit').get(f'{BRIEFINGS}/{number}', edition=3).status, 404)
        self.assertEqual(self.read(number, as_of=second['frozen_on'])['edition'], 2)
        self.assertEqual(self.person('press').get(f'{BRIEFINGS}/{number}', as_of='2020-01-01').status, 404)
        who = self.anyone('zh')
        newest, page = who.page(f'/briefings/{number}'), who.page(f'/briefings/{number}?edition=1')
        for text in (newest.text, page.text):
            self.assertIn('时段应截至十月', text)
            self.assertIn(f'{both["before"]} 期', text)
            self.assertIn(f'{both["after"]} 期', text)
        self.assertGoodPage(newest, 'newest')
        self.assertGoodPage(page, 'older')
        self.assertIn(f'/briefings/{number}?edition=1', newest.text)
        self.assertIn(f'/briefings/{number}?edition=2', page.text)
        self.assertEqual(must('briefing', '--site', self.site, number).count('1—10月'), 1)
        self.verify()

    def test_a_correction_can_be_dropped(self):
        number = self.written()
        self.assertEqual(self.publish(number).status, 200)
        text = self.read(number)['text']
        self.assertEqual(self.run_move('press', number, 'correct', {'correction': '误报'}).status, 200)
        self.assertEqual(self.run_move('press', number, 'drop_correction', {}).status, 200)
        read = self.read(number)
        self.assertEqual((read['edition'], read['editions'], read['text']), (1, 1, text))

    def test_two_colleagues_take_turns(self):
        """Whoever wrote the edition before may publish the next one; nobody publishes what they wrote."""
        must('user', 'grant', '--site', self.site, 'reviewer', 'press@TL')
        number = self.written()
        self.assertEqual(self.publish(number).status, 200)
        self.assertEqual(self.run_move('reviewer', number, 'correct', {'correction': '漏计'}).status, 200)
        self.assertIn(self.publish(number, 'reviewer').status, (403, 422))
        self.assertEqual(self.publish(number, 'press').status, 200)
        self.assertEqual(self.read(number)['edition'], 2)

    def test_a_correction_gives_its_reason(self):
        number = self.written()
        self.assertEqual(self.publish(number).status, 200)
        self.assertError(self.run_move('press', number, 'correct', {}), 422, field='correction')


class WithoutScript(WrittenCase):
    def values(self, text, **given):
        return {'title': '快报', 'period_from': '2023-01-01', 'period_to': '2023-11-30', 'org': 'TL', 'text': text, **given}

    def test_preview_shows_values_and_checks_and_keeps_nothing(self):
        who = self.visitor('press')
        before = self.person('press').get(RECORDS).json['records']
        answer = who.submit('/briefings/new', self.values('办结{reception_closed}个，{reception_close}', _do='preview'),
                            action='/briefings/new')
        self.assertEqual(answer.status, 200, answer)
        self.assertIn('fig-broken', answer.text)
        self.assertIn('reception_closed', answer.text)
        self.assertIn('办结{reception_closed}个，{reception_close}', answer.text)  # still in the textarea
        self.assertEqual(self.person('press').get(RECORDS).json['records'], before)

    def test_a_preview_says_what_the_door_would_refuse(self):
        for wrong, given in (('title', {'title': ''}), ('text', {'text': '联系13812345678'})):
            answer = self.visitor('press').submit('/briefings/new', {**self.values(TRUE, _do='preview'), **given},
                                                  action='/briefings/new')
            self.assertTrue(f'href="#{wrong}"' in answer.text, wrong)

    def test_a_draft_is_saved_and_written_on(self):
        who = self.visitor('press')
        saved = who.submit('/briefings/new', self.values(TRUE, _do='save'), action='/briefings/new')
        self.assertEqual(saved.status, 303, saved)
        path = saved.headers['location'].split('?')[0]
        self.assertGoodPage(who.page(path), path)
        again = who.submit(f'{path}/edit', {'text': TRUE + '\n\n再写一段。', '_do': 'save'}, action='/edit')
        self.assertEqual(again.status, 303, again)
        self.assertIn('再写一段。', who.page(path).text)
        stale = who.page(f'{path}/edit').page
        form = next(f for f in stale.forms if '/edit' in f['action'])['fields']
        self.assertEqual(who.send_form(f'{path}/edit', {**form, '_do': 'save', 'text': TRUE}).status, 303)
        late = who.send_form(f'{path}/edit', {**form, '_key': self.key(), '_do': 'save', 'text': 'X'})
        self.assertEqual(late.status, 409, late)
        self.assertIn('X</textarea>', late.text)

    def test_the_template_is_where_a_text_begins(self):
        page = self.visitor('press').page(f'/briefings/new?template={names.BRIEFING}')
        self.assertIn('{reception_sessions}', page.text)
        self.assertGoodPage(page, '/briefings/new')

    def test_a_text_that_nobody_changed_is_left_to_the_template(self):
        who, texts = self.visitor('press'), []
        for given in ({}, {'text': TRUE}):
            saved = who.submit(f'/briefings/new?template={names.BRIEFING}', {**given, '_do': 'save'},
                               action='/briefings/new')
            self.assertEqual(saved.status, 303, saved)
            number = saved.headers['location'].split('?')[0].split('/')[-1]
            texts.append('reception_sessions' in str(self.person('press').get(f'{RECORDS}/{number}').json))
            self.assertGoodPage(who.page('/briefings'), '/briefings')
        self.assertEqual(texts, [False, True])

    def test_figures_are_found_with_their_present_value(self):
        who = self.visitor('press', 'zh')
        page = who.page('/briefings/figures', q='接待', period_from='2023-01-01', period_to='2023-11-30', org='TL')
        self.assertGoodPage(page, '/briefings/figures')
        self.assertIn('{reception_entrepreneurs round 10 余}', page.text)
        self.assertNotIn('data-insert', page.text)
        share = who.page('/briefings/figures', q='商事调解', of='mediation_accepted')
        self.assertIn('{mediation_success of mediation_accepted}', share.text)
        self.assertNotIn('{mediation_success_rate of', share.text)  # no share of a rate
        part = who.get('/briefings/figures', q='接待', part='1')
        self.assertIn('data-insert', part.text)
        self.assertNotIn('<html', part.text)

    def test_only_the_press_desk_writes(self):
        number = self.written()
        for login in ('unit', 'intake'):
            who = self.visitor(login)
            for path in ('/briefings/new', f'/briefings/{number}/edit', '/briefings/figures'):
                self.assertIn(who.get(path).status, (403, 404), path)
        self.assertIn(self.anyone().get('/briefings/new').status, (303, 401))
