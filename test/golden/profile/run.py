#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Profiles that must load and profiles that must not, with the whole of what is said about them.

usage: run.py CHECK_PROFILE [--accept] [NAME …]

A case is one .yaml file in ok/ or bad/: the city's profile.yaml, beside common/ as the profile `base`.
What check_profile prints is compared byte by byte with NAME.en.txt, and with NAME.zh.txt where that
exists. A folder NAME/ beside the case is the profiles' folder parts/. --accept writes what was printed; read the difference before keeping it.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def output(check, case, language):
    """(exit code, text) of check_profile on the case in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / 'base').mkdir()
        (root / 'city').mkdir()
        shutil.copy(HERE / 'common' / 'base.yaml', root / 'base' / 'profile.yaml')
        shutil.copy(case, root / 'city' / 'profile.yaml')
        if case.with_suffix('').is_dir():
            shutil.copytree(case.with_suffix(''), root / 'parts')
        done = subprocess.run([check, root / 'city', language], capture_output=True, timeout=60,
                              check=False)
        return done.returncode, done.stdout.decode()


def run_case(check, case, language, accept):
    """What is wrong with the case, or an empty text."""
    wanted = case.with_suffix(f'.{language}.txt')
    code, text = output(check, case, language)
    if accept:
        wanted.write_text(text, encoding='utf-8')
    if code != (0 if case.parent.name == 'ok' else 1):
        return f'exit code {code}\n{text}'
    if not wanted.exists() or wanted.read_text(encoding='utf-8') != text:
        return f'{wanted.name} differs; printed was:\n{text}'
    return ''


def main(arguments):
    check, accept = pathlib.Path(arguments[0]).resolve(), '--accept' in arguments
    names = [name for name in arguments[1:] if not name.startswith('--')]
    passed = failed = 0
    for case in sorted(HERE.glob('ok/*.yaml')) + sorted(HERE.glob('bad/*.yaml')):
        if names and case.stem not in names:
            continue
        languages = ['en'] + ['zh'] * case.with_suffix('.zh.txt').exists()
        for language in languages:
            problem = run_case(check, case, language, accept)
            passed, failed = passed + (not problem), failed + bool(problem)
            print(f'{"not ok" if problem else "ok"} {passed + failed} - profile/'
                  f'{case.parent.name}/{case.stem} ({language})')
            for line in problem.splitlines():
                print('#', line)
    print(f'1..{passed + failed}\n# {passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
