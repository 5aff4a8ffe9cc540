/* SPDX-License-Identifier: Apache-2.0 */
/* /organisations: the office's tree as it stands today, and one body of it. */
#include "page/pages.h"

/* The whole tree of a city has some hundreds of bodies; a page opens two floors of it. */
#define FLOORS_SHOWN 1
/* More that have a word in their names are counted. */
#define FOUND_SHOWN 100

static Str org_href(Arena *arena, const Org *org)
{
    Url url = url_open(arena, S("/organisations"));
    url_segment(&url, org->code);
    return url_text(&url);
}

static Str org_type(const Page *page, const Org *org)
{
    const ChoiceList *list = profile_choices(page->visit->office->profile, S("org_type"));
    const Choice *choice = list ? choice_find(list, org->type) : NULL;
    return choice ? label_text(choice->label, page->language) : org->type;
}

static size_t count_below(const OrgTree *tree, const Org *org, Arena *arena)
{
    return org_subtree(arena, tree, org->id).n - 1;
}

/* Level 0 stands alone, with the body above it beside its name. */
static void write_org(Page *page, const Org *org, int level)
{
    Html *h = &page->html;
    const OrgTree *tree = &page->visit->office->orgs;
    const Org *above = level == 0 ? org_find(tree, org->parent) : NULL;
    HTML(h, "<tr class=\"level-", level > 4 ? 4 : level, "\"><td class=\"cell-title\"><a href=\"",
         org_href(page->arena, org), "\">", label_text(org->title, page->language), "</a>");
    if (org->is_virtual)
        HTML(h, " <span class=\"tag\">", T(h, MSG_page_virtual), "</span>");
    if (above)
        HTML(h, "<span class=\"meta\"> · ", label_text(above->title, page->language), "</span>");
    HTML(h, "</td><td data-label=\"", T(h, MSG_page_org_type), "\">", org_type(page, org),
         "</td><td class=\"cell-minor\" data-label=\"", T(h, MSG_page_org_code), "\">", org->code,
         "</td>");
    if (org->children.n > 0)
        HTML(h, "<td class=\"cell-amount\" data-label=\"", T(h, MSG_page_below), "\">",
             count_below(tree, org, page->arena), "</td></tr>\n");
    else
        HTML(h, "<td class=\"cell-amount cell-none\" data-label=\"", T(h, MSG_page_below),
             "\">—</td></tr>\n");
}

static void write_floors(Page *page, const Org *org, int level, int floors)
{
    const OrgTree *tree = &page->visit->office->orgs;
    for (size_t i = 0; i < org->children.n; i++) {
        const Org *child = org_find(tree, org->children.p[i]);
        if (!child || child->closed_on != 0)
            continue;
        write_org(page, child, level);
        if (floors > 1)
            write_floors(page, child, level + 1, floors - 1);
    }
}

static void write_table(Page *page)
{
    Html *h = &page->html;
    HTML(h, "<table class=\"list tree\"><caption class=\"sr\">", T(h, MSG_page_org_tree),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_org_name),
         "</th><th scope=\"col\">", T(h, MSG_page_org_type),
         "</th><th scope=\"col\" class=\"cell-minor\">", T(h, MSG_page_org_code),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_below),
         "</th></tr></thead><tbody>\n");
}

static void write_tree(Page *page, const Org *root, int floors)
{
    write_table(page);
    write_floors(page, root, 2, floors);
    HTML(&page->html, "</tbody></table>\n");
}

/* ---- found by a part of its name ---- */

static void write_finder(Page *page, Str words)
{
    Html *h = &page->html;
    HTML(h,
         "<form class=\"finder\" action=\"/organisations\"><input class=\"input\" "
         "type=\"search\" name=\"q\" value=\"",
         words, "\" aria-label=\"", T(h, MSG_page_org_find), "\" placeholder=\"",
         T(h, MSG_page_org_find), "\" autocomplete=\"off\"><button class=\"button\">",
         T(h, MSG_page_search), "</button>");
    if (words.n > 0)
        HTML(h, "<a class=\"button button-plain\" href=\"/organisations\">",
             T(h, MSG_page_org_whole), "</a>");
    HTML(h, "</form>\n");
}

static void write_found(Page *page, const OrgTree *tree, IdVec found)
{
    Html *h = &page->html;
    size_t shown = MIN(found.n, (size_t)FOUND_SHOWN);
    if (found.n == 0) {
        ui_empty(page, T(h, MSG_page_search_none), T(h, MSG_page_org_none_hint));
        return;
    }
    write_table(page);
    for (size_t i = 0; i < shown; i++)
        write_org(page, org_find(tree, found.p[i]), 0);
    HTML(h, "</tbody></table>\n");
    if (found.n > shown)
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_org_hidden, ui_digits(page, found.n - shown)),
             "</p>\n");
}

