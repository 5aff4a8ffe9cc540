/* SPDX-License-Identifier: Apache-2.0 */
#include "page/frame.h"

#include "web_assets.h"

PageNav page_nav_of(const Kind *kind)
{
    if (str_eq(kind->name, S("briefing")))
        return NAV_BRIEFINGS;
    if (str_eq(kind->name, S("org")) || kind->directory)
        return NAV_ORGANISATIONS;
    if (kind->built_in)
        return NAV_ADMIN;
    /* Orders from 200 on are the office's own furniture: posts and the like. */
    if (kind->order >= 200)
        return NAV_ORGANISATIONS;
    for (size_t i = 0; kind->flow && i < kind->flow->n_states; i++)
        if (kind->flow->states[i].open)
            return NAV_MATTERS;
    return NAV_WORK;
}

bool page_lists(const Visit *visit, const Kind *kind)
{
    return visit->account &&
           permit_list_orgs(visit->arena, visit->office, &visit->actor, kind).n > 0;
}

bool page_right(const Visit *visit, RoleRight right)
{
    return visit->account && permit_right(visit->office, &visit->actor, right, 0);
}

/* Path and query of the request as it came, for links back; "/" for anything but GET. */
static Str page_self(const HttpRequest *request)
{
    if (request->method != HTTP_GET && request->method != HTTP_HEAD)
        return S("/");
    if (request->query_text.n == 0)
        return request->path;
    return STR(request->arena, request->path, "?", request->query_text);
}

void page_token(Page *page, bool with_key)
{
    if (!page->visit)
        return;
    HTML(&page->html, "<input type=\"hidden\" name=\"_token\" value=\"",
         visit_form_token(page->visit), "\">");
    if (with_key)
        HTML(&page->html, "<input type=\"hidden\" name=\"_key\" value=\"",
             visit_form_key(page->visit), "\">");
}

/* ---- head and top bar ---- */

static bool is_compact(const Page *page)
{
    return str_eq(http_cookie(page->request, S("density")), S("compact"));
}

static void write_head(Page *page, Str title)
{
    Html *h = &page->html;
    HTML(h, "<!doctype html>\n<html lang=\"");
    if (page->language == LANGUAGE_ZH)
        HTML(h, "zh-CN\"");
    else
        HTML(h, "en\"");
    if (page->visit && page->visit->large)
        HTML(h, " data-size=\"large\"");
    if (is_compact(page))
        HTML(h, " data-density=\"compact\"");
    HTML(h,
         ">\n<head><meta charset=\"utf-8\">"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
         "<title>",
         title, " · ", T(h, MSG_page_site), "</title><link rel=\"stylesheet\" href=\"",
         web_assets[WEB_APP_CSS].path, "\"><link rel=\"icon\" href=\"",
         web_assets[WEB_ICON_SITE].path, "\" type=\"image/svg+xml\"><script defer src=\"",
         web_assets[WEB_APP_JS].path, "\"></script></head>\n");
}

static void write_back(Page *page)
{
    HTML(&page->html, "<input type=\"hidden\" name=\"to\" value=\"", page->self, "\">");
}

static void write_language(Page *page)
{
    Html *h = &page->html;
    HTML(h, "<form method=\"post\" action=\"/language\">");
    page_token(page, false);
    write_back(page);
    if (page->language == LANGUAGE_ZH)
        HTML(h, "<button name=\"lang\" value=\"en\" lang=\"en\" aria-label=\"");
    else
        HTML(h, "<button name=\"lang\" value=\"zh\" lang=\"zh-CN\" aria-label=\"");
    HTML(h, T(h, MSG_page_other_language),
         "\"><span class=\"icon icon-language\" aria-hidden=\"true\"></span><span class=\"word\">",
         T(h, MSG_page_other_language), "</span></button></form>");
}

static void write_size(Page *page)
{
    Html *h = &page->html;
    bool large = page->visit->large;
    HTML(h, "<form method=\"post\" action=\"/size\">");
    page_token(page, false);
    write_back(page);
    if (large)
        HTML(h, "<button name=\"size\" value=\"normal\" aria-pressed=\"true\" aria-label=\"");
    else
        HTML(h, "<button name=\"size\" value=\"large\" aria-pressed=\"false\" aria-label=\"");
    HTML(h, T(h, MSG_page_large),
         "\"><span class=\"icon icon-large\" aria-hidden=\"true\"></span><span class=\"word\">",
         T(h, large ? MSG_page_normal_size : MSG_page_large), "</span></button></form>");
}

