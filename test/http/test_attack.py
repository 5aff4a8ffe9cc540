# SPDX-License-Identifier: Apache-2.0
"""What an outsider or a colleague may try: reaching into other units' matters, moving time, reading what
is masked, forging writes, holding memory. Each test is an attack that must fail."""
import pathlib
import re
import socket
import unittest
import uuid

import names
from cases import SITES, SiteCase
from client import PASSWORD, Client
from sites import PROFILE, Server, must

REQUEST = f'{names.API}/records/{names.REQUEST}'
PUBLIC = f'{names.API}/public/records'
MIDNIGHT = 'T00:00:00+08:00'


def resident_kb(pid):
    for line in pathlib.Path(f'/proc/{pid}/status').read_text().splitlines():
        if line.startswith('VmRSS:'):
            return int(line.split()[1])
    return 0


class Duties(SiteCase):
    def first(self, who, **query):
        return self.person(who).get(REQUEST, **query).json['records'][0]['number']

    def test_a_child_is_made_by_who_works_on_the_parent(self):
        number = self.first('unit', status='in_progress')
        self.assertEqual(self.person('unit2').get(f'{REQUEST}/{number}').status, 404)
        for who, lead in (('unit2', 'TL-RSJ'), ('mediator', 'TL-SSTJ'), ('admin', 'TL')):
            answer = self.person(who).post(f'{names.API}/records/co_handling',
                                           names.create_body({'parent': number, 'lead': lead}))
            with self.subTest(who=who):
                self.assertIn(answer.status, (403, 422), answer)
                self.assertNotIn(number + ' ', answer.text)
        missing = self.person('unit2').post(f'{names.API}/records/co_handling', names.create_body(
            {'parent': 'QS-2023-99999', 'lead': 'TL-RSJ'}))
        unseen = self.person('unit2').post(f'{names.API}/records/co_handling', names.create_body(
            {'parent': number, 'lead': 'TL-RSJ'}))
        self.assertEqual(missing.text.replace('QS-2023-99999', number), unseen.text)

    def test_approving_happens_now(self):
        number = self.submit(names.REQUEST)['number']
        answer = self.move('intake', number, 'decline', kind=names.REQUEST)
        self.assertEqual(answer.status, 200, answer)
        path = f'{REQUEST}/{number}/moves/approve'
        version = answer.json['version']
        for at in ('2030-01-01' + MIDNIGHT, '1971-01-01' + MIDNIGHT):
            body = {'form': {}, 'version': version, 'at': at}
            self.assertError(self.person('reviewer').post(path, body), 422)
        self.assertIn(self.person('intake').post(path, names.move_body({}, version)).status, (403,))
        self.assertEqual(self.person('reviewer').post(path, names.move_body({}, version)).status, 200)
        self.verify()

    def test_a_contact_is_read_now_and_for_a_reason_fit_to_keep(self):
        number = self.submit(names.REQUEST, contact_name='王先生', contact_phone='13800000000')['number']
        path = f'{REQUEST}/{number}/moves/reveal_contact'
        version = self.record(number, names.REQUEST)['version']
        body = {'form': {'reason': '核实'}, 'version': version, 'at': '1971-01-01' + MIDNIGHT}
        self.assertError(self.person('intake').post(path, body), 422)
        for reason in ('', '   ', '长' * 501, '核对 11010519491231002X', '回电 139 1234 5678'):
            with self.subTest(reason=reason[:20]):
                answer = self.person('intake').post(path, names.move_body({'reason': reason}, version))
                self.assertError(answer, 422, field='reason')
        for who in ('unit', 'unit2', 'admin', 'mediator'):
            answer = self.person(who).post(path, names.move_body({'reason': '核实'}, version))
            self.assertEqual(answer.status, 404, (who, answer))
        answer = self.person('intake').post(path, names.move_body({'reason': '核实'}, version))
        self.assertEqual(answer.json['contact']['phone'], '13800000000')


