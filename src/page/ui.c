/* SPDX-License-Identifier: Apache-2.0 */
#include "page/ui.h"

#include "web_assets.h"

/* ---- lights ---- */

typedef struct LightLook {
    Str name;
    MessageId word;
    Str due;
} LightLook;

static const LightLook lights[] = {
    [LIGHT_ON_COURSE] = {S_CONST("green"), MSG_page_light_green, S_CONST("")},
    [LIGHT_NEAR] = {S_CONST("yellow"), MSG_page_light_yellow, S_CONST("due-yellow")},
    [LIGHT_LATE] = {S_CONST("red"), MSG_page_light_red, S_CONST("due-red")},
    [LIGHT_STANDING] = {S_CONST("paused"), MSG_page_light_paused, S_CONST("")},
};

void ui_light(Page *page, Light light, bool large)
{
    Html *h = &page->html;
    if (light == LIGHT_NONE)
        return;
    HTML(h, "<span class=\"light light-", lights[light].name);
    if (large)
        HTML(h, " light-large");
    HTML(h, "\">", T(h, lights[light].word), "</span>");
}

Str ui_due_class(Light light)
{
    return lights[light].due;
}

/* ---- icons ---- */

Str ui_kind_icon(const Kind *kind)
{
    return kind->icon.n ? kind->icon : S("message");
}

void ui_icon(Page *page, Str name)
{
    HTML(&page->html, "<span class=\"icon icon-", name, "\" aria-hidden=\"true\"></span>");
}

/* ---- notices, heads ---- */

/* Chinese marks carry their space in themselves. */
static Str mark(const Html *h, MessageId id)
{
    Str text = message(id, h->language);
    return h->language == LANGUAGE_EN ? STR(h->buf->arena, text, " ") : text;
}

Str ui_colon(const Html *h)
{
    return mark(h, MSG_page_colon);
}

Str ui_digits(const Page *page, int64_t number)
{
    return STR(page->arena, number);
}

Str ui_comma(const Html *h)
{
    return mark(h, MSG_page_list_comma);
}

static void notice_open(Page *page, NoticeType type)
{
    Html *h = &page->html;
    if (type == NOTICE_DONE)
        HTML(h, "<div class=\"notice notice-done\" role=\"status\"><span>");
    else if (type == NOTICE_NEAR)
        HTML(h, "<div class=\"notice notice-near\"><span>");
    else if (type == NOTICE_WRONG)
        HTML(h, "<div class=\"notice notice-wrong\" role=\"alert\"><span>");
    else
        HTML(h, "<div class=\"notice\"><span>");
}

void ui_notice(Page *page, NoticeType type, Str text)
{
    notice_open(page, type);
    html_lines(&page->html, text);
    HTML(&page->html, "</span></div>\n");
}

void ui_err(Page *page, const Err *err)
{
    Html *h = &page->html;
    Str hint = err_hint_text(page->arena, err, page->language);
    notice_open(page, NOTICE_WRONG);
    HTML(h, err_message(page->arena, err, page->language));
    if (hint.n > 0)
        HTML(h, "<br>", hint);
    /* No form stands here to say it beside the field. */
    for (const ErrField *field = err->fields; field; field = field->next)
        HTML(h, "<br>", err_field_text(page->arena, field, page->language));
    HTML(h, "</span></div>\n");
}

void ui_head(Page *page, Str title, Str meta)
{
    Html *h = &page->html;
    HTML(h, "<div class=\"page-head\"><h1>", title, "</h1>");
    if (meta.n > 0)
        HTML(h, "<p class=\"meta\">", meta, "</p>");
    HTML(h, "</div>\n");
}

void ui_section(Page *page, Str title)
{
    HTML(&page->html, "<section class=\"section\"><h2>", title, "</h2>\n");
}

void ui_empty(Page *page, Str strong, Str text)
{
    HTML(&page->html, "<div class=\"panel\"><p class=\"empty\"><strong>", strong, "</strong>", text,
         "</p></div>\n");
}

void ui_crumbs(Page *page, const Crumb *crumbs, size_t count)
{
    Html *h = &page->html;
    const OrgTree *tree = page->visit ? &page->visit->office->orgs : NULL;
    const Org *root = tree ? org_find(tree, tree->root) : NULL;
    HTML(h, "<nav class=\"crumbs\" aria-label=\"", T(h, MSG_page_crumbs), "\">");
    if (root)
        HTML(h, "<span class=\"scope\">", label_text(root->title, page->language), "</span>");
    HTML(h, "<ol>");
    for (size_t i = 0; i < count; i++) {
        if (crumbs[i].href.n > 0)
            HTML(h, "<li><a href=\"", crumbs[i].href, "\">", crumbs[i].label, "</a></li>");
        else
            HTML(h, "<li aria-current=\"page\">", crumbs[i].label, "</li>");
    }
    HTML(h, "</ol></nav>\n");
}

