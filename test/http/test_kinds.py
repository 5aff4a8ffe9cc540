# SPDX-License-Identifier: Apache-2.0
"""A city that uses every part: all of them load together, and what each kind promises is counted once."""
import datetime
import pathlib
import shutil
import tempfile
import uuid

import names
from cases import SiteCase
from client import Client
from sites import ROOT, Server, must, tongxin

DAY = datetime.timedelta(days=1)
INDICATORS = (
    'organisations_visited', 'channel_suggestions', 'call_suggestions', 'policy_issues_raised', 'policy_issues_settled',
    'requests_lifted', 'measures_set', 'measures_carried_out', 'measures_open', 'mirrors_handed', 'mirrors_answered',
    'press_promises_made', 'press_promises_kept', 'review_findings_open', 'suggestions_signed_above', 'reports_submitted',
    'uses_recorded', 'pieces_used', 'pieces_endorsed', 'projects_signed', 'projects_agreed_money', 'money_agreed_more',
    'request_promises_open', 'money_paid_in', 'appointments_current', 'session_issues', 'activity_suggestions')
PROFILE = """profile: every
extends: base
parts: [{parts}]
label: {{zh: 某市, en: Some City}}
office: {{zh: 某办, en: Some Office}}
organisations: organisations.tsv
accounts: accounts.tsv
---
kind: measure
parent+: [report, topic, policy_issue]
---
kind: report
fields:
  - {{name: topic, type: record, to: topic, filter: true, label: {{zh: 所属课题, en: Topic}}}}
flow:
  moves:
    - {{name: create, form+: [topic]}}
"""
FIGURE = """---
figure: count_{0}
label: {{zh: 计数, en: Count}}
of: {0}
period: all
unit: {{zh: 个, en: pieces}}
"""


def city_of_every_part(folder):
    """A profile with all parts, on the organisations and accounts of Binzhou."""
    for name in ('base', 'parts'):
        (folder / name).symlink_to(ROOT / 'profiles' / name)
    city = folder / 'every'
    city.mkdir()
    parts = sorted(path.name for path in (ROOT / 'profiles' / 'parts').iterdir())
    text = PROFILE.format(parts=', '.join(parts)) + ''.join(FIGURE.format(name) for name in INDICATORS)
    (city / 'profile.yaml').write_text(text, encoding='utf-8')
    shutil.copy(ROOT / 'profiles/binzhou/organisations.tsv', city)
    accounts = (ROOT / 'profiles/binzhou/accounts.tsv').read_text(encoding='utf-8')
    (city / 'accounts.tsv').write_text(accounts, encoding='utf-8')
    return city


