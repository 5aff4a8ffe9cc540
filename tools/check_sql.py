#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""SQL lives in sql/: no statement text in C outside src/db and the files named here."""
import re

import check_common as common

# path -> why its SQL cannot be a named query
EXCEPTIONS = {
    'src/record/record_query.c': 'composes list queries from linked profile fields, never from names',
    'src/rule/rule_sql.c': 'compiles conditions of the profile to a WHERE clause',
    'src/search/search_store.c': 'a database file of its own with FTS5 tables',
}

STATEMENT = re.compile(r'\b(SELECT\s+[\w*(]|INSERT\s+(OR\s+\w+\s+)?INTO\b|UPDATE\s+\w+\s+SET\b'
                       r'|DELETE\s+FROM\b|REPLACE\s+INTO\b|CREATE\s+(TEMP\s+|UNIQUE\s+|VIRTUAL\s+)?'
                       r'(TABLE|INDEX|TRIGGER|VIEW)\b|ALTER\s+TABLE\b|DROP\s+(TABLE|INDEX)\b'
                       r'|PRAGMA\s+\w|BEGIN\s+IMMEDIATE\b|ATTACH\s+DATABASE\b|VACUUM\b)', re.I)


def problems(root):
    found = []
    for path in common.c_files(root, 'src'):
        name = path.relative_to(root).as_posix()
        if name.startswith('src/db/') or name in EXCEPTIONS:
            continue
        found += [f'{name}:{line}: SQL in C ("{literal[:40]}"); put it into sql/query and call the '
                  'typed function' for line, literal in common.string_literals(common.read(path))
                  if looks_like_sql(literal)]
    return found


def looks_like_sql(literal):
    """Statements are written in capitals here; prose such as "select a kind" is not SQL."""
    match = STATEMENT.search(literal)
    return bool(match) and match[0].split()[0].isupper()


if __name__ == '__main__':
    common.run(problems, __doc__)
