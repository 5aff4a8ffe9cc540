# SPDX-License-Identifier: Apache-2.0
"""Lists and what is done from them."""
import csv
import datetime
import io
import json
import pathlib
import re
import zipfile

import names
import xlsx
from sites import must
from test_pages import PageCase

LEAD = 'TL-GXJ'
csv.field_size_limit(1 << 24)    # a version of the profile is one cell


def rows_of(text):
    """The rows of the page's first list, as text without markup."""
    body = text.split('<tbody', 1)[1].split('</tbody>')[0]
    return [re.sub(r'<[^>]+>', ' ', row) for row in body.split('<tr')[1:]]


class Figures(PageCase):
    def test_the_line_of_months_has_its_scale_its_unit_and_a_table(self):
        text = self.visitor('leader').page('/figures/reception_closed').text
        months = re.findall(r'<td class="cell-amount">(\d+)</td>', text.split('<figure>')[1])
        self.assertEqual(len(months), 12)
        self.assertIn(f'>Highest {max(map(int, months))} issues</text>', text)
        self.assertIn('class="chart-line"', text)

    def test_bars_by_body_are_sorted_and_add_up(self):
        text = self.visitor('leader').page('/figures/reception_closed').text
        split = text.split('<table class="split">')[1].split('</table>')[0]
        values = [int(value) for value in re.findall(r'<td>(\d+) issues</td>', split)]
        self.assertEqual(values, sorted(values, reverse=True))
        self.assertEqual(sum(values), names.SEED_FIGURES['reception_closed'])

    def test_records_that_are_counted_but_closed_to_one_are_not_called_nothing(self):
        text = self.visitor('leader').page('/figures/mediation_success').text
        self.assertIn('may not open them', text)
        self.assertNotIn('class="empty"', text)

    def test_a_rate_says_what_it_leaves_out_with_counts(self):
        rate = self.person('leader').get(f'{names.API}/figures/year_suggestions_satisfaction_rate').json
        left = {one['figure']: one for one in rate['excluded']}
        self.assertEqual(set(left), {f'year_suggestions_{word}' for word in ('declined', 'referred', 'terminated')})
        page = self.visitor('leader').page('/figures/year_suggestions_satisfaction_rate').text
        for one in left.values():
            alone = self.person('leader').get(f'{names.API}/figures/{one["figure"]}', **{
                'from': rate['from'], 'to': rate['to']}).json
            self.assertEqual(one['value'], alone['value'])
            self.assertIn(one['label'], page)
        part = self.person('leader').get(f'{names.API}/figures/year_suggestions_satisfaction_rate', org='340705000000').json
        self.assertLessEqual(part['excluded'][0]['value'], rate['excluded'][0]['value'])

    def test_what_is_left_out_is_listed_with_reason_and_decider(self):
        seen = self.person('leader').get(f'{names.API}/figures/year_suggestions_declined/records').json
        self.assertTrue(seen['records'])
        self.assertEqual([one['number'] for one in seen['decisions']], [one['number'] for one in seen['records']])
        for one in seen['decisions']:
            self.assertTrue(one['reason'])
            self.assertIn('Intake', one['asked_by'])
            self.assertIn('Review', one['decided_by'])
        page = self.visitor('leader').page('/figures/year_suggestions_declined').text
        self.assertIn('Decided by', page)
        self.assertIn(seen['decisions'][0]['decided_by'], page)
        # Of what needs nobody else, and for the public, nothing is said.
        self.assertEqual(self.person('leader').get(f'{names.API}/figures/reception_closed/records').json['decisions'], [])
        self.assertNotIn('Decided by', self.anyone().get('/figures/year_suggestions_declined').text)

    def test_an_empty_list_knows_whether_it_was_filtered(self):
        who = self.visitor('office')
        self.assertIn('Nothing matches', who.page(f'/records/{names.REQUEST}?from=1999-01-01&to=1999-01-02').text)
        self.assertIn('There is nothing yet', who.page('/records/claim_evidence').text)


