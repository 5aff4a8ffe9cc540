#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Speed beside its physical limit, both from this run, as a ratio.

    bench/bench.py [--quick] [--binary FILE] [list|creates|figure|start …]

    list     20 of 100,000 records, filtered, permission-checked, HTML; against nginx with the same bytes
    creates  durable submissions by 16 clients through HTTP; against raw SQLite commits of one row
    figure   one city figure at 1,000 and at 100,000 records
    start    idle memory, and the time from starting the program to its first answer

Client and server share the machine. Limits are measured before and after each measurement; where the
two differ by more than a fifth, the line is marked "unquiet" and should be measured again.
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
from client import Client  # noqa: E402

LIST = '/records/dispute'
FIGURE = f'{names.API}/figures/mediation_success'
RECORDS = {'small': 1000, 'large': 100000}


class Bench:
    def __init__(self, options):
        self.seconds = 1 if options.quick else 5
        self.rounds = 2 if options.quick else 3
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='tongxin-bench-'))
        self.folder.chmod(0o755)
        self.rows, self.made, self.running = [], {}, []
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

    def row(self, what, limit, value, unit, ratio, aim, met, note=''):
        self.rows.append({'what': what, 'limit': limit, 'value': value, 'unit': unit, 'ratio': ratio, 'aim': aim,
                          'met': met, 'note': note})

    def pair(self, measure_limit, measure):
        """Medians of interleaved rounds: limit, value, limit, value, …, limit."""
        limits, values = [measure_limit()], []
        for _ in range(self.rounds):
            values.append(measure())
            limits.append(measure_limit())
        unquiet = (max(limits) - min(limits)) / max(limits) > 0.2
        return statistics.median(limits), statistics.median(values), 'unquiet' if unquiet else ''

    # ---- what is measured ----

    def nginx(self, body):
        """Serves exactly these bytes; returns the port."""
        home = self.folder / 'nginx'
        (home / 'html').mkdir(parents=True)
        (home / 'html' / 'list.html').write_bytes(body)
        port = free_port()
        (home / 'nginx.conf').write_text(
            f'daemon off; worker_processes 1; pid {home}/pid; error_log {home}/error.log crit;\n'
            'events { worker_connections 512; }\n'
            f'http {{ access_log off; sendfile on; open_file_cache max=8; keepalive_requests 100000000;\n'
            f'  types {{ text/html html; }}\n  client_body_temp_path {home}/b; proxy_temp_path {home}/p;\n'
            f'  fastcgi_temp_path {home}/f; uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;\n'
            f'  server {{ listen 127.0.0.1:{port}; root {home}/html; }} }}\n')
        self.running.append(subprocess.Popen([shutil.which('nginx') or '/usr/sbin/nginx', '-p', home, '-c', home / 'nginx.conf'],
                                             stderr=subprocess.DEVNULL, preexec_fn=sites.die_with_parent))
        wait_for(port, '/list.html')
        return port

    def bench_list(self):
        with sites.Server(self.site('large')) as server:
            who = Client(server.port, 'zh')
            who.submit('/sign-in', {'login': 'leader', 'password': 'tongxin-demo'}, action='sign-in')
            first = names.records_of(Client(server.port).sign_in('leader').get(f'{names.API}{LIST}', limit=1).json)[0]
            path = f'{LIST}?status={first["status"]}'
            answer = who.get(path)
            assert answer.status == 200 and answer.text.count('<tr') >= 20, f'{path} is no list of 20: {answer!r}'
            cookie = '; '.join(f'{name}={value}' for name, value in who.cookies.items())
            ours = f'GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Language: zh\r\nCookie: {cookie}\r\n\r\n'.encode()
            port = self.nginx(answer.body)
            theirs = b'GET /list.html HTTP/1.1\r\nHost: x\r\n\r\n'
            limit, value, note = self.pair(lambda: self.load(port, theirs)[0], lambda: self.load(server.port, ours)[0])
            ratio = value / limit
            self.row('list page, 20 of 100,000', f'{limit:,.0f} nginx', f'{value:,.0f}', 'pages/s', ratio, '≥ 0.12',
                     ratio >= 0.12, f'{len(answer.body):,} bytes {note}')

    def bench_creates(self):
        with sites.Server(self.site('small')) as server:
            kind = Client(server.port).sign_in('intake').get(f'{names.API}/kinds/{names.KIND}').json
            body = json.dumps(names.create_body(names.fill(names.fields_of(kind))), ensure_ascii=False).encode()
            request = (f'POST {names.API}/public/records/{names.KIND} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
                       f'Idempotency-Key: bench-@@@@@@@@@@@@@@@@\r\nContent-Length: {len(body)}\r\n\r\n').encode() + body
            tails, refused = [], []

            def ours():
                rate, _, p99, good, bad = self.load(server.port, request)
                tails.append(p99)
                refused.append(bad)
                return rate * good / (good + bad)

            limit, value, note = self.pair(self.raw_commits, ours)
            ratio = value / limit
            self.row('durable creates, 16 clients', f'{limit:,.0f} SQLite', f'{value:,.0f}', 'creates/s', ratio,
                     '≥ 0.5', ratio >= 0.5 and not any(refused),
                     f'p99 {statistics.median(tails) / 1000:.1f} ms, {sum(refused):.0f} refused {note}')
            late = self.searchable(server, kind)
            self.row('new text found by search', '', f'{late:.1f}', 's', None, '≤ 2 s', late <= 2)

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
                token = Client(server.port).sign_in('leader').token
                request = (f'GET {FIGURE}?from=2023-01-01&to=2023-12-31 HTTP/1.1\r\nHost: x\r\n'
                           f'Authorization: Bearer {token}\r\n\r\n').encode()
                runs = [self.load(server.port, request, 1) for _ in range(self.rounds)]
                assert all(run[4] == 0 for run in runs), f'{FIGURE} is refused'
                medians[size] = statistics.median(run[1] for run in runs)
        ratio = medians['large'] / max(medians['small'], 1)
        self.row('one city figure, 100,000 records', f'{medians["small"]:,.0f} at 1,000', f'{medians["large"]:,.0f}',
                 'us p50', ratio, 'flat', ratio <= 1.5)

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
        self.row('start to first answer', '', f'{statistics.median(times):.0f}', 'ms', None, '≤ 100 ms',
                 statistics.median(times) <= 100)
        self.row('idle memory (RSS)', '', f'{statistics.median(memory):.1f}', 'MB', None, '≤ 20 MB',
                 statistics.median(memory) <= 20)


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
    heads = ['what', 'limit in this run', 'tongxin', 'unit', 'ratio', 'aim', '', 'note']
    lines = [heads] + [[r['what'], r['limit'], r['value'], r['unit'], f'{r["ratio"]:.2f}' if r['ratio'] else '',
                        r['aim'], 'met' if r['met'] else 'MISSED', r['note']] for r in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(heads))]
    return '\n'.join('  '.join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--quick', action='store_true', help='short rounds: a look, not a measurement')
    parser.add_argument('--binary', help='another program than build/src/cli/tongxin')
    parser.add_argument('what', nargs='*', choices=['list', 'creates', 'figure', 'start', []],
                        help='default: all')
    options = parser.parse_args()
    if options.binary:
        sites.BINARY = pathlib.Path(options.binary).resolve()
    bench = Bench(options)
    try:
        for what in options.what or ['start', 'list', 'figure', 'creates']:
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
