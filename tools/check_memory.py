#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""malloc, calloc, realloc and free appear only in base/arena.c and in the library adapters named
here: everything else lives in an arena (src/base/arena.h)."""
import re

import check_common as common

# path -> why a foreign library's memory has to be taken or given back there
ADAPTERS = {
    'src/base/arena.c': 'the one allocator',
}

# jansson.h, libfyaml.h and libmicrohttpd hand out or ask for malloc'ed memory; their adapter is
# allowed whatever its name is, because check_includes.py proves that there is only one.
ADAPTER_HEADERS = re.compile(r'#\s*include\s*<(jansson|libfyaml|microhttpd|curl/\w+|libpq-fe)\.h>')

CALL = re.compile(r'(?<![.\w>])(malloc|calloc|realloc|reallocarray|free|aligned_alloc|posix_memalign)'
                  r'\s*[(,)]')


def problems(root):
    found = []
    for path in common.c_files(root, 'src'):
        name = path.relative_to(root).as_posix()
        text = common.read(path)
        if name in ADAPTERS or name == 'src/base/banned.h' or ADAPTER_HEADERS.search(text):
            continue
        code = common.without_comments_and_strings(text)
        found += [f'{name}:{code.count(chr(10), 0, m.start()) + 1}: {m[1]}() outside the arena; '
                  'take an Arena *, or name this library adapter in tools/check_memory.py'
                  for m in CALL.finditer(code)]
    return found


if __name__ == '__main__':
    common.run(problems, __doc__)
