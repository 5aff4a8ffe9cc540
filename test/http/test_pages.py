# SPDX-License-Identifier: Apache-2.0
"""Pages: headers, forms without script, sign-in, and a walk over every link each role can reach."""
import re
import sqlite3
import urllib.parse

import names
import qr
from cases import SiteCase
from client import PASSWORD, Client
from sites import ROOT, tongxin

EVIL = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>'


class PageCase(SiteCase):
    def visitor(self, login=None, language='en'):
        """A browser without script, signed in through the form."""
        who = self.anyone(language)
        if login:
            answer = who.submit('/sign-in', {'login': login, 'password': PASSWORD}, action='sign-in')
            self.assertEqual(answer.status, 303, answer)
            self.assertTrue(who.cookies)
        return who

    def assertGoodPage(self, answer, path):
        self.assertEqual(answer.status, 200, f'{path}: {answer!r}')
        page = answer.page
        self.assertEqual(page.inline, [], f'{path}: inline script, style or handler')
        self.assertTrue(page.title, f'{path} has no title')
        self.assertTrue(page.language, f'{path} names no language')
        self.assertEqual(len(page.ids), len(set(page.ids)), f'{path}: the same id twice')
        self.assertNotRegex(page.text, r'\{\d\}|MSG_|\(null\)', f'{path}: an unfilled message')
        for form in re.findall(r'<form[^>]*action="[^"]*/moves/.*?</form>', answer.text, re.S):
            self.assertIn('move-effect', form, f'{path}: a move does not say what will happen')


class Headers(PageCase):
    def test_security_headers_on_everything(self):
        for path in names.PUBLIC_PAGES + ['/no-such-page', '/healthz', f'{names.API}/kinds']:
            headers = self.anyone().get(path).headers
            with self.subTest(path=path):
                policy = headers['content-security-policy']
                self.assertIn("default-src 'none'" if "'none'" in policy else "default-src 'self'", policy)
                self.assertNotIn('unsafe', policy)
                self.assertEqual(headers['x-content-type-options'], 'nosniff')
                self.assertIn('referrer-policy', headers)
                self.assertNotIn('server', headers)

    def test_pages_with_data_are_not_kept_by_caches(self):
        cache = self.visitor('intake').get('/desk').headers.get('cache-control', '')
        self.assertRegex(cache, 'no-store|private')

    def test_static_files_are_cached_and_revalidated(self):
        page = self.anyone().page('/')
        styles = re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js))"', page.text)
        self.assertTrue(styles)
        for path in styles:
            first = self.anyone().get(path)
            self.assertEqual(first.status, 200, path)
            self.assertIn('etag', first.headers)
            again = self.anyone().request('GET', path, headers={'If-None-Match': first.headers['etag']})
            self.assertEqual(again.status, 304)

    def test_head_has_headers_and_no_body(self):
        answer = self.anyone().request('HEAD', '/')
        self.assertEqual((answer.status, answer.body), (200, b''))

    def test_unknown_page(self):
        answer = self.anyone().page('/no-such-page')
        self.assertEqual(answer.status, 404)
        self.assertIn('text/html', answer.headers['content-type'])
        self.assertTrue(answer.page.links)