static void write_density(Page *page)
{
    Html *h = &page->html;
    HTML(h, "<form method=\"post\" action=\"/density\">");
    page_token(page, false);
    write_back(page);
    if (is_compact(page))
        HTML(h, "<button name=\"density\" value=\"normal\" aria-pressed=\"true\">");
    else
        HTML(h, "<button name=\"density\" value=\"compact\" aria-pressed=\"false\">");
    HTML(h, "<span class=\"icon icon-dense\" aria-hidden=\"true\"></span>", T(h, MSG_page_compact),
         "</button></form>");
}

static void write_account(Page *page)
{
    Html *h = &page->html;
    const Account *account = page->visit->account;
    Str title = label_text(account->title, page->language);
    HTML(h,
         "<details class=\"menu\"><summary><span class=\"icon icon-account\" "
         "aria-hidden=\"true\"></span><span class=\"word\">",
         title, "</span><span class=\"sr\">", T(h, MSG_page_account_menu),
         "</span><span class=\"icon icon-down\" aria-hidden=\"true\"></span></summary>"
         "<div class=\"menu-body\"><p class=\"menu-note\">",
         title);
    for (size_t i = 0; i < account->n_grants; i++) {
        const Org *org = org_find(&page->visit->office->orgs, account->grants[i].org);
        HTML(h, "<br>", label_text(account->grants[i].role->label, page->language));
        if (org)
            HTML(h, " · ", label_text(org->title, page->language));
    }
    HTML(h, "</p>");
    write_density(page);
    HTML(h, "<a href=\"/account/password\">", T(h, MSG_page_change_password),
         "</a><a href=\"/help\">", T(h, MSG_page_help),
         "</a><form method=\"post\" action=\"/sign-out\">");
    page_token(page, false);
    HTML(h, "<button>", T(h, MSG_page_sign_out), "</button></form></div></details>");
}

static void write_tools(Page *page)
{
    Html *h = &page->html;
    HTML(h, "<div class=\"top-tools\">");
    if (page->visit) {
        if (page->is_public)
            write_size(page);
        write_language(page);
    }
    if (page->visit && page->visit->account && page->is_public)
        HTML(h, "<a href=\"/desk\"><span class=\"icon icon-desk\" aria-hidden=\"true\"></span>",
             T(h, MSG_page_desk), "</a>");
    else if (page->visit && page->visit->account)
        write_account(page);
    else
        HTML(h,
             "<a href=\"/sign-in\"><span class=\"icon icon-account\" aria-hidden=\"true\">"
             "</span>",
             T(h, MSG_page_sign_in), "</a>");
    HTML(h, "</div>");
}

static void write_top(Page *page)
{
    Html *h = &page->html;
    HTML(h, "<a class=\"skip\" href=\"#main\">", T(h, MSG_page_skip),
         "</a>\n<header class=\"top\"><a class=\"top-site\" href=\"");
    if (page->is_public)
        HTML(h, "/");
    else
        HTML(h, "/desk");
    HTML(h, "\"><img class=\"top-mark\" src=\"", web_assets[WEB_ICON_SITE].path,
         "\" alt=\"\"><span>", T(h, MSG_page_site));
    if (page->is_public && page->visit && page->visit->office)
        HTML(h, " · ", label_text(page->visit->office->profile->label, page->language));
    HTML(h, "</span></a>");
    if (!page->is_public)
        HTML(h,
             "<form class=\"top-search\" role=\"search\" action=\"/search\"><span class=\"icon "
             "icon-search\" aria-hidden=\"true\"></span><input type=\"search\" name=\"q\" "
             "aria-label=\"",
             T(h, MSG_page_search), "\" placeholder=\"", T(h, MSG_page_search_placeholder),
             "\" autocomplete=\"off\"><kbd>/</kbd></form>");
    write_tools(page);
    HTML(h, "</header>\n");
}

/* ---- navigation ---- */

/* The first kind of a group that the visitor may list; NULL when there is none. */
static const Kind *first_kind(const Visit *visit, PageNav nav)
{
    const Profile *profile = visit->office->profile;
    const Kind *best = NULL;
    for (size_t i = 0; i < profile->n_kinds; i++) {
        const Kind *kind = &profile->kinds[i];
        if (kind->n_parents || page_nav_of(kind) != nav || !page_lists(visit, kind))
            continue;
        if (!best || kind->order < best->order)
            best = kind;
    }
    return best;
}

typedef struct NavItem {
    PageNav nav;
    MessageId label;
    Str icon;
    Str href;
    bool shown;
} NavItem;

