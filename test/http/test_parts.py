# SPDX-License-Identifier: Apache-2.0
"""Parts of profiles that have rules of their own, and children that are a list of their own."""
import re

import names
from cases import SiteCase
from sites import must

SURVEY = 'DC-2022-001'


class Parts(SiteCase):
    def make(self, kind, **form):
        return self.person('office').post(f'{names.API}/records/{kind}', {'form': form})

    def listed(self, kind, **query):
        answer = self.person('office').get(f'{names.API}/records/{kind}', limit=200, **query)
        self.assertEqual(answer.status, 200, answer)
        return answer.json['records']

    def record(self, kind, number):
        answer = self.person('office').get(f'{names.API}/records/{kind}/{number}')
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def figure(self, name, **query):
        return self.person('office').get(f'{names.API}/figures/{name}', **query).json['value']

    def test_a_large_family_is_a_list_of_its_own(self):
        record = self.record('survey', SURVEY)
        kinds = [child['kind'] for child in record['children']]
        self.assertEqual((kinds.count('panel_member'), kinds.count('survey_round')), (50, 2))
        self.assertEqual(record['more_children'], [{'kind': 'panel_member', 'count': 392}])
        page = self.person('office').get(f'/records/survey/{SURVEY}').text
        href = re.search(r'<a href="(/records/panel_member\?parent=[^"]*)">[^<]*392', page)
        self.assertIn(f'Belongs to: {SURVEY}', self.person('office').get(href[1]).text)
        self.assertEqual(self.record('contest', 'ZP-2023-01')['more_children'], [{'kind': 'contest_entry', 'count': 350}])

    def test_a_list_of_children_is_of_one_parent(self):
        first, second = [f'#{one["id"]}' for one in sorted(self.listed('survey_round'), key=lambda one: one['id'])]
        self.assertEqual(len(self.listed('survey_result', parent=first)), 3)
        self.assertEqual(len(self.listed('survey_result', parent=second)), 4)
        self.assertEqual(self.listed('survey_result', parent='DC-1999-001'), [])

    def test_a_result_of_fewer_than_five_answers_is_refused(self):
        parent = f'#{self.listed("survey_round")[0]["id"]}'
        result = {'parent': parent, 'title': '总体满意度', 'cell': '微型企业', 'place': 'TL', 'score': '90'}
        refused = self.make('survey_result', respondents='4', **result)
        self.assertEqual(refused.status, 422, refused)
        self.assertEqual(names.wrong_fields(refused.json['error']), ['respondents'])
        self.assertEqual(self.make('survey_result', respondents='5', **result).status, 201)

    def test_a_panel_is_known_for_every_day(self):
        member = self.listed('panel_member', parent=SURVEY, status='active')[0]
        left = self.person('office').post(
            f'{names.API}/records/panel_member/{member["id"]}/moves/leave',
            {'form': {'left_on': '2023-12-28', 'leave_reason': '停业'}, 'version': self.record('panel_member', member['id'])['version']})
        self.assertEqual(left.status, 200, left)
        self.assertEqual(self.figure('survey_points', to='2023-12-28'), 380)
        self.assertEqual(self.figure('survey_points', to='2023-12-29'), 379)

    def test_a_counter_has_one_reading_in_force(self):
        reading = {'parent': 'WB-2023-001', 'title': '又一次读数', 'value': '60000000', 'read_on': '2023-12-29',
                   'place': 'TL', 'source': '话题页面'}
        refused = self.make('outside_reading', **reading)
        self.assertEqual(refused.status, 422, refused)
        old = next(one for one in self.listed('outside_reading') if one['status'] == 'active')
        ended = self.person('office').post(
            f'{names.API}/records/outside_reading/{old["id"]}/moves/supersede',
            {'form': {'superseded_on': '2023-12-28'}, 'version': self.record('outside_reading', old['id'])['version']})
        self.assertEqual(ended.status, 200, ended)
        self.assertEqual(self.make('outside_reading', **reading).status, 201)
        self.assertEqual(self.figure('topic_clicks'), 6000)
        self.assertEqual(self.figure('topic_clicks', to='2023-12-27'), 5086)

    def test_an_attested_total_stands_below_its_document(self):
        behind = must('trace', '--site', self.site, 'cadres').split()
        self.assertEqual(len(behind), 1)
        sources = [document['number'] for document in self.listed('document')
                   if self.listed('attested_total', parent=document['number'])]
        self.assertEqual(len(sources), 2)
        orphan = self.make('attested_total', title='某项合计', code='other', wording='若干', attested_on='2023-12-01', place='TL')
        self.assertEqual(orphan.status, 422, orphan)