static Str below_words(Page *page, const Org *org)
{
    size_t count = count_below(&page->visit->office->orgs, org, page->arena);
    return count > 0 ? T(&page->html, MSG_page_bodies, ui_digits(page, count)) : (Str){0};
}

HttpOutcome page_organisations(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const OrgTree *tree = &visit->office->orgs;
    const Org *root = org_find(tree, tree->root);
    Page page;
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_organisations, visit->language),
                          .nav = NAV_ORGANISATIONS});
    Html *h = &page.html;
    ui_kind_tabs(&page, NAV_ORGANISATIONS, NULL);
    if (!root) {
        ui_empty(&page, T(h, MSG_page_no_orgs), T(h, MSG_page_no_orgs_hint));
        return page_close(&page);
    }
    Str words = str_trim(http_query(request, S("q")));
    IdVec found = {0};
    if (words.n > 0)
        found = org_matching(page.arena, tree, root->id, words);
    ui_head(&page, label_text(root->title, page.language),
            words.n > 0 ? T(h, MSG_page_org_found, ui_digits(&page, found.n))
                        : below_words(&page, root));
    write_finder(&page, words);
    if (words.n > 0)
        write_found(&page, tree, found);
    else
        write_tree(&page, root, FLOORS_SHOWN);
    return page_close(&page);
}

/* ---- one body ---- */

static void write_path(Page *page, const Org *org)
{
    const OrgTree *tree = &page->visit->office->orgs;
    IdVec above = org_ancestors(page->arena, tree, org->id);
    Crumb *crumbs = NEW_ARRAY(page->arena, Crumb, above.n + 1);
    size_t count = 0;
    crumbs[count++] = (Crumb){T(&page->html, MSG_page_organisations), S("/organisations")};
    for (size_t i = above.n; i > 1; i--) {
        const Org *one = org_find(tree, above.p[i - 1]);
        if (one->id != tree->root)
            crumbs[count++] =
                (Crumb){label_text(one->title, page->language), org_href(page->arena, one)};
    }
    crumbs[count++] = (Crumb){label_text(org->title, page->language), {0}};
    ui_crumbs(page, crumbs, count);
}

static void write_pair(Page *page, MessageId label, Str text)
{
    Html *h = &page->html;
    if (text.n > 0)
        HTML(h, "<div><dt>", T(h, label), "</dt><dd>", text, "</dd></div>");
}

static Str day_or_nothing(const Page *page, Day day)
{
    return day != 0 ? date_short(page->arena, day, 0, page->language) : (Str){0};
}

static void write_facts(Page *page, const Org *org)
{
    Html *h = &page->html;
    const Org *heir = org_find(&page->visit->office->orgs, org->successor);
    HTML(h, "<div class=\"sheet\"><dl class=\"pairs\">");
    write_pair(page, MSG_page_org_type, org_type(page, org));
    write_pair(page, MSG_page_org_code, org->code);
    write_pair(page, MSG_page_division_code, org->division_code);
    write_pair(page, MSG_page_opened_on, day_or_nothing(page, org->opened_on));
    write_pair(page, MSG_page_closed_on, day_or_nothing(page, org->closed_on));
    if (heir)
        write_pair(page, MSG_page_successor, label_text(heir->title, page->language));
    HTML(h, "</dl><p class=\"actions\"><a class=\"button button-plain\" href=\"/figures?org=",
         org->code, "\">", T(h, MSG_page_figures_of), "</a>");
    if (page_right(page->visit, RIGHT_ADMIN))
        HTML(h, "<a class=\"button button-plain\" href=\"/records/org/", org->code, "\">",
             T(h, MSG_page_org_record), "</a>");
    HTML(h, "</p></div>\n");
}

HttpOutcome page_organisation(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const Org *org = org_by_code(&visit->office->orgs, http_param(request, S("code")));
    Page page;
    if (!org)
        return page_missing(request, response);
    page_open(
        &page, request, response,
        &(PageHead){.title = label_text(org->title, visit->language), .nav = NAV_ORGANISATIONS});
    Html *h = &page.html;
    write_path(&page, org);
    ui_head(&page, label_text(org->title, page.language), below_words(&page, org));
    write_facts(&page, org);
    if (org->children.n > 0) {
        ui_section(&page, T(h, MSG_page_below));
        write_tree(&page, org, 1);
        HTML(h, "</section>\n");
    }
    return page_close(&page);
}
