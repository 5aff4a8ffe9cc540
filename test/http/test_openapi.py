# SPDX-License-Identifier: Apache-2.0
"""The OpenAPI document is enough for a stranger, and says what is served."""
import json
import re
import urllib.parse

import names
from cases import SiteCase
from openapi import Document
from sites import must

RECORDS = f'{names.API}/records/{{kind}}'
RECORD = f'{RECORDS}/{{number}}'
MOVE = f'{RECORD}/moves/{{move}}'
PUBLIC = f'{names.API}/public/records'
FIGURES = f'{names.API}/figures'


class OpenApi(SiteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = Document(cls.anyone().get(f'{names.API}/openapi.json').json)

    def ask(self, who, method, pattern, body=None, query=None, **holes):
        """Asks a path of the document with declared parameters and members only; checks the answer."""
        declared = self.document.parameters(method, pattern)
        for name in query or {}:
            self.assertIn(('query', name), declared)
        if body is not None:
            properties, required = self.document.members(self.document.body(method, pattern))
            self.assertLessEqual(set(required), set(body))
            self.assertLessEqual(set(body), set(properties))
        path = re.sub(r'\{(\w+)\}', lambda m: urllib.parse.quote(holes[m[1]]), pattern)
        answer = who.get(path, **(query or {})) if method == 'GET' else who.post(path, body)
        self.assertEqual(self.document.answer_faults(method, pattern, answer), [], f'{method} {path}')
        return answer

    # ---- shape ----

    def test_every_reference_leads_somewhere(self):
        references = set(self.document.references())
        self.assertGreater(len(references), 50)
        for reference in references:
            self.assertTrue(self.document.find(reference), reference)

    def test_every_route_is_there_with_parameters_and_answers(self):
        for route in json.loads(must('routes', '--json'))['routes']:
            path = route.get('path') or route['pattern']
            if not path.startswith(names.API + '/'):
                continue
            with self.subTest(route=f'{route["method"]} {path}'):
                operation = self.document.operation(route['method'], path)
                self.assertTrue(any(status[0] == '2' for status in operation['responses']))
                holes = {name for where, name in self.document.parameters(route['method'], path) if where == 'path'}
                self.assertEqual(holes, set(re.findall(r'\{(\w+)\}', path)))
                if route['method'] == 'POST':
                    self.assertIn('requestBody', operation)

    def test_every_form_of_the_profile_is_there(self):
        for kind in self.person('intake').get(f'{names.API}/kinds').json['kinds']:
            for move in self.kind(kind['kind']).get('moves', []):
                who = set(move['who']) - {'clock'}
                for name in ([f'public.{kind["kind"]}.{move["move"]}'] * ('public' in who) +
                             [f'{kind["kind"]}.{move["move"]}'] * bool(who - {'public'})):
                    with self.subTest(form=name):
                        form = self.document.schemas[name]
                        self.assertLessEqual(set(form['required']), set(form['properties']))
                        if not name.startswith('public.'):
                            self.assertLessEqual({f['name'] for f in move['form']}, set(form['properties']))

    def test_money_has_its_unit(self):
        money = [(name, field) for name, schema in self.document.schemas.items()
                 for field in schema['properties'].values() if field.get('currency')]
        self.assertTrue(money)
        for name, field in money:
            self.assertEqual(field['unit_yuan'], {'wan': 10000, 'yuan': 1}[field['unit']], name)
            self.assertIn('yuan', field['description'])

    # ---- what is served ----

    def test_a_stranger_closes_a_matter(self):
        kind = {'kind': names.KIND}
        public, document = self.anyone(), self.document
        document.orgs = self.ask(public, 'GET', f'{names.API}/orgs').json['orgs']
        first = next(name for name in document.schemas if name.startswith(f'public.{names.KIND}.'))
        sent = self.ask(public, 'POST', f'{PUBLIC}/{{kind}}', {'form': document.fill(first)}, **kind)
        self.assertEqual(sent.status, 201, sent)
        number, code = sent.json['number'], sent.json['code']
        unit = self.ask(self.anyone(), 'POST', f'{names.API}/session', {'login': 'unit', 'password': 'tongxin-demo'}).json
        for login, move, form in names.LOOP:
            who = self.anyone()
            signed = self.ask(who, 'POST', f'{names.API}/session', {'login': login, 'password': 'tongxin-demo'})
            who.token = signed.json['token']
            record = self.ask(who, 'GET', RECORD, number=number, **kind).json
            given = {'lead': unit['account']['org']} if 'lead' in form else {}
            name = f'{names.KIND}.{move}' if f'{names.KIND}.{move}' in document.schemas else f'every.{move}'
            answer = self.ask(who, 'POST', MOVE, {'version': record['version'], 'form': document.fill(name, **given)},
                              number=number, move=move, **kind)
            self.assertEqual(answer.status, 200, answer)
        track = self.ask(public, 'GET', f'{PUBLIC}/{{number}}', query={'code': code}, number=number).json
        rating = next(m['move'] for m in track['moves'] if 'rat' in m['move'])
        rated = self.ask(public, 'POST', f'{PUBLIC}/{{number}}/rating', number=number,
                         body={'code': code, 'form': document.fill(f'public.{names.KIND}.{rating}')})
        self.assertEqual(rated.status, 200, rated)

    def test_answers_are_as_described(self):
        who = self.person(names.WATCHER)
        for path in ('/session', '/kinds', '/orgs', '/desk', '/figures', '/briefings', '/ledger/heads'):
            with self.subTest(path=path):
                self.assertEqual(self.ask(who, 'GET', names.API + path).status, 200)
        self.assertEqual(self.ask(self.person('admin'), 'GET', f'{names.API}/accounts').status, 200)
        for kind in (names.KIND, names.REQUEST, 'dispute', 'reception_session'):
            with self.subTest(kind=kind):
                self.ask(who, 'GET', f'{names.API}/kinds/{{kind}}', kind=kind)
                listed = self.ask(who, 'GET', RECORDS, query={'limit': 3, 'sort': 'due', 'status': 'open'}, kind=kind)
                for row in self.ask(who, 'GET', RECORDS, query={'limit': 3}, kind=kind).json['records']:
                    self.ask(who, 'GET', RECORD, kind=kind, number=row['number'])
                    self.ask(who, 'GET', RECORD + '/history', kind=kind, number=row['number'])
                self.assertEqual(listed.status, 200, listed)
        days = dict(names.SEED_RANGE)
        for figure in names.SEED_FIGURES:
            self.ask(who, 'GET', FIGURES + '/{figure}', query=days, figure=figure)
            self.ask(who, 'GET', FIGURES + '/{figure}/records', query=days | {'limit': 2}, figure=figure)
        self.ask(self.person('press'), 'GET', f'{names.API}/briefings/{{id}}', id=names.BRIEFING)

    def test_words_of_a_parameter_are_all_that_is_taken(self):
        who = self.person(names.WATCHER)
        for (where, name), parameter in self.document.parameters('GET', RECORDS).items():
            schema = parameter['schema']
            if where != 'query' or not ('enum' in schema or 'maximum' in schema):
                continue
            good = schema.get('enum') or [schema['minimum'], schema['maximum']]
            for value in good:
                self.assertEqual(self.ask(who, 'GET', RECORDS, query={name: value}, kind=names.KIND).status, 200)
            wrong = 'other' if 'enum' in schema else schema['maximum'] + 1
            self.assertEqual(self.ask(who, 'GET', RECORDS, query={name: wrong}, kind=names.KIND).status, 400)