class EveryPart(SiteCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix='tongxin-parts-'))
        cls.site = cls.folder / 'site'
        cls.city = city_of_every_part(cls.folder)
        must('demo', '--profile', cls.city, '--site', cls.site, '--no-serve')
        cls.server = Server(cls.site).start()
        cls.people = {}
        made = Client(cls.server.port).sign_in('office').post(
            f'{names.API}/records/post', {'form': {'title': '综合岗', 'lead': 'BZ'}})
        post = cls.person('office').get(f'{names.API}/records/post/{made.json["number"]}').json
        cls.today = datetime.date.fromisoformat(post['created_at'][:10])  # the demo's clock stands where its year ends

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def tearDown(self):
        self.verify()

    def make(self, kind, who='office', ago=0, **form):
        """A new record, made so many days ago; its number, or #id."""
        at = {'at': f'{self.day(-ago)}T09:00:00+08:00'} if ago else {}
        answer = self.person(who).post(f'{names.API}/records/{kind}', {'form': form, **at})
        self.assertEqual(answer.status, 201, answer)
        number = answer.json['number']
        return number if '-' in number else f'#{number}'  # as links name what has no number

    def day(self, offset=0):
        return (self.today + offset * DAY).isoformat()

    def go(self, who, kind, number, move, **form):
        done = self.try_to(who, kind, number, move, **form)
        self.assertEqual(done.status, 200, done)

    def try_to(self, who, kind, number, move, ago=0, **form):
        number = number.strip('#')
        version = self.person(who).get(f'{names.API}/records/{kind}/{number}').json['version']
        at = {'at': f'{self.day(-ago)}T09:00:00+08:00'} if ago else {}
        return self.person(who).post(f'{names.API}/records/{kind}/{number}/moves/{move}',
                                     {'form': form, 'version': version, **at}, str(uuid.uuid4()))

    def fields(self, who, kind, number):
        return self.record(number.strip('#'), kind, who)

    def counts(self, **period):
        options = [text for name, value in period.items() for text in (f'--{name}', value)]
        lines = must('figures', '--site', self.site, '--format', 'tsv', *options).splitlines()
        return {line.split('\t')[0].removeprefix('count_'): float(line.split('\t')[2])
                for line in lines if line.startswith('count_')}

    def changed(self, before):
        now = self.counts()
        return {name: now[name] - before[name] for name in now if now[name] != before[name]}

    def organisation(self, title):
        return self.make('organisation', title=title, organisation_type='enterprise', place='BZ')

    def visit(self, visited):
        return self.make('visit', title='走访', held_on=self.day(), visited=visited, place='BZ', purpose='service')

    def approve(self, kind, number, who='reviewer'):
        self.go(who, kind, number, 'approve')

    def test_every_part_loads_beside_every_other(self):
        self.assertIn('no mistakes', must('check', self.city))

    def test_merging_doubles_counts_one_organisation(self):
        before = self.counts()
        kept, double = self.organisation('样例企业'), self.organisation('样例企业（重复）')
        visits = [self.visit(kept), self.visit(double)]
        self.assertEqual(self.changed(before), {'organisations_visited': 2})
        named = self.try_to('office', 'organisation', double, 'void', void_reason='重复')
        self.assertEqual(named.status, 422, named)
        self.go('office', 'organisation', double, 'merge', merged_into=kept)
        self.assertEqual(self.changed(before), {'organisations_visited': 2})  # it waits for a second person
        self.approve('organisation', double)
        self.assertEqual(self.changed(before), {'organisations_visited': 1})
        for number in visits:
            self.assertIn(kept, str(self.fields('office', 'visit', number)))
        self.assertIn(kept, str(self.fields('office', 'organisation', double)))

    def test_what_the_public_sends_has_its_channel(self):
        number = self.submit(place='BZ')['number']
        self.assertEqual(self.record(number)['fields']['channel'], 'web')
        before = self.counts()
        whole = self.make('channel', title='监督平台', channel_kind='supervision_platform', opened_on=self.day())
        line = self.make('channel', title='直通车', channel_kind='direct_line', opened_on=self.day(), belongs_to=whole,
                         branch='7')
        call = self.make('call', title='建一言', topic='发展', from_on=self.day(), call_way='open', place='BZ')
        self.make('suggestion', 'intake', title='建议', body='情况。', place='BZ', agree_public=True, channel='letter',
                  by_channel=line, call=call)
        self.assertEqual(self.changed(before), {'channel_suggestions': 1, 'call_suggestions': 1})

    def test_a_common_cause_is_lifted_and_its_measure_told(self):
        before = self.counts()
        requests = [self.submit(names.REQUEST, place='BZ')['number'] for _ in range(3)]
        issue = self.make('policy_issue', 'dispatcher', title='增容慢', cause='流程长', place='BZ', lead='BZ-GXJ',
                          until_on=self.day(30))
        for number in requests:
            self.go('dispatcher', names.REQUEST, number, 'lift', policy_issue=issue)
        self.assertEqual(self.changed(before), {'policy_issues_raised': 1, 'requests_lifted': 3})
        self.go('dispatcher', 'policy_issue', issue, 'settle', policy_measure='并联办理', evidence='某发〔2026〕1号')
        self.assertEqual(self.counts()['policy_issues_settled'], before['policy_issues_settled'] + 1)
        for number in requests:
            self.assertIn('并联办理', str(self.record(number, names.REQUEST)))

    def test_minutes_are_split_on_the_page_of_the_session(self):
        before = self.counts()
        session = self.make('reception_session', title='座谈', held_on=self.day(), place='371602000000', head_count=12)
        page = self.person('office').page(f'/records/reception_session/{session}')
        self.assertIn(f'/records/enterprise_request/new?session={session}', page.text)
        form = self.person('office').page(f'/records/enterprise_request/new?session={session}')
        self.assertRegex(form.text, f'name="session"[^>]*value="{session}"|value="{session}"[^>]*selected|{session}')
        self.assertRegex(form.text, r'value="371602000000" selected')
        made = self.make(names.REQUEST, title='一件', company_name='某企业', body='情况。', place='371602000000',
                         agree_public=True, channel='reception', session=session)
        self.assertEqual(self.changed(before), {'session_issues': 1})
        self.assertIn(made, self.person('office').page(f'/records/reception_session/{session}').text)
        # Nobody is offered what is not theirs, and an address that names nothing says nothing.
        self.assertNotIn('/new?session=', self.person('auditor').page(f'/records/reception_session/{session}').text)
        self.assertEqual(self.person('office').get('/records/enterprise_request/new', session='HKT-1999-01').status, 200)

    def test_a_form_offers_what_stands_in_it_however_many_there_are(self):
        first = self.organisation('第一家')
        visit = self.visit(first)
        sheet = 'title,organisation_type,place\n' + ''.join(f'样例{nth},enterprise,BZ\n' for nth in range(510))
        (self.folder / 'firms.csv').write_text(sheet, encoding='utf-8')
        must('import', '--site', self.site, 'organisation', self.folder / 'firms.csv')
        page = self.person('office').page(f'/records/visit/{visit}')
        self.assertIn(f'value="{first}" selected', page.text)

    def overdue(self, kind, who='office'):
        answer = self.person(who).get(f'{names.API}/records/{kind}', light='red')
        self.assertEqual(answer.status, 200, answer)
        return {row['number'] for row in names.records_of(answer.json)} | {
            f'#{row["number"]}' for row in names.records_of(answer.json)}

    def test_from_topic_to_measure_with_a_day_at_each_step(self):
        before = self.counts()
        late, good = (self.make('topic', ago=20, title=f'课题{until}', topic_kind='research', year='2026', place='BZ',
                                deliver_by=self.day(until)) for until in (-1, 20))
        for number in (late, good):
            self.go('office', 'topic', number, 'fix', ago=10, deliver_by=self.day(-1 if number == late else 20))
        self.assertEqual(self.overdue('topic') & {late, good}, {late}, self.record(late, 'topic', 'office'))
        self.assertEqual(self.record(good, 'topic', 'office')['clock']['due_on'], self.day(20))
        self.go('office', 'topic', late, 'deliver', report_title='报告')
        self.assertNotIn(late, self.overdue('topic'))
        report = self.make('report', ago=10, title='报告', report_kind='research', submitted_on=self.day(-10), place='BZ', topic=late)
        for body in ('市政府', '市发展改革委'):
            self.make('adoption', parent=report, title='采用', body_name=body, level='city', used_on=self.day(), place='BZ')
        self.make('endorsement', parent=report, title='批示', level='city', endorsed_on=self.day(), place='BZ')
        ladder = {'reports_submitted': 1, 'uses_recorded': 2, 'pieces_used': 1, 'pieces_endorsed': 1}
        self.assertEqual(self.changed(before), ladder)
        measure = self.make('measure', ago=9, parent=report, title='落实', lead='BZ-GXJ', place='BZ', set_on=self.day(-9),
                            until_on=self.day(-1))
        self.assertIn(measure, self.overdue('measure'))
        self.assertEqual(self.changed(before), {**ladder, 'measures_set': 1, 'measures_open': 1})
        self.go('office', 'measure', measure, 'carry_out', done_note='已办', evidence='某发〔2026〕2号')
        self.assertEqual(self.changed(before), {**ladder, 'measures_set': 1, 'measures_open': 1,
                                                'measures_carried_out': 1})  # open until its last day ends
        self.assertNotIn(measure, self.overdue('measure'))
        # Voided with its report, the whole ladder goes.
        self.go('office', 'report', report, 'void', void_reason='重复')
        self.approve('report', report)
        self.assertEqual(self.changed(before), {})

    def project(self, **form):
        number = self.make('project', title='项目', project_kind='investment', place='BZ', total='900')
        self.go('office', 'project', number, 'match')
        self.go('office', 'project', number, 'sign', signed_on=self.day(), signed_where='甲会', agreed='500', **form)
        return number

    def test_a_project_signed_at_two_events_counts_once(self):
        before, wan = self.counts(), 1000000
        number = self.project()
        first = {'projects_signed': 1, 'projects_agreed_money': 500 * wan}
        self.assertEqual(self.changed(before), first)
        again = self.try_to('office', 'project', number, 'sign', signed_on=self.day(), agreed='500')
        self.assertEqual(again.status, 422, again)
        self.go('office', 'project', number, 'sign_again', again_on=self.day(), again_where='乙会')
        self.assertEqual(self.changed(before), first)
        for kind, amount in (('agreed_more', '120'), ('paid_in', '80')):
            self.make('payment', parent=number, title='资金', payment_kind=kind, paid_on=self.day(), amount=amount,
                      place='BZ', evidence='回单')
        self.assertEqual(self.changed(before),
                         {**first, 'money_agreed_more': 120 * wan, 'money_paid_in': 80 * wan})

    def test_an_increase_needs_a_signature(self):
        number = self.make('project', title='项目', project_kind='investment', place='BZ')
        form = {'parent': number, 'title': '增资', 'payment_kind': 'agreed_more', 'paid_on': self.day(), 'amount': '1',
                'place': 'BZ', 'evidence': '协议'}
        answer = self.person('office').post(f'{names.API}/records/payment', {'form': form})
        self.assertEqual(answer.status, 422, answer)

    def test_a_lead_has_one_three_and_seven_days(self):
        lead = self.make('prospect', title='线索', source='event', place='BZ')
        given = []
        for move in ('judge', 'contact', 'agree', 'sign'):
            given.append(self.record(lead, 'prospect', 'office')['clock']['within'])
            self.go('office', 'prospect', lead, move)
        self.assertEqual(given[:3], ['1 workday', '3 workdays', '7 workdays'])
        self.go('office', 'prospect', lead, 'fund', fund_evidence='银行回单')

    def current(self, offset):
        return self.counts(**{'as-of': self.day(offset)})['appointments_current']

    def test_a_seat_is_given_up_without_changing_what_was(self):
        before = self.counts()
        team = self.make('team', title='智库', team_kind='think_tank', place='BZ', set_up_on=self.day(-400))
        seats = [self.make('appointment', parent=team, title=f'第{nth}席', role='expert', profession='法律', place='BZ',
                           appointed_on=self.day(-300), ends_on=ends, consents=True)
                 for nth, ends in ((1, self.day(-100)), (2, self.day(100)), (3, self.day(100)))]
        self.assertEqual(self.changed(before), {'appointments_current': 2})  # the first has run out
        past = {offset: self.current(offset) for offset in (-200, -30, -1)}
        self.go('office', 'appointment', seats[1], 'withdraw_consent', ends_on=self.day(-1))
        self.assertEqual(self.changed(before), {'appointments_current': 1})
        self.assertEqual({offset: self.current(offset) for offset in past}, past)
        self.assertNotIn('profession', self.fields('office', 'appointment', seats[1])['fields'])

    def test_what_is_promised_stays_listed_until_it_is_kept(self):
        before = self.counts()
        event = self.make('press_conference', title='发布会', held_on=self.day(-5), ago=5, place='BZ')
        promise, plain = (self.make('press_question', ago=3, parent=event, title='问', answer='答', place='BZ', lead='BZ-GXJ',
                                    **more) for more in ({'until_on': self.day(-1)}, {}))
        self.assertEqual(self.changed(before), {'press_promises_made': 1})
        self.assertIn(promise, self.overdue('press_question'))
        self.assertEqual(self.try_to('office', 'press_question', promise, 'pass').status, 422)
        self.go('office', 'press_question', plain, 'pass')
        self.go('office', 'press_question', promise, 'keep', kept_note='已办', evidence='文件')
        self.assertEqual(self.changed(before), {'press_promises_made': 1, 'press_promises_kept': 1})

    def test_a_review_leaves_what_was_not_done_on_the_list(self):
        before = self.counts()
        review = self.make('review_round', title='回头看', review_kind='year', held_on=self.day(), place='BZ')
        form = {'parent': review, 'title': '事项', 'verdict': 'not_done', 'lead': 'BZ-GXJ', 'place': 'BZ'}
        self.assertEqual(self.person('office').post(f'{names.API}/records/review_finding', {'form': form}).status, 422)
        finding = self.make('review_finding', **form, until_on=self.day(10))
        self.assertEqual(self.changed(before), {'review_findings_open': 1})
        self.assertNotIn(finding, self.overdue('review_finding'))
        self.go('office', 'review_finding', finding, 'settle', evidence='文件')
        self.assertEqual(self.fields('office', 'review_finding', finding)['status'], 'right')

    def test_a_mirrored_number_stands_once(self):
        before = self.counts()
        form = {'title': '案由', 'mirror_source': 'proposal', 'outside_number': '2026-015', 'place': 'BZ',
                'lead': 'BZ-GXJ', 'handed_on': self.day(), 'until_on': self.day(60)}
        number = self.make('mirror', **form)
        self.assertError(self.person('office').post(f'{names.API}/records/mirror', {'form': form}), 422,
                         field='outside_number')
        self.go('office', 'mirror', number, 'answer', result='resolved')
        self.assertEqual(self.changed(before), {'mirrors_handed': 1, 'mirrors_answered': 1})

    def test_a_key_suggestion_is_talked_over_and_signed_off_above(self):
        before = self.counts()
        number = self.submit(place='BZ')['number']
        self.go('intake', names.KIND, number, 'accept', category='traffic', place='BZ')
        self.go('dispatcher', names.KIND, number, 'discuss', discuss_note='会同有关单位')
        self.assertEqual(self.try_to('dispatcher', names.KIND, number, 'assign', lead='BZ-GXJ').status, 422)
        self.go('dispatcher', names.KIND, number, 'send_up', discuss_outcome='可行')
        self.assertEqual(self.try_to('dispatcher', names.KIND, number, 'sign_above', sign_off_level='city',
                                     sign_off_note='同意').status, 403)
        self.go('leader', names.KIND, number, 'sign_above', sign_off_level='city', sign_off_note='同意')
        self.assertEqual(self.changed(before), {'suggestions_signed_above': 1})
        self.go('dispatcher', names.KIND, number, 'assign', lead='BZ-GXJ', complexity='general')

    def test_zz_rebuilding_gives_the_same_site(self):
        wanted = self.counts()
        self.server.stop()
        must('rebuild', '--site', self.site)
        self.assertEqual(self.counts(), wanted)
        type(self).server = Server(self.site).start()
        type(self).people = {}
