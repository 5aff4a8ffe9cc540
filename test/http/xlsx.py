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


def make(rows, shared=True, days=(), merged='', more=None):
    """A workbook as a spreadsheet writes it; columns in `days` are shown as dates."""
    strings, body = [], []
    for number, row in enumerate(rows, 1):
        cells = []
        for place, value in enumerate(row):
            if value is None:
                continue
            name = f'{chr(65 + place)}{number}'
            if isinstance(value, (int, float)):
                cells.append(f'<c r="{name}" s="{int(place in days)}"><v>{value}</v></c>')
            elif shared:
                strings.append(value)
                cells.append(f'<c r="{name}" t="s"><v>{len(strings) - 1}</v></c>')
            else:
                cells.append(f'<c r="{name}" t="inlineStr"><is><t>{value}</t></is></c>')
        body.append(f'<row r="{number}">{"".join(cells)}</row>')
    space = f'xmlns="{MAIN[1:-1]}"'
    office = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    merge = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ''
    parts = {
        'xl/workbook.xml': f'<workbook {space} {office}><sheets><sheet name="h" sheetId="2" state="hidden" r:id="r2"/>'
                           '<sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/a.xml"/></Relationships>',
        'xl/sharedStrings.xml': f'<sst {space}>{"".join(f"<si><r><t>{s}</t></r></si>" for s in strings)}</sst>',
        'xl/styles.xml': f'<styleSheet {space}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        'xl/worksheets/a.xml': f'<worksheet {space}><sheetData>{"".join(body)}</sheetData>{merge}</worksheet>',
        **(more or {})}
    data = io.BytesIO()
    with zipfile.ZipFile(data, 'w', zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return data.getvalue()
