/* SPDX-License-Identifier: Apache-2.0 */
/* A workbook that anybody may have made: what is read of it are rows in rising order with columns
 * in bounds, in text that is one. A ZIP file is taken as it is; anything else is one part of a
 * workbook, so that a checksum does not keep the XML from being reached. Its first letter says
 * which: b book, l links, s strings, f formats, else the sheet. */
#include "base/number.h"
#include "base/utf8.h"
#include "document/package.h"
#include "document/verb.h"
#include "fuzz.h"
#include "write/piece.h"

#define NS   "http://schemas.openxmlformats.org/"
#define MAIN "xmlns=\"" NS "spreadsheetml/2006/main\""
#define LINK "xmlns:r=\"" NS "officeDocument/2006/relationships\""

static Str wrapped(Arena *arena, Str input)
{
    static const char letters[] = "blsf";
    PackagePart parts[] = {
        {"xl/workbook.xml", S("<workbook " MAIN " " LINK "><sheets><sheet name=\"a\" sheetId=\"1\" "
                              "r:id=\"rId1\"/></sheets></workbook>")},
        {"xl/_rels/workbook.xml.rels",
         S("<Relationships xmlns=\"" NS "package/2006/relationships\"><Relationship Id=\"rId1\" "
           "Type=\"" NS "officeDocument/2006/relationships/worksheet\" "
           "Target=\"worksheets/sheet1.xml\"/></Relationships>")},
        {"xl/sharedStrings.xml", S("<sst " MAIN "><si><t>one</t></si></sst>")},
        {"xl/styles.xml", S("<styleSheet " MAIN "><cellXfs count=\"2\"><xf numFmtId=\"0\"/>"
                            "<xf numFmtId=\"14\"/></cellXfs></styleSheet>")},
        {"xl/worksheets/sheet1.xml", S("<worksheet " MAIN "><sheetData><row r=\"1\"><c r=\"A1\" "
                                       "t=\"s\"><v>0</v></c></row></sheetData></worksheet>")},
    };
    const char *letter = input.n > 0 ? memchr(letters, input.p[0], sizeof letters - 1) : NULL;
    Str whole = {0};
    parts[letter ? letter - letters : 4].bytes = str_slice(input, letter ? 1 : 0, input.n);
    ASSERT(package_write(arena, parts, COUNT_OF(parts), &whole, &(Err){0}));
    return whole;
}

static void check(Str rest)
{
    int64_t row = 0, column = 0, number;
    Piece piece;
    while (piece_next(&rest, &piece)) {
        ASSERT(piece.tag == 'R' || piece.tag == 'K' || piece.tag == 'C');
        ASSERT(utf8_check(piece.text) == piece.text.n);
        if (piece.tag == 'C')
            continue;
        ASSERT(int_parse(piece.text, &number) && number > 0);
        if (piece.tag == 'R') {
            ASSERT(number > row);
            row = number;
            column = 0;
        } else {
            ASSERT(row > 0 && number > column);
            column = number;
        }
    }
    ASSERT(rest.n == 0);
}

void fuzz_one(Arena *arena, Str input)
{
    Str pieces = {0};
    Err err = {0};
    bool is_file = input.n > 1 && input.p[0] == 'P' && input.p[1] == 'K';
    if (xlsx_read_run(arena, is_file ? input : wrapped(arena, input), &pieces, &err))
        check(pieces);
    else
        ASSERT(err.code == ERR_WRONG || err.code == ERR_TOO_LARGE);
}
