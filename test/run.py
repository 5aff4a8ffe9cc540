#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the suites and sums what passed and failed. Called by script/test.

    test/run.py [--full] [--list] [SUITE …]

Every suite is a command that prints TAP ("ok 3 - name", "not ok 4 - name"), or a function that
yields the same as (passed, name, detail). A suite that runs no test counts as one failure, and so
does one that ends badly without saying which test failed. The last line is `N passed, N failed`;
the exit code is 0 only when none failed. Output of what failed is repeated below its suite; the
whole of it stays in build/test-logs/.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOGS = ROOT / 'build' / 'test-logs'
JOBS = str(os.cpu_count() or 2)
BUILT = {}  # folder -> whether it could be built, in this run
TAP = re.compile(r'^(not ok|ok)\b\s*(?:\d+)?\s*-?\s*(.*)$')
SANITIZER = {
    'ASAN_OPTIONS': 'abort_on_error=1:detect_leaks=1:strict_string_checks=1',
    'UBSAN_OPTIONS': 'halt_on_error=1:print_stacktrace=1',
    'TSAN_OPTIONS': 'halt_on_error=1:second_deadlock_stack=1',
}
TIDY = ('--checks=-*,clang-analyzer-*,bugprone-*,-bugprone-easily-swappable-parameters,'
        '-bugprone-macro-parentheses,-bugprone-reserved-identifier,'
        '-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling')

CPPCHECK_NOT = [  # what cppcheck is not asked, and why
    'missingInclude',  # it is not given the system's headers
    'internalAstError', 'constStatement',  # 2.10 cannot parse the compound literals of STR, TEXT and HTML
    'autoVariables:src/change/writer.c',  # the job points at who waits only while he waits
]


class Tally:
    """Counts one suite, shows it while it runs, and keeps its log."""

    def __init__(self, name):
        self.name, self.passed, self.failed = name, 0, []
        self.started = time.monotonic()
        LOGS.mkdir(parents=True, exist_ok=True)
        self.log = open(LOGS / f'{name}.log', 'w', encoding='utf-8')

    def note(self, line):
        self.log.write(line.rstrip('\n') + '\n')

    def add(self, passed, name, detail=''):
        self.note(f'{"ok" if passed else "not ok"} - {name}')
        if passed:
            self.passed += 1
        else:
            self.failed.append((name, detail))
            self.note(detail)
        if sys.stdout.isatty():
            print(f'\r\033[K{self.name:<9} {self.passed + len(self.failed)}  {name[:70]}', end='', flush=True)

    def finish(self):
        if not self.passed and not self.failed:
            self.add(False, f'{self.name} ran no test at all')
        self.log.close()
        took = time.monotonic() - self.started
        start = '\r\033[K' if sys.stdout.isatty() else ''
        print(f'{start}{self.name:<9} {self.passed:5} passed {len(self.failed):4} failed {took:7.1f} s',
              flush=True)
        for name, detail in self.failed[:30]:
            print(f'    not ok: {name}')
            for line in detail.splitlines()[-40:]:
                print(f'        {line}')
        if len(self.failed) > 30:
            print(f'    … and {len(self.failed) - 30} more in {self.log.name}')


class Shadow(Tally):
    """Takes what a build says into the log of the suite that wants it."""

    def __init__(self, note):
        self.name, self.passed, self.failed, self.note = 'build', 0, [], note


def command(tally, arguments, env=None, timeout=900, cwd=ROOT):
    """Runs a command that prints TAP and counts its lines as they come."""
    before = len(tally.failed)
    process = subprocess.Popen(arguments, cwd=cwd, env={**os.environ, **(env or {})}, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors='replace',
                               start_new_session=True)
    deadline = time.monotonic() + timeout
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(process.pid, signal.SIGKILL))
    signal.alarm(int(timeout))
    waiting, tail = None, []
    for line in process.stdout:
        tally.note(line)
        tail = (tail + [line])[-60:]
        match = TAP.match(line)
        if match or (waiting and not line.startswith('#')):
            if waiting:
                tally.add(False, waiting[0], ''.join(waiting[1:]))
            waiting = None
        if match and match[1] == 'ok':
            tally.add(True, match[2])
        elif match:
            waiting = [match[2]]
        elif waiting:
            waiting.append(line[1:])
    if waiting:
        tally.add(False, waiting[0], ''.join(waiting[1:]))
    code = process.wait()
    signal.alarm(0)
    if time.monotonic() >= deadline:
        tally.add(False, f'{tally.name} was stopped after {timeout} s', ''.join(tail))
    elif code != 0 and len(tally.failed) == before:
        tally.add(False, f'{" ".join(map(str, arguments))[:80]} ended with {code}', ''.join(tail))


def succeeds(arguments, env=None, timeout=1200):
    """(whether the command succeeds, what it says)"""
    try:
        done = subprocess.run(arguments, cwd=ROOT, env={**os.environ, **(env or {})}, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors='replace',
                              timeout=timeout, check=False)
        return done.returncode == 0, done.stdout
    except (subprocess.TimeoutExpired, FileNotFoundError) as problem:
        return False, str(problem)


