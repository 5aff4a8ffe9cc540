#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns the files of web/ into C: a table of assets under names that carry a hash of their bytes.

A style sheet may hold the line `/* icons */`; there one mask rule for each icon is put, so that a
page draws an icon as `<span class="icon icon-desk"></span>` in the colour of its text.

    embed.py OUT.h OUT.c FILE...         write the C table
    embed.py --css OUT.css FILE...       only the finished style sheet (for prototypes)
"""
import gzip
import hashlib
import pathlib
import re
import sys
import urllib.parse

TYPES = {'.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
         '.svg': 'image/svg+xml'}
ICON_MARK = '/* icons */'


def icon_rules(icons):
    """CSS that masks a box with each icon."""
    rules = []
    for icon in icons:
        data = urllib.parse.quote(icon.read_text(encoding='utf-8').strip(), safe=" ='/:,")
        url = f'url("data:image/svg+xml,{data}")'
        rules.append(f'.icon-{icon.stem}{{-webkit-mask-image:{url};mask-image:{url}}}')
    return '\n'.join(rules)


def shorten_css(text):
    """Without comments, indentation and empty lines; nothing cleverer, so nothing can break."""
    text = re.sub(r'/\*.*?\*/', '', text, flags=re.S)
    return '\n'.join(line.strip() for line in text.splitlines() if line.strip()) + '\n'


def finished(path, icons):
    if path.suffix != '.css':
        return path.read_bytes()
    text = path.read_text(encoding='utf-8').replace(ICON_MARK, icon_rules(icons))
    return shorten_css(text).encode()


def asset_name(path):
    return f'icon_{path.stem}' if path.parent.name == 'icons' else path.name.replace('.', '_')


def byte_array(name, data):
    """Rows of numbers: a string literal of this size is past what C promises."""
    rows = [','.join(str(byte) for byte in data[at:at + 24]) for at in range(0, len(data), 24)]
    return f'static const unsigned char {name}[] = {{\n' + ',\n'.join(rows) + '};\n'


def asset(path, icons):
    data = finished(path, icons)
    return {'id': asset_name(path), 'type': TYPES[path.suffix], 'data': data,
            'gzip': gzip.compress(data, 9, mtime=0),
            'hash': hashlib.sha256(data).hexdigest()[:12], 'stem': path.stem,
            'suffix': path.suffix}


def header(assets):
    ids = ',\n'.join(f'    WEB_{item["id"].upper()}' for item in assets)
    icons = sum(item['suffix'] == '.svg' for item in assets)
    return HEADER.replace('@IDS@', ids).replace('@ICONS@', str(icons))


def source(assets):
    parts = [SOURCE_HEAD]
    for item in assets:
        parts.append(byte_array(item['id'], item['data']))
        parts.append(byte_array(item['id'] + '_gzip', item['gzip']))
    rows = []
    for item in assets:
        path = f'/assets/{item["stem"]}.{item["hash"]}{item["suffix"]}'
        rows.append(f'    [WEB_{item["id"].upper()}] = {{S_CONST("{path}"), '
                    f'S_CONST("{item["type"]}"), S_CONST("\\"{item["hash"]}\\""),\n'
                    f'        {{(const char *){item["id"]}, sizeof({item["id"]})}},\n'
                    f'        {{(const char *){item["id"]}_gzip, sizeof({item["id"]}_gzip)}}}},')
    names = [item['stem'] for item in assets if item['suffix'] == '.svg']
    parts.append('const Str web_icons[WEB_ICONS] = {\n'
                 + ',\n'.join(f'    S_CONST("{name}")' for name in names) + '\n};\n')
    parts.append('const WebAsset web_assets[WEB__COUNT] = {\n' + '\n'.join(rows) + '\n};\n')
    parts.append(SOURCE_TAIL)
    return '\n'.join(parts)


HEADER = '''/* SPDX-License-Identifier: Apache-2.0 */
/* web_assets.h - the files of web/, built into the program. Written by tools/embed.py.
 *
 * A path carries a hash of the bytes, so an answer may be kept for ever (Cache-Control: public,
 * max-age=31536000, immutable) and a page always names what belongs to it. */
#ifndef TONGXIN_WEB_ASSETS_H
#define TONGXIN_WEB_ASSETS_H

#include "base/str.h"

typedef enum WebAssetId {
@IDS@,
    WEB__COUNT
} WebAssetId;

typedef struct WebAsset {
    Str path; /* "/assets/app.0123456789ab.css" */
    Str type; /* media type */
    Str etag; /* with its quotes */
    Str body;
    Str gzip; /* the body, compressed */
} WebAsset;

/* Names of the drawings of web/icons, in order: "account". */
#define WEB_ICONS @ICONS@
extern const Str web_icons[WEB_ICONS];

/* By id; lives as long as the program. */
extern const WebAsset web_assets[WEB__COUNT];
/* The asset of a request's path, or NULL. */
const WebAsset *web_asset_find(Str path);

#endif
'''

SOURCE_HEAD = '''/* SPDX-License-Identifier: Apache-2.0 */
/* Written by tools/embed.py. */
#include "web_assets.h"
'''

SOURCE_TAIL = '''
const WebAsset *web_asset_find(Str path)
{
    for (size_t i = 0; i < WEB__COUNT; i++)
        if (str_eq(web_assets[i].path, path))
            return &web_assets[i];
    return NULL;
}
'''


def main():
    css_only = sys.argv[1] == '--css'
    outputs = sys.argv[2:3] if css_only else sys.argv[1:3]
    paths = sorted(pathlib.Path(name) for name in sys.argv[3:])
    icons = [path for path in paths if path.parent.name == 'icons']
    if css_only:
        sheet = next(path for path in paths if path.suffix == '.css')
        pathlib.Path(outputs[0]).write_bytes(finished(sheet, icons))
        return
    assets = [asset(path, icons) for path in paths]
    pathlib.Path(outputs[0]).write_text(header(assets), encoding='utf-8')
    pathlib.Path(outputs[1]).write_text(source(assets), encoding='utf-8')


if __name__ == '__main__':
    main()
