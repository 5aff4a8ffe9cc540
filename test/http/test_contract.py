# SPDX-License-Identifier: Apache-2.0
"""What the contract names is there, and every route answers every caller with something sensible."""
import json
import re
import time
import urllib.parse

import names
from cases import SiteCase
from sites import must


class Contract(SiteCase):
    def test_health_and_metrics(self):
        self.assertEqual(self.anyone().get('/healthz').status, 200)
        metrics = self.anyone().get('/metrics')
        self.assertEqual(metrics.status, 200)
        self.assertRegex(metrics.text, r'(?m)^tongxin_\w+(\{[^}]*\})? [\d.e+-]+$')

    def test_openapi_describes_the_routes(self):
        document = self.anyone().get(f'{names.API}/openapi.json')
        self.assertEqual(document.status, 200)
        self.assertTrue(document.json['openapi'].startswith('3.1'))
        listed = {path.removeprefix(names.API) for path in document.json['paths']}
        for path in ('/session', '/kinds', '/kinds/{kind}', '/records/{kind}', '/records/{kind}/{number}',
                     '/records/{kind}/{number}/moves/{move}', '/figures', '/public/records/{kind}', '/ledger/checkpoint'):
            self.assertIn(path, listed)

    def test_kinds(self):
        for kind in (names.KIND, names.REQUEST, 'dispute', 'reception_session', 'organisation'):
            with self.subTest(kind=kind):
                description = self.kind(kind)
                self.assertTrue(description['states'])
                self.assertTrue(description['moves'])
                self.assertTrue(all(f['name'] and f['type'] for f in description['fields']))

    def test_lists_page_filter_and_sort(self):
        who, path = self.person(names.WATCHER), f'{names.API}/records/dispute'
        first = who.get(path, limit=20)
        self.assertEqual(first.status, 200, first)
        numbers = [r['number'] for r in names.records_of(first.json)]
        self.assertEqual(len(numbers), 20)
        second = who.get(path, limit=20, after=first.json['next'])
        self.assertFalse(set(numbers) & {r['number'] for r in names.records_of(second.json)})
        status = names.records_of(first.json)[0]['status']
        for record in names.records_of(who.get(path, status=status, limit=50).json):
            self.assertEqual(record['status'], status)

    def test_look_alikes_are_ranked_and_never_merged(self):
        title = '建议将12路公交延伸到城东工业园'
        first = self.submit(title=title)['number']
        second = self.submit(title=title)['number']
        deadline = time.monotonic() + 10  # the index follows the journal
        while True:
            answer = self.person('intake').get(f'{names.API}/records/{names.KIND}/{second}/similar')
            self.assertEqual(answer.status, 200, answer)
            if first in answer.text or time.monotonic() > deadline:
                break
            time.sleep(0.2)
        self.assertEqual(names.records_of(answer.json)[0]['number'], first)
        self.assertEqual(self.record(second)['status'], 'submitted')

    def test_ledger_checkpoint_grows(self):
        first = self.anyone().get(f'{names.API}/ledger/checkpoint').text
        self.submit()
        second = self.anyone().get(f'{names.API}/ledger/checkpoint').text
        self.assertIn('\u2014 ', first + second)  # the C2SP signature line
        size = [int(re.search(r'\n(\d+)\n', text)[1]) for text in (first, second)]
        self.assertGreaterEqual(size[1], size[0])

    def test_publish_a_briefing_and_see_what_changed_since(self):
        press, reviewer = self.person('press'), self.person('reviewer')
        draft = press.get(f'{names.API}/briefings/{names.BRIEFING}')
        self.assertEqual(draft.status, 200, draft)
        self.assertTrue(draft.json['text'])
        drafted = press.post(f'{names.API}/briefings/{names.BRIEFING}/publish', {'form': {}})
        self.assertEqual(drafted.status, 202, drafted)
        path = f'{names.API}/briefings/{drafted.json["number"]}'
        self.assertIn(press.post(path + '/publish', {'form': {}}).status, (403, 422))  # not by who drafted it
        published = reviewer.post(path + '/publish', {'form': {}})
        self.assertEqual(published.status, 200, published)
        frozen = press.get(path)
        self.assertEqual(frozen.status, 200, frozen)
        self.assertEqual(frozen.json['text'], draft.json['text'])
        self.assertEqual(frozen.json['changes'], [])


class EveryRoute(SiteCase):
    """Takes the dispatch table itself, so that no route is forgotten."""

    def routes(self):
        return json.loads(must('routes', '--json'))['routes']

    def path(self, route):
        values = {'kind': names.KIND, 'number': self.number, 'move': 'accept', 'figure': 'reception_closed',
                  'id': 'reception_closed'}
        pattern = route.get('path') or route['pattern']
        return re.sub(r'\{(\w+)\*?\}', lambda m: urllib.parse.quote(str(values.get(m[1], 'x'))), pattern)

    def test_nobody_gets_a_server_error_anywhere(self):
        self.number = self.submit()['number']
        routes = self.routes()
        self.assertGreater(len(routes), 30)
        for login in (None, 'intake', 'unit2', 'leader', 'admin'):
            who = self.person(login) if login else self.anyone()
            for route in routes:
                if route['method'] == 'DELETE' and 'session' in self.path(route):
                    continue
                with self.subTest(login=login, route=f'{route["method"]} {self.path(route)}'):
                    if route['method'] == 'GET':
                        answer = who.get(self.path(route))
                    else:
                        answer = who.post(self.path(route), {}, method=route['method'])
                    self.assertLess(answer.status, 500, answer)

    def test_what_is_not_public_asks_for_an_account(self):
        self.number = self.submit()['number']
        public = re.compile(r'^(/$|/healthz|/metrics|/assets|/static|/submit|/track|/targets|/answers|/sign-in|/ledger'
                            r'|/verify|/help|/api/v1/(session|public|ledger|openapi|targets|orgs))')
        for route in self.routes():
            path = self.path(route)
            if public.match(path) or route['method'] != 'GET' or route.get('public'):
                continue
            with self.subTest(path=path):
                self.assertIn(self.anyone().get(path).status, (303, 401, 404))
