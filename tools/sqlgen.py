#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns sql/query/*.sql and sql/schema/NNNN_*.sql into query.h and query.c.

usage: sqlgen.py QUERY_H QUERY_C QUERY_FOLDER SCHEMA_FOLDER [DEPFILE]

The language of an entry is described in src/db/db_query.h. Every problem is printed as
file:line: text, and any problem means no output. A file is written only when its content changes.
The depfile names the folders too: a new .sql file is picked up by the next build. A folder that is
missing or empty gives no queries or no steps.
"""
import pathlib
import re
import sys
from dataclasses import dataclass, field

DIALECTS = ('sqlite', 'pg')
PARAMETERS_MAX = 6  # beyond this they travel in a struct
TYPES = {'int': 'int64_t', 'bool': 'bool', 'text': 'Str', 'blob': 'Str'}
NAME = re.compile(r'[a-z][a-z0-9]*(_[a-z0-9]+)*')
HEAD = re.compile(r'name:\s*(?P<name>\S+)\s+:(?P<mode>\w+)\s*(?P<signature>.*)', re.S)
SIGNATURE = re.compile(r'(?:\((?P<parameters>[^()]*)\))?\s*'
                       r'(?:->\s*(?P<row>\w+)?\s*(?:\((?P<columns>[^()]*)\))?)?', re.S)
STEP_FILE = re.compile(r'(\d{4})_([a-z0-9_]+)')
# Words of C, macros of GNU C, and names that generated functions use themselves.
RESERVED = set('''auto break case char const continue default do double else enum extern float for
    goto if inline int long register restrict return short signed sizeof static struct switch
    typedef union unsigned void volatile while bool true false asm typeof unix linux
    db arena err row rows ret ret_row ret_rows ret_found ret_count params values'''.split())
# What of SQL the rewriter has to know: places where ':' and ';' mean nothing.
TOKEN = re.compile(r"""(?P<skip>'(?:[^']|'')*'|"(?:[^"]|"")*"|::|:=)
                     | (?P<comment>--[^\n]*|/\*.*?\*/)
                     | :(?P<parameter>[A-Za-z_]\w*)
                     | (?P<end>;)
                     | (?P<foreign>\?|[$@]\w+)
                     | (?P<open>['"]|/\*)""", re.S | re.X)


class Problem(Exception):
    """What is wrong, with the line it is on."""

    def __init__(self, line, text):
        super().__init__(text)
        self.line = line


@dataclass
class Field:
    name: str
    type: str
    may_be_null: bool


@dataclass
class Query:
    name: str
    mode: str
    path: pathlib.Path
    line: int
    comment: list
    parameters: list
    row: str = ''             # name of the row type, without Q
    columns: list = None      # None: those of another query with the same row
    body: list = field(default_factory=list)
    sql: dict = field(default_factory=dict)

    @property
    def place(self):
        return f'{self.path.name}:{self.line}'

    @property
    def in_struct(self):
        return len(self.parameters) > PARAMETERS_MAX


def pascal(name):
    return ''.join(part.capitalize() for part in name.split('_'))


# ---- Reading ----

def parse_fields(text, line, what):
    fields = []
    for part in filter(None, (p.strip() for p in (text or '').split(','))):
        words = part.split()
        if len(words) != 2:
            raise Problem(line, f'{what} "{part}": expected a name and a type')
        name, kind = words
        may_be_null = kind.endswith('?')
        kind = kind[:-1] if may_be_null else kind
        if not NAME.fullmatch(name):
            raise Problem(line, f'{what} "{name}": lower-case words joined by _')
        if name in RESERVED:
            raise Problem(line, f'{what} "{name}": the word is taken in C; choose another (AS)')
        if kind not in TYPES:
            raise Problem(line, f'{what} {name}: no type "{kind}"; there are {", ".join(TYPES)}')
        if any(f.name == name for f in fields):
            raise Problem(line, f'{what} {name} is there twice')
        fields.append(Field(name, kind, may_be_null))
    for one in fields:
        if one.may_be_null and any(f.name == one.name + '_is_null' for f in fields):
            raise Problem(line, f'{what} {one.name}_is_null: the name is taken by {one.name}?')
    return fields


def parse_head(path, line, text, comment):
    head = HEAD.fullmatch(text.strip())
    if not head:
        raise Problem(line, 'expected -- name: NAME :one|:many|:exec (parameters) -> (columns)')
    name, mode = head['name'], head['mode']
    if not NAME.fullmatch(name):
        raise Problem(line, f'query "{name}": lower-case words joined by _')
    if mode not in ('one', 'many', 'exec'):
        raise Problem(line, f'query {name}: no mode ":{mode}"; there are :one, :many, :exec')
    signature = SIGNATURE.fullmatch(head['signature'].strip())
    if not signature:
        raise Problem(line, f'query {name}: cannot read the signature {head["signature"].strip()}')
    parameters = parse_fields(signature['parameters'], line, f'query {name}: parameter')
    columns = None
    if signature['columns'] is not None:
        columns = parse_fields(signature['columns'], line, f'query {name}: column')
    if mode == 'exec' and (columns or signature['row']):
        raise Problem(line, f'query {name}: :exec gives no columns; use :one or :many')
    if mode != 'exec' and not columns and not signature['row']:
        raise Problem(line, f'query {name}: :{mode} needs columns: -> (name type, …)')
    for one in parameters:
        if one.may_be_null and one.type == 'bool':
            raise Problem(line, f'query {name}: parameter {one.name}: bool? would store false as '
                                'NULL; use int? or two parameters')
    return Query(name, mode, path, line, comment, parameters, signature['row'] or name, columns)


def head_is_open(text):
    """A signature goes on over the next comment line."""
    return text.count('(') > text.count(')') or text.rstrip().endswith((',', '->'))


def comment_of(line):
    stripped = line.strip()
    return stripped[2:].strip() if stripped.startswith('--') else None


def split_entries(path, lines, problems):
    """The queries of a file, with the (line number, text) pairs of their bodies."""
    queries, comment, current, number = [], [], None, 0
    while number < len(lines):
        note = comment_of(lines[number])
        if note is None or note.startswith('@'):
            if current:
                current.body.append((number + 1, lines[number]))
            elif note is not None or lines[number].strip():
                problems.append(f'{path}:{number + 1}: SQL before the first -- name:')
            comment = []
        elif not note.startswith('name:'):
            comment.append(note)
            if current:
                current.body.append((number + 1, ''))  # lines must go on counting
        else:
            first = number + 1
            while number + 1 < len(lines) and comment_of(lines[number + 1]) is not None and (
                    head_is_open(note) or comment_of(lines[number + 1]).startswith(('->', '('))):
                number += 1
                note += ' ' + comment_of(lines[number])
            current = None
            try:
                current = parse_head(path, first, note, comment)
                queries.append(current)
            except Problem as problem:
                problems.append(f'{path}:{problem.line}: {problem}')
                current = Query('', '', path, first, [], [])  # swallows the body
            comment = []
        number += 1
    return queries


def for_dialect(body, dialect):
    """The (line number, text) pairs that hold for one engine."""
    kept, only = [], None
    for line, text in body:
        note = comment_of(text)
        if note is None or not note.startswith('@'):
            kept.append((line, text if only in (None, dialect) else ''))
            continue
        word = note[1:]
        if word != 'end' and word not in DIALECTS:
            raise Problem(line, f'"@{word}": there are @sqlite, @pg and @end')
        if word == 'end' and only is None:
            raise Problem(line, '@end without @sqlite or @pg')
        only, opened = (None if word == 'end' else word), line
    if only:
        raise Problem(opened, f'@{only} has no @end')
    return kept


def rewrite(query, dialect):
    """The statement for one engine: :name as ?1 or $1, comments gone, one statement."""
    pairs = for_dialect(query.body, dialect)
    text = '\n'.join(t for _, t in pairs)
    first = pairs[0][0] if pairs else query.line
    names = [p.name for p in query.parameters]
    out, position, used, ended = [], 0, set(), False

    def line_at(offset):
        return first + text.count('\n', 0, offset)

    for match in TOKEN.finditer(text):
        between = text[position:match.start()]
        if ended and (between.strip() or not match['comment']):
            break
        out.append(between)
        position = match.end()
        if match['skip']:
            out.append(match[0])
        elif match['parameter']:
            if match['parameter'] not in names:
                raise Problem(line_at(match.start()),
                              f'query {query.name}: :{match["parameter"]} is not a parameter')
            used.add(match['parameter'])
            mark = '?' if dialect == 'sqlite' else '$'
            out.append(f'{mark}{names.index(match["parameter"]) + 1}')
        elif match['end']:
            ended = True
        elif match['foreign']:
            raise Problem(line_at(match.start()),
                          f'query {query.name}: "{match[0]}": parameters are written :name')
        elif match['open']:
            raise Problem(line_at(match.start()), f'query {query.name}: {match[0]} is not closed')
    rest = text[position:]
    if ended and rest.strip():
        offset = position + len(rest) - len(rest.lstrip())
        raise Problem(line_at(offset), f'query {query.name}: more than one statement')
    out.append('' if ended else rest)
    if not ''.join(out).strip():
        raise Problem(query.line, f'query {query.name}: no SQL for {dialect}')
    for name in names:
        if name not in used:
            raise Problem(query.line,
                          f'query {query.name}: parameter {name} is not used ({dialect})')
    return '\n'.join(l.strip() for l in ''.join(out).split('\n') if l.strip())


def read_text(path, problems):
    try:
        return path.read_bytes().decode('utf-8')
    except UnicodeDecodeError as error:
        line = path.read_bytes()[:error.start].count(b'\n') + 1
        problems.append(f'{path}:{line}: not UTF-8')
        return ''


def read_queries(folder, problems):
    queries, seen = [], {}
    for path in sorted(folder.glob('*.sql')):
        for query in split_entries(path, read_text(path, problems).split('\n'), problems):
            if query.name in seen:
                problems.append(f'{path}:{query.line}: query {query.name} is already at '
                                f'{seen[query.name]}')
            seen.setdefault(query.name, f'{path}:{query.line}')
            try:
                query.sql = {dialect: rewrite(query, dialect) for dialect in DIALECTS}
            except Problem as problem:
                problems.append(f'{path}:{problem.line}: {problem}')
            queries.append(query)
    share_rows(queries, problems)
    check_names(queries, problems)
    return queries


def share_rows(queries, problems):
    """Gives queries that only name a row type its columns, from the one that lists them."""
    listed = {}
    for query in (q for q in queries if q.columns):
        other = listed.setdefault(query.row, query)
        if other is not query and other.columns != query.columns:
            problems.append(f'{query.path}:{query.line}: row {query.row} has other columns at '
                            f'{other.path}:{other.line}')
    for query in (q for q in queries if q.mode != 'exec' and not q.columns):
        if query.row not in listed:
            problems.append(f'{query.path}:{query.line}: no query lists the columns of row '
                            f'{query.row}')
            continue
        query.columns = listed[query.row].columns


def check_names(queries, problems):
    """Two queries must not end in one C function, nor a type in two meanings."""
    functions = {}
    for query in queries:
        names = [query.name]
        if query.mode == 'many':
            names = [f'{query.name}_{form}' for form in ('all', 'open', 'next')]
        for name in names:
            other = functions.setdefault(name, query)
            if other is not query and other.name != query.name:
                problems.append(f'{query.path}:{query.line}: q_{name} is also made by query '
                                f'{other.name} at {other.path}:{other.line}')


def read_steps(folder, problems):
    """(number, name, {dialect: sql}) of the schema, ascending and without gaps."""
    steps = []
    for path in sorted(folder.glob('*.sql')):
        match = STEP_FILE.fullmatch(path.stem)
        if not match:
            problems.append(f'{path}:1: a step is called NNNN_words.sql')
            continue
        number = int(match[1])
        if number != len(steps) + 1:
            problems.append(f'{path}:1: step {len(steps) + 1:04} is missing or there twice')
        body = list(enumerate(read_text(path, problems).split('\n'), 1))
        try:
            steps.append((number, path.stem, {d: '\n'.join(t for _, t in for_dialect(body, d))
                                              for d in DIALECTS}))
        except Problem as problem:
            problems.append(f'{path}:{problem.line}: {problem}')
    return steps


# ---- Writing ----

def c_string(text, indent='    '):
    """A C literal, one line of text a line."""
    lines = text.split('\n')
    quoted = []
    for number, line in enumerate(lines):
        line = line.replace('\\', '\\\\').replace('"', '\\"').replace('\t', '\\t')
        line = line.replace('??', '?\\?')
        quoted.append(f'{indent}"{line}' + ('\\n"' if number < len(lines) - 1 else '"'))
    return '\n'.join(quoted)


def members(fields, with_null):
    for one in fields:
        yield f'    {TYPES[one.type]} {one.name};'
        if one.may_be_null and with_null:
            yield f'    bool {one.name}_is_null;'


def parameter_list(query):
    if query.in_struct:
        return [f'const Q{pascal(query.name)}Params *params']
    return [f'{TYPES[p.type]} {p.name}' for p in query.parameters]


def prototypes(query):
    """(form, C prototype) for each function of a query."""
    given, row = parameter_list(query), f'Q{pascal(query.row)}'

    def make(suffix, *parts):
        return f'bool q_{query.name}{suffix}({", ".join(parts)})'

    if query.mode == 'exec':
        return [('exec', make('', 'Db *db', *given, 'Err *err'))]
    if query.mode == 'one':
        return [('one', make('', 'Db *db', 'Arena *arena', *given, f'{row} *ret_row',
                             'bool *ret_found', 'Err *err'))]
    return [('all', make('_all', 'Db *db', 'Arena *arena', *given, f'{row} **ret_rows',
                         'size_t *ret_count', 'Err *err')),
            ('open', make('_open', 'Db *db', *given, 'DbRows *ret_rows', 'Err *err')),
            ('next', make('_next', 'DbRows *rows', f'{row} *ret_row'))]


def rows_of(queries):
    """{row name: columns}, in order of first use."""
    rows = {}
    for query in queries:
        if query.columns:
            rows.setdefault(query.row, query.columns)
    return rows


def header(queries):
    out = ['/* SPDX-License-Identifier: Apache-2.0 */',
           '/* Written by tools/sqlgen.py from sql/; see db/db_query.h. */',
           '#ifndef TONGXIN_QUERY_H', '#define TONGXIN_QUERY_H', '', '#include "db/db_query.h"', '',
           'typedef enum QueryId {']
    out += [f'    QUERY_{q.name.upper()},' for q in queries]
    out += ['    QUERY__COUNT', '} QueryId;', '']
    for name, columns in rows_of(queries).items():
        out += [f'typedef struct Q{pascal(name)} {{', *members(columns, True),
                f'}} Q{pascal(name)};', '']
    for query in queries:
        if query.in_struct:
            out += [f'typedef struct Q{pascal(query.name)}Params {{',
                    *members(query.parameters, False), f'}} Q{pascal(query.name)}Params;', '']
        comment = [line.replace('*/', '* /') for line in query.comment if line]
        out.append('\n * '.join([f'/* {query.place}'] + comment) + ' */')
        out += [f'NODISCARD {text};' for form, text in prototypes(query) if form != 'next']
        out += [f'{text};' for form, text in prototypes(query) if form == 'next']
        out.append('')
    return '\n'.join(out + ['#endif', ''])


def reader(name, columns):
    """Functions that read the current row, and that copy its text into an arena."""
    row = f'Q{pascal(name)}'
    out = [f'static bool read_{name}(DbRows *rows, {row} *ret)', '{', f'    *ret = ({row}){{0}};']
    for number, one in enumerate(columns):
        out.append(f'    ret->{one.name} = db_rows_{one.type}(rows, {number});')
        if one.may_be_null:
            out.append(f'    ret->{one.name}_is_null = db_rows_is_null(rows, {number});')
    out += ['    return rows->failure.code == ERR_NONE;', '}', '']
    texts = [c.name for c in columns if TYPES[c.type] == 'Str']
    out += [f'UNUSED static void keep_{name}(Arena *arena, {row} *row)', '{']
    out += [f'    row->{text} = str_dup(arena, row->{text});' for text in texts] \
        or ['    (void)arena, (void)row;']
    return '\n'.join(out + ['}', ''])


def bound_values(query):
    """Lines that declare `values`, and how to pass it."""
    if not query.parameters:
        return [], 'NULL'
    out = ['    const DbValue values[] = {']
    for one in query.parameters:
        given = ('params->' if query.in_struct else '') + one.name
        maker = 'db_value_' + {'bool': 'int'}.get(one.type, one.type)
        if one.may_be_null:
            is_null = f'{given} == 0' if one.type == 'int' else f'{given}.n == 0'
            out.append(f'        {is_null} ? (DbValue){{.is_null = true}} : {maker}({given}),')
        else:
            out.append(f'        {maker}({given}),')
    return out + ['    };'], 'values'


BODY_ONE = '''    DbRows rows;
    {row} row = {{0}};
    if (!db_query_open(db, {id}, {values}, false, &rows, err))
        return false;
    bool found = db_rows_next(&rows) && read_{rowname}(&rows, &row);
    if (found)
        keep_{rowname}(arena, &row);
    if (!db_rows_close(&rows, err))
        return false;
    *ret_found = found;
    if (found)
        *ret_row = row;
    return true;'''

BODY_ALL = '''    DbRows rows;
    {row} row;
    VEC({row}) all = {{0}};
    if (!db_query_open(db, {id}, {values}, false, &rows, err))
        return false;
    while (db_rows_next(&rows) && read_{rowname}(&rows, &row)) {{
        keep_{rowname}(arena, &row);
        *vec_push(arena, &all) = row;
    }}
    if (!db_rows_close(&rows, err))
        return false;
    *ret_rows = all.p;
    *ret_count = all.n;
    return true;'''

BODIES = {
    'one': BODY_ONE,
    'all': BODY_ALL,
    'exec': '    return db_query_exec(db, {id}, {values}, err);',
    'open': '    return db_query_open(db, {id}, {values}, true, ret_rows, err);',
    'next': '    ASSERT(rows->query == &db_queries[{id}]);\n'
            '    return db_rows_next(rows) && read_{rowname}(rows, ret_row);',
}


def function(query, form, prototype):
    lines, values = bound_values(query) if form != 'next' else ([], '')
    body = BODIES[form].format(id=f'QUERY_{query.name.upper()}', values=values,
                               row=f'Q{pascal(query.row)}', rowname=query.row)
    return '\n'.join([prototype, '{', *lines, body, '}', ''])


def field_table(name, fields):
    rows = [f'    {{"{f.name}", DB_{f.type.upper()}, {str(f.may_be_null).lower()}}},'
            for f in fields]
    return '\n'.join([f'static const DbField {name}[] = {{', *rows, '};', ''])


def query_row(query):
    def table(fields, kind):
        return f'{kind}_{query.name}' if fields else 'NULL'
    return '\n'.join([
        f'    {{"{query.name}", "{query.place}",',
        c_string(query.sql['sqlite'], '     ') + ',', c_string(query.sql['pg'], '     ') + ',',
        f'     {table(query.parameters, "parameters")}, {table(query.columns, "columns")}, '
        f'{len(query.parameters)}, {len(query.columns or [])}}},'])


def source(queries, steps):
    out = ['/* SPDX-License-Identifier: Apache-2.0 */',
           '/* Written by tools/sqlgen.py from sql/. */', '#include "query.h"', '']
    for query in queries:
        if query.parameters:
            out.append(field_table(f'parameters_{query.name}', query.parameters))
        if query.columns:
            out.append(field_table(f'columns_{query.name}', query.columns))
    out += ['/* One more than there are: C has no empty array. */',
            'const DbQuery db_queries[QUERY__COUNT + 1] = {', *map(query_row, queries),
            '    {0}', '};',
            'const size_t db_query_count = QUERY__COUNT;', '',
            'static const DbMigration steps[] = {']
    for number, name, sql in steps:
        out += [f'    {{{number}, S_CONST("{name}"), S_CONST(', c_string(sql['sqlite'], '     '),
                '     ), S_CONST(', c_string(sql['pg'], '     '), '     )},']
    out += ['    {0}', '};',
            f'const DbMigrations db_site_migrations = {{steps, {len(steps)}}};', '']
    out += [reader(name, columns) for name, columns in rows_of(queries).items()]
    out += [function(q, form, text) for q in queries for form, text in prototypes(q)]
    return '\n'.join(out)


def write_if_changed(path, text):
    path = pathlib.Path(path)
    if not path.exists() or path.read_text(encoding='utf-8') != text:
        path.write_text(text, encoding='utf-8')


def main(arguments):
    if len(arguments) not in (4, 5):
        print(__doc__, file=sys.stderr)
        return 2
    query_h, query_c = arguments[:2]
    folders = [pathlib.Path(folder) for folder in arguments[2:4]]
    problems = []
    queries = read_queries(folders[0], problems)
    steps = read_steps(folders[1], problems)
    if problems:
        print('\n'.join(problems), file=sys.stderr)
        return 1
    write_if_changed(query_h, header(queries))
    write_if_changed(query_c, source(queries, steps))
    if len(arguments) == 5:
        seen = [p for folder in folders if folder.is_dir()
                for p in [folder, *sorted(folder.glob('*.sql'))]]
        paths = ' '.join(str(p).replace(' ', '\\ ') for p in seen)
        pathlib.Path(arguments[4]).write_text(f'{query_h}: {paths}\n', encoding='utf-8')
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