class Public(PageCase):
    def test_public_pages_in_both_languages(self):
        for path in names.PUBLIC_PAGES:
            for language in ('zh', 'en'):
                with self.subTest(path=path, language=language):
                    answer = self.anyone(language).page(path)
                    self.assertGoodPage(answer, path)
                    self.assertTrue(answer.page.language.startswith(language))

    def test_submit_and_track_without_script(self):
        who = self.anyone('zh')
        answer = who.submit(f'/submit/{names.KIND}', names.as_texts(self.form()), action='/submit/')
        self.assertIn(answer.status, (200, 303), answer)
        if answer.status == 303:
            answer = who.get(answer.headers['location'])
        number = re.search(r'\b[A-Z]{2}-\d{4}-\d{5}\b', answer.text)
        self.assertTrue(number, 'the receipt shows no number')
        code = re.search(r'data-code="(\w{10})"|<code[^>]*>(\w{10})</code>', answer.text)
        self.assertTrue(code, 'the receipt shows no code')
        tracked = who.get('/track', number=number[0], code=code[1] or code[2])
        self.assertEqual(tracked.status, 200)
        self.assertIn(number[0], tracked.text)
        self.assertNotIn(number[0], who.get('/track', number=number[0], code='0' * 10).text.split('<main')[-1]
                         .replace(f'value="{number[0]}"', ''))

    def test_places_stand_under_their_districts_without_virtual_ones(self):
        text = self.anyone().get(f'/submit/{names.KIND}').text
        select = re.search(r'<select[^>]*name="place".*?</select>', text, re.S)[0]
        groups = re.findall(r'<optgroup label="([^"]*)">', select)
        self.assertGreater(len(groups), 2)
        self.assertEqual(len(groups), len(set(groups)))
        self.assertEqual(select.count('</optgroup>'), len(groups))
        offered = re.findall(r'<option value="([^"]+)"', select)
        self.assertEqual(len(offered), len(set(offered)))
        virtual = {o['code'] for o in self.anyone().get(f'{names.API}/orgs').json['orgs'] if o['virtual']}
        self.assertFalse(set(offered) & virtual)

    def test_every_place_is_offered(self):
        text = self.anyone().get(f'/submit/{names.KIND}').text
        select = re.search(r'<select[^>]*name="place".*?</select>', text, re.S)[0]
        offered = set(re.findall(r'<option value="([^"]+)"', select))
        lines = (ROOT / 'profiles/tongling/organisations.tsv').read_text(encoding='utf-8').splitlines()
        rows = [dict(zip(lines[0].split('\t'), line.split('\t'))) for line in lines[1:]]
        places = {row['code'] for row in rows if row['division_code'] and row['virtual'] != '1'}
        self.assertGreater(len(places), 500)
        self.assertEqual(offered, places)

    def organisations(self, q, language='en'):
        """(codes in the table, how many are said to be found, how many to be left out) of the page."""
        answer = self.anyone(language).page('/organisations', q=q)
        self.assertGoodPage(answer, '/organisations')
        self.assertIn(f'value="{q}"', answer.text)
        body = answer.text.split('<main')[1]
        found = re.search(r'<p class="meta">(?:找到 )?([\d,]+) ?(?:found|个)', body)
        hidden = re.search(r'([\d,]+) more are not shown|另有 ([\d,]+) 个', body)
        return (re.findall(r'data-label="(?:Code|代码)">([^<]+)<', body), int(found[1].replace(',', '')),
                int((hidden[1] or hidden[2]).replace(',', '')) if hidden else 0)

    def test_organisations_are_found_by_a_part_of_their_name(self):
        everything = self.anyone('zh').get(f'{names.API}/orgs').json['orgs']
        for q, language in (('铜官', 'zh'), ('transport', 'en'), ('TL-JTJ', 'en'), ('3407050', 'en'), ('社区', 'zh'),
                            ('no such place', 'en')):
            with self.subTest(q=q):
                codes, found, hidden = self.organisations(q, language)
                wanted = [o['code'] for o in self.anyone(language).get(f'{names.API}/orgs', q=q).json['orgs']]
                self.assertEqual(found, len(wanted))
                self.assertEqual(codes, wanted[:len(codes)])
                self.assertEqual(found, len(codes) + hidden)
                if language == 'zh':
                    self.assertEqual(set(wanted), {o['code'] for o in everything if q in o['title']})
        self.assertGreater(self.organisations('社区', 'zh')[2], 0)

    def test_nothing_found_says_what_to_do(self):
        text = self.anyone().page('/organisations', q='no such place').text.split('<main')[1]
        self.assertIn('Nothing was found', text)
        self.assertNotIn('<table', text)
        self.assertIn('href="/organisations"', text)

    def test_the_receipt_has_the_tracking_link_as_a_code_to_scan(self):
        who = self.anyone()
        answer = who.submit(f'/submit/{names.KIND}', names.as_texts(self.form()), action='/submit/')
        link = qr.read(re.search(r'<svg class="qr".*?</svg>', answer.text, re.S)[0])
        site, path = link.split('/track?')
        self.assertEqual(site, f'http://127.0.0.1:{self.server.port}')
        number = re.search(r'data-code="(\w{10})"', answer.text)[1]
        self.assertIn(number, path)
        tracked = self.anyone().get('/track?' + path)
        self.assertEqual(tracked.status, 200)
        self.assertIn('timeline', tracked.text)

    def test_wrong_form_comes_back_filled_with_every_error(self):
        answer = self.anyone().submit(f'/submit/{names.KIND}', {'body': 'kept text'}, action='/submit/')
        self.assertEqual(answer.status, 422)
        self.assertIn('kept text', answer.text)
        required = [f for f in names.fields_of(self.kind(names.KIND)) if f.get('required') and f['name'] != 'body']
        self.assertGreaterEqual(answer.text.count('aria-invalid="true"'), len(required))

    def test_sending_the_same_form_twice_makes_one_record(self):
        who = self.anyone()
        page = who.page(f'/submit/{names.KIND}').page
        form = next(f for f in page.forms if '/submit/' in f['action'])
        fields = {**form['fields'], **names.as_texts(self.form())}
        target = urllib.parse.urljoin(f'/submit/{names.KIND}', form['action'])
        first, second = (who.send_form(target, fields, form['multipart']) for _ in range(2))
        self.assertEqual(first.status, second.status)
        self.assertEqual(first.headers.get('location'), second.headers.get('location'))

    def test_text_of_people_is_text(self):
        number = self.submit(body=EVIL + ' ' + '路口需要红绿灯。' * 3)['number']
        answer = self.visitor('intake').page(f'/records/{names.KIND}/{number}')
        self.assertGoodPage(answer, 'record')
        self.assertNotIn('<script>alert', answer.text)
        self.assertNotIn('<img src=x', answer.text)