class Bulk(PageCase):
    def assigned(self):
        number = self.submit()['number']
        for who, move, form in (('intake', 'accept', {}), ('dispatcher', 'assign', {'lead': LEAD})):
            answer = self.move(who, number, move, form)
            self.assertEqual(answer.status, 200, answer)
        return number

    def send(self, who, numbers, move='acknowledge', key=None):
        form = next(f for f in who.page('/desk').page.forms if 'sign-out' in f['action'])
        fields = [('_token', form['fields']['_token']), ('_key', key or self.key())]
        return who.send_form(f'/records/{names.KIND}/moves/{move}',
                             fields + [('_number', number) for number in numbers])

    def test_all_that_can_be_done_is_done(self):
        numbers = [self.assigned() for _ in range(2)]
        answer = self.send(self.visitor('unit'), numbers)
        self.assertEqual(answer.status, 303, answer)
        self.assertIn('done=2', answer.headers['location'])
        for number in numbers:
            self.assertEqual(self.record(number)['status'], 'in_progress')

    def test_a_refused_one_stands_in_nobodys_way_and_is_named_with_its_reason(self):
        refused, first, last = (self.assigned() for _ in range(3))
        self.assertEqual(self.move('unit', refused, 'acknowledge').status, 200)
        who, key = self.visitor('unit'), self.key()
        sent = [first, refused, 'JY-1999-00001', last]
        answer = self.send(who, sent, key=key)
        self.assertEqual(answer.status, 200, answer)
        for number in (first, last):
            self.assertEqual(self.record(number)['status'], 'in_progress')
            self.assertNotIn(number, answer.text)
        rows = rows_of(answer.text)
        self.assertEqual(len(rows), 2)
        self.assertIn(refused, rows[0])
        self.assertIn('JY-1999-00001', rows[1])
        for row in rows:
            self.assertGreater(len(row.split()), 5, 'a row gives no reason')
        self.assertIn('Done: 2', answer.text)
        version = self.record(first)['version']
        self.assertEqual(self.send(who, sent, key=key).status, 200)
        self.assertEqual(self.record(first)['version'], version, 'sent again, it was done again')

    def test_nothing_done_is_a_refusal(self):
        number = self.submit()['number']
        answer = self.send(self.visitor('unit'), [number])
        self.assertIn(answer.status, (403, 404, 422))
        self.assertNotIn('Done:', answer.text)
        self.assertEqual(self.record(number)['status'], 'submitted')


class Children(PageCase):
    def test_only_what_the_guards_let_begin_is_offered(self):
        who = self.visitor('dispatcher')
        offered = {}
        for status in ('accepted', 'in_progress', 'closed'):
            href = re.search(r'href="(/records/enterprise_request/QS[^"?]+)"',
                             who.page(f'/records/enterprise_request?status={status}').text)[1]
            offered[status] = '/records/co_handling/new' in who.page(href).text
        self.assertEqual(offered, {'accepted': False, 'in_progress': True, 'closed': False})

    def test_a_child_leads_back_to_its_matter(self):
        who = self.visitor('supervisor')
        orders = who.page('/records/supervision?level=order')
        child = re.search(r'href="(/records/supervision/DB[^"?]+)"[^>]*>([^<]+)<', orders.text)
        crumbs = re.search(r'<nav class="crumbs".*?</nav>', who.page(child[1]).text, re.S)[0]
        matter = re.search(r'href="(/records/(?:enterprise_request|suggestion)/[^"]+)"', crumbs)[1]
        page = who.page(matter).text
        self.assertIn(child[1], page)
        self.assertIn(f'<h1>{child[2]}</h1>', page, 'a step is called what its matter is called')


