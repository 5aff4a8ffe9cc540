# SPDX-License-Identifier: Apache-2.0
"""Base classes: a served demo site for each class of tests, and people signed in to it."""
import atexit
import functools
import unittest
import uuid

import names
from client import Client
from sites import Server, Sites, tongxin

SITES = Sites()
atexit.register(SITES.remove)


class SiteCase(unittest.TestCase):
    """A fresh demo site and a server for the whole class."""

    OPTIONS = ()

    @classmethod
    def setUpClass(cls):
        cls.site = SITES.new(*cls.OPTIONS)
        cls.server = Server(cls.site).start()
        cls.people = {}

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    @classmethod
    def anyone(cls, language='en'):
        """A client that has not signed in."""
        return Client(cls.server.port, language)

    @classmethod
    def person(cls, login):
        """The one signed-in client of an account, kept for the class."""
        if login not in cls.people:
            cls.people[login] = cls.anyone().sign_in(login)
        return cls.people[login]

    @classmethod
    @functools.lru_cache(maxsize=None)
    def kind(cls, name):
        """What GET /kinds/{kind} says to intake."""
        return cls.person('intake').get(f'{names.API}/kinds/{name}').json

    @classmethod
    def form(cls, kind=names.KIND, **given):
        """A correct form for a new record of the kind."""
        return names.fill(names.fields_of(cls.kind(kind)), given)

    # ---- short ways to do what many tests need ----

    def submit(self, kind=names.KIND, key=None, **given):
        """A public submission: {number, code}."""
        answer = self.anyone().post(f'{names.API}/public/records/{kind}',
                                    names.create_body(self.form(kind, **given)), key)
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def record(self, number, kind=names.KIND, who='intake'):
        answer = self.person(who).get(f'{names.API}/records/{kind}/{number}')
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def move(self, who, number, move, form=None, kind=names.KIND, version=None, key=None):
        """Runs a move with the record's present version; returns the answer unchecked."""
        if version is None:
            version = self.record(number, kind)['version']
        body = names.move_body(names.fill(names.fields_of(self.kind(kind), move), form), version)
        return self.person(who).post(f'{names.API}/records/{kind}/{number}/moves/{move}', body, key)

    def figures(self, who='leader', **query):
        answer = self.person(who).get(f'{names.API}/figures', **query)
        self.assertEqual(answer.status, 200, answer)
        return names.figures_of(answer.json)

    def verify(self):
        """`tongxin verify` finds nothing wrong, while the site is served."""
        done = tongxin('verify', '--site', self.site)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    # ---- assertions ----

    def assertError(self, answer, status, code=None, field=None):
        """A well-formed error: right status, a code, a sentence and a hint for people."""
        self.assertEqual(answer.status, status, answer)
        self.assertIn('application/json', answer.headers.get('content-type', ''))
        error = answer.error
        self.assertRegex(error['code'], r'^[a-z_]+$')
        self.assertTrue(error['message'].strip())
        self.assertNotRegex(error['message'], r'[!!]|MSG_|sqlite|SELECT|\{\d\}')
        if code:
            self.assertEqual(error['code'], code)
        if field:
            self.assertIn(field, names.wrong_fields(error))
        return error

    @staticmethod
    def key():
        return str(uuid.uuid4())
