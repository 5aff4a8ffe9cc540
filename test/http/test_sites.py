# SPDX-License-Identifier: Apache-2.0
"""Commands and sites: exit codes, a second server, a newer database, a served site, damage, a broken profile."""
import os
import re
import shutil
import socket
import sqlite3
import stat
import subprocess
import unittest

import names
from cases import SITES, SiteCase
from client import Client
from sites import BINARY, ROOT, Server, must, tongxin


def databases(site):
    """The SQLite files of a site that hold records (the search index can be made anew)."""
    return [file for file in site.rglob('*') if file.is_file() and file.read_bytes()[:15] == b'SQLite format 3'
            and 'search' not in file.name]


class Commands(SiteCase):
    def assertExit(self, code, *arguments, **options):
        done = tongxin(*arguments, **options)
        self.assertEqual(done.returncode, code, f'{arguments}: {done.stdout}{done.stderr}')
        if code:
            self.assertTrue(done.stderr.strip(), 'an error without words')
            self.assertNotRegex(done.stderr, r'Segmentation|AddressSanitizer|runtime error')
        return done

    def test_help_and_version(self):
        self.assertRegex(self.assertExit(0, '--version').stdout, r'\d+\.\d+\.\d+')
        text = self.assertExit(0, 'help').stdout
        for command in ('init', 'demo', 'serve', 'check', 'figures', 'trace', 'briefing', 'void', 'verify', 'rebuild'):
            self.assertIn(command, text)
            self.assertIn(command, self.assertExit(0, 'help', command).stdout)

    def test_wrong_usage_is_exit_2(self):
        for arguments in ([], ['no-such-command'], ['serve'], ['serve', '--no-such-option'], ['trace', '--site'],
                          ['figures', '--site', self.site, '--format', 'no-such-format'],
                          ['void', '--site', self.site, 'X-1'], ['check'], ['user', 'no-such-action']):
            with self.subTest(arguments=arguments):
                self.assertExit(2, *arguments)

    def test_missing_site_is_exit_3(self):
        for command in ('serve', 'figures', 'verify', 'rebuild'):
            with self.subTest(command=command):
                self.assertExit(3, command, '--site', SITES.folder / 'nothing-here')

    def test_init_does_not_overwrite_a_site(self):
        self.assertNotEqual(tongxin('init', '--site', self.site, '--profile', 'tongling').returncode, 0)
        self.verify()

    def test_figures_take_only_real_dates(self):
        for value in ('2023-02-30', 'yesterday', '', '99999-01-01'):
            self.assertExit(2, 'figures', '--site', self.site, '--from', value)

    def test_routes_are_listed_and_none_breaks(self):
        routes = tongxin('routes', '--json')
        self.assertEqual(routes.returncode, 0)
        self.assertIn('/healthz', routes.stdout)

    def test_answer_in_the_language_of_the_caller(self):
        chinese = tongxin('no-such-command', env={'LANG': 'zh_CN.UTF-8', 'LC_ALL': 'zh_CN.UTF-8', 'LANGUAGE': 'zh_CN'})
        english = tongxin('no-such-command', env={'LANG': 'en_GB.UTF-8', 'LC_ALL': 'en_GB.UTF-8', 'LANGUAGE': 'en'})
        self.assertRegex(chinese.stderr, r'[\u4e00-\u9fff]')
        self.assertNotRegex(english.stderr.replace('同心', ''), r'[\u4e00-\u9fff]')


class Served(SiteCase):
    """A command on a site that is being served."""

    def test_second_server_is_refused_and_the_first_goes_on(self):
        done = tongxin('serve', '--site', self.site, '--listen', '127.0.0.1:0', timeout=30)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertTrue(done.stderr.strip())
        self.assertEqual(self.anyone().get('/healthz').status, 200)

    def test_port_in_use(self):
        done = tongxin('serve', '--site', SITES.new(), '--listen', f'127.0.0.1:{self.server.port}', timeout=30)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn(str(self.server.port), done.stderr)

    def test_reading_commands_work_beside_the_server(self):
        for command in ('figures', 'targets', 'verify'):
            self.assertEqual(tongxin(command, '--site', self.site).returncode, 0, command)

    def test_void_goes_through_the_running_server(self):
        number = must('trace', '--site', self.site, 'reception_closed').split()[0]
        must('void', '--site', self.site, number, '--reason', names.VOID_REASON)
        self.assertNotIn(number, must('trace', '--site', self.site, 'reception_closed').split())
        values = self.figures(**names.SEED_RANGE)
        self.assertEqual(int(values['reception_closed']), names.SEED_FIGURES['reception_closed'] - 1)
        self.verify()

    def test_void_of_an_unknown_number(self):
        self.assertEqual(tongxin('void', '--site', self.site, 'QS-2099-99999', '--reason', 'x').returncode, 1)

    def test_rebuild_and_restore_are_refused_while_served(self):
        self.assertEqual(tongxin('rebuild', '--site', self.site).returncode, 3)
        self.assertEqual(self.anyone().get('/healthz').status, 200)

    def test_server_ends_when_asked_and_leaves_a_clean_site(self):
        site = SITES.new()
        server = Server(site).start()
        self.assertEqual(server.stop(), 0)
        self.assertEqual(tongxin('verify', '--site', site).returncode, 0)


