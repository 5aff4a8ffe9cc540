#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What tongxin-document makes of descriptions: the Word file part by part, the PDF by what it says.

usage: run.py TONGXIN_DOCUMENT [--accept]

Of each NAME.jsonl the parts of the Word file are compared with NAME.docx.txt, and the words of the PDF
with NAME.pdf.txt. --accept writes what was made; read the difference before keeping it. Where lines and
pages end in a PDF depends on the fonts of a machine, so its words are compared without white space, and
the layout is measured with characters that are as wide in every Chinese font.
"""
import io
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unittest
import xml.dom.minidom
import zipfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent
sys.path.insert(0, str(ROOT / 'test'))
from support import qr  # noqa: E402

ACCEPT = '--accept' in sys.argv
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
SAMPLES = sorted(HERE.glob('*.jsonl'))
PAPER = {'type': 'paper', 'language': 'zh', 'made_on': 19700}
LINK = 'https://tongxin.example.cn/briefings/JB-2023-001'
TYPE_WIDTH, TYPE_HEIGHT = 156 / 25.4 * 72, 225 / 25.4 * 72


def run(verb, description, environment=None):
    return subprocess.run([PROGRAM, verb], input=description, capture_output=True, timeout=60, check=False,
                          env=environment or {})


def made(verb, description):
    done = run(verb, description)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def described(*blocks, **paper):
    return ''.join(json.dumps(line, ensure_ascii=False, separators=(',', ':'), sort_keys=True) + '\n'
                   for line in ({**PAPER, **paper}, *blocks)).encode()


def poppler(pdf, program, *options, into=()):
    """What a program of poppler-utils says about a PDF."""
    with tempfile.NamedTemporaryFile(suffix='.pdf') as file:
        file.write(pdf)
        file.flush()
        return subprocess.run([program, *options, file.name, *into], capture_output=True, check=True).stdout


def words(pdf):
    return poppler(pdf, 'pdftotext', '-raw', into='-').decode()


def boxes(pdf):
    """(page, word, left, top, right) of each word, in points."""
    page, found = 0, []
    for line in poppler(pdf, 'pdftotext', '-bbox', into='-').decode().splitlines():
        page += '<page ' in line
        if match := re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)".*>([^<]+)</word>', line):
            found.append((page, match[4], *map(float, match.group(1, 2, 3))))
    return found


def png_pixels(png):
    """(width, height, is_dark) of an eight-bit RGB picture."""
    at, data = 8, b''
    while at < len(png):
        size, kind = struct.unpack('>I4s', png[at:at + 8])
        body = png[at + 8:at + 8 + size]
        if kind == b'IHDR':
            width, height, depth, color = struct.unpack('>IIBB', body[:10])
            assert (depth, color) == (8, 2)
        data += body if kind == b'IDAT' else b''
        at += size + 12
    raw, rows, before = zlib.decompress(data), [], bytes(width * 3)
    for y in range(height):
        kind, line = raw[y * (width * 3 + 1)], bytearray(raw[y * (width * 3 + 1) + 1:(y + 1) * (width * 3 + 1)])
        for i in range(len(line)):
            left, up, corner = (line[i - 3] if i > 2 else 0), before[i], (before[i - 3] if i > 2 else 0)
            paeth = min((left, up, corner), key=lambda v: abs(left + up - corner - v))
            line[i] = (line[i] + (0, left, up, (left + up) // 2, paeth)[kind]) & 255
        rows.append(line)
        before = line
    return width, height, lambda x, y: rows[y][3 * x] < 128


class Golden(unittest.TestCase):
    def compare(self, file, text, plain=lambda text: text):
        if ACCEPT:
            file.write_text(text, encoding='utf-8')
        self.assertEqual(plain(file.read_text(encoding='utf-8')), plain(text))

    def test_word_files(self):
        for sample in SAMPLES:
            with self.subTest(sample.name), zipfile.ZipFile(io.BytesIO(made('docx', sample.read_bytes()))) as file:
                text = ''.join(f'==== {name}\n{file.read(name).decode()}' for name in file.namelist()
                               if not name.endswith('.png'))
                self.compare(sample.with_suffix('.docx.txt'), text)

    def test_words_of_pdfs(self):
        for sample in SAMPLES:
            with self.subTest(sample.name):
                self.compare(sample.with_suffix('.pdf.txt'), words(made('pdf', sample.read_bytes())),
                             lambda text: re.sub(r'\s+|—\d+—', '', text))

    def test_the_same_twice_is_the_same_file(self):
        for verb in ('docx', 'pdf'):
            description = SAMPLES[0].read_bytes()
            self.assertEqual(made(verb, description), made(verb, description))


class Word(unittest.TestCase):
    """A Word file is whole: every part well formed, typed and reached, every reference met."""

    def setUp(self):
        self.file = zipfile.ZipFile(io.BytesIO(made('docx', (HERE / 'briefing.zh.jsonl').read_bytes())))
        self.addCleanup(self.file.close)

    def part(self, name):
        return xml.dom.minidom.parseString(self.file.read(name))

    def values(self, name, tag, attribute):
        return {node.getAttribute(attribute) for node in self.part(name).getElementsByTagName(tag)}

    def test_parts_are_well_formed_and_typed(self):
        typed = self.values('[Content_Types].xml', 'Override', 'PartName')
        defaults = self.values('[Content_Types].xml', 'Default', 'Extension')
        for name in self.file.namelist():
            if not name.endswith('.png'):
                self.part(name)
            self.assertTrue(name == '[Content_Types].xml' or f'/{name}' in typed or
                            name.rsplit('.', 1)[1] in defaults - {'xml'}, name)
        self.assertEqual(typed - {f'/{name}' for name in self.file.namelist()}, set())

    def test_references_are_met(self):
        for rels, folder in (('_rels/.rels', ''), ('word/_rels/document.xml.rels', 'word/')):
            for target in self.values(rels, 'Relationship', 'Target'):
                self.assertIn(folder + target, self.file.namelist())
        known = self.values('word/_rels/document.xml.rels', 'Relationship', 'Id')
        used = set(re.findall(r'r:(?:id|embed)="(\w+)"', self.file.read('word/document.xml').decode()))
        self.assertEqual(used - known, set())
        styles = self.values('word/styles.xml', 'w:style', 'w:styleId')
        for name in ('document', 'footer1', 'footer2', 'header1'):
            self.assertEqual(self.values(f'word/{name}.xml', 'w:pStyle', 'w:val') - styles, set())

    def test_the_page_is_that_of_the_standard(self):
        margins = self.part('word/document.xml').getElementsByTagName('w:pgMar')[0]
        for side, millimetres in (('top', 37), ('bottom', 35), ('left', 28), ('right', 26)):
            self.assertAlmostEqual(int(margins.getAttribute(f'w:{side}')) / 1440 * 25.4, millimetres, delta=0.05)

    def test_the_code_can_be_read(self):
        self.assertEqual(qr.read_pixels(*png_pixels(self.file.read('word/media/code1.png'))), LINK)

    def test_text_is_escaped(self):
        with zipfile.ZipFile(io.BytesIO(made('docx', described({'type': 'text', 'text': '<a> & "b"\nc'})))) as file:
            body = xml.dom.minidom.parseString(file.read('word/document.xml'))
        self.assertEqual([node.firstChild.data for node in body.getElementsByTagName('w:t')], ['<a> & "b"', 'c'])


class Pdf(unittest.TestCase):
    def test_a_page_has_22_lines_of_28_characters(self):
        for characters, pages in ((28 * 22 - 2, 1), (28 * 22 - 1, 2)):
            text = made('pdf', described({'type': 'text', 'text': '同' * characters}))
            lines = [line for line in words(text).splitlines() if '同' in line]
            self.assertRegex(poppler(text, 'pdfinfo').decode(), rf'Pages: +{pages}\n')
            self.assertEqual([len(line) for line in lines[:22]], [26] + [28] * 21)

    def test_text_stands_inside_the_margins(self):
        left, top = 28 / 25.4 * 72, 37 / 25.4 * 72
        for page, word, from_left, from_top, right in boxes(made('pdf', (HERE / 'briefing.zh.jsonl').read_bytes())):
            with self.subTest(page=page, word=word):
                self.assertGreaterEqual(from_left, left - 1)
                self.assertLessEqual(right, left + TYPE_WIDTH + 1)
                if word not in ('草稿', '—', str(page), f'—{page}—'):
                    self.assertGreaterEqual(from_top, top - 8)
                    self.assertLessEqual(from_top, top + TYPE_HEIGHT)

    def test_page_numbers_stand_outside(self):
        sides = {page: from_left for page, word, from_left, _, _ in
                 boxes(made('pdf', (HERE / 'briefing.zh.jsonl').read_bytes())) if word.startswith('—')}
        self.assertGreater(sides[1], 300)
        self.assertLess(sides[2], 150)

    def test_a_row_longer_than_a_page_loses_nothing(self):
        row = {'type': 'row', 'cells': 2, 'cell.00': '甲', 'cell.01': '乙' * 3000}
        head = {'type': 'row', 'level': 1, 'cells': 2, 'cell.00': '名', 'cell.01': '称'}
        said = words(made('pdf', described(head, *[row] * 3)))
        self.assertEqual(said.count('乙'), 9000)
        self.assertEqual(said.count('名'), said.count('\f'), 'the head is on every page, once')

    def test_the_code_can_be_read(self):
        picture = poppler(made('pdf', described({'type': 'code', 'link': LINK})), 'pdftoppm', '-r', '200', '-gray',
                          '-y', '200', '-H', '1500')
        width, height = map(int, picture.split(maxsplit=3)[1:3])
        pixels = picture[-width * height:]
        self.assertEqual(qr.read_pixels(width, height, lambda x, y: pixels[y * width + x] < 128), LINK)


class Refusals(unittest.TestCase):
    def test_what_is_no_description_is_refused(self):
        for verb in ('docx', 'pdf'):
            for text in (b'', b'x\n', b'{"type":"text"}\n', described({'type': 'nothing'})):
                done = run(verb, text)
                self.assertEqual((done.returncode, done.stdout), (1, b''))
                self.assertRegex(done.stderr.decode(), r'^wrong\tdocument_input_wrong\t\d+\t\t\n$')

    def test_what_is_too_large_is_refused(self):
        done = run('docx', described({'type': 'text', 'text': 'x' * 9_000_000}))
        self.assertEqual((done.returncode, done.stderr), (1, b'too_large\tdocument_input_large\t\t\t\n'))

    def test_an_unknown_verb_is_refused(self):
        self.assertEqual(run('xyz', b'').stderr, b'usage\tdocument_no_verb\t\t\t\n')


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0]])
