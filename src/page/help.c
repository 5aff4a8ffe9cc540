/* SPDX-License-Identifier: Apache-2.0 */
/* /help: for residents, for the office, for whoever adapts the site to another city. */
#include "page/pages.h"

typedef struct HelpPart {
    MessageId title;
    MessageId lines[5]; /* ended by MSG_none */
} HelpPart;

static const HelpPart parts[] = {
    {MSG_help_public, {MSG_help_public_1, MSG_help_public_2, MSG_help_public_3, MSG_help_public_4}},
    {MSG_help_privacy, {MSG_help_privacy_1, MSG_help_privacy_2, MSG_help_privacy_3}},
    {MSG_help_staff, {MSG_help_staff_1, MSG_help_staff_2, MSG_help_staff_3, MSG_help_staff_4}},
    {MSG_help_lights, {MSG_help_lights_1, MSG_help_lights_2, MSG_help_lights_3, MSG_help_lights_4}},
    {MSG_help_figures, {MSG_help_figures_1, MSG_help_figures_2, MSG_help_figures_3}},
    {MSG_help_city, {MSG_help_city_1, MSG_help_city_2, MSG_help_city_3}},
};

HttpOutcome page_help(HttpRequest *request, HttpResponse *response)
{
    Page page;
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_help, visit_of(request)->language)});
    Html *h = &page.html;
    HTML(h, "<div class=\"section\">");
    ui_head(&page, T(h, MSG_page_help), (Str){0});
    HTML(h, "</div>");
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        HTML(h, "<section class=\"section\"><h2>", T(h, parts[i].title),
             "</h2><div class=\"prose\"><ul>");
        for (size_t j = 0; j < COUNT_OF(parts[i].lines) && parts[i].lines[j] != MSG_none; j++)
            HTML(h, "<li>", T(h, parts[i].lines[j]), "</li>");
        HTML(h, "</ul></div></section>\n");
    }
    return page_close(&page);
}