static Str kind_list_href(Arena *arena, const Kind *kind)
{
    return kind ? STR(arena, "/records/", kind->name) : (Str){0};
}

static void write_nav_item(Page *page, const NavItem *item, const PageHead *head)
{
    Html *h = &page->html;
    HTML(h, "<li><a href=\"", item->href, "\"");
    if (item->nav == head->nav)
        HTML(h, " aria-current=\"page\"");
    HTML(h, "><span class=\"icon icon-", item->icon, "\" aria-hidden=\"true\"></span><span>",
         T(h, item->label), "</span>");
    if (item->nav == NAV_DESK && head->late.n > 0)
        HTML(h, "<span class=\"count count-urgent\">", head->late, "<span class=\"sr\"> ",
             T(h, MSG_page_late_word), "</span></span>");
    HTML(h, "</a></li>");
}

static void write_nav(Page *page, const PageHead *head)
{
    Html *h = &page->html;
    const Visit *visit = page->visit;
    const Kind *matter = first_kind(visit, NAV_MATTERS);
    const Kind *work = first_kind(visit, NAV_WORK);
    const NavItem items[] = {
        {NAV_DESK, MSG_page_desk, S("desk"), S("/desk"), true},
        {NAV_MATTERS, MSG_page_matters, S("message"), kind_list_href(page->arena, matter), matter},
        {NAV_WORK, MSG_page_work, S("table"), kind_list_href(page->arena, work), work},
        {NAV_PLAN, MSG_page_plan, S("plan"), S("/plan"),
         visit->office->profile->plan_parts[PLAN_ROOT] != NULL},
        {NAV_FIGURES, MSG_page_figures, S("figure"), S("/figures"), true},
        {NAV_BRIEFINGS, MSG_page_briefings, S("news"), S("/briefings"),
         page_right(visit, RIGHT_BRIEFING) || page_right(visit, RIGHT_BOARD)},
        {NAV_ORGANISATIONS, MSG_page_organisations, S("building"), S("/organisations"), true},
        {NAV_ADMIN, MSG_page_admin, S("admin"), S("/admin"), page_right(visit, RIGHT_ADMIN)},
    };
    HTML(h, "<nav class=\"side\" aria-label=\"", T(h, MSG_page_main_navigation), "\"><ul>");
    for (size_t i = 0; i < COUNT_OF(items); i++)
        if (items[i].shown)
            write_nav_item(page, &items[i], head);
    HTML(h, "</ul></nav>");
}

/* ---- open and close ---- */

void page_open(Page *ret_page, HttpRequest *request, HttpResponse *response, const PageHead *head)
{
    Visit *visit = visit_of(request);
    Page page = {.html = html_open(&response->body, visit ? visit->language : request->language),
                 .arena = request->arena,
                 .visit = visit,
                 .request = request,
                 .response = response};
    page.language = page.html.language;
    page.is_public = head->is_public || !visit || !visit->account;
    page.self = head->self.n > 0 ? head->self : page_self(request);
    *ret_page = page;

    Html *h = &ret_page->html;
    write_head(ret_page, head->title);
    if (page.is_public)
        HTML(h, "<body class=\"public\">");
    else
        HTML(h, "<body>");
    write_top(ret_page);
    if (!page.is_public) {
        HTML(h, "<div class=\"frame\">");
        write_nav(ret_page, head);
    }
    if (page.is_public && head->is_narrow)
        HTML(h, "<main class=\"main main-narrow\" id=\"main\">\n");
    else
        HTML(h, "<main class=\"main\" id=\"main\">\n");
}

static void write_foot(Page *page)
{
    Html *h = &page->html;
    HTML(h, "<footer class=\"foot\">");
    if (page->visit && page->visit->office)
        HTML(h, "<span>", label_text(page->visit->office->profile->office, page->language),
             "</span>");
    HTML(h, "<a href=\"/answers\">", T(h, MSG_page_answers), "</a><a href=\"/verify\">",
         T(h, MSG_page_verify), "</a><a href=\"/ledger\">", T(h, MSG_page_ledger),
         "</a><a href=\"/help\">", T(h, MSG_page_help), "</a></footer>");
}

HttpOutcome page_close(Page *page)
{
    Html *h = &page->html;
    if (page->is_public)
        write_foot(page);
    HTML(h, "\n</main>");
    if (!page->is_public)
        HTML(h, "</div>");
    HTML(h, "\n</body></html>\n");
    return HTTP_DONE;
}
