# SPDX-License-Identifier: Apache-2.0
"""Documents that are printed: who may fetch them, what they hold, and what is said without the program."""
import hashlib
import re
import subprocess
import tempfile

import names
from cases import SiteCase
from client import PASSWORD
from sites import Server

PDF = 'application/pdf'
PHONE = '13900000000'


def words(pdf):
    """What a PDF says, without white space: where its lines end depends on fonts."""
    with tempfile.NamedTemporaryFile(suffix='.pdf') as file:
        file.write(pdf)
        file.flush()
        said = subprocess.run(['pdftotext', '-raw', file.name, '-'], capture_output=True, check=True).stdout
    return re.sub(r'\s+|—\d+—', '', said.decode())


class CaseFile(SiteCase):
    def case_file(self, number, who='intake', kind=names.KIND, api=names.API):
        return self.person(who).get(f'{api}/records/{kind}/{number}/pdf')

    def first(self, kind, who='intake', **query):
        answer = self.person(who).get(f'{names.API}/records/{kind}', **query)
        self.assertEqual(answer.status, 200, answer)
        return answer.json['records'][0]['number']

    def test_it_says_what_the_record_says(self):
        number = self.first('enterprise_request', status='closed')
        record = self.record(number, 'enterprise_request')
        answer = self.case_file(number, kind='enterprise_request')
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.headers['content-type'], PDF)
        self.assertIn(f'{number}.pdf', answer.headers['content-disposition'])
        said = words(answer.body)
        history = self.person('intake').get(f'{names.API}/records/enterprise_request/{number}/history').json['entries']
        for text in (number, record['title'], record['fields']['body'], record['fields']['reply'],
                     *(step[name] for step in history for name in ('sequence', 'label', 'who'))):
            self.assertIn(re.sub(r'\s', '', str(text)), said)
        self.assertRegex(said, r'SHA-256[0-9a-f]{64}')
        self.assertRegex(said, r'SM3[0-9a-f]{64}')

    def test_a_page_offers_it_to_staff(self):
        number = self.first('enterprise_request')
        href = f'/records/enterprise_request/{number}'
        browser = self.anyone('zh')
        browser.submit('/sign-in', {'login': 'intake', 'password': PASSWORD}, action='sign-in')
        self.assertIn(f'{href}/pdf', browser.page(href).page.links)
        self.assertTrue(browser.get(f'{href}/pdf').body.startswith(b'%PDF-'))

    def test_it_is_for_who_may_see_the_record(self):
        number = self.first('enterprise_request')
        path = f'/records/enterprise_request/{number}/pdf'
        self.assertEqual(self.anyone().get(path).status, 303)
        self.assertError(self.anyone().get(names.API + path), 401)
        self.assertError(self.case_file('QS-1999-00001', kind='enterprise_request'), 404)
        self.assertError(self.case_file(number, who='unit2', kind='enterprise_request'),
                         self.person('unit2').get(f'{names.API}/records/enterprise_request/{number}').status)

    def test_contacts_are_never_in_it(self):
        number = self.submit(contact_phone=PHONE)['number']
        self.assertNotIn(PHONE, words(self.case_file(number).body))

    def test_what_is_confidential_stays_so(self):
        """Who may list mediations but not read them gets no more from the file than from the page."""
        number = self.first('dispute', names.WATCHER)
        shown, whole = (self.record(number, 'dispute', who)['texts'] for who in (names.WATCHER, 'mediator'))
        hidden = [re.sub(r'\s', '', text) for name, text in whole.items() if shown[name] != text]
        self.assertGreater(len(hidden), 3)
        said = {who: words(self.case_file(number, who, 'dispute').body) for who in (names.WATCHER, 'mediator')}
        for text in hidden:
            self.assertIn(text, said['mediator'])
            self.assertNotIn(text, said[names.WATCHER])

    def test_files_are_listed_with_their_hash(self):
        content = b'%PDF-1.4\n% a file of its own\n'
        path = f'{names.API}/records/{names.KIND}'
        kept = self.person('intake').request(
            'POST', f'{path}/{self.submit()["number"]}/attachments',
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="plan.pdf"\r\n'
            b'Content-Type: application/pdf\r\n\r\n' + content + b'\r\n--x--\r\n',
            {'Content-Type': 'multipart/form-data; boundary=x'})
        self.assertEqual(kept.status, 201, kept)
        made = self.person('intake').post(path, names.create_body(self.form(file=kept.json['id'])))
        self.assertEqual(made.status, 201, made)
        said = words(self.case_file(made.json['number']).body)
        self.assertIn('plan.pdf', said)
        self.assertIn(hashlib.sha256(content).hexdigest(), said)


class WithoutTheProgram(SiteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.__exit__()
        cls.server = Server(cls.site, env={'TONGXIN_DOCUMENT': '/nowhere/tongxin-document'}).start()

    def test_a_sentence_stands_where_the_button_would(self):
        number = self.submit()['number']
        href = f'/records/{names.KIND}/{number}'
        browser = self.anyone()
        browser.submit('/sign-in', {'login': 'intake', 'password': PASSWORD}, action='sign-in')
        page = browser.page(href).page
        self.assertNotIn(f'{href}/pdf', page.links)
        self.assertIn('no program tongxin-document', page.text)
        self.assertEqual(browser.get(f'{href}/pdf').status, 503)
        error = self.assertError(self.person('intake').get(f'{names.API}{href}/pdf'), 503)
        self.assertIn('tongxin-document', error['message'])
