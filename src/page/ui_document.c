/* SPDX-License-Identifier: Apache-2.0 */
#include "export/document.h"
#include "page/ui.h"

static void write_button(Page *page, Str href, DocumentFormat format, Str query, Str label)
{
    HTML(&page->html, "<a class=\"button button-plain button-small\" href=\"", href, "/",
         document_format_name(format), query,
         "\"><span class=\"icon icon-download\" aria-hidden=\"true\"></span>", label, "</a>");
}

void ui_documents(Page *page, Str href, Str query, bool with_word)
{
    Html *h = &page->html;
    if (!document_is_possible()) {
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_no_documents), "</p>");
        return;
    }
    HTML(h, "<p class=\"actions\">");
    if (with_word)
        write_button(page, href, DOCUMENT_DOCX, query, T(h, MSG_page_as_docx));
    write_button(page, href, DOCUMENT_PDF, query, T(h, MSG_page_as_pdf));
    HTML(h, "</p>\n");
}
