#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proves that what must not compile does not. usage: run.py INCLUDE_DIR...

Each snippet below this folder goes through every compiler at hand, at -O0 and -O2. Its first line is

    /* expect: TEXT */

and the compiler must fail with TEXT in what it prints; or its name begins with ok_, and it must
compile without a warning. A snippet that says neither is itself a failure, except those named
*_refuses_* and *_accepts*, which are check.py's.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

EXPECT = re.compile(r'/\* expect: (.+?) \*/')
FLAGS = ['-std=gnu17', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Wshadow', '-Wvla', '-Werror']


def compile_snippet(compiler, level, snippet, includes):
    command = [compiler, level, *FLAGS, *[f'-I{path}' for path in includes], '-c', str(snippet),
               '-o', os.devnull]
    return subprocess.run(command, capture_output=True, text=True,
                          env={**os.environ, 'LC_ALL': 'C'})


def judge(snippet, expected, result):
    """None when the snippet behaved, else what is wrong. `expected` is None for ok_ snippets."""
    if expected is None:
        return None if result.returncode == 0 else 'should compile:\n' + result.stderr
    if result.returncode == 0:
        return 'compiles, but must not'
    if expected not in result.stderr:
        return f'fails without saying "{expected}":\n' + result.stderr
    return None


def run_snippet(snippet, compilers, includes):
    """The problems of one snippet."""
    found = EXPECT.match(snippet.read_text(encoding='utf-8'))
    if not found and not snippet.name.startswith('ok_'):
        return ['needs /* expect: … */ as its first line, or a name that begins with ok_']
    expected = found[1] if found else None
    problems = []
    for compiler in compilers:
        for level in ('-O0', '-O2'):
            problem = judge(snippet, expected, compile_snippet(compiler, level, snippet, includes))
            if problem:
                problems.append(f'[{compiler} {level}] {problem}')
    return problems


def main(includes):
    home = pathlib.Path(__file__).parent
    compilers = [name for name in ('gcc', 'clang') if shutil.which(name)]
    snippets = [path for path in sorted(home.rglob('*.c'))
                if not re.search('_refuses_|_accepts', path.name)]
    wrong = 0
    for snippet in snippets:
        for problem in run_snippet(snippet, compilers, includes):
            wrong += 1
            print(f'{snippet.relative_to(home)}: {problem}')
    print(f'{len(snippets)} snippets, compilers: {", ".join(compilers) or "none"}, {wrong} wrong')
    return 1 if wrong or not snippets or not compilers else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
