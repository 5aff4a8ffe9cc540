# SPDX-License-Identifier: Apache-2.0
"""Bad input through JSON: the right status, a clear sentence in the caller's language, nothing lost."""
import json

import names
from cases import SiteCase
from client import PASSWORD

RECORDS = f'{names.API}/records/{names.KIND}'
PUBLIC = f'{names.API}/public/records/{names.KIND}'
JSON = {'Content-Type': 'application/json'}


class Unknown(SiteCase):
    def test_routes_kinds_records_moves(self):
        number = self.submit()['number']
        who = self.person('intake')
        for path in ('/nothing', '/kinds/no_such_kind', '/records/no_such_kind',
                     f'/records/{names.KIND}/XX-2026-99999', '/figures/no_such_figure',
                     '/briefings/no_such_briefing'):
            with self.subTest(path=path):
                self.assertError(who.get(names.API + path), 404)
        self.assertError(who.get(f'{names.API}/records/{names.KIND}/%00'), 400)
        for path in (f'/records/no_such_kind', f'/records/{names.KIND}/{number}/moves/no_such_move',
                     f'/records/{names.KIND}/XX-2026-99999/moves/accept', '/public/records/no_such_kind'):
            with self.subTest(post=path):
                self.assertError(who.post(names.API + path, names.move_body({}, 1)), 404)

    def test_wrong_method_names_the_right_ones(self):
        answer = self.person('intake').request('DELETE', RECORDS)
        self.assertError(answer, 405)
        self.assertIn('GET', answer.headers['allow'])

    def test_internal_kinds_are_not_public(self):
        for kind in ('org', 'reception_session', names.KIND + 'x'):
            answer = self.anyone().post(f'{names.API}/public/records/{kind}', names.create_body({}))
            self.assertIn(answer.status, (403, 404), answer)

    def test_unknown_query_values(self):
        who = self.person('intake')
        for query in ({'status': 'no_such_state'}, {'sort': 'no_such_order'}, {'limit': '0'}, {'limit': '1e9'},
                      {'limit': 'many'}, {'after': '%%%'}, {'from': '2023-02-30'}, {'light': 'purple'},
                      {'org': 'no-such-org'}):
            with self.subTest(query=query):
                self.assertIn(who.get(RECORDS, **query).status, (400, 404, 422))


class Words(SiteCase):
    """A word may not be used to ask for a text that is withheld."""

    def found(self, who, path, words):
        answer = who.get(path, q=words)
        self.assertEqual(answer.status, 200, answer)
        return names.records_of(answer.json)

    def test_the_public_does_not_find_by_internal_text(self):
        note = '答复前先与企业沟通'       # of assignments in the demo site
        public = f'{names.API}/public/records'
        self.assertTrue(self.found(self.person('dispatcher'), RECORDS, note))
        self.assertEqual(self.found(self.anyone(), public, note), [])
        self.assertTrue(self.found(self.anyone(), public, '企业'))

    def test_nobody_counts_disputes_by_words_of_theirs(self):
        """Whoever sees disputes without their texts finds none by words, and is told no number either."""
        path = f'{names.API}/records/dispute'
        everyone = self.person('mediator')
        self.assertTrue(self.found(everyone, path, '合同'))
        for who in ('auditor', 'supervisor'):
            answer = self.person(who).get(path, q='合同')
            with self.subTest(who=who):
                if answer.status == 200:
                    self.assertEqual(len(answer.json['records']), 0)
                    self.assertIn(str(answer.json.get('count', '0')), ('0', ''))
                    self.assertFalse(answer.json.get('next'))


