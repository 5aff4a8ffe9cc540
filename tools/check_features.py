#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""doc/features.md has one row for each goal, in order, and every test it names is there.

A test is named by where it stands: `test_figures.Void.test_…` (test/http), `report/test_board.name` (test/unit),
`pages:desk-unit` (test/browser), `golden:bad/misnamed` (test/golden/profile), `test/crash/kill_test.py` (a file)."""
import re

import check_common as common

PAGE = 'doc/features.md'
GOALS = 31


def text_of(path):
    return path.read_text(encoding='utf-8') if path.is_file() else ''


def is_there(root, name):
    if found := re.fullmatch(r'(test_\w+)\.(\w+)(?:\.(test_\w+))?', name):
        module, group, test = found.groups()
        text = text_of(root / f'test/http/{module}.py')
        return f'class {group}(' in text and (test is None or f'def {test}(' in text)
    if found := re.fullmatch(r'(\w+)/(test_\w+)(?:\.(\w+))?', name):
        room, file, test = found.groups()
        text = text_of(root / f'test/unit/{room}/{file}.c')
        return text != '' and (test is None or f'void {test}(' in text)
    if name.startswith('pages:'):
        return f"'{name[6:]}'" in ''.join(text_of(path) for path in (root / 'test/browser').glob('*.mjs'))
    if name.startswith('golden:'):
        return (root / f'test/golden/profile/{name[7:]}.yaml').is_file()
    return (root / name).exists()


def row_problems(root, line, text):
    cells = text.strip().strip('|').split('|')
    if len(cells) != 4:
        yield f'{PAGE}:{line}: {len(cells)} columns, wanted goal number, goal, shown by, missing'
        return
    tests = re.findall(r'`([^`]+)`', cells[2])
    if not tests and not cells[3].strip():
        yield f'{PAGE}:{line}: neither a test nor what is missing'
    for name in tests:
        if not is_there(root, name):
            yield f'{PAGE}:{line}: there is no test {name}'


def problems(root):
    found, numbers = [], []
    for line, text in enumerate(text_of(root / PAGE).splitlines(), 1):
        if row := re.match(r'\| (\d+) \|', text):
            numbers.append(int(row[1]))
            found += row_problems(root, line, text)
    if numbers != list(range(1, GOALS + 1)):
        found.append(f'{PAGE}: goals {numbers}, wanted 1 to {GOALS} in order')
    return found


if __name__ == '__main__':
    common.run(problems, __doc__)
