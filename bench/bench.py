#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Speed beside its physical limit, both from this run, as a ratio.

    bench/bench.py [--quick] [--binary FILE] [--site DIR] [start|pages|figure|creates …]

    start    idle memory, and the time from starting the program to its first answer
    pages    a list page signed in (20 of 100,000 records, filtered, permission-checked, HTML), the same with
             a filter that little matches, a record's page, a public page; against nginx with the same bytes
    figure   one city figure that among 1,000 records and among 100,000
    creates  durable submissions by 16 clients through HTTP; against raw SQLite commits of one row;
             then how long until a new text is found by search

Client and server share the machine. A limit is measured before and after each measurement; the ratio is the
median of the rounds' own ratios, with (least..most). Where the limits themselves differ by more than a fifth
the line is marked "unquiet". Method and figures: doc/performance.md.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / 'test' / 'support'), str(ROOT / 'test' / 'http')]
import names  # noqa: E402
import sites  # noqa: E402
from client import PASSWORD, Client  # noqa: E402

LIST = f'/records/{names.KIND}'
FIGURE = f'{names.API}/figures/mediation_success?from=2023-01-01&to=2023-12-31'
RECORDS = {'small': 1000, 'large': 100000}
PARTS = ['start', 'pages', 'figure', 'creates']


