# SPDX-License-Identifier: Apache-2.0
"""Sheets in: the command, beside a server and without one, and killed in the middle."""
import csv
import datetime
import io
import pathlib
import re
import sqlite3
import subprocess
import time
import zipfile

import names
import xlsx
from cases import SITES, SiteCase
from sites import BINARY, ROOT, die_with_parent, must, tongxin

KIND = 'reception_session'
GOLDEN = ROOT / 'test/golden/import'


def sheet(path, rows, start=0):
    """A right sheet of so many rows; no two are equal."""
    lines = ['Topic,Day,Area,Entrepreneurs received,Minutes']
    lines += [f'Session {start + i},2023-0{1 + i % 9}-{1 + i % 28:02},TL,{i % 50},"one, two"' for i in range(rows)]
    path.write_text('\r\n'.join(lines) + '\r\n', encoding='utf-8')
    return path


def topics(site):
    """How often each topic of a sheet above stands on a record."""
    with sqlite3.connect(f'file:{site}/site.db?mode=ro', uri=True) as db:
        rows = db.execute("SELECT title FROM record WHERE kind = ?", [KIND]).fetchall()
    found = {}
    for (title,) in rows:
        if title and title.startswith('Session '):
            found[title] = found.get(title, 0) + 1
    return found


class Command(SiteCase):
    def run_import(self, file, *options, site=None, language='en'):
        return tongxin('import', '--site', site or self.site, KIND, file, *options, env={'TONGXIN_LANG': language})

    def file(self, name):
        return pathlib.Path(f'{self.site}-{name}.csv')

    def test_every_fault_is_named_and_nothing_is_written(self):
        for name in ('rows', 'titles'):
            for language in ('en', 'zh'):
                with self.subTest(name=name, language=language):
                    done = self.run_import(GOLDEN / f'{name}.csv', language=language)
                    golden = (GOLDEN / f'{name}.{language}.txt').read_text(encoding='utf-8')
                    self.assertEqual(done.stdout + f'--- exit {done.returncode}\n', golden, done.stderr)

    def test_a_dry_run_writes_nothing(self):
        file = sheet(self.file('dry'), 3, 100000)
        done = self.run_import(file, '--dry-run')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertNotIn('Session 100000', topics(self.site))

    def test_beside_a_server_and_again(self):
        file = sheet(self.file('served'), 150, 200000)
        first, again = self.run_import(file), self.run_import(file)
        self.assertIn('150 recorded', first.stdout, first)
        self.assertIn('150 of them imported before', again.stdout, again)
        counts = [topics(self.site)[f'Session {200000 + i}'] for i in range(150)]
        self.assertEqual(counts, [1] * 150)
        self.verify()

    def test_wrong_rows_are_left_out_when_asked(self):
        file = sheet(self.file('some'), 3, 300000)
        file.write_text(file.read_text(encoding='utf-8') + 'Session 300003,never,TL,1,\n', encoding='utf-8')
        refused = self.run_import(file)
        self.assertEqual(refused.returncode, 1)
        self.assertNotIn('Session 300000', topics(self.site))
        taken = self.run_import(file, '--skip-wrong')
        self.assertEqual(taken.returncode, 1, 'something was wrong')
        self.assertIn('3 recorded', taken.stdout)

    def test_what_cannot_be_read_is_said(self):
        file = self.file('damaged')
        file.write_bytes(b'Topic,Day\n\xff\xff\n')
        done = self.run_import(file)
        self.assertEqual(done.returncode, 1)
        self.assertIn('Byte 11 of the file is not text', done.stderr)
        self.assertEqual(self.run_import(self.file('missing')).returncode, 3)
        self.assertEqual(tongxin('import', '--site', self.site, 'nothing', file).returncode, 1)

    def test_a_template_names_every_column(self):
        for kind in (KIND, 'enterprise_request', 'recommendation', 'org'):
            text = must('import', '--site', self.site, kind, '--template', env={'TONGXIN_LANG': 'zh'})
            head, explained = csv.reader(io.StringIO(text.removeprefix('\ufeff')))
            self.assertEqual(len(head), len(explained))
            self.assertTrue(explained[0].startswith('※ '))


