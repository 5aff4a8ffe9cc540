#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""kill -9 under 16 concurrent writers, judged by a ledger outside the process; then a full disk.

    test/crash/kill_test.py [--kills 50] [--seed N] [--writers 16]

After every kill: each acknowledged record and move exists, no repeat was doubled (same key, same
number and version; one record per mark), no number was given twice, `tongxin verify` is clean. One
TAP line per kill.
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
from load import (PUBLIC, Forms, Ledger, Load, doubled, missing, settle, undone,  # noqa: E402
                  with_token)
from sites import Server, Sites, tongxin  # noqa: E402


ROUND = 10  # kills of one site; a growing site would only make each judgement slower


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


def one_kill(server, ledger, forms, token, writers, number):
    """Load, kill, restart, judge. Returns (problems, the load, acknowledged creations and moves)."""
    before = set(ledger.acknowledged)
    load = Load(server, ledger, forms, token, writers).start()
    time.sleep(random.uniform(0.1, 0.5))
    code = server.kill()
    load.stop()
    problems = [] if code == -9 else [f'the server ended with {code}, not by the signal']
    problems += clean(server.site) if number % 5 == 0 else []  # sometimes before anyone repairs anything
    server.start()
    settle(server, ledger, token)
    created = {k: v for k, v in ledger.creations().items() if k not in before}
    moved = {k: v for k, v in ledger.moves().items() if k not in before}
    problems += missing(server, token, created) + undone(server, token, moved)
    problems += clean(server.site) + ledger.wrong
    ledger.wrong = []
    return problems, load, len(created), len(moved)


def kills(sites, report, first, count, writers):
    """A round: one site, killed again and again."""
    site = sites.new()
    ledger = Ledger(sites.folder / f'client-ledger-{first}.jsonl')
    server = Server(site).start()
    token = Client(server.port).sign_in('intake').token
    forms = Forms(with_token(server.port, token))
    idle = interrupted = all_moved = 0
    refused = {}
    for number in range(first, first + count):
        problems, load, created, moved = one_kill(server, ledger, forms, token, writers, number)
        idle += created == 0
        interrupted += load.in_flight > 0
        all_moved += moved
        refused |= load.refused
        report.line(problems, f'kill {number + 1}: {created} records and {moved} moves acknowledged, '
                              f'{load.in_flight} in flight, back in {server.started_in * 1000:.0f} ms')
    report.line(doubled(site, ledger) + undone(server, token, ledger.moves()),
                f'all {len(ledger.creations())} records and {all_moved} moves acknowledged in {count} '
                'kills exist, none twice')
    at_work = idle <= count // 5 and interrupted >= count * 3 // 10 and all_moved > 0
    report.line([] if at_work else [f'{idle} of {count} kills had nothing acknowledged, {interrupted} had '
                                    f'requests in flight, {all_moved} moves; refused: {refused}'],
                'the kills hit a server at work')
    server.stop()
    report.line(clean(site), 'the site is clean after a normal stop')


def small_disk(folder, megabytes):
    """Mounts a small disk, or returns None where that is not permitted."""
    folder.mkdir()
    done = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={megabytes}m', 'tmpfs', folder],
                          capture_output=True, check=False)
    return folder if done.returncode == 0 else None


def fill_up(server, forms):
    """Submits until it is refused. Returns (acknowledged creations, the refusal, its key and body)."""
    client, kept = Client(server.port), {}
    for number in range(30000):
        key = f'full-{number}'
        body = forms.new(PUBLIC, key)
        body['form']['body'] = '窗' * 1000
        answer = client.post(PUBLIC, body, key)
        if answer.status != 201:
            return kept, answer, key, body
        kept[key] = (PUBLIC, answer.json['number'])
    raise RuntimeError('the disk never filled')


def refusal_is_clear(answer, statuses):
    if answer.status not in statuses:
        return [f'a full disk was answered with {answer!r}']
    clear = answer.error.get('message') and answer.error.get('hint')
    return [] if clear else [f'no message or no hint: {answer!r}']


def still_reads(server, token, kept):
    """With a full disk everything that was kept can be read."""
    wrong = missing(server, token, dict(list(kept.items())[-5:]))
    if Client(server.port).get('/').status != 200:
        wrong.append('the portal does not answer while the disk is full')
    return wrong


def works_again(server, kept, key, body):
    """The same server takes the refused submission, once there is space, and only once."""
    for _ in range(50):
        answer = Client(server.port).post(PUBLIC, body, key)
        if answer.status == 201:
            kept[key] = (PUBLIC, answer.json['number'])
            again = Client(server.port).post(PUBLIC, body, key)
            return [] if again.json.get('number') == answer.json['number'] else [f'repeated: {again!r}']
        time.sleep(0.1)
    return [f'space came back, but not the service: {answer!r}']


def full_disk(sites, report, small):
    """`small`: a tmpfs that is too small, where mounting is permitted. Else a limit on the size of
    files: a write that fails so is an I/O error, after which the writer rightly stops."""
    original = sites.new()
    size = sum(f.stat().st_size for f in original.rglob('*') if f.is_file())
    mounted = small_disk(sites.folder / 'disk', size // (1 << 20) + 6) if small else None
    if small and not mounted:
        print('# no small disk: mounting is not permitted')
        return
    site = (mounted or sites.folder) / 'full'
    subprocess.run(['cp', '-a', original, site], check=True)
    largest = max(f.stat().st_size for f in site.rglob('*') if f.is_file())
    server = Server(site, None if mounted else largest + (2 << 20), errors=sites.folder / 'full.stderr')
    try:
        server.start()
        token = Client(server.port).sign_in('intake').token
        kept, answer, key, body = fill_up(server, Forms(with_token(server.port, token)))
        report.line(refusal_is_clear(answer, [507] if mounted else [503, 507]) +
                    still_reads(server, token, kept) + ([] if kept else ['nothing was accepted at all']),
                    f'full disk ({"tmpfs" if mounted else "file size limit"}): {len(kept)} taken, then '
                    f'{answer.status} with a message and a hint, all readable')
        if mounted:
            subprocess.run(['mount', '-o', f'remount,size={size // (1 << 20) + 64}m', mounted], check=True)
            report.line(works_again(server, kept, key, body), 'the service is back when the space is')
        server.kill()
        again = Server(site, errors=sites.folder / 'full.stderr').start()
        report.line(missing(again, token, kept) + clean(site), 'nothing was lost to the full disk')
        again.stop()
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
        for first in range(0, options.kills, ROUND):
            kills(sites, report, first, min(ROUND, options.kills - first), options.writers)
        full_disk(sites, report, True)
        full_disk(sites, report, False)
    finally:
        if report.failed:
            print(f'# kept for a look: {sites.folder}')
        else:
            sites.remove()
    print(f'1..{report.number}')
    return 1 if report.failed else 0


if __name__ == '__main__':
    sys.exit(main())
