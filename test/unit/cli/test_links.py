# SPDX-License-Identifier: Apache-2.0
"""The libraries of the second program are not loaded into the server (ADR 0012)."""
import pathlib
import re
import subprocess
import sys

APART = re.compile(r'lib(zip|expat|cairo|pango|harfbuzz|fontconfig|freetype|glib|xlsxwriter|png)')


def loaded(program):
    said = subprocess.run(['ldd', program], capture_output=True, text=True, check=True).stdout
    return sorted(set(re.findall(r'^\s*(lib[^\s]+)', said, re.M)))


server, document = sys.argv[1:]
wrong = [name for name in loaded(server) if APART.match(name)]
if wrong:
    sys.exit(f'{server} loads {", ".join(wrong)}')
if not any(APART.match(name) for name in loaded(document)):
    sys.exit(f'{document} loads none of them: this test looks for the wrong names')
if pathlib.Path(server).parent != pathlib.Path(document).parent:
    sys.exit(f'{document} does not stand beside {server}')