class Killed(SiteCase):
    """kill -9 in the middle: the same sheet again doubles nothing and loses nothing."""

    ROWS = 3000

    def start(self, site, file):
        return subprocess.Popen([str(BINARY), 'import', '--site', str(site), KIND, str(file)], stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, preexec_fn=die_with_parent)

    def at_work(self, site, process, more):
        """Waits until the import has made so many rows more."""
        until = len(topics(site)) + more
        while process.poll() is None and len(topics(site)) < until:
            time.sleep(0.005)

    def all_once(self, site):
        self.assertEqual(set(topics(site).values()), {1})
        self.assertEqual(len(topics(site)), self.ROWS)
        must('verify', '--site', site)

    def test_it_goes_on_where_it_was_killed(self):
        site = SITES.new()
        file = sheet(pathlib.Path(f'{site}-killed.csv'), self.ROWS)
        for _ in range(4):
            process = self.start(site, file)
            self.at_work(site, process, 100)
            process.kill()
            process.wait()
        self.assertTrue(0 < len(topics(site)) < self.ROWS, 'no kill met an import at work')
        must('import', '--site', site, KIND, file)
        self.all_once(site)

    def test_the_server_is_killed_under_it(self):
        file = sheet(pathlib.Path(f'{self.site}-under.csv'), self.ROWS)
        process = self.start(self.site, file)
        self.at_work(self.site, process, 100)
        self.server.kill()
        self.assertEqual(process.wait(60), 3, 'the command says that the server is gone')
        self.server.start()
        must('import', '--site', self.site, KIND, file)
        self.all_once(self.site)


class Web(SiteCase):
    """The page and the interface: who holds the right looks at a sheet, then records it."""

    HEAD = 'Topic,Day,Area,Entrepreneurs received\n'

    def look(self, csv_text, who='office', apply=False, **more):
        bytes_ = csv_text if isinstance(csv_text, bytes) else csv_text.encode()
        fields = {'kind': KIND, 'file': ('sheet.csv', bytes_, 'text/csv'), **more}
        if apply:
            fields['apply'] = 'yes'
        return self.person(who).send_form('/api/v1/imports', fields, multipart=True)

    def test_the_interface_looks_and_records(self):
        right = self.HEAD + 'Session 1,2023-02-01,TL,3\nSession 2,2023-02-01,TL,4\n'
        seen = self.look(right)
        self.assertEqual(seen.status, 200, seen)
        self.assertEqual((seen.json['new'], seen.json['made'], seen.json['problems']), (2, 0, []))
        self.assertEqual(self.look(right, apply=True).json['made'], 2)
        again = self.look(right, apply=True)
        self.assertEqual((again.json['made'], again.json['before']), (0, 2))
        wrong = self.look(self.HEAD + 'Session 3,45000,TL,3\nSession 4,2023-02-01,TL,-4\n', apply=True)
        self.assertEqual((wrong.json['made'], wrong.json['wrong']), (0, 2))
        self.assertEqual([(p['row'], p['column']) for p in wrong.json['problems']], [(2, 'B'), (3, 'D')])

    def test_the_encoding_is_said_and_can_be_chosen(self):
        # 学习 and 学校 in GB 18030 are letters in UTF-8 by chance.
        bytes_ = (self.HEAD + 'Session 9,2023-02-01,TL,学习\n').encode('gb18030')
        seen = self.look(bytes_).json
        self.assertEqual((seen['encoding'], seen['begin'][1][3]), ('gb18030', '学习'))
        self.assertEqual([(p['row'], p['cell']) for p in seen['problems']], [(2, '学习')])
        other = self.look(bytes_, encoding='utf-8').json
        self.assertEqual((other['encoding'], other['begin'][1][3]), ('utf-8', '学习'.encode('gb18030').decode()))

    def test_the_page_reads_the_sheet_another_way(self):
        person = self.person('office')
        page = f'/records/{KIND}/import'
        form = self.form_to(person, page, page)
        text = self.HEAD + '学习,2023-02-01,TL,3\n'
        seen = person.send_form(page, {**form, 'file': ('s.csv', text.encode('gb18030'), 'text/csv')}, multipart=True)
        self.assertIn('学习', seen.text)
        kept = {**form, 'sheet': re.search(r'name="sheet" value="([0-9a-f]{32})"', seen.text)[1]}
        other = person.send_form(page, {**kept, 'encoding': 'utf-8'}, multipart=True)
        self.assertNotIn('学习', other.text)
        self.assertIn('value="gb18030"', other.text)
        back = person.send_form(page, {**kept, 'encoding': 'gb18030'}, multipart=True)
        self.assertIn('学习', back.text)
        intake = self.person('intake')
        token = self.form_to(intake, '/records/suggestion/import', '/records/suggestion/import')
        theirs = intake.send_form('/records/suggestion/import', {**kept, **token}, multipart=True)
        self.assertEqual(theirs.status, 404, 'a sheet is its sender\'s')

    def test_without_the_right_there_is_no_way_in(self):
        for who in ('unit', 'leader', 'auditor'):
            self.assertEqual(self.look(self.HEAD, who).status, 403)
            self.assertEqual(self.person(who).get(f'/records/{KIND}/import').status, 403)

    def test_the_page_shows_the_faults_and_records_what_is_right(self):
        person = self.person('office')
        page = f'/records/{KIND}/import'
        sheet_of = lambda text: {'file': ('sheet.csv', text.encode('gb18030'), 'text/csv')}  # noqa: E731
        self.assertIn('※', person.get(f'{page}/template').text)
        form = self.form_to(person, page, page)
        wrong = person.send_form(page, {**form, **sheet_of(self.HEAD + 'Session 5,never,TL,3\n')}, multipart=True)
        self.assertEqual(wrong.status, 200, wrong)
        self.assertIn('Please enter a date', wrong.text)
        self.assertNotIn(f'{page}/apply', wrong.text)
        right = person.send_form(page, {**form, **sheet_of(self.HEAD + 'Session 6,2023-02-01,TL,3\n')}, multipart=True)
        sheet_id = re.search(r'name="sheet" value="([0-9a-f]{32})"', right.text)[1]
        done = person.send_form(f'{page}/apply', {'_token': form['_token'], 'sheet': sheet_id})
        self.assertIn('1 recorded', done.text)
        self.assertEqual(topics(self.site)['Session 6'], 1)
        other = self.person('intake').send_form(f'{page}/apply', {
            '_token': self.form_to(self.person('intake'), '/records/suggestion/import',
                                   '/records/suggestion/import')['_token'], 'sheet': sheet_id})
        self.assertEqual(other.status, 404, 'a sheet is its sender\'s')

    def form_to(self, person, path, action):
        text = person.get(path).text
        self.assertIn(f'action="{action}"', text)
        return {'_token': re.search(r'name="_token" value="([^"]+)"', text)[1]}


