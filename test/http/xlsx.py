# SPDX-License-Identifier: Apache-2.0
"""Workbooks read with the standard library alone: sheets as rows of (type, text)."""
import io
import xml.etree.ElementTree as tree
import zipfile

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'


def sheets(data):
    """name -> rows; a cell is its text, or its number as float."""
    book = zipfile.ZipFile(io.BytesIO(data))
    assert book.testzip() is None
    names = [sheet.get('name') for sheet in tree.fromstring(book.read('xl/workbook.xml')).iter(f'{MAIN}sheet')]
    return {name: rows(book.read(f'xl/worksheets/sheet{place}.xml')) for place, name in enumerate(names, 1)}


def rows(text):
    return [[cell(c) for c in row.iter(f'{MAIN}c')] for row in tree.fromstring(text).iter(f'{MAIN}row')]


def cell(element):
    if element.get('t') == 'inlineStr':
        return ''.join(part.text or '' for part in element.iter(f'{MAIN}t'))
    value = element.find(f'{MAIN}v')
    return None if value is None else float(value.text)
