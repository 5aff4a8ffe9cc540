#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proves that misuse does not compile, and prints TAP. usage: run.py INCLUDE_DIR...

Each snippet below this folder goes through every compiler at hand, at -O0 and -O2. One of its first
lines is

    /* expect: TEXT */

and the compiler must fail with TEXT in what it prints (`ONE | OTHER` where compilers word it
differently), so that a missing header is no refusal; or its name begins with ok_, and it must
compile without a warning. A snippet that says neither fails.
"""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

EXPECT = re.compile(r'^/\* expect: (.+?) \*/$', re.M)
FLAGS = ['-std=gnu17', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Wshadow', '-Wvla', '-Werror']
HOME = pathlib.Path(__file__).parent


def compile_snippet(compiler, level, snippet, includes):
    """The compiler's exit code and what it said."""
    command = [compiler, level, *FLAGS, *[f'-I{path}' for path in includes], '-c', str(snippet),
               '-o', os.devnull]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, 'LC_ALL': 'C'},
                          check=False)
    return done.returncode, done.stderr


def judge(expected, code, said):
    """None when the snippet behaved, else what is wrong. `expected` empty: it must compile."""
    if not expected:
        return None if code == 0 else 'should compile:\n' + said
    if code == 0:
        return 'compiles, but must not'
    if not any(text in said for text in expected):
        return f'fails without saying {" or ".join(expected)}:\n' + said
    return None


def problems_of(snippet, compilers, includes):
    found = EXPECT.search(snippet.read_text(encoding='utf-8'))
    if bool(found) == snippet.name.startswith('ok_'):
        return ['needs either /* expect: … */ or a name that begins with ok_']
    expected = found[1].split(' | ') if found else []
    verdicts = [(f'[{compiler} {level}]', judge(expected, *compile_snippet(compiler, level, snippet, includes)))
                for compiler in compilers for level in ('-O0', '-O2')]
    return [f'{where} {problem}' for where, problem in verdicts if problem]


def main(includes):
    compilers = [name for name in ('gcc', 'clang') if shutil.which(name)]
    snippets = sorted(HOME.rglob('*.c'))
    wrong = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda snippet: problems_of(snippet, compilers, includes), snippets)
        for number, (snippet, problems) in enumerate(zip(snippets, results), 1):
            wrong += bool(problems)
            print(f'{"not ok" if problems else "ok"} {number} - {snippet.relative_to(HOME)}')
            for line in '\n'.join(problems).splitlines():
                print('#', line)
    print(f'1..{len(snippets)}')
    return 1 if wrong or not snippets or not compilers else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