class LongWayBack(SiteCase):
    """What comes back in an address has an end, and the answer is never dropped."""

    def test_a_redirect_always_arrives(self):
        for query in ('&' * 2900, 'q=' + '%2F' * 900, 'q=' + 'a' * 2900):
            answer = self.anyone().get('/desk?' + query)
            self.assertEqual((answer.status, answer.headers['location']), (303, '/sign-in'), answer)
        answer = self.anyone().get('/desk?sort=due')
        self.assertEqual(answer.headers['location'], '/sign-in?next=%2Fdesk%3Fsort%3Ddue')

    def test_also_beside_a_full_header(self):
        headers = {f'X-{i}': 'a' * 10 for i in range(40)}
        answer = self.anyone().request('GET', '/desk?q=' + 'a' * 1900, None, headers)
        self.assertEqual(answer.status, 303, answer)

    def test_columns_of_a_list_with_a_long_search(self):
        who = self.anyone()
        self.assertEqual(who.submit('/sign-in', {'login': 'intake', 'password': PASSWORD}, action='sign-in').status, 303)
        path = f'/records/{names.REQUEST}'
        for text in ('A' * 9000, '中' * 2000):
            answer = who.submit(path, {'q': text, 'column': 'title'}, action='/columns')
            self.assertEqual((answer.status, answer.headers['location']), (303, path), answer)


class SignIn(SiteCase):
    def test_nothing_of_the_staff_without_signing_in(self):
        for path in (RECORDS, f'{names.API}/kinds', f'{names.API}/figures', f'{names.API}/accounts',
                     f'{names.API}/orgs', f'{names.API}/desk'):
            with self.subTest(path=path):
                self.assertIn(self.anyone().get(path).status, (200, 401) if path.endswith('orgs') else (401,))
        self.assertError(self.anyone().post(RECORDS, names.create_body({})), 401)

    def test_wrong_password_and_unknown_account_look_alike(self):
        first = self.anyone().post(f'{names.API}/session', {'login': 'press', 'password': 'wrong-password'}, '')
        second = self.anyone().post(f'{names.API}/session', {'login': 'nobody-here', 'password': 'x' * 14}, '')
        self.assertError(first, 401)
        self.assertEqual(first.error, second.error)

    def try_password(self, login, password, address):
        return self.anyone().post(f'{names.API}/session', {'login': login, 'password': password}, '',
                                  headers={'X-Forwarded-For': address})

    def test_wrong_passwords_are_held_back_alike_for_known_and_unknown_logins(self):
        for address, login in (('192.0.2.1', 'auditor'), ('192.0.2.2', 'nobody-here')):
            answers = [self.try_password(login, f'wrong-{n}', address) for n in range(7)]
            with self.subTest(login=login):
                self.assertEqual([answer.status for answer in answers], [401] * 5 + [429] * 2)
                self.assertIn(int(answers[-1].headers['retry-after']), range(120, 181))
                self.assertIn('3 min', answers[-1].error['message'])
        self.assertEqual(self.try_password('auditor', PASSWORD, '192.0.2.1').status, 429)

    def test_who_guesses_elsewhere_shuts_out_nobody(self):
        for n in range(7):
            self.try_password('supervisor', f'wrong-{n}', '192.0.2.3')
        self.assertEqual(self.try_password('supervisor', PASSWORD, '192.0.2.4').status, 200)
        self.assertEqual(self.try_password('supervisor', PASSWORD, '192.0.2.3').status, 429)

    def test_a_session_ends(self):
        who = self.anyone().sign_in('office')
        self.assertEqual(who.get(f'{names.API}/kinds').status, 200)
        self.assertIn(who.request('DELETE', f'{names.API}/session').status, (200, 204))
        self.assertError(who.get(f'{names.API}/kinds'), 401)

    def test_forged_tokens(self):
        for token in ('', 'x', '0' * 64, 'a' * 5000):
            who = self.anyone()
            who.token = token
            self.assertIn(who.get(RECORDS).status, (401, 400, 413, 431))


