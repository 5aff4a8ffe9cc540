/* SPDX-License-Identifier: Apache-2.0 */
#include "document/docx.h"
#include "document/sheet.h"
#include "document/xml.h"

typedef struct Font {
    Str name;
    Str others; /* what Word tries instead */
} Font;

/* Names in files are those that offices have: nobody has all of them, so each has others. */
static const Font fonts[FACE__COUNT] = {
    [FACE_SONG] = {S_CONST("宋体"), S_CONST("SimSun, Noto Serif CJK SC")},
    [FACE_TITLE] = {S_CONST("方正小标宋简体"), S_CONST("方正小标宋_GBK, 宋体, Noto Serif CJK SC")},
    [FACE_FANG] = {S_CONST("仿宋_GB2312"),
                   S_CONST("仿宋, FangSong, STFangsong, Noto Serif CJK SC")},
    [FACE_HEI] = {S_CONST("黑体"), S_CONST("SimHei, Noto Sans CJK SC")},
    [FACE_KAI] = {S_CONST("楷体_GB2312"), S_CONST("楷体, KaiTi, AR PL KaitiM GB")},
};

Str docx_fonts(Arena *arena)
{
    Buf buf = buf_open(arena);
    Html xml = html_open(&buf, LANGUAGE_ZH);
    HTML(&xml, XML_HEAD XML_WORD_ROOT("fonts"));
    for (Face face = 0; face < FACE__COUNT; face++)
        HTML(&xml, "<w:font w:name=\"", fonts[face].name, "\"><w:altName w:val=\"",
             fonts[face].others, "\"/><w:charset w:val=\"86\"/></w:font>");
    HTML(&xml, "</w:fonts>\n");
    return buf_str(&buf);
}

static void write_run(Html *xml, const Setting *setting)
{
    HTML(xml,
         "<w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" "
         "w:cs=\"Times New Roman\" w:eastAsia=\"",
         fonts[setting->face].name, "\"/>");
    if (setting->is_bold)
        HTML(xml, "<w:b/>");
    if (setting->color == SHEET_RED)
        HTML(xml, "<w:color w:val=\"FF0000\"/>");
    HTML(xml, "<w:spacing w:val=\"", setting->pitch, "\"/><w:sz w:val=\"", setting->size,
         "\"/><w:szCs w:val=\"", setting->size, "\"/></w:rPr>");
}

static Str align_name(const Setting *setting)
{
    static const Str names[] = {
        [ALIGN_BOTH] = S_CONST("both"),
        [ALIGN_CENTRE] = S_CONST("center"),
        [ALIGN_RIGHT] = S_CONST("right"),
        [ALIGN_LEFT] = S_CONST("left"),
    };
    return names[setting->align];
}

static void write_lines(Html *xml, const Setting *setting)
{
    HTML(xml, "<w:spacing w:before=\"", setting->before, "\" w:after=\"0\" w:line=\"",
         setting->line, "\" w:lineRule=\"exact\"/>");
    if (setting->indent)
        HTML(xml, "<w:ind w:firstLine=\"", setting->indent, "\"/>");
    HTML(xml, "<w:jc w:val=\"", align_name(setting), "\"/>");
}

/* The number has the red rule under it; a heading stays with what it heads. */
static void write_style(Html *xml, Language language, PaperType type, int level)
{
    Setting setting = sheet_setting(language, type, level);
    Str name = paper_type_name(type);
    Str base = level > 0 ? STR(xml->buf->arena, name, level) : name;
    HTML(xml, "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"", base,
         "\"><w:name w:val=\"tongxin ", base, "\"/><w:qFormat/><w:pPr>");
    if (type == PAPER_HEADING)
        HTML(xml, "<w:keepNext/>");
    if (type == PAPER_NUMBER)
        HTML(xml, "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"11\" "
                  "w:color=\"FF0000\"/></w:pBdr>");
    write_lines(xml, &setting);
    if (type == PAPER_HEADING)
        HTML(xml, "<w:outlineLvl w:val=\"", level - 1, "\"/>");
    HTML(xml, "</w:pPr>");
    write_run(xml, &setting);
    HTML(xml, "</w:style>\n");
}

static void write_plain_style(Html *xml, Str name, const Setting *setting)
{
    HTML(xml, "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"", name,
         "\"><w:name w:val=\"tongxin ", name, "\"/><w:pPr>");
    write_lines(xml, setting);
    HTML(xml, "</w:pPr>");
    write_run(xml, setting);
    HTML(xml, "</w:style>\n");
}

Str docx_styles(Arena *arena, const Paper *paper)
{
    Buf buf = buf_open(arena);
    Html xml = html_open(&buf, paper->language);
    Language language = paper->language;
    Setting cell = sheet_cell(language, false), head = sheet_cell(language, true);
    Setting footer = sheet_footer(language);
    HTML(&xml, XML_HEAD XML_WORD_ROOT("styles") "<w:docDefaults><w:rPrDefault><w:rPr><w:lang "
                                                "w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>"
                                                "</w:rPr></w:rPrDefault></w:docDefaults>\n"
                                                "<w:style w:type=\"paragraph\" w:default=\"1\" "
                                                "w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>"
                                                "</w:style>\n");
    for (PaperType type = 0; type < PAPER__COUNT; type++)
        for (int level = type == PAPER_HEADING; level <= (type == PAPER_HEADING ? 3 : 0); level++)
            write_style(&xml, language, type, level);
    write_plain_style(&xml, S("cell"), &cell);
    write_plain_style(&xml, S("cellhead"), &head);
    write_plain_style(&xml, S("footer"), &footer);
    HTML(&xml, "</w:styles>\n");
    return buf_str(&buf);
}
