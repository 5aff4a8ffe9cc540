#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the program says on the command line, whole, in both languages.

usage: run.py TONGXIN [--accept] [NAME …]

cases.txt holds one case a line: a name and the arguments. What was printed on both outputs and the exit
code are compared with NAME.en.txt and NAME.zh.txt. --accept writes what was printed; read the difference
before keeping it.
"""
import os
import pathlib
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent


def output(program, arguments, language):
    """Everything the program says and its exit code, as one text."""
    environment = {**os.environ, 'TONGXIN_LANG': language, 'TONGXIN_PROFILES': str(ROOT / 'profiles')}
    environment.pop('TONGXIN_DEBUG', None)
    done = subprocess.run([program, *arguments], capture_output=True, timeout=60, check=False, cwd=HERE,
                          env=environment, stdin=subprocess.DEVNULL)
    return (f'$ tongxin {" ".join(map(shlex.quote, arguments))}\n{done.stdout.decode()}'
            f'--- standard error\n{done.stderr.decode()}--- exit {done.returncode}\n')


def cases():
    for line in (HERE / 'cases.txt').read_text(encoding='utf-8').splitlines():
        if line and not line.startswith('#'):
            name, _, arguments = line.partition(' ')
            yield name, shlex.split(arguments)


def main(program, options):
    accept = '--accept' in options
    wanted = [option for option in options if option != '--accept']
    failed = 0
    for name, arguments in cases():
        for language in ('en', 'zh') if not wanted or name in wanted else ():
            file = HERE / f'{name}.{language}.txt'
            text = output(program, arguments, language)
            if accept:
                file.write_text(text, encoding='utf-8')
            elif not file.exists() or file.read_text(encoding='utf-8') != text:
                failed += 1
                print(f'not as in {file.name}:\n{text}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]))
