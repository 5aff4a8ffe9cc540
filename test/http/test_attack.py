# SPDX-License-Identifier: Apache-2.0
"""What an outsider or a colleague may try: reaching into other units' matters, moving time, reading what
is masked, forging writes, holding memory. Each test is an attack that must fail."""
import pathlib
import socket
import unittest

import names
from cases import SiteCase

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


if __name__ == '__main__':
    unittest.main()