class Bench:
    def __init__(self, options):
        self.seconds = 1 if options.quick else 3
        self.rounds = 2 if options.quick else 3
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='tongxin-bench-'))
        self.folder.chmod(0o755)
        self.rows, self.running = [], []
        self.made = {'large': pathlib.Path(options.site)} if options.site else {}
        for name, libraries in (('load', []), ('raw_commit', ['-lsqlite3'])):
            subprocess.run(['gcc', '-O2', '-D_GNU_SOURCE', '-o', self.folder / name, ROOT / f'bench/{name}.c',
                            *libraries], check=True)

    def close(self):
        for process in self.running:
            process.terminate()
            process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def site(self, size):
        """A demo site of that many records, made once."""
        if size not in self.made:
            self.say(f'making a site of {RECORDS[size]:,} records')
            self.made[size] = self.folder / size
            sites.must('demo', '--profile', sites.PROFILE, '--site', self.made[size], '--records', RECORDS[size],
                       '--no-serve', timeout=900)
        return self.made[size]

    @staticmethod
    def say(text):
        print(f'# {text}', file=sys.stderr, flush=True)

    def load(self, port, request, connections=16):
        """(answers a second, p50 us, p99 us, good, refused)"""
        file = self.folder / 'request'
        file.write_bytes(request)
        done = subprocess.run([self.folder / 'load', str(port), str(connections), str(self.seconds), file],
                              capture_output=True, text=True, check=True)
        return [float(cell) for cell in done.stdout.split()]

    def row(self, what, limit, value, unit, aim, met, note='', ratio=''):
        """`met` is None where there is no aim: the line is for information."""
        self.rows.append({'what': what, 'limit': limit, 'value': value, 'unit': unit, 'ratio': ratio, 'aim': aim,
                          'met': met, 'note': note})
        self.say(f'{what}: {value} {unit} {ratio}')

    def pair(self, what, measure_limit, measure, unit, limit_name, aim=None, note=lambda: ''):
        """Interleaved rounds: limit, value, limit, value, …, limit; a line of the table."""
        limits, values = [measure_limit()], []
        for _ in range(self.rounds):
            values.append(measure())
            limits.append(measure_limit())
        ratios = sorted(value / ((before + after) / 2) for value, before, after in zip(values, limits, limits[1:]))
        ratio = statistics.median(ratios)
        unquiet = (max(limits) - min(limits)) / max(limits) > 0.2
        self.row(what, f'{statistics.median(limits):,.0f} {limit_name}', f'{statistics.median(values):,.0f}', unit,
                 f'≥ {aim}' if aim else '', ratio >= aim if aim else None,
                 note() + (' unquiet' if unquiet else ''), f'{ratio:.3f} ({ratios[0]:.3f}..{ratios[-1]:.3f})')

    # ---- what is measured ----

    def nginx(self, bodies):
        """Serves exactly these bytes as /0.html, /1.html, …; returns the port."""
        home = self.folder / 'nginx'
        (home / 'html').mkdir(parents=True)
        for index, body in enumerate(bodies):
            (home / 'html' / f'{index}.html').write_bytes(body)
        port = free_port()
        (home / 'nginx.conf').write_text(
            f'daemon off; worker_processes 1; pid {home}/pid; error_log {home}/error.log crit;\n'
            'events { worker_connections 512; }\n'
            f'http {{ access_log off; sendfile on; open_file_cache max=8; keepalive_requests 100000000;\n'
            f'  types {{ text/html html; }}\n  client_body_temp_path {home}/b; proxy_temp_path {home}/p;\n'
            f'  fastcgi_temp_path {home}/f; uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;\n'
            f'  server {{ listen 127.0.0.1:{port}; root {home}/html; }} }}\n')
        program = shutil.which('nginx') or '/usr/sbin/nginx'
        self.running.append(subprocess.Popen([program, '-p', home, '-c', home / 'nginx.conf'],
                                             stderr=subprocess.DEVNULL, preexec_fn=sites.die_with_parent))
        wait_for(port, '/0.html')
        return port

    def bench_pages(self):
        with sites.Server(self.site('large')) as server:
            staff, public = Client(server.port, 'zh'), Client(server.port, 'zh')
            staff.submit('/sign-in', {'login': 'intake', 'password': PASSWORD}, action='sign-in')
            common, rare, number = self.look(Client(server.port).sign_in('intake'))
            pages = [('list, 20 of 100,000', staff, f'{LIST}?status={common}&limit=20', 0.12),
                     ('list, little matches', staff, f'{LIST}?status={rare}&limit=20', None),
                     ('record page', staff, f'{LIST}/{number}', None),
                     ('public page, signed out', public, '/answers', None)]
            answers = [who.get(path) for _, who, path, _ in pages]
            for (what, _, path, _), answer in zip(pages, answers):
                assert answer.status == 200, f'{path}: {answer!r}'
            assert answers[0].text.count('<tr') >= 20, 'no list of 20'
            port = self.nginx([answer.body for answer in answers])
            for index, (what, who, path, aim) in enumerate(pages):
                ours = get_request(path, who.cookies)
                theirs = get_request(f'/{index}.html', {})
                self.pair(what, lambda: self.load(port, theirs)[0], lambda: self.load(server.port, ours)[0], 'pages/s',
                          'nginx', aim, lambda: f'{len(answers[index].body):,} bytes')

    @staticmethod
    def look(who):
        """The status most records have, one that few have, and the number of a record."""
        kind = who.get(f'{names.API}/kinds/{names.KIND}').json
        found = {}
        for state in kind['states']:
            listing = names.records_of(who.get(f'{names.API}{LIST}', status=state['name'], limit=200).json)
            if len(listing) >= 20:
                # The further back 200 of them reach, the rarer they are.
                found[state['name']] = (len(listing) == 200, listing[-1]['created_at'], listing[0]['number'])
        common = max(found, key=lambda name: found[name][:2])
        return common, min(found, key=lambda name: found[name][:2]), found[common][2]

    def bench_creates(self):
        with sites.Server(self.site('small')) as server:
            kind = Client(server.port).sign_in('intake').get(f'{names.API}/kinds/{names.KIND}').json
            body = json.dumps(names.create_body(names.fill(names.fields_of(kind))), ensure_ascii=False).encode()
            request = (f'POST {names.API}/public/records/{names.KIND} HTTP/1.1\r\nHost: x\r\n'
                       'Content-Type: application/json\r\nIdempotency-Key: bench-@@@@@@@@@@@@@@@@\r\n'
                       f'Content-Length: {len(body)}\r\n\r\n').encode() + body
            tails, refused = [], []

            def ours():
                rate, _, p99, good, bad = self.load(server.port, request)
                tails.append(p99)
                refused.append(bad)
                return rate * good / (good + bad)

            self.pair('durable creates, 16 clients', self.raw_commits, ours, 'creates/s', 'SQLite', 0.5,
                      lambda: f'p99 {statistics.median(tails) / 1000:.1f} ms, {sum(refused):.0f} refused')
            self.rows[-1]['met'] = self.rows[-1]['met'] and not any(refused)
            late = self.searchable(server, kind)
            self.row('new text found by search', '', f'{late:.1f}', 's', '≤ 2', late <= 2, 'straight after the creates')

    def raw_commits(self):
        # On the same disk as the sites, one file a run.
        done = subprocess.run([self.folder / 'raw_commit', self.folder / f'raw-{uuid.uuid4()}.db', str(self.seconds)],
                              capture_output=True, text=True, check=True)
        return float(done.stdout.split()[0])

    @staticmethod
    def searchable(server, kind):
        """Seconds from the answer to a submission until a search finds its words."""
        who = Client(server.port).sign_in('intake')
        form = names.fill(names.fields_of(kind), {'title': '鹊江渡口夜航灯带修缮'})
        number = who.post(f'{names.API}/public/records/{names.KIND}', names.create_body(form)).json['number']
        began = time.monotonic()
        while time.monotonic() - began < 30:
            if number in who.get(f'{names.API}/records/{names.KIND}', q='夜航灯带').text:
                break
            time.sleep(0.02)
        return time.monotonic() - began

    def bench_figure(self):
        medians = {}
        for size in RECORDS:
            with sites.Server(self.site(size)) as server:
                who = Client(server.port).sign_in('leader')
                request = (f'GET {FIGURE} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {who.token}\r\n\r\n').encode()
                runs = [self.load(server.port, request, 1) for _ in range(self.rounds)]
                assert all(run[4] == 0 for run in runs), f'{FIGURE} is refused'
                medians[size] = statistics.median(run[1] for run in runs)
        ratio = medians['large'] / max(medians['small'], 1)
        self.row('one city figure, 100,000 records', f'{medians["small"]:,.0f} at {RECORDS["small"]:,}', f'{medians["large"]:,.0f}',
                 'us p50', 'flat', ratio <= 1.5, 'with its course, split and records', f'{ratio:.2f}')

    def bench_start(self):
        times, memory = [], []
        for _ in range(self.rounds + 2):
            server = sites.Server(self.site('large'))
            began = time.monotonic()
            with server:
                wait_for(server.port, '/healthz')
                times.append((time.monotonic() - began) * 1000)
                for path in names.PUBLIC_PAGES:
                    Client(server.port).get(path)
                time.sleep(1)
                memory.append(server.memory_kb() / 1024)
        self.row('start to first answer', '', f'{statistics.median(times):.0f}', 'ms', '≤ 100',
                 statistics.median(times) <= 100, f'({min(times):.0f}..{max(times):.0f}), 100,000 records')
        self.row('idle memory (RSS)', '', f'{statistics.median(memory):.1f}', 'MB', '≤ 20',
                 statistics.median(memory) <= 20, f'after {len(names.PUBLIC_PAGES)} pages, 100,000 records')


