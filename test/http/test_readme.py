# SPDX-License-Identifier: Apache-2.0
"""The README is walked as it stands: its accounts, buttons, figures and commands are taken out of its text.

In a step, `login` is who goes on, *Label* is a button or a heading of the page in English, and a command is run with
the folder of the test's site for build/demo-site and the record's number for NUMBER.
"""
import os
import re
import shlex
import subprocess

import names
from client import PASSWORD
from sites import BINARY, ROOT, must
from test_pages import PageCase

README = (ROOT / 'README.md').read_text(encoding='utf-8')
SAID = re.compile(r'`(?P<code>[^`]+)`|(?<!\*)\*(?P<label>[^*]+)\*(?!\*)')
BUTTON = re.compile(r'action="[^"]*/moves/(\w+)"(?:(?!</form>).)*<button[^>]*>([^<]*)</button></form>', re.S)
COUNTED = {'business reception sessions': 'reception_sessions', 'requests raised there': 'reception_issues',
           'mediation cases': 'mediation_accepted'}


def section(title):
    return re.search(rf'^## {title}\n(.*?)(?=^## )', README, re.M | re.S)[1]


def steps():
    """{1: text of the first step, …}"""
    return {int(number): text for number, text in
            re.findall(r'^(\d)\. (.*?)(?=^\d\. |^!|\Z)', section('Five minutes'), re.M | re.S)}


def number_of(text):
    return int(text.replace(',', ''))


class Readme(PageCase):
    def test_two_commands_are_there(self):
        for command in re.findall(r'^(script/\w+)', section('Two commands'), re.M):
            self.assertTrue(os.access(ROOT / command, os.X_OK), command)

    def test_the_year_has_what_is_said_of_it(self):
        found = 0
        for words, figure in COUNTED.items():
            said = re.search(rf'([\d,]+) {words}', section('Two commands'))
            self.assertEqual(number_of(said[1]), names.SEED_FIGURES[figure], words)
            self.assertEqual(number_of(said[1]), int(self.value(figure)), words)
            found += 1
        self.assertEqual(found, 3)

    def test_every_account_named_can_sign_in(self):
        said = re.search(r'Sign in as (.*?)\(password `(.*?)`', section('Two commands'), re.S)
        logins = re.findall(r'`([a-z0-9]+)`', said[1])
        self.assertEqual(sorted(logins), sorted(names.ACCOUNTS))
        self.assertEqual(said[2], PASSWORD)
        for login in logins:
            self.visitor(login)

    def value(self, figure):
        table = dict(line.split('\t')[::2][:2] for line in
                     must('figures', '--site', self.site, '--format', 'tsv').splitlines())
        return table[figure]