class Words(PageCase):
    def test_desks_have_a_name_in_each_language(self):
        for language, name in (('zh', '市民营办受理岗'), ('en', 'Intake desk')):
            who = self.visitor('intake', language)
            self.assertIn(name, who.page('/desk').page.text)
            self.assertIn(name, self.visitor('admin', language).page('/admin').page.text)

    def test_every_month_on_the_board_has_its_unit(self):
        answer = self.visitor('leader').page('/board')
        months = re.findall(r'cell-amount cell-minor[^>]*data-label="This month">([^<]*)<', answer.text)
        self.assertGreater(len(months), 10)
        for month in months:
            self.assertRegex(month, r'^(—|[\d.,]+(%| \S.*))$')
        self.assertTrue(any(month.endswith('%') for month in months))


class Sheet(PageCase):
    PATH = f'/records/{names.REQUEST}/export'

    def sheet(self, login, path=PATH, language='en', **query):
        answer = self.visitor(login, language).get(path, **query)
        self.assertEqual(answer.status, 200, answer)
        self.assertTrue(answer.body.startswith(b'\xef\xbb\xbf'))
        rows = list(csv.reader(io.StringIO(answer.text[1:])))
        self.assertEqual(len({len(row) for row in rows}), 1)
        return rows

    def numbers(self, login, path, **query):
        """All numbers of the list, over its pages of JSON."""
        found, after = [], None
        while True:
            page = self.person(login).get(names.API + path, limit=200, after=after, **query).json
            found += [record['number'] for record in page['records']]
            after = page.get('next')
            if not after:
                return found

    def test_it_is_the_list_as_filtered(self):
        for query in ({}, {'status': 'closed'}, {'light': 'red'}, {'org': '340705000000', 'sort': 'due'}):
            with self.subTest(query=query):
                rows = self.sheet('supervisor', **query)
                numbers = self.numbers('supervisor', f'/records/{names.REQUEST}', **query)
                self.assertEqual([row[0] for row in rows[1:-1]], numbers)
                self.assertIn(f'{len(numbers)} rows in all', rows[-1][0])
                self.assertIn('supervisor', rows[-1][0])

    def test_the_button_of_a_filtered_page_leads_there(self):
        links = self.visitor('supervisor').page(f'/records/{names.REQUEST}?status=closed&limit=10').page.links
        for form in ('xlsx', 'csv', 'json', 'definitions'):
            self.assertIn(f'{self.PATH}?status=closed&format={form}', links)

    def test_where_it_is_cut_it_says_so(self):
        rows = self.sheet('supervisor', limit=7)
        self.assertEqual(len(rows), 1 + 7 + 1)
        self.assertIn('there are more', rows[-1][0])
        self.assertIn('只含前 7 条', self.sheet('supervisor', language='zh', limit=7)[-1][0])

    def test_units_get_their_own_and_no_more(self):
        mine = self.numbers('unit', f'/records/{names.REQUEST}')
        self.assertEqual([row[0] for row in self.sheet('unit')[1:-1]], mine)
        self.assertLess(len(mine), len(self.sheet('supervisor')) - 2)
        self.assertEqual(self.visitor('admin').get(f'/records/{names.REQUEST}/export').status, 403)
        self.assertEqual(self.anyone().get(self.PATH).status, 303)

    def test_what_is_masked_on_the_page_is_masked_in_the_sheet(self):
        phone = '13977770001'
        fields = {f['type']: f['name'] for f in names.fields_of(self.kind(names.KIND))}
        self.submit(**{fields['phone']: phone})
        sheet = self.visitor('supervisor').get(f'/records/{names.KIND}/export').text
        self.assertNotIn(phone, sheet)
        path = '/records/dispute/export'
        withheld = ' '.join(' '.join(row) for row in self.sheet('auditor', path)[1:])
        shown = ' '.join(' '.join(row) for row in self.sheet('mediator', path)[1:])
        self.assertIn('(confidential)', withheld)
        self.assertNotIn('(confidential)', shown)

    @staticmethod
    def exported(site, kind, language):
        text = must('export', '--site', site, kind, env={'TONGXIN_LANG': language})
        return list(csv.reader(io.StringIO(text.lstrip('\ufeff'))))

    def test_the_command_gives_the_sheet_of_the_page(self):
        """All the same columns and cells, in words; the command leaves out the last line."""
        for kind in (names.KIND, names.REQUEST):
            for language in ('zh', 'en'):
                with self.subTest(kind=kind, language=language):
                    command = self.exported(self.site, kind, language)
                    page = self.sheet('auditor', f'/records/{kind}/export', language)
                    self.assertGreater(len(command), 20)
                    self.assertEqual(command[0], page[0])
                    self.assertEqual(sorted(command[1:]), sorted(page[1:-1]))

    def test_no_two_columns_are_called_the_same(self):
        told_apart = 0
        for kind in [kind['kind'] for kind in self.person('intake').get(f'{names.API}/kinds').json['kinds']]:
            for language in ('zh', 'en'):
                with self.subTest(kind=kind, language=language):
                    head = self.exported(self.site, kind, language)[0]
                    self.assertEqual(len(head), len(set(head)), sorted(head))
                    told_apart += sum(bool(re.search(r' \([a-z0-9_]+\)$', cell)) for cell in head)
        self.assertGreater(told_apart, 0, 'no two fields share a label any more: plant some')

    def test_a_formula_typed_by_somebody_stays_text(self):
        number = self.submit(title='=1+cmd|calc')['number']
        row = next(r for r in self.sheet('intake', f'/records/{names.KIND}/export') if r[0] == number)
        self.assertIn("'=1+cmd|calc", row)

    def test_what_the_columns_mean_goes_along(self):
        """Every column of the sheet is explained, in both languages, beside a CSV and within JSON."""
        for language in ('zh', 'en'):
            with self.subTest(language=language):
                head = self.sheet('supervisor', language=language)[0]
                explained = self.sheet('supervisor', language=language, format='definitions')
                self.assertEqual([row[0] for row in explained[1:]], head)
                self.assertTrue(all(row[1] and row[2] for row in explained[1:]), explained)
                data = self.visitor('supervisor', language).get(self.PATH, format='json').json
                self.assertEqual([[d['title'], d['name'], d['means']] for d in data['definitions']], explained[1:])
                self.assertEqual({tuple(row) for row in data['rows']}, {tuple(d['name'] for d in data['definitions'])})
        unit = {row[1]: row[2] for row in explained[1:]}
        self.assertIn('10,000 yuan', unit['amount'])
        sessions = self.visitor('office').get('/records/reception_session/export', format='json').json['rows']
        self.assertTrue(sessions and all(isinstance(row['head_count'], int) for row in sessions))

    def test_a_workbook_has_types_and_meanings(self):
        for language in ('zh', 'en'):
            with self.subTest(language=language):
                rows = self.sheet('supervisor', language=language)
                answer = self.visitor('supervisor', language).get(self.PATH, format='xlsx')
                self.assertEqual(answer.status, 200, answer)
                book = list(xlsx.sheets(answer.body).values())
                self.assertEqual(book[0][0], rows[0])
                self.assertEqual([row[0] for row in book[0][1:]], [row[0] for row in rows[1:-1]])
                explained = self.sheet('supervisor', language=language, format='definitions')
                self.assertEqual(book[1][:len(explained)], explained)
                self.assertEqual(book[1][-1][0][:10], rows[-1][0][:10], 'where it comes from')
        created = rows[0].index('Recorded')
        first = datetime.datetime(1899, 12, 30) + datetime.timedelta(days=book[0][1][created])
        self.assertEqual(first.isoformat()[:16], rows[1][created][:16])

    def test_a_formula_stays_text_in_a_workbook(self):
        number = self.submit(title='=1+1')['number']
        path = pathlib.Path(f'{self.site}-formula.xlsx')
        must('export', '--site', self.site, names.KIND, '-o', path)
        row = next(r for r in list(xlsx.sheets(path.read_bytes()).values())[0] if r[0] == number)
        self.assertIn('=1+1', row)
        self.assertNotIn('<f>', str(zipfile.ZipFile(path).read('xl/worksheets/sheet1.xml')))

    def test_the_command_writes_the_meanings_beside_its_file(self):
        path = pathlib.Path(f'{self.site}-means.csv')
        must('export', '--site', self.site, names.REQUEST, '-o', path)
        head = next(csv.reader(path.read_text(encoding='utf-8-sig').splitlines()))
        beside = path.with_name(path.stem + '-definitions.csv').read_text(encoding='utf-8-sig')
        self.assertEqual([row[0] for row in csv.reader(io.StringIO(beside))][1:], head)
        data = json.loads(self.made_json())
        self.assertEqual([d['title'] for d in data['definitions']], head)

    def made_json(self):
        path = pathlib.Path(f'{self.site}-means.json')
        must('export', '--site', self.site, names.REQUEST, '-o', path)
        return path.read_text(encoding='utf-8')