def quiet_all(tally, tests, env=None):
    """Tests by name, as many at a time as there are processors: each command succeeds. Its output is
    shown only when it does not."""
    with concurrent.futures.ThreadPoolExecutor(int(JOBS)) as pool:
        results = pool.map(lambda arguments: succeeds(arguments, env), tests.values())
        for name, (passed, output) in zip(tests, results):
            tally.note(output)
            tally.add(passed, name, output)


def quiet(tally, name, arguments, env=None):
    failed = len(tally.failed)
    quiet_all(tally, {name: arguments}, env)
    return len(tally.failed) == failed


def build(tally, folder, name, options=(), env=None, targets=()):
    """Configures and builds, once in a run. It counts as a test where it fails, and in the suites that
    do nothing else: a suite without tests must not pass by building."""
    if folder not in BUILT:
        shadow = Shadow(tally.note)
        BUILT[folder] = build_now(shadow, folder, name, options, env, targets)
        tally.failed += shadow.failed
    elif not BUILT[folder]:
        tally.add(False, f'{name} could not be built, see above')
    if BUILT[folder] and tally.name in BUILDS:
        tally.add(True, name)
    return BUILT[folder]


def build_now(tally, folder, name, options, env, targets):
    if not (ROOT / folder / 'build.ninja').exists():
        setup = subprocess.run(['meson', 'setup', folder, *options], cwd=ROOT, text=True, check=False,
                               env={**os.environ, **(env or {})}, capture_output=True)
        if setup.returncode:
            tally.add(False, f'{name}: meson setup', setup.stdout + setup.stderr)
            return False
    return quiet(tally, name, ['ninja', '-C', folder, '-j', JOBS, '-k', '0', '--quiet', *targets])


def count_cases(tally, test):
    """One meson test: its cmocka cases when it printed TAP, else itself."""
    name, output = test['name'], test.get('stdout', '') + test.get('stderr', '')
    cases = [m for m in map(TAP.match, output.splitlines()) if m]
    bad = [m[2] for m in cases if m[1] == 'not ok']
    for match in cases:
        if match[1] == 'ok':
            tally.add(True, f'{name}: {match[2]}')
    for case in bad:
        tally.add(False, f'{name}: {case}', output)
    if test['result'] not in ('OK', 'EXPECTEDFAIL') and not bad:
        tally.add(False, f'{name}: {test["result"]}, exit {test.get("returncode")}', output)
    elif not cases and re.search(r'^1\.\.0', output, re.M):
        tally.add(False, f'{name} ran no test at all')
    elif not cases and test['result'] == 'OK':
        tally.add(True, name)


def meson_tests(tally, folder, options, env=None, multiplier='4'):
    logs = ROOT / folder / 'meson-logs'
    for log in logs.glob('testlog*.json'):  # under valgrind its name is another
        log.unlink()
    run = subprocess.run(['meson', 'test', '-C', folder, '--no-rebuild', '--num-processes', JOBS,
                          '-t', multiplier, *options], cwd=ROOT, text=True, capture_output=True, check=False,
                         env={**os.environ, **SANITIZER, 'CMOCKA_MESSAGE_OUTPUT': 'TAP', **(env or {})})
    tally.note(run.stdout + run.stderr)
    for log in logs.glob('testlog*.json'):
        for line in log.read_text(encoding='utf-8').splitlines():
            count_cases(tally, json.loads(line))


# ---- the suites ----

def suite_style(tally):
    quiet(tally, 'clang-format', ['script/format', '--check'])
    for check in sorted((ROOT / 'tools').glob('check_*.py')):
        if check.stem != 'check_common':
            quiet(tally, check.stem, [sys.executable, check])
    command(tally, [sys.executable, 'test/tools/run.py'])


def suite_build(tally):
    build(tally, 'build', 'gcc -Werror')


def suite_clang(tally):
    build(tally, 'build-clang', 'clang -Werror', env={'CC': 'clang'})


def asan(tally):
    return build(tally, 'build-asan', 'gcc with ASan and UBSan',
                 ['-Db_sanitize=address,undefined', '-Db_lundef=false'])


def suite_asan(tally):
    asan(tally)


def suite_unit(tally):
    if asan(tally):
        meson_tests(tally, 'build-asan', ['--no-suite', 'golden', '--no-suite', 'fuzz'])


def suite_golden(tally):
    if asan(tally):
        meson_tests(tally, 'build-asan', ['--suite', 'golden'])


def suite_fuzz(tally, seconds='5'):
    """The corpus of every fuzzer, and for some seconds each mutations of it from a new seed."""
    if asan(tally):
        meson_tests(tally, 'build-asan', ['--suite', 'fuzz'], {'FUZZ_SECONDS': seconds}, '40')


