#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No file of the project names one machine: no home folder, no path of this checkout or of its
neighbours, no package registry or mirror host, no resolved address in a lock file."""
import pathlib
import re
import subprocess

import check_common as common

BINARY = {'.png', '.jpg', '.ico', '.woff2', '.pdf', '.xlsx', '.docx', '.db', '.gz', '.bin'}
SYSTEM = {'usr', 'etc', 'var', 'opt', 'tmp', 'dev', 'proc', 'sys', 'run', 'srv', 'mnt', 'bin', 'lib'}

HOSTS = re.compile(r'\b(registry|mirrors?|proxy|artifactory|nexus)\.[\w-]+(\.[\w-]+)+|'
                   r'\b[\w-]+\.(npmjs|npmmirror|pypi|pythonhosted|yarnpkg)\.(org|com)\b'
                   r'|"resolved"\s*:', re.I)
HOMES = re.compile(r'(?<![\w.:/-])/(root|home/\w+|Users/\w+)/')


def project_files(root):
    """What git tracks or would track; everything when this is no checkout."""
    listed = subprocess.run(['git', '-C', root, 'ls-files', '-co', '--exclude-standard', '-z'],
                            capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return [pathlib.Path(root, name) for name in listed.stdout.decode().split('\0') if name]
    return sorted(p for p in pathlib.Path(root).rglob('*') if p.is_file())


def own_places(root):
    """Absolute paths of the checkout and the folders beside it, where they are telling."""
    root = root.resolve()
    if len(root.parts) < 3 or root.parts[1] in SYSTEM:
        return []
    return [str(p) for p in root.parent.iterdir() if p.is_dir() and not p.name.startswith('.')]


def problems(root):
    places = own_places(root)
    here = re.compile('|'.join(re.escape(p) + r'(?![\w-])' for p in places)) if places else None
    found = []
    for path in project_files(root):
        name = path.relative_to(root).as_posix()
        if path.suffix in BINARY or not path.is_file() or name == 'tools/check_paths.py':
            continue
        for number, line in enumerate(common.read(path).split('\n'), 1):
            for what, pattern in (('a registry or its address', HOSTS), ('a home folder', HOMES),
                                  ('a path of this machine', here)):
                match = pattern and pattern.search(line)
                if match:
                    found.append(f'{name}:{number}: {what}: {match[0]}')
    return found


if __name__ == '__main__':
    common.run(problems, __doc__)