class Tour(PageCase):
    """One test, since each step stands on the one before."""

    def test_five_minutes(self):
        self.assertEqual(sorted(steps()), [1, 2, 3, 4, 5, 6])
        self.send(steps()[1])
        self.walk(steps()[2])
        self.walk(steps()[3])
        self.track_and_rate()
        self.walk(steps()[4])
        self.nobody_closes_their_own_work(steps()[4])
        self.see_the_figures(steps()[5])
        self.assertEqual(self.commands(steps()[6]), 1)

    def setUp(self):
        self.who = self.number = self.query_code = None

    # ---- what a step says ----

    def walk(self, text):
        """Logins, buttons and headings in the order of the text; the last sentence names who may not."""
        for said in SAID.finditer(text.partition(' `unit` has no')[0]):
            if said['code'] in names.ACCOUNTS:
                self.who = self.visitor(said['code'])
                self.assertEqual(self.who.get('/desk').status, 200)
            elif said['label']:
                self.press(said['label'])

    def path(self):
        return f'/records/{names.KIND}/{self.number}'

    def press(self, label):
        """The button of that label, or what the page calls so: a heading, or a unit for the next button."""
        answer = self.who.page(self.path())
        self.assertEqual(answer.status, 200)
        self.assertIn(label, answer.page.text)
        move = next((action for action, button in BUTTON.findall(answer.text) if button == label), None)
        if move is None:
            self.choose(answer.text, label)
            return
        described = self.who.get(names.API + self.path()).json['moves']
        form = names.fields_of({'moves': described}, move)
        sent = self.who.submit(self.path(), names.as_texts(names.fill(form, self.chosen(form))), action=f'/moves/{move}')
        self.assertEqual(sent.status, 303, f'{label}: {sent.text[:2000]}')

    unit = None

    def choose(self, text, label):
        option = re.search(rf'<option value="([^"]+)"[^>]*>{re.escape(label)}(?: ·[^<]*)?</option>', text)
        self.unit = option[1] if option else self.unit

    def chosen(self, form):
        return {'lead': self.unit} if self.unit and any(f['name'] == 'lead' for f in form) else {}

    def commands(self, text):
        """Runs the commands that the step gives; how many there were."""
        count = 0
        for said in SAID.finditer(text):
            if not (said['code'] or '').startswith('build/src/cli/tongxin '):
                continue
            words = [{'build/demo-site': str(self.site), 'NUMBER': self.number}.get(word, word)
                     for word in shlex.split(said['code'])]
            done = subprocess.run([str(BINARY), *words[1:]], capture_output=True, text=True, check=False, timeout=300)
            self.assertEqual(done.returncode, 0, f'{words}: {done.stdout}{done.stderr}')
            count += 1
        return count

    # ---- the steps that are more than buttons ----

    def send(self, text):
        kind = next(said['label'] for said in SAID.finditer(text) if said['label'])
        portal = self.anyone().page('/')
        self.assertIn(kind, portal.page.text)
        self.assertIn(f'/submit/{names.KIND}', portal.page.links)
        self.who = self.anyone()
        sent = self.who.submit(f'/submit/{names.KIND}', names.as_texts(self.form()), action='/submit/')
        receipt = self.who.get(sent.headers['location']).text if sent.status == 303 else sent.text
        self.number = re.search(r'\b[A-Z]{2}-\d{4}-\d{5}\b', receipt)[0]
        self.query_code = re.search(r'<code[^>]*>(\w{10})</code>', receipt)[1]

    def track_and_rate(self):
        who = self.anyone()
        path = f'/track?number={self.number}&code={self.query_code}'
        self.assertIn(self.number, who.page(path).page.text)
        rated = who.submit(path, names.RATING, action='/track')
        self.assertEqual(rated.status, 303, rated.text[:2000])

    def nobody_closes_their_own_work(self, text):
        login = re.search(r'`(\w+)` has no button', text)[1]
        self.assertEqual(self.record(self.number)['status'], 'closed')
        actions = [form['action'] for form in self.visitor(login).page(self.path()).page.forms]
        self.assertFalse([action for action in actions if action.endswith('/moves/close')])

    def see_the_figures(self, text):
        """*Label* (went) from A to B, for each; then void, and A again."""
        before_void, after_void = text.split('Void the record')
        who = self.visitor(re.search(r'As `(\w+)`', text)[1])
        said = re.findall(r'\*([^*]+)\*(?: went)? from ([\d,]+) to ([\d,]+)', before_void)
        self.assertEqual(len(said), 2)
        again = [number_of(n) for n in re.search(r'look again: (.*)\.', after_void)[1].split(' and ')]
        self.assertEqual(again, [number_of(before) for _, before, _ in said])
        page = who.page('/figures')
        for label, before, after in said:
            self.assertEqual(number_of(after), number_of(before) + 1)
            self.assertIn(label, page.page.text)
            self.look(label, number_of(after), True)
        self.assertEqual(self.commands(text), 1)
        for label, before, _ in said:
            self.look(label, number_of(before), False)

    def look(self, label, value, holds):
        rows = [line.split('\t') for line in must('figures', '--site', self.site, '--format', 'tsv',
                                                  env={'TONGXIN_LANG': 'en'}).splitlines()]
        figure = next(row for row in rows if row[1] == label)
        self.assertEqual(int(figure[2]), value, label)
        self.assertEqual(self.number in must('trace', '--site', self.site, figure[0]).split(), holds)
        page = self.visitor('leader').page(f'/figures/{figure[0]}').page.text
        self.assertRegex(page, rf'\b{value}\b')
