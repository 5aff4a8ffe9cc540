# SPDX-License-Identifier: Apache-2.0
"""Documents that are printed: who may fetch them, what they hold, and what is said without the program."""
import hashlib
import io
import re
import subprocess
import tempfile
import xml.dom.minidom
import zipfile

import names
from cases import SiteCase
from client import PASSWORD
from sites import Server, must, tongxin

PDF = 'application/pdf'
WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
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


class Briefing(SiteCase):
    PATH = f'/briefings/{names.BRIEFING_ISSUE}'

    def test_everyone_may_fetch_what_is_published(self):
        page = self.anyone('zh').page(self.PATH).page
        for name, media, magic in (('docx', WORD, b'PK'), ('pdf', PDF, b'%PDF-')):
            self.assertIn(f'{self.PATH}/{name}?edition=1', page.links)
            answer = self.anyone('zh').get(f'{self.PATH}/{name}')
            self.assertEqual((answer.status, answer.headers['content-type']), (200, media))
            self.assertIn(f'{names.BRIEFING_ISSUE}.{name}', answer.headers['content-disposition'])
            self.assertTrue(answer.body.startswith(magic))
            self.assertEqual(self.person('press').get(names.API + f'{self.PATH}/{name}').status, 200)

    def test_both_say_the_frozen_text_in_both_languages(self):
        for language in ('zh', 'en'):
            text = self.anyone(language).get(f'{self.PATH}/markdown').text
            said = {'pdf': words(self.anyone(language).get(f'{self.PATH}/pdf').body)}
            with zipfile.ZipFile(io.BytesIO(self.anyone(language).get(f'{self.PATH}/docx').body)) as file:
                body = xml.dom.minidom.parseString(file.read('word/document.xml'))
            said['docx'] = re.sub(r'\s', '', ''.join(node.firstChild.data for node in body.getElementsByTagName('w:t')
                                                    if node.firstChild))
            for line in text.splitlines():
                for cell in re.sub(r'^[#\- ]+', '', line).split('|'):
                    for name in said:
                        self.assertIn(re.sub(r'\s|^-+$', '', cell), said[name], name)

    def test_the_code_leads_to_the_edition(self):
        with zipfile.ZipFile(io.BytesIO(self.anyone().get(f'{self.PATH}/docx').body)) as file:
            text = file.read('word/document.xml').decode()
        link = re.search(r'descr="(http://[^"]+)"', text)[1]
        self.assertEqual(link, f'http://127.0.0.1:{self.server.port}{self.PATH}?edition=1')
        self.assertEqual(self.anyone().get(link.split(str(self.server.port))[1]).status, 200)

    def test_a_draft_says_so_and_is_not_for_everyone(self):
        made = self.person('press').post(f'{names.API}/briefings/{names.BRIEFING}/publish', {'form': {}})
        path = f'/briefings/{made.json["number"]}/pdf'
        self.assertEqual(self.anyone().get(path).status, 404)
        said = words(self.person('press').get(names.API + path).body)
        self.assertIn('Draftof', said)
        self.assertNotIn('Scanforthepage', said)

    def test_the_command_writes_the_same(self):
        for name in ('docx', 'pdf'):
            file = self.site.parent / f'{self.site.name}.{name}'
            must('briefing', '--site', self.site, names.BRIEFING_ISSUE, '-o', file, env={'TONGXIN_LANG': 'zh'})
            if name == 'pdf':
                said = words(file.read_bytes())
                self.assertIn(f'{self.PATH}?edition=1', said)
                served = words(self.anyone('zh').get(f'{self.PATH}/pdf').body)
                self.assertEqual(said.split('网页版')[0], served.split('扫码')[0])
            else:
                self.assertTrue(zipfile.is_zipfile(file))
        done = tongxin('briefing', '--site', self.site, names.BRIEFING_ISSUE, '-o', 'x.pdf',
                       env={'TONGXIN_DOCUMENT': '/nowhere/tongxin-document'})
        self.assertEqual(done.returncode, 3)
        self.assertIn('tongxin-document', done.stderr)


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