class Accounts(SiteCase):
    """Accounts on the command line, beside the running server and so through it."""

    def user(self, code, *arguments):
        done = tongxin('user', *arguments, '--site', self.site)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def account(self, login):
        lines = [line for line in self.user(0, 'list').splitlines() if line.startswith(f'{login}\t')]
        return lines[0].split('\t') if lines else None

    def test_an_account_gets_all_its_roles_or_is_not_made(self):
        for wrong in ('leader@XX', 'leadr@TL', 'leader'):
            with self.subTest(wrong=wrong):
                said = self.user(2 if '@' not in wrong else 1, 'add', 'boss', '--grant', 'leader@TL', '--grant', wrong)
                self.assertIn(f'"{wrong}"', said)
                self.assertIsNone(self.account('boss'))
        self.user(0, 'add', 'boss', '--grant', 'leader@TL')
        self.assertEqual(self.account('boss')[3], 'leader@TL')
        self.assertIn('"leader@XX"', self.user(1, 'grant', 'boss', 'press@TL', 'leader@XX'))
        self.assertEqual(self.account('boss')[3], 'leader@TL')

    def test_only_what_is_held_is_taken_away(self):
        self.user(0, 'add', 'desk', '--grant', 'leader@TL')
        self.assertIn('"press@TL"', self.user(1, 'grant', 'desk', 'leader@TL', 'press@TL', '--remove'))
        self.assertEqual(self.account('desk')[3], 'leader@TL')
        self.user(0, 'grant', 'desk', 'leader@TL', '--remove')
        self.assertEqual(self.account('desk')[3], '')

    def test_locking_twice_says_so(self):
        self.user(0, 'add', 'away')
        self.assertIn('not locked', self.user(1, 'lock', 'away', '--unlock'))
        self.user(0, 'lock', 'away')
        self.assertIn('locked already', self.user(1, 'lock', 'away'))
        self.user(0, 'lock', 'away', '--unlock')


