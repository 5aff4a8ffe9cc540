# SPDX-License-Identifier: Apache-2.0
"""The main job end to end: a public submission becomes a figure that opens the record."""
import json

import names
from cases import SiteCase
from sites import must, tongxin


class Loop(SiteCase):
    def org_of(self, login):
        """The organisation of an account, as the session names it."""
        answer = self.anyone().post(f'{names.API}/session', {'login': login, 'password': 'tongxin-demo'}, '')
        return answer.json['account']['org']

    def run_loop(self, number):
        for who, move, form in names.LOOP:
            form = {name: value(self) if callable(value) else value for name, value in form.items()}
            answer = self.move(who, number, move, form)
            self.assertEqual(answer.status, 200, f'{who} {move}: {answer!r}')

    def test_a_limit_cites_its_source_in_the_language_of_the_reader(self):
        number = self.submit()['number']
        for language, wanted in (('en', r'^Default: accepted or not within 2 working days of receipt$'),
                                 ('zh', '^平台默认：收到后2个工作日内决定是否受理$')):
            reader = self.anyone(language).sign_in('intake')
            path = f'/records/{names.KIND}/{number}'
            source = reader.get(names.API + path).json['clock']['source']
            self.assertRegex(source, wanted)
            self.assertIn(source, reader.get(path).text)

    def test_public_submission_changes_a_figure_that_opens_it(self):
        before = self.figures()
        sent = self.submit()
        number, code = sent['number'], sent['code']
        self.assertEqual(len(code), 10)

        public = self.anyone()
        seen = public.get(f'{names.API}/public/records/{number}', code=code)
        self.assertEqual(seen.status, 200, seen)
        self.assertEqual(public.get(f'{names.API}/public/records/{number}', code='0' * 10).status, 404)
        self.assertEqual(public.get(f'{names.API}/public/records/{number}').status, 404)

        self.run_loop(number)
        self.assertEqual(self.record(number)['status'], 'replied')
        refused = self.move('supervisor', number, 'close')
        self.assertIn(refused.status, (200, 422), refused)  # 422 while the rating window runs
        if refused.status == 422:
            rated = public.post(f'{names.API}/public/records/{number}/rating',
                                {'code': code, 'form': names.RATING})
            self.assertIn(rated.status, (200, 201), rated)
            who, move, form = names.CLOSE
            self.assertEqual(self.move(who, number, move, form).status, 200)
        self.assertEqual(self.record(number)['status'], 'closed')

        after = self.figures()
        changed = [figure for figure in after if after[figure] != before.get(figure)]
        self.assertTrue(changed, 'no figure changed')
        tracing = [f for f in changed if number in self.trace(f)]
        self.assertTrue(tracing, f'{number} is in the trace of none of {changed}')
        self.assertIn(number, must('trace', '--site', self.site, tracing[0]).split())

        history = self.person('auditor').get(f'{names.API}/records/{names.KIND}/{number}/history')
        self.assertEqual(history.status, 200, history)
        text = json.dumps(history.json)
        for _, move, _ in names.LOOP:
            self.assertIn(move, text)
        self.verify()
        self.rebuild_agrees()

    def trace(self, figure):
        """All record numbers behind a figure, over as many pages as there are."""
        numbers, after = [], None
        while True:
            answer = self.person('leader').get(f'{names.API}/figures/{figure}/records', after=after, limit=100)
            self.assertEqual(answer.status, 200, answer)
            numbers += [record['number'] for record in names.records_of(answer.json)]
            after = answer.json.get('next')
            if not after:
                return numbers

    def rebuild_agrees(self):
        self.server.stop()
        first = must('rebuild', '--site', self.site)
        self.assertEqual(first, must('rebuild', '--site', self.site))
        self.assertEqual(tongxin('verify', '--site', self.site).returncode, 0)
        self.server.start()

    def test_handling_unit_cannot_close_its_own_matter(self):
        number = self.submit()['number']
        self.run_loop(number)
        for who in ('unit', 'head'):
            self.assertIn(self.move(who, number, 'close').status, (403, 422))
        self.assertEqual(self.record(number)['status'], 'replied')

    def test_another_unit_cannot_touch_or_see_it(self):
        number = self.submit()['number']
        self.run_loop(number)
        self.assertIn(self.person('unit2').get(f'{names.API}/records/{names.KIND}/{number}').status, (403, 404))
        version = self.record(number)['version']
        self.assertIn(self.move('unit2', number, 'reply', version=version).status, (403, 404))

    def test_moves_out_of_order_are_refused_with_words(self):
        number = self.submit()['number']
        for move in ('reply', 'close', 'confirm_basis'):
            with self.subTest(move=move):
                self.assertIn(self.move('supervisor', number, move).status, (403, 422))
        self.assertEqual(self.record(number)['status'], 'submitted')

    def test_contact_is_nowhere_but_where_it_is_kept(self):
        phone = '13966660001'
        fields = [f['name'] for f in names.fields_of(self.kind(names.KIND)) if f['type'] == 'phone']
        self.assertTrue(fields, 'the kind has no field for a contact')
        number = self.submit(**{fields[0]: phone})['number']
        for path in (f'/records/{names.KIND}/{number}', f'/records/{names.KIND}/{number}/history',
                     f'/records/{names.KIND}'):
            for who in ('intake', 'auditor', 'admin'):
                self.assertNotIn(phone, self.person(who).get(names.API + path).text)
        self.assertNotIn(phone, self.server.error_text())
        for file in self.site.rglob('*'):
            if file.is_file():
                self.assertNotIn(phone.encode(), file.read_bytes(), file.name)