class City(SiteCase):
    """Sheets of another city: many activities, a plan whose rows name each other, organisations."""

    OPTIONS = ('--profile', 'binzhou')

    def command(self, kind, text, *options, name='sheet'):
        path = pathlib.Path(f'{self.site}-{name}')
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        done = tongxin('import', '--site', self.site, kind, path, *options, env={'TONGXIN_LANG': 'en'})
        return done.stdout + done.stderr

    def rows(self, kind):
        text = must('export', '--site', self.site, kind, env={'TONGXIN_LANG': 'en'})
        return list(csv.DictReader(io.StringIO(text.lstrip('\ufeff'))))

    @staticmethod
    def activities(wrong=()):
        lines = ['名称,类型,举办日期,所在区域,参加人数']
        lines += [f'第{i}场银企对接,银企对接,2023-{1 + i % 12:02}-{1 + i % 28:02},滨州市,{"不详" if i in wrong else 10 + i % 90}'
                  for i in range(500)]
        return '\n'.join(lines) + '\n'

    def test_five_hundred_activities_wholly_or_not_at_all(self):
        before = len(self.rows('activity'))
        wrong = self.command('activity', self.activities(wrong=range(0, 500, 20)))
        faults = re.findall(r'^row (\d+), column E "参加人数"', wrong, re.MULTILINE)
        self.assertEqual([int(row) for row in faults], list(range(2, 502, 20)), 'every fault, row by row')
        self.assertEqual(len(self.rows('activity')), before, 'no half import')
        self.assertIn('500 recorded', self.command('activity', self.activities()))
        again = self.command('activity', self.activities())
        self.assertIn('500 of them imported before', again)
        self.assertEqual(len(self.rows('activity')), before + 500)
        # Another person, the page's way, in another encoding: still the same sheet.
        other = self.person('office').send_form('/api/v1/imports', {
            'kind': 'activity', 'apply': 'yes',
            'file': ('a.csv', self.activities().encode('gb18030'), 'text/csv')}, multipart=True).json
        self.assertEqual((other['before'], other['made']), (500, 0))

    @staticmethod
    def workbook(wrong=()):
        """The sheet above as a workbook: days and heads are numbers there."""
        rows = [['名称', '类型', '举办日期', '所在区域', '参加人数']]
        first = datetime.date(1899, 12, 30)
        rows += [[f'第{i}次路演', '项目路演', (datetime.date(2023, 1 + i % 12, 1 + i % 28) - first).days, '滨州市',
                  '不详' if i in wrong else 10 + i % 90] for i in range(500)]
        return xlsx.make(rows, days={2})

    def test_five_hundred_activities_of_a_workbook(self):
        before = len(self.rows('activity'))
        wrong = self.command('activity', self.workbook(wrong=range(0, 500, 20)), name='wrong.xlsx')
        faults = re.findall(r'^row (\d+), column E "参加人数"', wrong, re.MULTILINE)
        self.assertEqual([int(row) for row in faults], list(range(2, 502, 20)))
        self.assertEqual(len(self.rows('activity')), before)
        self.assertIn('500 recorded', self.command('activity', self.workbook(), name='right.xlsx'))
        self.assertIn('500 of them imported before', self.command('activity', self.workbook(), name='right.xlsx'))
        made = [row for row in self.rows('activity') if row['Name'] == '第30次路演']
        self.assertEqual([(row['Day'], row['Heads']) for row in made], [('2023-07-03', '40')])
        page = self.person('office').send_form('/api/v1/imports', {
            'kind': 'activity', 'file': ('a.xlsx', self.workbook(), 'application/zip')}, multipart=True).json
        self.assertEqual((page['before'], page['begin'][1][2]), (500, '2023-01-01'))

    def test_a_template_as_a_workbook_has_lists_to_choose_from(self):
        path = pathlib.Path(self.site).parent / 'template.xlsx'
        must('import', '--site', self.site, 'activity', '--template', '-o', path, env={'TONGXIN_LANG': 'en'})
        page = self.person('office').get('/records/activity/import/template', format='xlsx')
        self.assertEqual(page.status, 200, page)
        self.assertEqual(page.body, path.read_bytes())
        with zipfile.ZipFile(path) as book:
            sheet, choices = (book.read(f'xl/worksheets/sheet{number}.xml').decode() for number in (1, 3))
        kinds = self.person('office').get(f'{names.API}/kinds/activity').json
        fields = {field['name']: field for field in kinds['fields']}
        labels = [choice['label'] for choice in fields['activity_kind']['choices']]
        self.assertGreater(len(labels), 5)
        for label in labels:
            self.assertIn(f'>{label}<', choices)
        self.assertRegex(sheet, rf'<dataValidation type="list" [^>]*><formula1>choices!\$A\$1:\$A\${len(labels)}<')
        self.assertIn('nothing below the titles', self.command('activity', path.read_bytes(), name='empty.xlsx'))

    def test_hostile_workbooks_are_refused(self):
        rows = [['名称'], ['一']]
        right = xlsx.make(rows)
        bomb = xlsx.make(rows, more={'xl/worksheets/a.xml': '<worksheet>' + ' ' * (80 << 20) + '</worksheet>'})
        entity = ('<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><workbook><sheets>&b;</sheets></workbook>')
        end = right.rindex(b'PK\x05\x06')
        directory = int.from_bytes(right[end + 16:end + 20], 'little')
        overlap = bytearray(right)
        second = right.index(b'PK\x01\x02', directory + 4)
        overlap[second + 42:second + 46] = bytes(4)
        checksum = bytearray(right)
        for at in range(directory, end):
            if right[at:at + 4] == b'PK\x01\x02':
                checksum[at + 16] ^= 1
        cases = {'bomb': (bomb, 'too large'), 'entity': (xlsx.make(rows, more={'xl/workbook.xml': entity}), 'no Excel'),
                 'overlap': (bytes(overlap), 'no Excel'), 'checksum': (bytes(checksum), 'no Excel'),
                 'no zip': (b'PK\x03\x04 nothing', 'no Excel'), 'cut': (right[:len(right) // 2], 'no Excel'),
                 'deep': (xlsx.make(rows, more={'xl/worksheets/a.xml': '<a>' * 100000}), 'no Excel'),
                 'merged': (xlsx.make(rows, merged='A1:B1'), 'merged cells in the workbook (A1:B1)'),
                 'many rows': (xlsx.make([['x']] * 10001, shared=False), 'at most 10000 rows')}
        for name, (data, says) in cases.items():
            with self.subTest(name=name):
                self.assertIn(says, self.command('activity', data, name=f'{name}.xlsx'))
        self.assertIn('第', self.person('office').get('/records/activity').text, 'the server is there')

    def test_a_plan_comes_from_sheets(self):
        """Below an existing plan, by its title; branches name branches of the same sheet by code or title,
        tasks and milestones those that came before."""
        plan = self.rows('plan')[0]
        nodes = ('所属编号,名称,代码,上一层级,次序\n'
                 f'{plan["Name"]},平台甲,SHEET-A,,1\n{plan["Number"]},甲之一,SHEET-A1,SHEET-A,1\n'
                 f'{plan["Number"]},甲之二,SHEET-A2,平台甲,2\n{plan["Number"]},甲之二之一,SHEET-A21,SHEET-A2,1\n')
        self.assertIn('4 recorded', self.command('plan_node', nodes))
        self.assertIn('4 of them imported before', self.command('plan_node', nodes))
        made = {row['Code']: row for row in self.rows('plan_node') if row['Code'].startswith('SHEET-')}
        above = {code: row['Belongs to'].split(' ')[0] for code, row in made.items()}
        self.assertEqual(above, {'SHEET-A': '', 'SHEET-A1': made['SHEET-A']['Number'],
                                 'SHEET-A2': made['SHEET-A']['Number'], 'SHEET-A21': made['SHEET-A2']['Number']})
        items = '所属编号,任务,开始,完成时限\nSHEET-A1,表格任务,2023-02-01,2023-10-31\n'
        self.assertIn('1 recorded', self.command('plan_item', items))
        milestones = '所属编号,节点,日期\n表格任务,开工,2023-03-01\n表格任务,完工,2023-10-01\n'
        self.assertIn('2 recorded', self.command('plan_milestone', milestones))
        targets = ('所属编号,目标,指标,要求,目标值\n甲之二,走访企业,visits_enterprises_min,不少于,300\n'
                   '表格任务,走访企业,visits_enterprises_min,at_least,200\n')
        self.assertIn('2 recorded', self.command('plan_target', targets))
        item = next(row for row in self.rows('plan_item') if row['Task'] == '表格任务')
        self.assertEqual(item['Parent record'], made['SHEET-A1']['Number'])
        self.assertIn('表格任务', self.person('office').get('/plan').text)
        self.verify()

    def test_what_names_nothing_or_too_much_is_said(self):
        plan = self.rows('plan')[0]['Number']
        nodes = (f'所属编号,名称,代码,上一层级\n{plan},同名,SHEET-B1,\n{plan},同名,SHEET-B2,\n'
                 f'{plan},下面,SHEET-B3,同名\n{plan},悬空,SHEET-B4,SHEET-NONE\n没有的计划,悬空,SHEET-B5,\n'
                 f'{plan},先写,SHEET-B6,SHEET-B7\n{plan},后写,SHEET-B7,\n,无主,SHEET-B8,\n')
        said = self.command('plan_node', nodes)
        self.assertIn('row 4, column D "上一层级": Several records are called "同名"', said)
        self.assertIn('row 5, column D "上一层级": "SHEET-NONE" was not found', said)
        self.assertIn('row 6, column A "所属编号": "没有的计划" was not found', said)
        self.assertIn('row 7, column D "上一层级": "SHEET-B7" was not found', said, 'only what stands above')
        self.assertIn('row 9, column A "所属编号": Please fill this in', said)
        self.assertIn('8 rows, 0 of them imported before, 5 wrong', said)

    def test_a_row_below_a_wrong_one_is_wrong_too(self):
        plan = self.rows('plan')[0]['Number']
        nodes = (f'所属编号,名称,代码,上一层级,次序\n{plan},上,SHEET-C1,,很多\n{plan},下,SHEET-C2,SHEET-C1,1\n'
                 f'{plan},旁,SHEET-C3,,1\n')
        said = self.command('plan_node', nodes, '--skip-wrong')
        self.assertIn('row 3, column D "上一层级": Row 2, which it names, cannot be recorded', said)
        self.assertIn('1 recorded', said)

    def test_organisations_name_each_other(self):
        orgs = ('code,title,org_type,parent_org,opened_on\nBZ-N1,新设一局,department,BZ,2020-01-01\n'
                'BZ-N2,新设一科,department,BZ-N1,2020-01-01\nBZ-N3,新设一组,department,新设一科,2020-01-01\n')
        self.assertIn('3 recorded', self.command('org', orgs))
        self.assertIn('3 of them imported before', self.command('org', orgs))
        self.verify()

    def test_an_export_is_a_sheet_to_be_imported(self):
        for kind in ('activity', 'organisation'):
            with self.subTest(kind=kind):
                text = must('export', '--site', self.site, kind, env={'TONGXIN_LANG': 'zh'})
                said = self.command(kind, text, '--dry-run', name=f'round-{kind}')
                rows = int(re.search(r'(\d+) rows, 0 of them imported before, 0 wrong', said)[1])
                self.assertGreater(rows, 0)
