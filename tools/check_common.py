# SPDX-License-Identifier: Apache-2.0
"""What the check_*.py tools share: walking the tree, blanking comments and strings, reporting.

Every check is a function `problems(root) -> list[str]` (one "path:line: what is wrong" each) with a
`main` that prints them and exits 1 when there are any. `--root DIR` checks another tree, which is
how the self-tests in test/tools plant violations.
"""
import argparse
import pathlib
import re
import sys

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def c_files(root, *folders, suffixes=('.c', '.h')):
    """The C files under the named folders, sorted, as paths."""
    found = []
    for folder in folders:
        base = pathlib.Path(root, folder)
        found += [p for p in base.rglob('*') if p.suffix in suffixes and p.is_file()]
    return sorted(found)


def read(path):
    return pathlib.Path(path).read_text(encoding='utf-8', errors='replace')


def _spaces(text):
    return re.sub(r'[^\n]', ' ', text)


def without_comments(text):
    """The same text with comments turned into spaces; lines and columns stay."""
    return TOKEN.sub(lambda m: _spaces(m[0]) if m[0].startswith('/') else m[0], text)


def without_comments_and_strings(text):
    """As without_comments, and the inside of string and character literals blanked too."""
    def blank(match):
        piece = match[0]
        return _spaces(piece) if piece.startswith('/') else piece[0] + _spaces(piece[1:-1]) + piece[-1]
    return TOKEN.sub(blank, text)


def string_literals(text):
    """(line number, literal) for every string literal outside comments."""
    for match in TOKEN.finditer(text):
        if match[0].startswith('"'):
            yield text.count('\n', 0, match.start()) + 1, match[0][1:-1]


def run(problems, description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument('--root', default=pathlib.Path(__file__).resolve().parent.parent)
    root = pathlib.Path(parser.parse_args().root)
    found = problems(root)
    for line in found:
        print(line)
    sys.exit(1 if found else 0)
