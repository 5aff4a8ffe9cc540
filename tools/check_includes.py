#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proves the house of ARCHITECTURE.md: a room includes only rooms on lower floors, every
third-party header appears in exactly one adapter file, and the second program stays apart."""
import collections
import re

import check_common as common

FLOOR = {
    'base': 1,
    'profile': 2, 'calendar': 2, 'db': 2, 'http': 2, 'write': 2, 'child': 2,
    'rule': 3, 'org': 3, 'ledger': 3,
    'record': 4, 'figure': 4, 'search': 4,
    'change': 5, 'report': 5, 'audit': 5,
    'view': 6, 'task': 6, 'export': 6, 'import': 6,
    'page': 7, 'api': 7,
    'cli': 8, 'document': 8,
}

# Rooms that are a program of their own (ADR 0012): what they may use; nobody uses them.
APART = {'document': ('base', 'write')}

# (room, header or whole room) pairs on one floor that the table of floors allows, with the reason.
SIDEWAYS = {
    ('org', 'rule/'): 'rule comes first on floor 3',
    ('ledger', 'rule/'): 'rule comes first on floor 3',
    ('view', 'import/import.h'): 'a sheet is looked at for a visitor; import knows no visitors',
    ('export', 'view/'): 'a document says what a visitor may see; no view knows documents',
    ('audit', 'change/fold.h'): 'rebuild is the fold of the journal and nothing else',
    ('audit', 'change/state.h'): 'what the fold fills',
    ('audit', 'change/journal.h'): 'an entry out of its row',
    ('audit', 'change/flush.h'): 'the folded tables are written by one function',
    ('audit', 'change/keep.h'): 'opens what is sealed',
    ('audit', 'change/site.h'): 'its keys and its folder',
    ('audit', 'change/recount_bridge.h'): 'cells are counted from records by one function',
}

# Headers that the build writes; they have no room.
GENERATED = re.compile(r'^(message_ids|message_table|query(_\w+)?|web_assets|schema_table)\.h$')

# Not third party: the C library, POSIX and Linux.
LIBC = re.compile(r'^(assert|ctype|dirent|dlfcn|endian|errno|fcntl|fenv|float|fnmatch|ftw|getopt|glob'
                  r'|grp|inttypes|langinfo|libgen|limits|locale|malloc|math|netdb|poll|pthread|pwd'
                  r'|regex|sched|semaphore|setjmp|signal|spawn|stdalign|stdarg|stdatomic|stdbool'
                  r'|stddef|stdint|stdio|stdlib|stdnoreturn|string|strings|syslog|termios|threads'
                  r'|time|uchar|unistd|utime|wchar|wctype|(sys|net|netinet|arpa|linux|sanitizer)/.*)'
                  r'\.h$|^(emmintrin|immintrin|x86intrin|cpuid)\.h$')

# A library that really needs a second file: (library, path) with the reason.
SECOND_ADAPTER = {}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(?:"([^"]+)"|<([^>]+)>)', re.M)


def library_of(header):
    return header.split('/')[0].removesuffix('.h')


def allowed(room, header):
    target = header.split('/')[0]
    if target == room:
        return True
    if room in APART:
        return target in APART[room]
    if FLOOR[target] < FLOOR[room]:
        return True
    return any(room == user and header.startswith(what) for user, what in SIDEWAYS)


def check_own(where, room, header):
    if '/' not in header:
        if GENERATED.match(header) or header.endswith('.def'):
            return None
        return f'{where}: include "{header}" names no room; write "room/{header}"'
    target = header.split('/')[0]
    if target not in FLOOR:
        return f'{where}: "{header}": there is no room "{target}" in the house'
    if allowed(room, header):
        return None
    if room in APART:
        return (f'{where}: {room} is a program of its own and must not include "{header}"; '
                f'it may use {" and ".join(APART[room])}')
    return (f'{where}: {room} (floor {FLOOR[room]}) must not include "{header}" '
            f'(floor {FLOOR[target]}); a room uses only what is below it')


def problems(root):
    found = []
    adapters = collections.defaultdict(dict)
    for path in common.c_files(root, 'src'):
        name = path.relative_to(root).as_posix()
        room = name.split('/')[1]
        if room not in FLOOR:
            found.append(f'{name}:1: there is no room "{room}" in the house')
            continue
        text = common.without_comments(common.read(path))
        for match in INCLUDE.finditer(text):
            where = f'{name}:{text.count(chr(10), 0, match.start()) + 1}'
            if match[1]:
                found.append(check_own(where, room, match[1]))
            elif not LIBC.match(match[2]):
                adapters[library_of(match[2])].setdefault(name, where)
    for library, places in sorted(adapters.items()):
        places = {n: w for n, w in places.items() if (library, n) not in SECOND_ADAPTER}
        found += [f'{where}: <{library}> in a header; only one adapter .c file may include it'
                  for name, where in places.items() if name.endswith('.h')]
        if len(places) > 1:
            found += [f'{where}: <{library}> is included by {len(places)} files '
                      f'({", ".join(sorted(places))}); one adapter file only'
                      for where in places.values()]
    return [line for line in found if line]


if __name__ == '__main__':
    common.run(problems, __doc__)
