# SPDX-License-Identifier: Apache-2.0
"""Assessments of units: the counts beside each mark, rounds and appeals, and what is refused."""
import re
import shutil

import names
from cases import SITES
from sites import ROOT, tongxin
from test_pages import PageCase

NAME = 'handling_quality'
UNIT = 'TL-GXJ'
ROUND = 'KH-2023-001'       # the third quarter: over, announced, appealed against
RUNNING = 'KH-2023-002'


class Assessment(PageCase):
    def seen(self, who='leader', **query):
        answer = self.person(who).get(f'{names.API}/assessments/{NAME}', **query)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def units(self, **query):
        return {unit['org']: unit for unit in self.seen(**query)['units']}

    # ---- marks ----

    def test_each_score_is_the_figure_of_the_unit_and_opens_its_records(self):
        seen = self.seen(round=ROUND)
        unit = next(unit for unit in seen['units'] if unit['org'] == UNIT)
        self.assertTrue(unit['scored'], unit)
        for score in unit['scores']:
            query = {'org': UNIT, 'from': seen['from'], 'to': seen['to']}
            figure = self.person('leader').get(f'{names.API}/figures/{score["figure"]}', **query).json
            self.assertEqual((score['value'], score['numerator'], score['denominator'], score['text']),
                             (figure['value'], figure['numerator'], figure['denominator'], figure['text']))
            records = self.person('leader').get(f'{names.API}/figures/{score["figure"]}/records', limit='200', **query)
            self.assertEqual(len(records.json['records']), score['numerator'])
        self.assertAlmostEqual(sum(score['marks'] for score in unit['scores']), unit['marks'], places=2)
        page = self.visitor('leader').page(f'/assessments/{NAME}?round={ROUND}').text
        for href in re.findall(r'href="(/figures/unit_[^"]+)"', page)[:6]:
            self.assertEqual(self.visitor('leader').get(href.replace('&amp;', '&')).status, 200)

    def test_the_formula_gives_the_marks(self):
        seen = self.seen(round=ROUND)
        for unit in seen['units']:
            for item, score in zip(seen['items'], unit['scores']):
                if not unit['scored']:
                    self.assertIsNone(score['marks'])
                    continue
                value = 100 * score['numerator'] / score['denominator']
                share = (value - item['zero']) / (item['full'] - item['zero'])
                self.assertAlmostEqual(score['marks'], item['weight'] * min(max(share, 0), 1), delta=0.0051)
        self.assertIn('95%', seen['items'][0]['rule_words'])

    def test_units_below_the_least_volume_are_listed_without_marks(self):
        few = [unit for unit in self.seen(round=ROUND)['units'] if unit['volume'] < 5]
        self.assertTrue(few)
        for unit in few:
            self.assertFalse(unit['scored'])
            self.assertIsNone(unit['marks'])
            self.assertNotIn('place', unit)

    def test_units_stand_in_order_of_code_and_have_no_rank(self):
        units = self.seen()['units']
        self.assertEqual([unit['org'] for unit in units], sorted(unit['org'] for unit in units))
        self.assertFalse(any('place' in unit for unit in units))
        self.assertNotIn('Rank<', self.visitor('leader').page(f'/assessments/{NAME}').text)

    # ---- who sees it ----

    def test_a_unit_sees_its_own_marks_and_the_public_none(self):
        own = self.seen('unit', round=ROUND)['units']
        self.assertEqual([unit['org'] for unit in own], [UNIT])
        for path in ('/assessments', f'/assessments/{NAME}'):
            self.assertEqual(self.anyone().get(f'{names.API}{path}').status, 401)
            self.assertNotEqual(self.anyone().get(path).status, 200)
        self.assertError(self.person('leader').get(f'{names.API}/assessments/none'), 404)
        self.assertError(self.person('leader').get(f'{names.API}/assessments/{NAME}', round='KH-1'), 404)

    # ---- what if ----

    def test_what_if_changes_the_page_and_nothing_else(self):
        before = self.seen(round=ROUND)
        tried = self.seen(round=ROUND, **{'weight.on_time': '100', 'weight.satisfaction': '0', 'weight.returned': '0'})
        self.assertEqual((tried['what_if'], tried['adopted_rule'], tried['total']), (True, False, 100))
        unit = next(unit for unit in tried['units'] if unit['org'] == UNIT)
        self.assertEqual([score['marks'] for score in unit['scores'][1:]], [0, 0])
        self.assertAlmostEqual(unit['marks'], 2 * next(
            unit for unit in before['units'] if unit['org'] == UNIT)['scores'][0]['marks'], delta=0.011)
        self.assertEqual(self.seen(round=ROUND), before)
        self.assertTrue(before['adopted_rule'])
        page = self.visitor('leader').page(f'/assessments/{NAME}?round={ROUND}&weight.on_time=100').text
        self.assertIn('This is a trial', page)
        page = self.visitor('leader').page(f'/assessments/{NAME}?round={ROUND}&full.on_time=much').text
        self.assertIn('is not understood', page)
        self.assertNotIn('This is a trial', page)

    # ---- rounds ----

    def propose(self, first, last):
        answer = self.person('supervisor').post(f'{names.API}/records/assessment_round', {'form': {
            'title': '试行轮次', 'assessment': NAME, 'from_on': first, 'until_on': last}})
        self.assertEqual(answer.status, 201, answer)
        return answer.json['number']

    def step(self, who, number, move, form=None, kind='assessment_round'):
        version = self.record(number, kind, who)['version']
        return self.person(who).post(f'{names.API}/records/{kind}/{number}/moves/{move}',
                                     {'form': form or {}, 'version': version})

    def test_a_rule_is_adopted_by_two_before_the_period_begins(self):
        number = self.propose('2024-01-01', '2024-03-31')
        self.assertEqual(self.step('supervisor', number, 'adopt').status, 200)
        self.assertError(self.step('supervisor', number, 'approve'), 403)
        self.assertEqual(self.step('leader', number, 'approve').status, 200)
        rule = self.record(number, 'assessment_round')['fields']['rule']
        self.assertEqual(rule, self.seen()['rule'])
        self.assertError(self.step('supervisor', number, 'announce'), 422)

    def test_a_period_that_has_begun_takes_no_rule(self):
        number = self.propose('2023-12-29', '2024-03-31')
        error = self.assertError(self.step('supervisor', number, 'adopt'), 422)
        self.assertIn('before the period begins', error['message'])

    def test_the_demo_has_a_round_that_is_final_and_one_that_runs(self):
        seen = self.seen()
        self.assertEqual(seen['round'], RUNNING)
        rounds = {one['number']: one for one in seen['rounds']}
        self.assertEqual(rounds[ROUND]['rule'], seen['rule'])
        appeals = self.record(ROUND, 'assessment_round', 'leader')['children']
        self.assertEqual([appeal['status'] for appeal in appeals], ['rejected'])
        self.assertError(self.person('head').post(f'{names.API}/records/assessment_appeal', {'form': {
            'parent': RUNNING, 'title': '早了', 'lead': UNIT, 'ground': '尚未公示。'}}), 422)

    def test_a_unit_appeals_for_itself_alone(self):
        for lead, status in ((UNIT, 422), ('TL-RSJ', 403)):
            answer = self.person('head').post(f'{names.API}/records/assessment_appeal', {'form': {
                'parent': RUNNING, 'title': '申诉', 'lead': lead, 'ground': '理由。'}})
            self.assertEqual(answer.status, status, answer)

    # ---- the rule is frozen ----

    def test_a_profile_with_another_rule_under_the_same_name_is_refused(self):
        root = SITES.folder / 'changed-profiles'
        shutil.copytree(ROOT / 'profiles', root)
        rules = root / 'tongling/assessments.yaml'
        text = rules.read_text(encoding='utf-8')
        rules.write_text(text.replace('weight: 50', 'weight: 60').replace('weight: 40', 'weight: 30'), encoding='utf-8')
        refused = tongxin('profile', 'activate', root / 'tongling', '--site', self.site)
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn('assessments.yaml:', refused.stdout + refused.stderr)
        # Words may change: they decide on no mark.
        rules.write_text(text.replace('诉求办理质量考核', '办理质量考核'), encoding='utf-8')
        done = tongxin('profile', 'activate', root / 'tongling', '--site', self.site)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