class SignIn(PageCase):
    def test_cookie_is_for_the_server_only(self):
        who = self.anyone()
        answer = who.submit('/sign-in', {'login': 'leader', 'password': PASSWORD}, action='sign-in')
        cookie = answer.headers['set-cookie'].lower()
        for piece in ('httponly', 'samesite=', 'path=/'):
            self.assertIn(piece, cookie)

    def test_staff_pages_ask_to_sign_in(self):
        for path in names.STAFF_PAGES:
            answer = self.anyone().get(path)
            with self.subTest(path=path):
                self.assertEqual(answer.status, 303)
                self.assertIn('/sign-in', answer.headers['location'])

    def test_sign_in_leads_only_to_this_site(self):
        for target in ('https://example.org/', '//example.org', '/\\example.org', 'javascript:alert(1)'):
            who = self.anyone()
            answer = who.submit('/sign-in?' + urllib.parse.urlencode({'next': target}),
                                {'login': 'leader', 'password': PASSWORD, 'next': target}, action='sign-in')
            self.assertNotIn('example.org', answer.headers.get('location', ''))

    def test_form_without_its_token_is_refused(self):
        who = self.visitor('intake')
        number = self.submit()['number']
        path = f'/records/{names.KIND}/{number}/moves/accept'
        self.assertIn(who.send_form(path, {}).status, (400, 403))
        self.assertIn(who.send_form(path, {'csrf': 'x' * 32}).status, (400, 403))
        self.assertEqual(self.record(number)['status'], 'submitted')

    def test_sign_out_ends_the_session_at_the_server(self):
        who = self.visitor('press')
        kept = dict(who.cookies)
        who.submit('/desk', {}, action='sign-out')
        who.cookies = kept
        self.assertEqual(who.get('/desk').status, 303)


class Password(PageCase):
    """A site of its own: an account is locked here."""

    PATH = '/account/password'

    def change(self, who, present, new='a-new-password'):
        return who.submit(self.PATH, {'password': present, 'new_password': new}, action='account/password')

    def test_wrong_present_passwords_are_counted(self):
        who = self.visitor('press')
        statuses = [self.change(who, 'wrong-password').status for _ in range(6)]
        self.assertEqual(statuses, [401] * 5 + [429])
        self.assertEqual(self.change(who, PASSWORD).status, 429)

    def test_a_new_password_is_the_one_that_opens(self):
        who = self.visitor('leader')
        self.assertEqual(self.change(who, PASSWORD, 'short').status, 422)
        self.assertEqual(who.get('/desk').status, 200)
        answer = self.change(who, PASSWORD)
        self.assertEqual((answer.status, answer.headers['location']), (303, '/sign-in'))
        self.assertEqual(who.get('/desk').status, 303)
        again = self.anyone()
        self.assertEqual(again.submit('/sign-in', {'login': 'leader', 'password': PASSWORD},
                                      action='sign-in').status, 401)
        again = self.anyone()
        self.assertEqual(again.submit('/sign-in', {'login': 'leader', 'password': 'a-new-password'},
                                      action='sign-in').status, 303)
        self.assertEqual(again.get('/desk').status, 200)

    def journal(self):
        with sqlite3.connect(f'file:{self.site}/site.db?mode=ro', uri=True) as db:
            return db.execute("SELECT actor, record FROM entry WHERE action = 'account.password_set' ORDER BY sequence").fetchall()

    def test_who_set_whose_password_stands_in_the_journal(self):
        admin, before = self.visitor('admin'), self.journal()
        answer = admin.submit('/admin/accounts/reviewer', {'password': 'made-by-admin'}, action='reviewer/password')
        self.assertEqual(answer.status, 303, answer)
        done = tongxin('user', 'password', 'reviewer', '--site', self.site, stdin='made-by-owner\n')
        self.assertEqual(done.returncode, 0, done.stderr)
        (by_admin, account), (by_owner, same) = self.journal()[len(before):]
        self.assertTrue(by_admin.startswith('account:') and by_owner.startswith('cli:'), (by_admin, by_owner))
        self.assertEqual(account, same)
        self.assertEqual(admin.get(f'/records/account/{account}').text.count('Set the password'), 2)
        self.assertEqual(self.anyone().submit('/sign-in', {'login': 'reviewer', 'password': 'made-by-owner'},
                                              action='sign-in').status, 303)

    def test_no_form_reaches_the_password(self):
        answer = self.person('admin').post('/api/v1/records/account/2/moves/password_set', {'form': {'password': 'x'}})
        self.assertIn(answer.status, (404, 409, 422), answer)


