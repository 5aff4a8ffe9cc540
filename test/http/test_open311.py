# SPDX-License-Identifier: Apache-2.0
"""Open311 GeoReport v2: the reading calls, in both formats, over what is published and nothing else."""
import xml.etree.ElementTree as ElementTree

from cases import SiteCase

BASE = '/open311/v2'
YEAR = [('2023-01-01', '2023-03-31'), ('2023-04-01', '2023-06-29'), ('2023-06-30', '2023-09-27'),
        ('2023-09-28', '2023-12-26'), ('2023-12-27', '2023-12-31')]


class Open311(SiteCase):

    def get(self, path, expected=200, **query):
        answer = self.anyone().get(BASE + path, **query)
        self.assertEqual(answer.status, expected, answer)
        return answer

    def published(self):
        """The matters that /answers shows, by number."""
        return {row['number']: row for row in self.anyone().get('/api/v1/public/records', limit='200').json['records']}

    def year(self, **query):
        return {row['service_request_id']: row for start, end in YEAR
                for row in self.get('/requests.json', start_date=start, end_date=end, **query).json}

    def test_requests_are_the_published_matters(self):
        services = {service['service_code'] for service in self.get('/services.json').json}
        self.assertEqual(services, {'suggestion', 'enterprise_request'})
        expected = {number for number, row in self.published().items() if row['kind'] in services}
        self.assertGreater(len(expected), 10)
        self.assertEqual(set(self.year()), expected)

    def test_the_finer_state_is_in_the_notes(self):
        published = self.published()
        for number, row in self.year().items():
            self.assertEqual(row['status'], 'closed')
            self.assertIn(published[number]['status_label'], row['status_notes'])
            self.assertIn(published[number]['result_label'] or '', row['status_notes'])
            self.assertIn(published[number]['title'], row['description'])
            self.assertEqual(row['service_notice'], published[number]['fields'].get('public_reply', ''))

    def test_xml_says_the_same(self):
        number = sorted(self.published())[0]
        one = self.get(f'/requests/{number}.json').json[0]
        root = ElementTree.fromstring(self.get(f'/requests/{number}.xml').body)
        self.assertEqual(root.tag, 'service_requests')
        self.assertEqual({member.tag: member.text or '' for member in root[0]}, one)
        root = ElementTree.fromstring(self.get('/services.xml').body)
        self.assertEqual([member.tag for member in root], ['service', 'service'])

    def test_what_is_not_published_is_not_there(self):
        open_one = self.person('supervisor').get('/api/v1/records/suggestion', light='red').json['records'][0]
        self.assertEqual(self.get(f'/requests/{open_one["number"]}.json', 404).json[0]['code'], 404)
        self.assertEqual(self.get('/requests.json', service_request_id=open_one['number']).json, [])
        self.get('/services/dispute.json', 404)
        self.get('/requests.json', 404, service_code='dispute')

    def test_filters(self):
        numbers = sorted(self.published())[:2]
        asked = self.get('/requests.json', service_request_id=','.join([*numbers, 'JY-1999-1'])).json
        self.assertEqual({row['service_request_id'] for row in asked}, set(numbers))
        self.assertEqual(self.get('/requests.json', status='open').json, [])
        codes = {row['service_code'] for row in self.year(service_code='suggestion').values()}
        self.assertEqual(codes, {'suggestion'})

    def test_what_is_not_understood_is_said(self):
        error = self.get('/requests.json', 400, start_date='soon').json[0]
        self.assertEqual(error['code'], 400)
        self.assertIn('90', error['description'])
        self.get('/requests.xml', 400, start_date='2023-01-01', end_date='2023-12-31')
        self.get('/requests/JY-2023-00001.csv', 404)

    def test_discovery_leads_here(self):
        endpoint = self.get('/discovery.json').json['endpoints'][0]
        self.assertTrue(endpoint['url'].endswith(BASE))
        self.assertEqual(endpoint['specification'], 'http://wiki.open311.org/GeoReport_v2')