class Body(SiteCase):
    """What is not JSON, not complete, or not UTF-8."""

    def send(self, body, headers=None, path=PUBLIC):
        return self.anyone().request('POST', path, body, {**JSON, 'Idempotency-Key': self.key(), **(headers or {})})

    def test_malformed_json(self):
        for body in (b'', b'{', b'[]', b'null', b'"x"', b'{"form":', b'{"form":{}} x', b'{"form":1}', b'{form:{}}',
                     b'\x00', b'{"form":{"title":"a","title":"b"}}', b'[' * 5000, b'{"a":' * 3000):
            with self.subTest(body=body[:20]):
                self.assertIn(self.assertError(self.send(body), self.send(body).status)['code'],
                              ('bad_request', 'invalid_form'))
                self.assertIn(self.send(body).status, (400, 422))

    def test_invalid_utf8(self):
        for bad in (b'\xff', b'\xc3\x28', b'\xed\xa0\x80', b'\xf8\x88\x80\x80\x80', b'\xc0\xaf'):
            with self.subTest(bad=bad):
                form = json.dumps(names.create_body(self.form(title='TITLE'))).encode().replace(b'TITLE', bad)
                self.assertError(self.send(form), self.send(form).status)
                self.assertIn(self.send(form).status, (400, 422))

    def test_control_characters_and_lone_surrogates(self):
        for bad in ('a\\u0000b', '\\ud800', 'a\\u0007b'):
            body = json.dumps(names.create_body(self.form(title='TITLE'))).replace('TITLE', bad).encode()
            with self.subTest(bad=bad):
                self.assertIn(self.send(body).status, (400, 422))

    def test_wrong_media_type(self):
        self.assertIn(self.send(b'<a/>', {'Content-Type': 'application/xml'}).status, (400, 415))

    def test_oversized_body(self):
        self.assertError(self.send(b'{"form":{"title":"' + b'x' * (300 << 10) + b'"}}'), 413)

    def test_huge_body_is_not_read_to_its_end(self):
        try:
            answer = self.send(b'x' * (64 << 20))
        except OSError:
            return  # hung up on us while we were still sending: as good
        self.assertEqual(answer.status, 413)

    def test_malformed_multipart(self):
        path = f'{names.API}/records/{names.KIND}/{self.submit()["number"]}/attachments'
        whole = b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nx\r\n--B--\r\n'
        bad = {'no boundary': ('multipart/form-data', whole), 'cut': ('multipart/form-data; boundary=B', whole[:-9]),
               'no name': ('multipart/form-data; boundary=B', b'--B\r\n\r\nx\r\n--B--\r\n'),
               'other boundary': ('multipart/form-data; boundary=C', whole),
               'long boundary': ('multipart/form-data; boundary=' + 'B' * 300, whole),
               'headers without end': ('multipart/form-data; boundary=B', b'--B\r\nA: ' + b'x' * 20000)}
        for name, (media, body) in bad.items():
            with self.subTest(case=name):
                answer = self.person('intake').request('POST', path, body, {'Content-Type': media})
                self.assertIn(answer.status, (400, 413, 415, 422), answer)