class Accounts(PageCase):
    NEW = '/records/account/new'

    def create(self, admin, login):
        return admin.submit(self.NEW, {'title': '某局经办', 'title_en': 'Officer', 'login': login},
                            action=self.NEW.removesuffix('/new'))

    def test_a_new_account_gets_a_password_and_a_role_and_works(self):
        admin, grown = self.visitor('admin'), 'a-first-password'
        made = self.create(admin, 'new.officer')
        self.assertEqual(made.status, 303, made)
        path = made.headers['location'].partition('?')[0]
        self.assertEqual(admin.get(path).status, 200)
        for fields, action in (({'role': 'unit_officer', 'org': 'TL-JYJ'}, '/grant'), ({'password': grown}, '/password')):
            done = admin.submit(path, fields, action=action)
            self.assertEqual(done.status, 303, done)
        officer = self.anyone()
        self.assertEqual(officer.submit('/sign-in', {'login': 'new.officer', 'password': grown},
                                        action='sign-in').status, 303)
        self.assertEqual(officer.get('/desk').status, 200)
        number = next(a['id'] for a in self.person('admin').get(f'{names.API}/accounts').json['accounts']
                      if a['login'] == 'new.officer')
        record = admin.page(f'/records/account/{number}')
        self.assertTrue([link for link in record.page.links if link.startswith('/admin/accounts/')])

    def test_a_login_is_letters_digits_and_three_signs(self):
        admin = self.visitor('admin')
        for login in ('Test User', 'x y', '张三', 'a/b', '#12', 'a' * 33):
            with self.subTest(login=login):
                refused = self.create(admin, login)
                self.assertEqual(refused.status, 422, refused)
                self.assertRegex(refused.text, r'aria-invalid[^>]*|id="error')
                self.assertNotEqual(tongxin('user', 'add', login, '--site', self.site).returncode, 0)


class Odd(PageCase):
    def test_a_key_with_a_line_break_is_refused(self):
        form = {**names.as_texts(self.form()), '_key': 'a\nb'}
        who = self.anyone()
        self.assertEqual(who.submit(f'/submit/{names.KIND}', form, action=f'submit/{names.KIND}').status, 400)

    def test_a_kind_without_flow_has_no_moves_and_breaks_nothing(self):
        who = self.visitor('admin')
        for kind in ('account', 'calendar_year', 'site', 'org', 'organisation', 'post'):
            self.assertIn(who.send_form(f'/records/{kind}/moves/accept', {'_number': '#1'}).status, (400, 403, 404))
            links = who.page(f'/records/{kind}').page.links
            for link in [link for link in links if link.startswith(f'/records/{kind}/')][:2]:
                self.assertIn(who.get(f'{link}?done=accept').status, (200, 303, 403, 404), link)
        self.assertEqual(self.anyone().get('/healthz').status, 200)


class Walk(PageCase):
    """Follows every link from the desk and the portal; nothing breaks, nothing is inline."""

    MOST = 150

    def walk(self, login):
        who = self.visitor(login)
        waiting, seen, shapes = ['/', '/desk'] if login else ['/'], set(), {}
        while waiting and len(seen) < self.MOST:
            path = waiting.pop(0)
            shape = re.sub(r'[A-Z]{2}-\d{4}-\d+|\d+', '#', path)
            if path in seen or shapes.get(shape, 0) >= 3 or 'sign-out' in path:
                continue
            shapes[shape] = shapes.get(shape, 0) + 1
            seen.add(path)
            answer = who.get(path)
            self.assertIn(answer.status, (200, 303), f'{login}: {path}: {answer!r}')
            if answer.status == 200 and 'text/html' in answer.headers.get('content-type', ''):
                answer = who.page(path)
                self.assertGoodPage(answer, path)
                links = (urllib.parse.urldefrag(urllib.parse.urljoin(path, link))[0] for link in answer.page.links)
                waiting += [link for link in links if link.startswith('/')]
        return seen

    def test_every_role(self):
        for login in [None] + names.ACCOUNTS:
            with self.subTest(login=login):
                self.assertGreater(len(self.walk(login)), 5)

    def test_staff_pages(self):
        who = self.visitor('leader')
        for path in names.STAFF_PAGES:
            with self.subTest(path=path):
                self.assertGoodPage(who.page(path), path)

    def test_english_pages_have_no_chinese_of_ours(self):
        """Names and texts of people stay as they are; labels and buttons do not."""
        page = Client(self.server.port, 'en').page('/sign-in').page
        self.assertNotRegex(re.sub(r'中文|同心|铜陵\w*', '', page.text), r'[\u4e00-\u9fff]{2}')