class Columns(PageCase):
    PATH = f'/records/{names.REQUEST}'

    def heads(self, answer):
        head = answer.text.split('<thead', 1)[1].split('</thead>')[0]
        return [re.sub(r'<[^>]+>', '', cell) for cell in re.findall(r'<th[^>]*>(.*?)</th>', head)]

    def choose(self, who, columns, path=PATH, **more):
        form = next(f for f in who.page(path).page.forms if f['action'].endswith('/columns'))
        hidden = [(k, v) for k, v in form['fields'].items() if k != 'column']
        return who.send_form(form['action'], hidden + [('column', c) for c in columns] + list(more.items()))

    def test_chosen_columns_are_shown_and_remembered(self):
        who = self.visitor('supervisor')
        before = self.heads(who.page(self.PATH))
        answer = self.choose(who, ['channel', 'urgency'], self.PATH + '?status=closed')
        self.assertEqual(answer.status, 303, answer)
        self.assertIn(f'columns-{names.REQUEST}=', answer.headers['set-cookie'])
        target = answer.headers['location']
        self.assertIn('status=closed', target)
        self.assertIn('columns=', target)
        labels = {f['name']: f['label'] for f in names.fields_of(self.kind(names.REQUEST))}
        wanted = [labels['urgency'], labels['channel']]
        for path in (target, self.PATH):
            heads = self.heads(who.page(path))
            self.assertEqual([head for head in heads if head in wanted], wanted)
            self.assertNotIn(labels['place'], heads)
        self.assertEqual(self.heads(self.visitor('supervisor').page(target))[:-1],
                         self.heads(who.page(target))[:-1], 'the address alone does not carry it')
        reset = self.choose(who, [], _reset='1')
        self.assertNotIn('columns=', reset.headers['location'])
        self.assertEqual(self.heads(who.page(self.PATH)), before)

    def test_no_column_shows_what_may_not_be_shown(self):
        who = self.visitor('supervisor')
        personal = [f['name'] for f in names.fields_of(self.kind(names.REQUEST)) if f['type'] in ('phone', 'contact')]
        self.assertTrue(personal)
        plain = self.heads(who.page(self.PATH + '?columns=place'))
        asked = self.heads(who.page(self.PATH + '?columns=place.' + '.'.join(personal) + '.no_such_field'))
        self.assertEqual(asked, plain)

    def test_a_column_that_holds_nothing_is_not_there(self):
        who = self.visitor('office')
        self.assertIn('Due', self.heads(who.page(self.PATH)))
        heads = self.heads(who.page('/records/reception_session'))
        self.assertNotIn('Due', heads)
        self.assertNotIn('Limit', heads)

    def test_compact_rows_are_remembered_without_script(self):
        who = self.visitor('unit')
        form = next(f for f in who.page('/desk').page.forms if f['action'] == '/density')
        answer = who.send_form('/density', {**form['fields'], 'density': 'compact'})
        self.assertEqual((answer.status, answer.headers['location']), (303, '/desk'))
        self.assertIn('data-density="compact"', who.get('/desk').text)
        self.assertIn('density=compact', answer.headers['set-cookie'])
