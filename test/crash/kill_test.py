#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""kill -9 under 16 concurrent writers, judged by a ledger outside the process; then a full disk.

    test/crash/kill_test.py [--kills 50] [--seed N] [--writers 16]

After every kill: each acknowledged submission exists, no repeat was doubled (same key, same number),
no number was given twice, `tongxin verify` is clean. One TAP line per kill.
"""
import argparse
import os
import pathlib
import random
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / 'support'), str(HERE.parent / 'http')]
import names  # noqa: E402
from client import Client  # noqa: E402
from load import Ledger, Load, missing, settle  # noqa: E402
from sites import Server, Sites, tongxin  # noqa: E402


class Report:
    def __init__(self):
        self.number = self.failed = 0

    def line(self, problems, name):
        self.number += 1
        self.failed += bool(problems)
        print(f'{"not ok" if problems else "ok"} {self.number} - {name}')
        for problem in problems[:20]:
            print('#', problem)
        sys.stdout.flush()


def clean(site):
    done = tongxin('verify', '--site', site, timeout=600)
    return [] if done.returncode == 0 else [f'verify ended with {done.returncode}: {done.stdout}{done.stderr}'[-1500:]]


def form_for(port):
    description = Client(port).sign_in('intake').get(f'{names.API}/kinds/{names.KIND}').json
    return names.fill(names.fields_of(description))


def one_kill(server, ledger, form, writers, number):
    """Load, kill, restart, judge. Returns (problems, acknowledged since the last kill, in flight)."""
    before = set(ledger.numbers())
    load = Load(server, ledger, form, writers).start()
    time.sleep(random.uniform(0.15, 1.2))
    code = server.kill()
    load.stop()
    fresh = set(ledger.numbers()) - before
    problems = [] if code == -9 else [f'the server ended with {code}, not by the signal']
    problems += clean(server.site) if number % 2 else []  # half of the time before anyone repairs anything
    server.start()
    settle(server, ledger)
    problems += [f'{n} was acknowledged and is gone' for n in missing(server, sorted(fresh))]
    problems += clean(server.site)
    ledger.numbers()
    problems += ledger.wrong
    ledger.wrong = []
    return problems, len(fresh), load.in_flight


def kills(sites, report, count, writers):
    site = sites.new()
    ledger = Ledger(sites.folder / 'client-ledger.jsonl')
    server = Server(site).start()
    form = form_for(server.port)
    idle = interrupted = 0
    for number in range(count):
        problems, fresh, in_flight = one_kill(server, ledger, form, writers, number)
        idle += fresh == 0
        interrupted += in_flight > 0
        report.line(problems, f'kill {number + 1}: {fresh} acknowledged, {in_flight} in flight, '
                              f'back in {server.started_in * 1000:.0f} ms')
    numbers = ledger.numbers()
    report.line([f'{n} is gone' for n in missing(server, sorted(numbers))],
                f'all {len(numbers)} acknowledged submissions of {count} kills exist')
    empty = [] if idle <= count // 5 and interrupted >= count * 3 // 10 else [
        f'{idle} of {count} kills had nothing acknowledged, {interrupted} had requests in flight']
    report.line(empty, 'the kills hit a server at work')
    server.stop()
    report.line(clean(site), 'the site is clean after a normal stop')


def small_disk(folder, megabytes):
    """Mounts a small disk, or returns None where that is not permitted."""
    folder.mkdir()
    done = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={megabytes}m', 'tmpfs', folder],
                          capture_output=True, check=False)
    return folder if done.returncode == 0 else None


def fill_up(server, form, problems):
    """Submits until it is refused; returns the acknowledged numbers."""
    client, kept = Client(server.port), []
    form = {**form, 'body': '窗' * 1000}
    for _ in range(30000):
        try:
            answer = client.post(f'{names.API}/public/records/{names.KIND}', names.create_body(form))
        except OSError as problem:
            problems.append(f'the server hung up: {problem!r}')
            break
        if answer.status != 201:
            if answer.status not in (503, 507):
                problems.append(f'a full disk was answered with {answer!r}')
            break
        kept.append(answer.json['number'])
    else:
        problems.append('the disk never filled')
    return kept


def full_disk(sites, report):
    """A tmpfs that is too small, or where mounting is not permitted a limit on the size of files."""
    original = sites.new()
    size = sum(f.stat().st_size for f in original.rglob('*') if f.is_file())
    mounted = small_disk(sites.folder / 'disk', size // (1 << 20) + 6)
    site = (mounted or sites.folder) / 'full'
    subprocess.run(['cp', '-a', original, site], check=True)
    largest = max(f.stat().st_size for f in site.rglob('*') if f.is_file())
    server = Server(site, None if mounted else largest + (2 << 20), errors=sites.folder / 'full.stderr')
    problems = []
    try:
        server.start()
        kept = fill_up(server, form_for(server.port), problems)
        problems += [] if kept else ['nothing was accepted at all']
        if server.process.poll() is None and Client(server.port).get('/healthz').status not in (200, 503):
            problems.append('the server no longer answers')
        server.kill()
        if mounted:
            subprocess.run(['mount', '-o', f'remount,size={size // (1 << 20) + 64}m', mounted], check=True)
        again = Server(site, errors=sites.folder / 'full.stderr').start()
        problems += [f'{n} was acknowledged and is gone' for n in missing(again, kept)]
        problems += clean(site)
        again.stop()
        report.line(problems, f'full disk ({"tmpfs" if mounted else "file size limit"}): '
                              f'{len(kept)} acknowledged, all kept')
    finally:
        if server.process and server.process.poll() is None:
            server.kill()
        if mounted:
            subprocess.run(['umount', '-l', mounted], check=False)


def in_own_mounts():
    """Starts over in a mount namespace of its own, so that the small disk vanishes with us."""
    if os.environ.get('TONGXIN_OWN_MOUNTS') or subprocess.run(['unshare', '-m', 'true'], capture_output=True,
                                                              check=False).returncode:
        return
    os.environ['TONGXIN_OWN_MOUNTS'] = '1'
    os.execvp('unshare', ['unshare', '-m', sys.executable, *sys.argv])


def main():
    in_own_mounts()
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--kills', type=int, default=50)
    parser.add_argument('--seed', type=int, default=int.from_bytes(os.urandom(4), 'big'))
    parser.add_argument('--writers', type=int, default=16)
    options = parser.parse_args()
    random.seed(options.seed)
    print(f'# seed {options.seed}')
    sites, report = Sites(), Report()
    try:
        kills(sites, report, options.kills, options.writers)
        full_disk(sites, report)
    finally:
        if report.failed:
            print(f'# kept for a look: {sites.folder}')
        else:
            sites.remove()
    print(f'1..{report.number}')
    return 1 if report.failed else 0


if __name__ == '__main__':
    sys.exit(main())
