/* SPDX-License-Identifier: Apache-2.0 */
#include "document/docx.h"

#include "document/package.h"
#include "document/picture.h"
#include "document/sheet.h"
#include "document/verb.h"
#include "document/xml.h"

typedef VEC(PackagePart) Parts;

static void add(Arena *arena, Parts *parts, const char *name, Str bytes)
{
    *vec_push(arena, parts) = (PackagePart){name, bytes};
}

static Str content_types(Arena *arena)
{
    static const struct {
        Str part, type;
    } rows[] = {
        {S_CONST("word/document"), S_CONST(XML_WORD_TYPE "document.main+xml")},
        {S_CONST("word/styles"), S_CONST(XML_WORD_TYPE "styles+xml")},
        {S_CONST("word/settings"), S_CONST(XML_WORD_TYPE "settings+xml")},
        {S_CONST("word/fontTable"), S_CONST(XML_WORD_TYPE "fontTable+xml")},
        {S_CONST("word/footer1"), S_CONST(XML_WORD_TYPE "footer+xml")},
        {S_CONST("word/footer2"), S_CONST(XML_WORD_TYPE "footer+xml")},
        {S_CONST("word/header1"), S_CONST(XML_WORD_TYPE "header+xml")},
        {S_CONST("docProps/core"),
         S_CONST("application/vnd.openxmlformats-package.core-properties+xml")},
    };
    Buf buf = buf_open(arena);
    Html xml = html_open(&buf, LANGUAGE_ZH);
    HTML(&xml, XML_HEAD "<Types xmlns=\"" XML_PACKAGE "content-types\"><Default Extension=\"rels\" "
                        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        "<Default Extension=\"png\" ContentType=\"image/png\"/>\n");
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        HTML(&xml, "<Override PartName=\"/", rows[i].part, ".xml\" ContentType=\"", rows[i].type,
             "\"/>\n");
    HTML(&xml, "</Types>\n");
    return buf_str(&buf);
}

static Str core(Arena *arena, const Paper *paper)
{
    Buf buf = buf_open(arena);
    Html xml = html_open(&buf, paper->language);
    HTML(&xml,
         XML_HEAD "<cp:coreProperties xmlns:cp=\"" XML_PACKAGE "metadata/core-properties\" "
                  "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                  "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                  "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>",
         paper->title, "</dc:title>");
    if (paper->made_on)
        HTML(&xml, "<dcterms:created xsi:type=\"dcterms:W3CDTF\">", day_text(arena, paper->made_on),
             "</dcterms:created>");
    HTML(&xml, "</cp:coreProperties>\n");
    return buf_str(&buf);
}

static const Str relations =
    S_CONST(XML_HEAD "<Relationships xmlns=\"" XML_PACKAGE "relationships\">"
                     "<Relationship Id=\"rId1\" Type=\"" XML_OFFICE "/officeDocument\" "
                     "Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"" XML_PACKAGE
                     "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
                     "</Relationships>\n");

static const Str settings = S_CONST(XML_HEAD XML_WORD_ROOT(
    "settings") "<w:zoom w:percent=\"100\"/><w:evenAndOddHeaders/>"
                "<w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat>"
                "<w:compatSetting w:name=\"compatibilityMode\" "
                "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
                "</w:settings>\n");

