#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every function prototype in src/*/*.h says what it does: a comment directly above it, at its end,
or above the run of prototypes it belongs to (a run has no blank line and no other code in it)."""
import re

import check_common as common

PROTOTYPE = re.compile(r'^(?!typedef|return|#|struct\s+\w+\s*\{|enum|static|extern\s+"C")'
                       r'[A-Za-z_][\w\s*,()]*?\b\**(\w+)\s*\([^;{}]*\)[^;{}=]*;', re.S)


def blank_bodies(text):
    """Blanks what stands between braces, so that only the outermost declarations are left."""
    out, depth = [], 0
    for char in text:
        depth -= char == '}'
        out.append(char if depth <= 0 or char == '\n' else ' ')
        depth += char == '{'
    return ''.join(out)


def drop_directives(text):
    """Blanks preprocessor lines with their continuations."""
    return re.sub(r'^[ \t]*#(?:[^\n\\]|\\.|\\\n)*', lambda m: re.sub(r'[^\n]', ' ', m[0]), text,
                  flags=re.M)


def undocumented(text):
    """(line number, name) of each prototype without a comment."""
    lines = text.split('\n')
    code = blank_bodies(drop_directives(common.without_comments_and_strings(text))).split('\n')
    covered = False
    number = 0
    while number < len(lines):
        if not lines[number].strip():
            covered = False
        elif not code[number].strip():
            covered = covered or not lines[number].lstrip().startswith('#')
        else:
            end = number
            while end < len(lines) - 1 and ';' not in code[end] and '{' not in code[end] \
                    and lines[end + 1].strip():
                end += 1
            match = PROTOTYPE.match('\n'.join(code[number:end + 1]).lstrip())
            own = any('/*' in line for line in lines[number:end + 1])
            if match and not covered and not own:
                yield number + 1, match[1]
            covered = bool(match) and (covered or own)
            number = end
        number += 1


def problems(root):
    found = []
    for path in sorted(root.glob('src/*/*.h')):
        name = path.relative_to(root).as_posix()
        found += [f'{name}:{line}: {function}() has no comment; a header is a contract'
                  for line, function in undocumented(common.read(path))]
    return found


if __name__ == '__main__':
    common.run(problems, __doc__)