def suite_libfuzzer(tally, seconds='60'):
    """Fuzzing that sees which code an input reaches. What it finds belongs into test/fuzz/corpus."""
    names = sorted(folder.name for folder in (ROOT / 'test/fuzz/corpus').iterdir())
    if not build(tally, 'build-fuzz', 'clang with libFuzzer',
                 ['-Db_sanitize=address,undefined', '-Db_lundef=false', '-Dc_args=-fsanitize=fuzzer-no-link'],
                 {'CC': 'clang'}, [f'test/fuzz/fuzz_{name}' for name in names]):
        return
    tests = {}
    for name in names:
        found = ROOT / 'build-fuzz' / 'found' / name  # kept, so the next run begins where this one ended
        found.mkdir(parents=True, exist_ok=True)
        tests[f'libFuzzer on {name} for {seconds} s'] = [
            f'build-fuzz/test/fuzz/fuzz_{name}', f'-max_total_time={seconds}', '-timeout=20',
            '-print_final_stats=1', '-verbosity=0', f'-artifact_prefix={found.parent}/{name}-', found,
            f'test/fuzz/corpus/{name}']
    quiet_all(tally, tests, SANITIZER)


def suite_http(tally, every=None):
    if asan(tally):
        command(tally, [sys.executable, 'test/http/run.py'],
                {**SANITIZER, 'TONGXIN_BINARY': str(ROOT / 'build-asan/src/cli/tongxin'),
                 **({'TONGXIN_EVERY_FIGURE': every} if every else {})}, timeout=1800)


def suite_browser(tally):
    if build(tally, 'build', 'gcc -Werror'):
        command(tally, ['node', 'test/browser/run.mjs'], timeout=1500)


def suite_crash(tally, kills='50'):
    if build(tally, 'build', 'gcc -Werror'):
        command(tally, [sys.executable, 'test/crash/kill_test.py', '--kills', kills], timeout=1800)


def suite_tsan(tally):
    if build(tally, 'build-tsan', 'gcc with TSan', ['-Db_sanitize=thread', '-Db_lundef=false']):
        meson_tests(tally, 'build-tsan', ['--no-suite', 'golden', '--no-suite', 'fuzz'], multiplier='10')
        command(tally, [sys.executable, 'test/crash/kill_test.py', '--kills', '2'],
                {**SANITIZER, 'TONGXIN_BINARY': str(ROOT / 'build-tsan/src/cli/tongxin')})


def suite_valgrind(tally):
    if build(tally, 'build', 'gcc -Werror'):
        # A forked child leaves what its parent holds: "possibly lost" inside SQLite, and nothing of ours.
        meson_tests(tally, 'build', ['--suite', 'unit', '--wrap',
                                     'valgrind -q --leak-check=full --errors-for-leak-kinds=definite '
                                     '--error-exitcode=9'], multiplier='30')


def suite_tidy(tally):
    if build(tally, 'build-clang', 'clang -Werror', env={'CC': 'clang'}):
        tidy = shutil.which('clang-tidy-14') or 'clang-tidy'
        names = [file.relative_to(ROOT) for file in sorted((ROOT / 'src').rglob('*.c'))]
        quiet_all(tally, {f'clang-tidy {name}': [tidy, '-p', 'build-clang', '--quiet', '--warnings-as-errors=*',
                                                 TIDY, name] for name in names})


def suite_cppcheck(tally):
    quiet(tally, 'cppcheck', ['cppcheck', '--enable=warning,portability', '--inline-suppr', '--quiet',
                              '--error-exitcode=1', '--std=c11', '-j', JOBS, '-Isrc', '-Ibuild/locale',
                              *(f'--suppress={what}' for what in CPPCHECK_NOT), 'src'])


BUILDS = ['build', 'clang', 'asan']  # suites that only build
DEFAULT = ['style', *BUILDS, 'unit', 'golden', 'fuzz', 'http', 'browser', 'crash']
FULL = DEFAULT + ['libfuzzer', 'tsan', 'valgrind', 'tidy', 'cppcheck']
LONGER = {'crash': {'kills': '300'}, 'http': {'every': '1'}, 'fuzz': {'seconds': '60'}, 'libfuzzer': {'seconds': '120'}}


def main():
    parser = argparse.ArgumentParser(prog='script/test', description='Runs the test suites.')
    parser.add_argument('--full', action='store_true', help='also the slow ones, and longer')
    parser.add_argument('--list', action='store_true', help='name the suites')
    parser.add_argument('suite', nargs='*')
    options = parser.parse_args()
    if options.list:
        print('\n'.join(FULL))
        return 0
    unknown = [name for name in options.suite if name not in FULL]
    if unknown:
        parser.error(f'no suite {", ".join(unknown)}; there are {", ".join(FULL)}')
    passed = failed = 0
    started = time.monotonic()
    for name in options.suite or (FULL if options.full else DEFAULT):
        tally = Tally(name)
        try:
            globals()[f'suite_{name}'](tally, **(LONGER.get(name, {}) if options.full else {}))
        except Exception as problem:  # a broken suite is a failed one, not the end of the run
            tally.add(False, f'{name} broke: {problem!r}')
        tally.finish()
        passed, failed = passed + tally.passed, failed + len(tally.failed)
    print(f'logs in build/test-logs, {time.monotonic() - started:.0f} s')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