static Str word_relations(Arena *arena, int pictures)
{
    Buf buf = buf_open(arena);
    Html xml = html_open(&buf, LANGUAGE_ZH);
    HTML(&xml, XML_HEAD "<Relationships xmlns=\"" XML_PACKAGE "relationships\">"
                        "<Relationship Id=\"rId1\" Type=\"" XML_OFFICE "/styles\" "
                        "Target=\"styles.xml\"/><Relationship Id=\"rId2\" Type=\"" XML_OFFICE
                        "/settings\" Target=\"settings.xml\"/><Relationship Id=\"rId3\" "
                        "Type=\"" XML_OFFICE "/footer\" Target=\"footer1.xml\"/>"
                        "<Relationship Id=\"rId4\" Type=\"" XML_OFFICE "/footer\" "
                        "Target=\"footer2.xml\"/><Relationship Id=\"rId5\" Type=\"" XML_OFFICE
                        "/header\" Target=\"header1.xml\"/><Relationship Id=\"rId6\" "
                        "Type=\"" XML_OFFICE "/fontTable\" Target=\"fontTable.xml\"/>\n");
    for (int i = 0; i < pictures; i++)
        HTML(&xml, "<Relationship Id=\"rId", DOCX_PICTURE_FIRST + i,
             "\" Type=\"" XML_OFFICE "/image\" Target=\"media/code", i + 1, ".png\"/>\n");
    HTML(&xml, "</Relationships>\n");
    return buf_str(&buf);
}

/* — 1 —, one character in from the outer edge (7.5). */
static Str footer(Arena *arena, const Paper *paper, bool is_even)
{
    Buf buf = buf_open(arena);
    Html xml = html_open(&buf, paper->language);
    int character = 10 * sheet_footer(paper->language).size;
    HTML(&xml, XML_HEAD XML_WORD_ROOT("ftr") "<w:p><w:pPr><w:pStyle w:val=\"footer\"/>");
    if (is_even)
        HTML(&xml, "<w:ind w:left=\"", character, "\"/><w:jc w:val=\"left\"/>");
    else
        HTML(&xml, "<w:ind w:right=\"", character, "\"/><w:jc w:val=\"right\"/>");
    HTML(&xml, "</w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r><w:fldSimple "
               "w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t "
               "xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>\n");
    return buf_str(&buf);
}

static Str header(Arena *arena, const Paper *paper)
{
    Buf buf = buf_open(arena);
    Html xml = html_open(&buf, paper->language);
    HTML(&xml,
         XML_HEAD XML_WORD_ROOT("hdr") "<w:p><w:pPr><w:pStyle w:val=\"note\"/><w:jc "
                                       "w:val=\"left\"/></w:pPr><w:r><w:t>",
         paper->mark, "</w:t></w:r></w:p></w:hdr>\n");
    return buf_str(&buf);
}

/* Returns how many there are. */
static int add_pictures(Arena *arena, Parts *parts, const Paper *paper)
{
    int count = 0;
    for (size_t i = 0; i < paper->blocks.n; i++) {
        if (paper->blocks.p[i].type != PAPER_CODE)
            continue;
        add(arena, parts, str_c(arena, STR(arena, "word/media/code", ++count, ".png")),
            picture_code(arena, qr_modules(arena, paper->blocks.p[i].link)));
    }
    return count;
}

bool docx_run(Arena *arena, Str input, Str *ret_output, Err *err)
{
    Paper paper;
    Parts parts = {0};
    if (!paper_parse(arena, input, &paper, err))
        return false;
    add(arena, &parts, "[Content_Types].xml", content_types(arena));
    add(arena, &parts, "_rels/.rels", relations);
    add(arena, &parts, "docProps/core.xml", core(arena, &paper));
    add(arena, &parts, "word/document.xml", docx_body(arena, &paper));
    add(arena, &parts, "word/styles.xml", docx_styles(arena, &paper));
    add(arena, &parts, "word/settings.xml", settings);
    add(arena, &parts, "word/fontTable.xml", docx_fonts(arena));
    add(arena, &parts, "word/footer1.xml", footer(arena, &paper, false));
    add(arena, &parts, "word/footer2.xml", footer(arena, &paper, true));
    add(arena, &parts, "word/header1.xml", header(arena, &paper));
    int pictures = add_pictures(arena, &parts, &paper);
    add(arena, &parts, "word/_rels/document.xml.rels", word_relations(arena, pictures));
    return package_write(arena, parts.p, parts.n, ret_output, err);
}
