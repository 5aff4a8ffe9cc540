#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles the snippets of one room with every compiler at hand, at -O0 and -O2.

`*_accepts*.c` must compile without a warning; `*_refuses*.c` must not, and for the reason the
snippet is about: an error in the snippet's own lines, not a missing header.

    check.py PREFIX INCLUDE_DIR...        PREFIX: how the room's snippets begin, as html_
"""
import pathlib
import shutil
import subprocess
import sys

FLAGS = ['-std=gnu17', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Wshadow', '-Wvla', '-Werror',
         '-fsyntax-only']
REASONS = ('must be a string literal', '_Generic')


def compile_snippet(compiler, level, snippet, includes):
    command = [compiler, level, *FLAGS, *[f'-I{path}' for path in includes], str(snippet)]
    return subprocess.run(command, capture_output=True, text=True)


def verdict(snippet, result):
    """None when the snippet behaved, else what is wrong."""
    if 'accepts' in snippet.name:
        return None if result.returncode == 0 else 'should compile:\n' + result.stderr
    if result.returncode == 0:
        return 'should be refused, but compiles'
    if not any(reason in result.stderr for reason in REASONS):
        return 'is refused for another reason:\n' + result.stderr
    return None


def main():
    prefix, includes = sys.argv[1], sys.argv[2:]
    compilers = [name for name in ('gcc', 'clang') if shutil.which(name)]
    snippets = sorted(pathlib.Path(__file__).parent.glob(prefix + '*.c'))
    wrong = 0
    for snippet in snippets:
        for compiler in compilers:
            for level in ('-O0', '-O2'):
                problem = verdict(snippet, compile_snippet(compiler, level, snippet, includes))
                if problem:
                    wrong += 1
                    print(f'{snippet.name} [{compiler} {level}] {problem}')
    print(f'{len(snippets)} snippets, {len(compilers)} compilers, {wrong} wrong')
    return 1 if wrong or not snippets or not compilers else 0


if __name__ == '__main__':
    sys.exit(main())