class Forgery(SiteCase):
    def test_a_cookie_alone_writes_nothing(self):
        who = self.anyone()
        token = self.anyone().sign_in('intake').token
        cookie = {'Cookie': 'session=' + token, 'Content-Type': 'application/json'}
        paths = [REQUEST, f'{PUBLIC}/{names.REQUEST}', f'{names.API}/session']
        origins = ({}, {'Origin': 'null'}, {'Origin': 'http://127.0.0.1.example.com'},
                   {'Sec-Fetch-Site': 'cross-site', 'Origin': f'http://127.0.0.1:{self.server.port}'})
        for path in paths:
            for origin in origins:
                with self.subTest(path=path, origin=origin):
                    answer = who.request('POST', path, b'{"form": {}}', {**cookie, **origin})
                    self.assertError(answer, 403)
        answer = who.request('POST', REQUEST, b'{"form": {}}', {**cookie, 'Content-Type': 'text/plain'})
        self.assertError(answer, 415)
        self.assertEqual(who.request('DELETE', f'{names.API}/session', None, cookie).status, 403)
        self.assertEqual(who.request('GET', f'{names.API}/session', None, cookie).status, 200)


class Memory(SiteCase):
    BODY = 12_000_000
    CLIENTS = 8

    def test_bodies_on_their_way_are_held_once(self):
        pid = self.server.process.pid
        before = resident_kb(pid)
        head = (f'POST /submit/{names.REQUEST} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; '
                f'boundary=x\r\nContent-Length: {self.BODY + 1}\r\n\r\n').encode()
        clients = []
        for _ in range(self.CLIENTS):
            client = socket.create_connection(('127.0.0.1', self.server.port), timeout=30)
            client.sendall(head + b'x' * self.BODY)
            clients.append(client)
        self.assertEqual(self.anyone().get('/healthz').status, 200)
        held = resident_kb(pid) - before
        for client in clients:
            client.close()
        self.assertGreater(held * 1024, self.CLIENTS * self.BODY * 0.5)  # they did arrive
        self.assertLess(held * 1024, self.CLIENTS * self.BODY * 1.6)


class Uploads(SiteCase):
    def files(self):
        return sorted((pathlib.Path(self.site) / 'attachments').glob('*'))

    def send(self, fields, files):
        who = self.anyone()
        page = who.page(f'/submit/{names.KIND}').page
        form = next(form for form in page.forms if '/submit/' in form['action'])
        body = b''
        for name, value in {**form['fields'], **fields}.items():
            body += f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, content in files:
            body += (f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="a.txt"\r\n'
                     'Content-Type: text/plain\r\n\r\n').encode() + content + b'\r\n'
        return who.request('POST', f'/submit/{names.KIND}', body + b'--x--\r\n',
                           {'Content-Type': 'multipart/form-data; boundary=x'})

    def right(self):
        return names.as_texts(self.form())

    def test_only_a_form_that_is_taken_leaves_a_file(self):
        before = self.files()
        content = '材料'.encode() * 1000
        identity = {**self.right(), 'body': '身份证号11010519491231002X'}
        for fields, files in (({}, [('file', content)]), (self.right(), [('title', content)]),
                              (self.right(), [('nothing', content)]), (identity, [('file', content)]),
                              (self.right(), [('file', content), ('file', content + b'x')])):
            with self.subTest(fields=list(fields), files=[name for name, _ in files]):
                answer = self.send(fields, files)
                self.assertEqual(answer.status, 422, answer)
                self.assertEqual(self.files(), before)
        answer = self.send(self.right(), [('file', content)])
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(len(self.files()), len(before) + 1)

    def test_a_form_sent_again_gets_the_first_answer(self):
        fields, before = {**self.right(), '_key': uuid.uuid4().hex}, self.files()
        first, again, other = (self.send(fields, [('file', content)]) for content in (b'one', b'one', b'two'))
        self.assertEqual((first.status, again.status, other.status), (200, 200, 409), (first, again, other))
        number = re.compile(r'JY-\d+-\d+')
        self.assertEqual(number.findall(first.text)[:1], number.findall(again.text)[:1])
        self.assertEqual(len(self.files()), len(before) + 1)