class Fields(SiteCase):
    """Forms whose JSON is fine and whose content is not."""

    def refused(self, form, status=422):
        return self.assertError(self.anyone().post(PUBLIC, names.create_body(form)), status)

    def text_field(self):
        return next(f for f in names.fields_of(self.kind(names.KIND)) if f['type'] == 'text' and f.get('required'))

    def test_every_wrong_field_is_named_at_once(self):
        required = {f['name'] for f in names.fields_of(self.kind(names.KIND)) if f.get('required')}
        self.assertGreater(len(required), 1)
        self.assertLessEqual(required, set(names.wrong_fields(self.refused({}))) | {'category'})

    def test_wrong_types(self):
        for field in names.fields_of(self.kind(names.KIND)):
            wrong = {'text': 5, 'long_text': ['x'], 'number': 'many', 'money': 'x', 'decimal': 'x', 'date': '2026-02-30',
                     'yes_no': 'perhaps', 'choice': 'no_such_choice', 'choices': ['no_such_choice'],
                     'phone': 'abc'}.get(field['type'])
            if wrong is not None:
                with self.subTest(field=field['name']):
                    error = self.refused(self.form(**{field['name']: wrong}))
                    self.assertIn(field['name'], names.wrong_fields(error))

    def test_too_long_and_blank(self):
        field = self.text_field()
        for value in ('长' * (field['max'] + 1), '', '   ', '\u3000'):
            with self.subTest(value=value[:3]):
                error = self.refused(self.form(**{field['name']: value}))
                self.assertIn(field['name'], names.wrong_fields(error))
        longest = self.submit(**{field['name']: '长' * field['max']})
        self.assertIn('number', longest)

    def test_unknown_field(self):
        self.refused(self.form(no_such_field='x'))

    def test_identity_numbers_in_free_text(self):
        field = self.text_field()
        for text in ('11010519491231002X', '我的身份证是11010519491231002X'):
            self.refused(self.form(**{field['name']: text}))

    def test_foreign_organisation(self):
        number = self.submit()['number']
        self.assertEqual(self.move('intake', number, 'accept').status, 200)
        for org in ('no-such-org', '', 5, '../x'):
            with self.subTest(org=org):
                self.assertError(self.move('dispatcher', number, 'assign', {'lead': org}), 422)

    def test_message_language_follows_the_caller(self):
        english = self.anyone('en').post(PUBLIC, names.create_body({})).error['message']
        chinese = self.anyone('zh-CN,zh;q=0.9').post(PUBLIC, names.create_body({})).error['message']
        self.assertRegex(english, r'[a-z]{3}')
        self.assertRegex(chinese, r'[\u4e00-\u9fff]')
        self.assertNotRegex(english, r'[\u4e00-\u9fff]')

    def test_text_comes_back_as_it_was_sent(self):
        title = self.text_field()['name']
        sent = ('a ' + names.UNICODE_SAMPLE)[:self.text_field()['max']]
        number = self.submit(**{title: sent})['number']
        self.assertEqual(self.record(number)['fields'][title], sent)


class Versions(SiteCase):
    def test_stale_version(self):
        number = self.submit()['number']
        old = self.record(number)['version']
        self.assertEqual(self.move('intake', number, 'accept').status, 200)
        self.assertError(self.move('dispatcher', number, 'assign', version=old), 409)
        self.assertEqual(self.record(number)['status'], 'accepted')

    def test_missing_and_silly_versions(self):
        number = self.submit()['number']
        path = f'{RECORDS}/{number}/moves/accept'
        for body in ({'form': {}, 'version': 'x'}, {'form': {}, 'version': -1},
                     {'form': {}, 'version': 1e300}, {'form': {}, 'version': None}):
            with self.subTest(body=body):
                self.assertIn(self.person('intake').post(path, body).status, (400, 409, 422))

    def test_a_repeat_gets_the_first_answer_another_form_is_refused(self):
        key = self.key()
        form = self.form()
        first = self.anyone().post(PUBLIC, names.create_body(form), key)
        again = self.anyone().post(PUBLIC, names.create_body(form), key)
        self.assertEqual((first.status, again.status), (201, 201))
        self.assertEqual(first.json['number'], again.json['number'])
        other = {**form, **{f['name']: '另一个' for f in names.fields_of(self.kind(names.KIND))
                            if f['type'] == 'text' and f.get('required')}}
        self.assertError(self.anyone().post(PUBLIC, names.create_body(other), key), 409)

    def test_repeated_move_counts_once(self):
        number, key = self.submit()['number'], self.key()
        version = self.record(number)['version']
        first = self.move('intake', number, 'accept', version=version, key=key)
        again = self.move('intake', number, 'accept', version=version, key=key)
        self.assertEqual((first.status, again.status), (200, 200), again)
        self.assertEqual(self.record(number)['version'], first.json['version'])

    def test_silly_keys(self):
        for key in ('x' * 5000, '\x01', ' '):
            with self.subTest(key=key[:5]):
                try:
                    status = self.anyone().post(PUBLIC, names.create_body(self.form()), key).status
                except ValueError:
                    continue  # the client library itself refuses to send it
                self.assertIn(status, (400, 413, 422, 431))