def get_request(path, cookies):
    cookie = '; '.join(f'{name}={value}' for name, value in cookies.items())
    return (f'GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Language: zh\r\n'
            + (f'Cookie: {cookie}\r\n' if cookie else '') + '\r\n').encode()


def free_port():
    import socket
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def wait_for(port, path, seconds=20):
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        try:
            if Client(port).get(path).status == 200:
                return
        except OSError:
            time.sleep(0.002)
    raise RuntimeError(f'nothing answers on {path}')


def table(rows):
    heads = ['what', 'limit in this run', 'tongxin', 'unit', 'ratio (least..most)', 'aim', '', 'note']
    words = {True: 'met', False: 'MISSED', None: ''}
    lines = [heads] + [[r['what'], r['limit'], r['value'], r['unit'], r['ratio'], r['aim'], words[r['met']],
                        r['note']] for r in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(heads))]
    return '\n'.join('  '.join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--quick', action='store_true', help='short rounds: a look, not a measurement')
    parser.add_argument('--binary', help='another program than build/src/cli/tongxin')
    parser.add_argument('--site', help='a demo site of 100,000 records made before, instead of making one')
    parser.add_argument('what', nargs='*', help='start, pages, figure, creates; default: all')
    options = parser.parse_args()
    unknown = set(options.what) - set(PARTS)
    if unknown:
        parser.error(f'unknown: {", ".join(sorted(unknown))}')
    os.environ.setdefault('TONGXIN_PROFILES', str(ROOT / 'profiles'))
    if options.binary:
        sites.BINARY = pathlib.Path(options.binary).resolve()
    bench = Bench(options)
    try:
        for what in options.what or PARTS:
            bench.say(what)
            getattr(bench, f'bench_{what}')()
    finally:
        bench.close()
    print(table(bench.rows))
    (ROOT / 'build').mkdir(exist_ok=True)
    (ROOT / 'build' / 'bench.json').write_text(json.dumps(bench.rows, ensure_ascii=False, indent=1))
    print(f'{os.cpu_count()} cores; also in build/bench.json')
    return 0


if __name__ == '__main__':
    sys.exit(main())
