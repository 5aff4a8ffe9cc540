#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Function at most 80 lines, file at most 800, line at most 100 columns; prints the distribution.

A function is what clang-format leaves: a `{` alone in the first column, ended by a `}` there. Its
length counts the signature too. A waiver is a row below, with its reason.
"""
import re

import check_common as common

FUNCTION_MAX = 80
FILE_MAX = 800
LINE_MAX = 100

# 'path' or 'path:function' -> reason. Keep this short; a waiver that is no longer needed fails.
WAIVERS = {}

NAME = re.compile(r'(\w+)\s*\(')


def functions(lines):
    """(name, first line number, length) of each function, line numbers from 1."""
    start = 0
    while start < len(lines):
        if lines[start].rstrip() != '{':
            start += 1
            continue
        head = start
        while head > 0 and lines[head - 1].strip() and lines[head - 1][0] not in '/#};*':
            if lines[head - 1].rstrip().endswith((';', '*/')):
                break
            head -= 1
        end = start
        while end < len(lines) - 1 and lines[end][:1] != '}':
            end += 1
        match = NAME.search(' '.join(lines[head:start]))
        yield (match[1] if match else '?'), head + 1, end - head + 1
        start = end + 1


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0


def distribution(name, values):
    if values:
        print(f'{name}: {len(values)}, median {percentile(values, 0.5)}, '
              f'p95 {percentile(values, 0.95)}, max {max(values)}')


def measure(root):
    """(too long, waivers used, lengths of functions, lengths of files)"""
    over, used, function_lengths, file_lengths = [], set(), [], []

    def judge(length, most, key, where, what):
        if length <= most:
            return
        if key in WAIVERS:
            used.add(key)
        else:
            over.append(f'{where}: {what} has {length} lines, at most {most}')

    for path in common.c_files(root, 'src', 'test'):
        name = path.relative_to(root).as_posix()
        text = common.read(path)
        lines = text.split('\n')
        for number, line in enumerate(lines, 1):
            if len(line.rstrip('\r')) > LINE_MAX:
                over.append(f'{name}:{number}: {len(line)} columns, at most {LINE_MAX}')
        count = len(lines) - (lines[-1] == '')
        file_lengths.append(count)
        judge(count, FILE_MAX, name, f'{name}:1', 'the file')
        for function, line, length in functions(common.without_comments_and_strings(text).split('\n')):
            function_lengths.append(length)
            judge(length, FUNCTION_MAX, f'{name}:{function}', f'{name}:{line}', f'{function}()')
    return over, used, function_lengths, file_lengths


def problems(root):
    over, used, function_lengths, file_lengths = measure(root)
    distribution('functions', function_lengths)
    distribution('files', file_lengths)
    over += [f'tools/check_lengths.py: the waiver "{key}" is no longer needed'
             for key in WAIVERS if key not in used and (root / key.split(':')[0]).exists()]
    return over


if __name__ == '__main__':
    common.run(problems, __doc__)