class Withheld(SiteCase):
    def test_the_edit_form_does_not_tell_the_parties(self):
        form = self.form('dispute', applicant='铜陵甲乙丙丁公司', respondent='池州戊己庚辛公司')
        number = self.submit('dispute', **form)['number']
        seen = 0
        for who in names.ACCOUNTS:
            for path in (f'/records/dispute/{number}', f'{names.API}/records/dispute/{number}'):
                answer = self.person(who).get(path)
                seen += answer.status == 200
                if who != 'mediator':
                    with self.subTest(who=who, path=path):
                        self.assertNotIn('甲乙丙丁', answer.text)
                        self.assertNotIn('戊己庚辛', answer.text)
        self.assertGreater(seen, 2)

    def test_drafts_of_briefings_are_for_who_writes_them(self):
        press, reviewer = self.person('press'), self.person('reviewer')
        path = f'{names.API}/briefings'
        number = press.post(f'{path}/{names.BRIEFING}/publish', {'form': {}}).json['number']
        pages = [f'/briefings/{number}', f'/briefings/{number}/markdown']
        for who in (self.person('unit'), self.person('intake'), self.person('admin')):
            self.assertEqual(who.get(f'{path}/{names.BRIEFING}').status, 404)
            self.assertEqual(who.get(f'{path}/{number}').status, 404)
            self.assertNotIn(number, who.get(path).text)
            self.assertEqual(who.get(f'{names.API}/records/briefing/{number}').status, 404)
            self.assertEqual(who.get(f'{names.API}/records/briefing/{number}/history').status, 404)
            self.assertNotIn(number, who.get(f'{names.API}/records/briefing').text)
        for who in (self.anyone(), self.person('unit')):
            self.assertNotIn(number, who.get('/briefings').text)
            for page in pages:
                self.assertEqual(who.get(page).status, 404, page)
        for page in pages:
            self.assertEqual(press.get(page).status, 200, page)
        for who in (press, reviewer, self.person('leader')):
            self.assertEqual(who.get(f'{names.API}/records/briefing/{number}').status, 200)
        self.assertEqual(reviewer.post(f'{path}/{number}/publish', {'form': {}}).status, 200)
        self.assertEqual(self.person('unit').get(f'{path}/{number}').status, 200)
        for page in pages:
            self.assertEqual(self.anyone().get(page).status, 200, page)
        self.assertIn(number, self.anyone().get('/briefings').text)

    def test_the_administrator_erases_what_it_does_not_see(self):
        number = self.submit(names.KIND, title='要清除的标题')['number']
        path = f'{names.API}/records/{names.KIND}/{number}'
        for who in ('intake', 'unit', 'leader'):
            answer = self.person(who).post(f'{path}/moves/erase_text', {'form': {}, 'version': 1})
            self.assertIn(answer.status, (403, 404, 409), who)
        admin = self.person('admin')
        self.assertEqual(admin.get(path).status, 404)
        self.assertEqual(admin.post(f'{path}/moves/accept', {'form': {}, 'version': 1}).status, 404)
        answer = admin.post(f'{path}/moves/erase_text', {'form': {}})
        self.assertEqual(answer.status, 200, answer)
        self.assertNotIn('要清除', answer.text)
        self.assertNotIn('要清除', self.person('intake').get(path).text)
        self.assertEqual(admin.get(path).status, 404)
        self.verify()