class Databases(SiteCase):
    def test_newer_database_is_refused_unchanged(self):
        site = SITES.new()
        for file in databases(site):
            with sqlite3.connect(file) as connection:
                connection.execute("INSERT INTO schema_version (version, name) VALUES (99999, 'later')")
            connection.close()
        before = {file: file.read_bytes() for file in databases(site)}
        for command in ('serve', 'figures', 'verify'):
            done = tongxin(command, '--site', site, timeout=30)
            self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
            self.assertRegex(done.stderr, r'newer|更新|较新|新版')
        self.assertEqual(before, {file: file.read_bytes() for file in databases(site)})

    def test_file_that_is_no_database(self):
        site = SITES.new()
        for file in databases(site):
            file.write_bytes(b'this is no database' * 100)
        self.assertEqual(tongxin('figures', '--site', site).returncode, 3)

    def test_verify_names_every_kind_of_damage(self):
        tables = self.tables()
        self.assertGreater(len(tables), 5, 'the tables of the site were not found')
        for table in ('record', 'record_scope', 'cell', 'contribution', 'entry', 'tile', 'tree_head', 'role_grant'):
            if table not in tables:
                continue
            with self.subTest(table=table, damage='row removed'):
                self.damage(lambda key, row: f'DELETE FROM {table} WHERE {self.where(key, row)}', table)
            with self.subTest(table=table, damage='value changed'):
                self.damage(None, table)

    def test_verify_names_rows_that_cannot_be_read(self):
        """Also those without which nothing else of the site can be read; rebuild mends them."""
        for kind, data in (('account', '{'), ('org', 'null'), ('site', '{}'), (names.REQUEST, '{')):
            with self.subTest(kind=kind):
                site = SITES.new()
                with sqlite3.connect(site / 'site.db') as db:
                    record, = db.execute('SELECT max(id) FROM record WHERE kind = ?', (kind,)).fetchone()
                    db.execute('UPDATE record SET data = ? WHERE id = ?', (data, record))
                db.close()
                done = tongxin('verify', '--site', site)
                self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
                self.assertIn(f'record {record}: ', done.stdout)
                self.assertIn('rebuild', done.stdout + done.stderr)
                self.assertEqual(tongxin('rebuild', '--site', site).returncode, 0)
                self.assertEqual(tongxin('verify', '--site', site).returncode, 0)

    def test_verify_reads_the_file_itself(self):
        """An index that does not hold what its table does is nothing the journal can tell."""
        site = SITES.new()
        for file in databases(site):
            connection = sqlite3.connect(file, isolation_level=None)
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'record_number'").fetchone():
                connection.execute('PRAGMA writable_schema = ON')
                connection.execute("UPDATE sqlite_master SET sql = replace(sql, '(kind, status)', '(kind, result)')"
                                   " WHERE name = 'record_status'")
            connection.close()
        done = tongxin('verify', '--site', site)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        self.assertIn('record_status', done.stdout + done.stderr)

    def tables(self):
        names_found = set()
        for file in databases(self.site):
            connection = sqlite3.connect(f'file:{file}?mode=ro', uri=True)
            names_found |= {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            connection.close()
        return names_found

    def damage(self, statement, table):
        """Damages the last row of a copy by one statement (or one changed value) and expects verify to say so."""
        site = SITES.new()
        for file in databases(site):
            connection = sqlite3.connect(file, isolation_level=None)
            try:
                for (trigger,) in connection.execute(
                        "SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                    connection.execute(f'DROP TRIGGER "{trigger}"')
                if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ? AND type = 'table'", (table,)).fetchone():
                    key, row = self.last_row(connection, table)
                    if row is None:
                        return  # the demo site has nothing in it
                    connection.execute(statement(key, row) if statement
                                       else self.change_one_value(connection, table, key, row))
            finally:
                connection.close()
        done = tongxin('verify', '--site', site)
        shutil.rmtree(site)
        self.assertEqual(done.returncode, 1, f'{table}: {done.stdout}{done.stderr}')
        self.assertTrue((done.stdout + done.stderr).strip())

    @staticmethod
    def last_row(connection, table):
        """Names and values of the last row's primary key: many tables have no rowid."""
        key = [c[1] for c in sorted(connection.execute(f'PRAGMA table_info({table})'), key=lambda c: c[5]) if c[5]]
        order = ', '.join(f'{name} DESC' for name in key)
        return key, connection.execute(f'SELECT {", ".join(key)} FROM {table} ORDER BY {order} LIMIT 1').fetchone()

    @staticmethod
    def literal(value):
        if isinstance(value, bytes):
            return f"x'{value.hex()}'"
        return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"

    def where(self, key, row):
        return ' AND '.join(f'{name} = {self.literal(value)}' for name, value in zip(key, row))

    def change_one_value(self, connection, table, key, row):
        """Sets one column, not of the key where there is another, to something else of its type."""
        columns = [c[1] for c in connection.execute(f'PRAGMA table_info({table})')]
        plain = [name for name in columns if name not in key] or columns
        old = connection.execute(f'SELECT {plain[-1]} FROM {table} WHERE {self.where(key, row)}').fetchone()[0]
        new = bytes(len(old)) if isinstance(old, bytes) else 987654 if isinstance(old, int) else '{}'
        return f'UPDATE {table} SET {plain[-1]} = {self.literal(new)} WHERE {self.where(key, row)}'


class Keys(SiteCase):
    """A site is opened with its own key file, which nobody else may read."""

    def refused(self, site, command='serve'):
        more = ['--listen', '127.0.0.1:0'] if command == 'serve' else []
        done = tongxin(command, '--site', site, *more, timeout=30)
        self.assertEqual(done.returncode, 3, f'{command}: {done.stdout}{done.stderr}')
        self.assertIn(str(site / 'keys'), done.stderr)
        self.assertNotIn('listening', done.stdout)
        return done.stderr

    def test_other_keys_are_refused(self):
        site = SITES.new()
        file, right = site / 'keys', (site / 'keys').read_bytes()
        wrong = [os.urandom(len(right)), b'', right[:-1], right + b'\0', bytes(len(right))]
        wrong += [right[:at] + bytes([right[at] ^ 1]) + right[at + 1:] for at in range(0, len(right), 31)]
        for content in wrong:
            with self.subTest(content=content.hex()[:40]):
                file.write_bytes(content)
                self.assertIn('not that of this site', self.refused(site))
        for command in ('verify', 'figures', 'rebuild'):
            self.refused(site, command)
        file.write_bytes(right)
        self.assertEqual(tongxin('verify', '--site', site).returncode, 0)

    def test_a_key_file_open_to_others_is_refused(self):
        site = SITES.new()
        for mode in (0o640, 0o620, 0o604, 0o602, 0o644, 0o666):
            with self.subTest(mode=oct(mode)):
                (site / 'keys').chmod(mode)
                self.assertIn('chmod 600', self.refused(site))
        (site / 'keys').chmod(0o600)
        self.assertEqual(tongxin('verify', '--site', site).returncode, 0)


class Control(SiteCase):
    """Who may speak over site/control.sock acts as the owner of the folder."""
    ASK = b'POST /control/change HTTP/1.1\r\nHost: control\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}'

    def ask(self):
        with socket.socket(socket.AF_UNIX) as wire:
            wire.connect(str(self.site / 'control.sock'))
            wire.sendall(self.ASK)
            return int(wire.recv(4096).split()[1])

    def ask_as(self, user):
        """What another user gets: a status, or why there was no connection."""
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
                os.write(write, str(self.ask()).encode())
            except OSError as problem:
                os.write(write, type(problem).__name__.encode())
            finally:
                os._exit(0)
        os.close(write)
        os.waitpid(child, 0)
        with os.fdopen(read) as answer:
            return answer.read()

    def test_only_the_owner_can_open_it(self):
        self.assertEqual(stat.S_IMODE((self.site / 'control.sock').stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(self.site.stat().st_mode), 0o700)
        self.assertNotEqual(self.ask(), 403)

    def test_another_user_is_refused_also_where_the_modes_are_loosened(self):
        if os.geteuid() != 0:
            self.skipTest('only root can be somebody else; the modes are looked at above')
        self.assertEqual(self.ask_as(65534), 'PermissionError')
        loosened = {SITES.folder: 0o711, self.site: 0o711, self.site / 'control.sock': 0o666}
        before = {path: stat.S_IMODE(path.stat().st_mode) for path in loosened}
        try:
            for path, mode in loosened.items():
                path.chmod(mode)
            self.assertEqual(self.ask_as(65534), '403')
            self.assertNotEqual(self.ask(), 403)
        finally:
            for path, mode in before.items():
                path.chmod(mode)


class NewSites(SiteCase):
    """`init`, `demo` and `restore` make a whole site or none."""

    def refused(self, code, site, *arguments):
        done = tongxin(*arguments, '--site', site)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.assertNotIn('.new-', done.stderr)
        return done.stderr

    def city(self):
        folder = SITES.folder / f'profiles-{SITES.count}'
        SITES.count += 1
        shutil.copytree(ROOT / 'profiles', folder)
        return folder / 'tongling'

    def test_a_founding_that_fails_leaves_nothing(self):
        city, site = self.city(), SITES.folder / 'not-founded'
        calendar = city / 'calendar'
        calendar.mkdir()
        (calendar / '2023.tsv').write_text('no calendar\n', encoding='utf-8')
        for command in (['init'], ['demo', '--no-serve']):
            with self.subTest(command=command):
                self.refused(1, site, *command, '--profile', city)
                self.assertFalse(site.exists())
        site.mkdir()
        (site / 'mine').write_text('kept')
        self.refused(1, site, 'init', '--profile', city)
        self.assertEqual([file.name for file in site.iterdir()], ['mine'])
        shutil.rmtree(calendar)
        must('init', '--site', site, '--profile', city)
        self.assertEqual({file.name for file in site.iterdir()}, {'attachments', 'keys', 'lock', 'mine', 'site.db'})
        must('verify', '--site', site)

    def test_mistakes_in_the_lists_are_named_before_anything_is_made(self):
        city, site = self.city(), SITES.folder / 'not-made'
        with open(city / 'organisations.tsv', 'a', encoding='utf-8') as file:
            file.write('TL-X\t某局\tSome Bureau\tTL-BGD\tdepartment\t\t0\t2016-01-01\n')
        said = tongxin('check', city).stderr
        self.assertRegex(said, r'tongling/organisations\.tsv:\d+:21: ')
        self.assertIn('TL-BGS', said)
        for command in (['init'], ['demo', '--no-serve']):
            self.assertEqual(self.refused(1, site, *command, '--profile', city), said)
        self.assertFalse(site.exists())

    def test_a_restore_that_fails_leaves_nothing(self):
        folder, site = SITES.folder, SITES.folder / 'restored'
        backup, keys, other = folder / 'whole.tar', self.site / 'keys', folder / 'other-keys'
        must('backup', '--site', self.site, '-o', backup)
        other.write_bytes(os.urandom(keys.stat().st_size))
        other.chmod(0o600)
        short, junk = folder / 'short.tar', folder / 'junk.tar'
        short.write_bytes(backup.read_bytes()[:100000])
        junk.write_bytes(b'this is no archive' * 100)
        for code, archive, key, said in ((3, backup, folder / 'nothing', 'nothing'), (3, backup, other, 'other-keys'),
                                         (1, short, keys, 'short.tar'), (1, junk, keys, 'junk.tar')):
            with self.subTest(archive=archive.name, keys=key.name):
                self.assertIn(said, self.refused(code, site, 'restore', archive, '--keys', key))
                self.assertFalse(site.exists())
        must('restore', backup, '--site', site, '--keys', keys)
        must('verify', '--site', site)
        before = {file: file.read_bytes() for file in site.rglob('*') if file.is_file()}
        self.refused(1, site, 'restore', backup, '--keys', keys)
        self.assertEqual(before, {file: file.read_bytes() for file in site.rglob('*') if file.is_file()})


def profiles_copy():
    """The shipped profiles in a folder of their own."""
    SITES.count += 1
    folder = SITES.folder / f'profiles-{SITES.count}'
    shutil.copytree(ROOT / 'profiles', folder)
    return folder


class Profiles(SiteCase):
    def test_shipped_profiles_are_right(self):
        done = tongxin('check', ROOT / 'profiles' / 'tongling')
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_every_mistake_is_named_with_its_place(self):
        folder = profiles_copy()
        (folder / 'tongling' / 'mistakes.yaml').write_text(
            'kind: broken_kind\nlabel: {zh: 坏, en: Broken}\nnumber: BK-{year}-{seq:5}\nflow: no_such_flow\n'
            'fields:\n  - {name: title, type: txet, label: {zh: 题, en: Title}}\n'
            '  - {name: nationality, type: text, label: {zh: 民族, en: Ethnicity}}\n', encoding='utf-8')
        done = tongxin('check', folder / 'tongling')
        text = done.stdout + done.stderr
        self.assertEqual(done.returncode, 1, text)
        self.assertGreaterEqual(len(re.findall(r'mistakes\.yaml:\d+:\d+:', text)), 3, text)
        for word in ('no_such_flow', 'txet', '^'):
            self.assertIn(word, text)

    def test_activation_of_a_broken_profile_leaves_the_site_as_it_was(self):
        folder = profiles_copy()
        (folder / 'tongling' / 'mistakes.yaml').write_text('kind: [\n', encoding='utf-8')
        self.assertEqual(tongxin('profile', 'activate', folder / 'tongling', '--site', self.site).returncode, 1)
        self.verify()
        self.assertEqual(self.person('intake').get(f'{names.API}/kinds').status, 200)

    def other_city(self, change_root):
        """Tongling under another name, with its tree's top under another code or not."""
        folder = profiles_copy()
        city = folder / 'tongling'
        profile, tree = city / 'profile.yaml', city / 'organisations.tsv'
        if change_root:
            tree.write_text(re.sub(r'(?m)^TL\t', 'WH\t', tree.read_text(encoding='utf-8')), encoding='utf-8')
            profile.write_text(profile.read_text(encoding='utf-8') + '# another version\n', encoding='utf-8')
            return city
        text = profile.read_text(encoding='utf-8').replace('profile: tongling', 'profile: wuhu')
        profile.write_text(re.sub('(?m)^label:.*', 'label: {zh: 芜湖市, en: Wuhu}', text), encoding='utf-8')
        return city.rename(folder / 'wuhu')

    def test_a_site_becomes_another_city_only_when_told(self):
        site = SITES.new()
        before = must('profile', 'show', '--site', site).splitlines()[0]
        for change_root, lines in ((False, ['name of the profile: "tongling" on the site, "wuhu"',
                                            'city: "Tongling" on the site, "Wuhu"']),
                                   (True, ['code of the organisation at the top: "TL" on the site, "WH"'])):
            city = self.other_city(change_root)
            with self.subTest(city=city.name):
                done = tongxin('profile', 'activate', city, '--site', site, env={'TONGXIN_LANG': 'en'})
                self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
                self.assertIn('--other-city', done.stderr)
                said = done.stderr.split('tongxin: ')[0].splitlines()
                self.assertEqual(len(said), len(lines), done.stderr)
                for line, start in zip(said, lines):
                    self.assertTrue(line.startswith(start), line)
                self.assertEqual(must('profile', 'show', '--site', site).splitlines()[0], before)
        must('profile', 'activate', city, '--other-city', '--site', site)
        self.assertNotEqual(must('profile', 'show', '--site', site).splitlines()[0], before)
        must('verify', '--site', site)

    def test_another_version_of_the_same_city_is_not_asked_about(self):
        site, folder = SITES.new(), profiles_copy()
        with open(folder / 'tongling' / 'profile.yaml', 'a', encoding='utf-8') as file:
            file.write('# another version\n')
        must('profile', 'activate', folder / 'tongling', '--site', site)

    def test_an_occupied_state_cannot_be_dropped(self):
        folder = profiles_copy()
        flows = [f for f in folder.rglob('*.yaml') if 'name: closed' in f.read_text(encoding='utf-8')]
        self.assertTrue(flows, 'no flow of the profile has a state called closed')
        for file in flows:
            text = file.read_text(encoding='utf-8')
            file.write_text(re.sub(r'\bclosed\b', 'finished', text), encoding='utf-8')
        done = tongxin('profile', 'activate', folder / 'tongling', '--site', self.site)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.verify()


class Demos(unittest.TestCase):
    """`demo` for a city that has no year of its own."""

    @classmethod
    def setUpClass(cls):
        cls.folder = profiles_copy()
        shutil.rmtree(cls.folder / 'tongling' / 'demo')

    def demo(self, site, *options, profile='tongling', **more):
        return tongxin('demo', '--profile', self.folder / profile, '--site', site, *options, **more)

    def test_without_a_year_the_accounts_can_sign_in_and_work(self):
        site = self.folder / 'empty'
        done = self.demo(site, '--no-serve')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, r'"tongling" has no folder demo')
        self.assertEqual(tongxin('verify', '--site', site).returncode, 0)
        with Server(site) as server:
            intake = Client(server.port, 'en').sign_in('intake')
            self.assertEqual(intake.get(f'{names.API}/records/{names.KIND}').json['records'], [])
            self.assertEqual(intake.get('/desk').status, 200)
        self.assertIn('reception_closed\t', must('figures', '--site', site, '--format', 'tsv'))

    def test_records_cannot_be_asked_for(self):
        done = self.demo(self.folder / 'none', '--no-serve', '--records', '100')
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn('--records', done.stderr)
        self.assertFalse((self.folder / 'none').exists())

    def test_the_accounts_named_are_those_of_the_site(self):
        """Also none at all: what is said is not Tongling's list."""
        bare = self.folder / 'bare'
        shutil.copytree(self.folder / 'tongling', bare)
        profile = bare / 'profile.yaml'
        text = profile.read_text(encoding='utf-8')
        profile.write_text(re.sub('(?m)^accounts:.*\n', '', text).replace('profile: tongling', 'profile: bare'),
                           encoding='utf-8')
        for name, said in (('tongling', 'Accounts: intake reviewer '), ('bare', 'No account can sign in')):
            with self.subTest(profile=name):
                site = self.folder / f'said-{name}'
                self.assertEqual(self.demo(site, '--no-serve', profile=name).returncode, 0)
                with socket.socket() as taken:  # it has said all when it finds the port in use
                    taken.bind(('127.0.0.1', 0))
                    taken.listen()
                    done = self.demo(site, '--listen', f'127.0.0.1:{taken.getsockname()[1]}', profile=name)
                self.assertEqual(done.returncode, 3, done.stderr)
                self.assertIn(said, done.stdout)


class Program(SiteCase):
    def test_it_does_not_need_this_checkout(self):
        """The program carries its pages, texts and schema; only profiles are read from a folder."""
        site = SITES.new()
        done = subprocess.run([str(BINARY), 'figures', '--site', str(site)], cwd='/', capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
