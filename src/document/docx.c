/* SPDX-License-Identifier: Apache-2.0 */
#include "document/package.h"
#include "document/verb.h"
#include "write/html.h"
#include "write/paper.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

static Str body(Arena *arena, const Paper *paper)
{
    Buf buf = buf_open(arena);
    Html xml = html_open(&buf, paper->language);
    HTML(&xml, XML "<w:document "
                   "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
                   "<w:body>");
    for (size_t i = 0; i < paper->blocks.n; i++)
        HTML(&xml, "<w:p><w:r><w:t xml:space=\"preserve\">", paper->blocks.p[i].text,
             "</w:t></w:r></w:p>");
    HTML(&xml, "</w:body></w:document>\n");
    return buf_str(&buf);
}

bool docx_run(Arena *arena, Str input, Str *ret_output, Err *err)
{
    Paper paper;
    if (!paper_parse(arena, input, &paper, err))
        return false;
    PackagePart parts[] = {
        {"[Content_Types].xml",
         S(XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
               "<Default Extension=\"rels\" "
               "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
               "<Override PartName=\"/word/document.xml\" ContentType=\"application/"
               "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
               "</Types>\n")},
        {"_rels/.rels",
         S(XML
           "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
           "<Relationship Id=\"rId1\" "
           "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
           "officeDocument\" Target=\"word/document.xml\"/></Relationships>\n")},
        {"word/document.xml", body(arena, &paper)},
    };
    return package_write(arena, parts, COUNT_OF(parts), ret_output, err);
}