class BehindProxy(unittest.TestCase):
    """Served as behind a proxy with TLS."""

    URL = 'https://tongxin.example.cn'

    @classmethod
    def setUpClass(cls):
        cls.server = Server(SITES.new(), options=('--public-url', cls.URL + ':443/')).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def sign_in(self):
        who = Client(self.server.port)
        self.assertEqual(who.submit('/sign-in', {'login': 'intake', 'password': PASSWORD}, action='sign-in').status, 303)
        return who

    def test_cookies_are_of_this_host_over_tls(self):
        who = Client(self.server.port)
        answer = who.get('/sign-in')
        self.assertRegex(answer.headers['set-cookie'], '^__Host-visitor=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Lax; Secure$')
        answer = who.submit('/sign-in', {'login': 'intake', 'password': PASSWORD}, action='sign-in')
        self.assertRegex(answer.headers['set-cookie'], '^__Host-session=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=')
        self.assertEqual(who.get('/desk').status, 200)
        self.assertEqual(who.submit('/desk', {}, action='sign-out').status, 303)
        self.assertNotIn('__Host-session', who.cookies)
        self.assertEqual(who.get('/desk').status, 303)

    def test_what_is_remembered_is_read_again(self):
        who = self.sign_in()
        self.assertEqual(who.submit('/desk', {'density': 'compact'}, action='density').status, 303)
        self.assertIn('data-density="compact"', who.get('/desk').text)

    def test_a_cookie_that_another_host_could_set_is_not_read(self):
        who = self.sign_in()
        plain = Client(self.server.port)
        plain.cookies = {'session': who.cookies['__Host-session']}
        self.assertEqual(plain.get('/desk').status, 303)

    def test_a_session_is_never_the_one_that_was_sent(self):
        who = Client(self.server.port)
        who.cookies['__Host-session'] = 'a' * 64
        who.submit('/sign-in', {'login': 'intake', 'password': PASSWORD}, action='sign-in')
        first = who.cookies['__Host-session']
        self.assertNotEqual(first, 'a' * 64)
        self.assertNotEqual(self.sign_in().cookies['__Host-session'], first)

    def test_json_with_a_cookie_comes_from_our_pages(self):
        who = self.sign_in()
        path, body = f'{names.API}/session', b'{}'
        for origin in (None, 'https://evil.example', 'http://tongxin.example.cn', 'null',
                       f'http://127.0.0.1:{self.server.port}'):
            headers = {'Origin': origin} if origin else {}
            with self.subTest(origin=origin):
                self.assertEqual(who.request('DELETE', path, None, headers).status, 403)
        self.assertEqual(who.request('DELETE', path, None, {'Origin': self.URL}).status, 204)
        self.assertEqual(who.get('/desk').status, 303)

    def test_every_page_says_how_it_may_be_used(self):
        who = self.sign_in()
        for path in ('/', '/sign-in', '/desk', '/no-such-page', f'{names.API}/session', '/ledger'):
            headers = who.get(path).headers
            with self.subTest(path=path):
                self.assertRegex(headers['content-security-policy'],
                                 "default-src 'none'.*frame-ancestors 'none'")
                self.assertEqual(headers['x-content-type-options'], 'nosniff')
                self.assertIn(headers['referrer-policy'], ('same-origin', 'no-referrer', 'strict-origin'))
                self.assertIn('no-store', headers['cache-control'])


class OftenAsked(unittest.TestCase):
    """A site that is no demo: one address writes, guesses and has documents made only so often."""

    def test_an_address_is_held_back_and_no_other(self):
        site = SITES.folder / 'often'
        must('init', '--site', site, '--profile', PROFILE)
        with Server(site).start() as server:
            for method, path in (('POST', f'{PUBLIC}/{names.KIND}'), ('GET', '/track?number=JY-1&code=ABCDEFGHJK'),
                                 ('GET', f'{PUBLIC}/JY-1?code=ABCDEFGHJK'),
                                 # work for another program, and whoever signs in must not wait behind it
                                 ('GET', '/briefings/JB-2023-001/pdf')):
                who = Client(server.port)
                one = {'X-Forwarded-For': f'192.0.2.{len(path)}', 'Content-Type': 'application/json'}
                body = b'{"form": {}}' if method == 'POST' else None
                answers = [who.request(method, path, body, one) for _ in range(40)]
                with self.subTest(path=path):
                    self.assertIn(answers[0].status, (200, 404, 422))
                    self.assertEqual(answers[-1].status, 429, answers[-1])
                    self.assertGreaterEqual(int(answers[-1].headers['retry-after']), 1)
                    other = who.request(method, path, body, {**one, 'X-Forwarded-For': '198.51.100.1'})
                    self.assertEqual(other.status, answers[0].status)
                    self.assertEqual(who.request('GET', '/', None, one).status, 200)


if __name__ == '__main__':
    unittest.main()