/* ---- tabs ---- */

void ui_tabs(Page *page, Str label, const Tab *tabs, size_t count)
{
    Html *h = &page->html;
    HTML(h, "<nav class=\"tabs\" aria-label=\"", label, "\">");
    for (size_t i = 0; i < count; i++) {
        HTML(h, "<a href=\"", tabs[i].href, "\"");
        if (tabs[i].is_here)
            HTML(h, " aria-current=\"page\"");
        HTML(h, ">", tabs[i].label, "</a>");
    }
    HTML(h, "</nav>\n");
}

typedef VEC(const Kind *) KindVec;

static int compare_order(const void *a, const void *b)
{
    const Kind *one = *(const Kind *const *)a;
    const Kind *other = *(const Kind *const *)b;
    return one->order != other->order ? (one->order < other->order ? -1 : 1)
                                      : str_cmp(one->name, other->name);
}

/* More tabs than this in a row are not read any more: kinds go under their menus. */
#define TABS_READ 8

static KindVec kinds_shown(const Page *page, PageNav nav, const Kind *here)
{
    const Profile *profile = page->visit->office->profile;
    KindVec kinds = {0};
    for (size_t i = 0; i < profile->n_kinds; i++) {
        const Kind *kind = &profile->kinds[i];
        if (kind == here ||
            ((!kind->n_parents || kind->menu) && page_nav_of(kind) == nav &&
             page_lists(page->visit, kind) && (!kind->built_in || nav == NAV_ADMIN)))
            *vec_push(page->arena, &kinds) = kind;
    }
    if (kinds.n > 0)
        qsort((void *)kinds.p, kinds.n, sizeof(Kind *), compare_order);
    return kinds;
}

static Tab kind_tab(const Page *page, const Kind *kind, const Kind *here)
{
    return (Tab){label_text(kind->label, page->language), STR(page->arena, "/records/", kind->name),
                 kind == here};
}

static KindVec kinds_under(const Page *page, const KindVec *kinds, const Menu *menu)
{
    KindVec under = {0};
    for (size_t i = 0; menu && i < kinds->n; i++)
        if (kinds->p[i]->menu == menu)
            *vec_push(page->arena, &under) = kinds->p[i];
    return under;
}

/* A menu leads to the first of its kinds, and stands where that one would. */
static size_t menu_tabs(const Page *page, const KindVec *kinds, const Kind *here, Tab *tabs)
{
    size_t count = 0;
    for (size_t i = 0; i < kinds->n; i++) {
        const Kind *kind = kinds->p[i];
        KindVec under = kinds_under(page, kinds, kind->menu);
        if (under.n > 1 && under.p[0] != kind)
            continue;
        tabs[count] = kind_tab(page, kind, here);
        if (under.n > 1) {
            tabs[count].label = label_text(kind->menu->label, page->language);
            tabs[count].is_here = here && here->menu == kind->menu;
        }
        count++;
    }
    return count;
}

static size_t plain_tabs(const Page *page, const KindVec *kinds, const Kind *here, Tab *tabs)
{
    for (size_t i = 0; i < kinds->n; i++)
        tabs[i] = kind_tab(page, kinds->p[i], here);
    return kinds->n;
}

void ui_kind_tabs(Page *page, PageNav nav, const Kind *here)
{
    KindVec kinds = kinds_shown(page, nav, here);
    Tab *tabs = NEW_ARRAY(page->arena, Tab, kinds.n + 1);
    KindVec under = {0};
    size_t count = 0;
    if (nav == NAV_ORGANISATIONS)
        tabs[count++] = (Tab){T(&page->html, MSG_page_org_tree), S("/organisations"), !here};
    if (kinds.n <= TABS_READ) {
        count += plain_tabs(page, &kinds, here, tabs + count);
    } else {
        count += menu_tabs(page, &kinds, here, tabs + count);
        under = kinds_under(page, &kinds, here ? here->menu : NULL);
    }
    if (count > 1)
        ui_tabs(page, T(&page->html, MSG_page_kinds), tabs, count);
    if (under.n > 1) {
        count = plain_tabs(page, &under, here, tabs);
        ui_tabs(page, label_text(here->menu->label, page->language), tabs, count);
    }
}
