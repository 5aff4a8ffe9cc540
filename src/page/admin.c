/* SPDX-License-Identifier: Apache-2.0 */
/* /admin: accounts, what they may do, and what the site runs on. */
#include "base/number.h"
#include "page/pages.h"
#include "view/sign_in.h"

/* ---- accounts ---- */

static void write_grants(Page *page, const Account *account)
{
    Html *h = &page->html;
    for (size_t i = 0; i < account->n_grants; i++) {
        const Org *org = org_find(&page->visit->office->orgs, account->grants[i].org);
        if (i > 0)
            HTML(h, ui_comma(h));
        HTML(h, label_text(account->grants[i].role->label, page->language));
        if (org)
            HTML(h, " · ", label_text(org->title, page->language));
    }
}

static Str account_href(Arena *arena, const Account *account)
{
    Url url = url_open(arena, S("/admin/accounts"));
    url_segment(&url, account->login);
    return url_text(&url);
}

static void write_account(Page *page, const Account *account)
{
    Html *h = &page->html;
    HTML(h, "<tr><td class=\"cell-number number\">", account->login,
         "</td><td class=\"cell-title\"><a href=\"", account_href(page->arena, account), "\">",
         label_text(account->title, page->language), "</a> <span class=\"meta\">");
    write_grants(page, account);
    HTML(h, "</span></td><td data-label=\"", T(h, MSG_page_status), "\">",
         T(h, account->disabled ? MSG_page_disabled : MSG_page_in_use), "</td></tr>\n");
}

static void write_accounts(Page *page)
{
    Html *h = &page->html;
    const Map *accounts = &page->visit->office->accounts;
    HTML(h, "<section><div class=\"section-head\"><h2>", T(h, MSG_page_accounts),
         "</h2><span class=\"meta\">", T(h, MSG_page_count, ui_digits(page, accounts->n)),
         "</span><a class=\"button button-small\" href=\"/records/account/new\">",
         T(h, MSG_page_add_account), "</a></div><table class=\"list\"><caption class=\"sr\">",
         T(h, MSG_page_accounts), "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_login),
         "</th><th scope=\"col\">", T(h, MSG_page_post), " · ", T(h, MSG_page_roles), "</th>");
    HTML(h, "<th scope=\"col\">", T(h, MSG_page_status), "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < accounts->n; i++)
        write_account(page, accounts->slots[i].value);
    HTML(h, "</tbody></table></section>\n");
}

/* ---- what the site runs on ---- */

static void write_pair(Page *page, MessageId label, Str text)
{
    Html *h = &page->html;
    HTML(h, "<div class=\"pair-wide\"><dt>", T(h, label), "</dt><dd>", text, "</dd></div>");
}

static void write_site(Page *page)
{
    Html *h = &page->html;
    const Office *office = page->visit->office;
    ui_section(page, T(h, MSG_page_running));
    HTML(h, "<div class=\"sheet\"><dl class=\"pairs\">");
    write_pair(page, MSG_page_profile,
               STR(page->arena, label_text(office->profile->label, page->language), " (",
                   office->profile->name, ")"));
    HTML(h, "<div class=\"pair-wide\"><dt>", T(h, MSG_page_profile_hash),
         "</dt><dd><code class=\"hash\">", office->profile->hash_hex, "</code></dd></div>");
    write_pair(page, MSG_page_calendar_years,
               STR(page->arena, calendar_first_year(office->calendar), "–",
                   calendar_last_year(office->calendar)));
    write_pair(page, MSG_page_journal_at, ui_digits(page, office->version));
    HTML(h, "</dl><p class=\"actions\"><a class=\"button button-plain\" href=\"/organisations\">",
         T(h, MSG_page_organisations), "</a><a class=\"button button-plain\" href=\"/calendar\">",
         T(h, MSG_page_calendar), "</a><a class=\"button button-plain\" href=\"/ledger\">",
         T(h, MSG_page_ledger), "</a></p></div></section>\n");
}

HttpOutcome page_admin(HttpRequest *request, HttpResponse *response)
{
    Page page;
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_admin, visit_of(request)->language),
                          .nav = NAV_ADMIN});
    ui_head(&page, T(&page.html, MSG_page_admin), (Str){0});
    write_accounts(&page);
    write_site(&page);
    return page_close(&page);
}

/* ---- one account ---- */

Str page_account_href(Arena *arena, int64_t account)
{
    Url url = url_open(arena, S("/admin/accounts"));
    url_segment(&url, STR(arena, "#", account));
    return url_text(&url);
}

static const Account *account_of(HttpRequest *request)
{
    Str login = http_param(request, S("login"));
    int64_t id;
    /* "#12", as records without a number are written: no login begins so. */
    if (str_starts(login, S("#")) && int_parse(str_slice(login, 1, login.n), &id))
        return office_account(visit_of(request)->office, id);
    return office_account_by_login(visit_of(request)->office, login);
}

static void write_grant_row(Page *page, const Account *account, const Grant *grant)
{
    Html *h = &page->html;
    const Org *org = org_find(&page->visit->office->orgs, grant->org);
    HTML(h, "<tr><td class=\"cell-title\">", label_text(grant->role->label, page->language),
         "</td><td>", org ? label_text(org->title, page->language) : (Str){0},
         "</td><td><form method=\"post\" action=\"", account_href(page->arena, account),
         "/grant\">");
    page_token(page, true);
    HTML(h, "<input type=\"hidden\" name=\"role\" value=\"", grant->role->name,
         "\"><input type=\"hidden\" name=\"org\" value=\"", org ? org->code : (Str){0},
         "\"><input type=\"hidden\" name=\"remove\" value=\"1\">"
         "<button class=\"button button-plain button-small\">",
         T(h, MSG_page_take_back), "</button></form></td></tr>\n");
}

static void write_grant_form(Page *page, const Account *account)
{
    Html *h = &page->html;
    const Profile *profile = page->visit->office->profile;
    const Map *orgs = &page->visit->office->orgs.by_id;
    OptionView *roles = NEW_ARRAY(page->arena, OptionView, profile->n_roles + 1);
    OptionView *places = NEW_ARRAY(page->arena, OptionView, orgs->n + 1);
    for (size_t i = 0; i < profile->n_roles; i++)
        roles[i] = (OptionView){.value = profile->roles[i].name,
                                .label = label_text(profile->roles[i].label, page->language)};
    for (size_t i = 0; i < orgs->n; i++) {
        const Org *org = orgs->slots[i].value;
        places[i] =
            (OptionView){.value = org->code, .label = label_text(org->title, page->language)};
    }
    HTML(h, "<form class=\"form section\" method=\"post\" action=\"",
         account_href(page->arena, account), "/grant\">");
    page_token(page, true);
    ui_select(page, S("role"), T(h, MSG_page_role), roles, profile->n_roles);
    ui_select(page, S("org"), T(h, MSG_page_role_at), places, orgs->n);
    HTML(h, "<div class=\"actions\"><button class=\"button\">", T(h, MSG_page_give_role),
         "</button></div></form>\n");
}

static void write_password_form(Page *page, const Account *account)
{
    Html *h = &page->html;
    ui_section(page, T(h, MSG_page_first_password));
    HTML(h, "<form class=\"form\" method=\"post\" action=\"", account_href(page->arena, account),
         "/password\">");
    page_token(page, false);
    ui_input(page, &(PlainInput){.name = S("password"),
                                 .label = T(h, MSG_page_password_new),
                                 .help = T(h, MSG_page_first_password_help),
                                 .type = S("password"),
                                 .autocomplete = S("new-password")});
    HTML(h, "<div class=\"actions\"><button class=\"button\">", T(h, MSG_page_set_password),
         "</button></div></form></section>\n");
}

static HttpOutcome show_account(HttpRequest *request, HttpResponse *response, const Err *err)
{
    const Account *account = account_of(request);
    Page page;
    if (!account)
        return page_missing(request, response);
    Str title = label_text(account->title, visit_of(request)->language);
    page_open(&page, request, response,
              &(PageHead){
                  .title = title, .nav = NAV_ADMIN, .self = account_href(request->arena, account)});
    Html *h = &page.html;
    ui_crumbs(&page, (Crumb[]){{T(h, MSG_page_admin), S("/admin")}, {title, {0}}}, 2);
    if (http_query(request, S("done")).n > 0)
        ui_notice(&page, NOTICE_DONE, T(h, MSG_page_done_plain));
    if (err)
        ui_err(&page, err);
    HTML(h, "<div class=\"page-head\"><h1>", title, "</h1><p class=\"meta\">", account->login,
         "</p><div class=\"actions\"><a class=\"button button-plain\" "
         "href=\"/records/account/",
         account->id, "\">", T(h, MSG_page_rename_disable), "</a></div></div>\n");
    HTML(h, "<table class=\"list list-still\"><caption class=\"sr\">", T(h, MSG_page_roles),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_role), "</th><th scope=\"col\">",
         T(h, MSG_page_role_at), "</th><th scope=\"col\"><span class=\"sr\">",
         T(h, MSG_page_take_back), "</span></th></tr></thead><tbody>\n");
    for (size_t i = 0; i < account->n_grants; i++)
        write_grant_row(&page, account, &account->grants[i]);
    HTML(h, "</tbody></table>\n");
    write_grant_form(&page, account);
    write_password_form(&page, account);
    return page_close(&page);
}

HttpOutcome page_admin_account(HttpRequest *request, HttpResponse *response)
{
    return show_account(request, response, NULL);
}

static HttpOutcome after_account(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    if (!job->ok) {
        response->status = err_http_status(job->err.code);
        return show_account(request, response, &job->err);
    }
    return http_redirect(
        response,
        STR(request->arena, account_href(request->arena, account_of(request)), "?done=1"));
}

HttpOutcome page_admin_grant(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const Account *account = account_of(request);
    if (!account)
        return page_missing(request, response);
    Change *change = visit_new_change(visit);
    change->kind = S("account");
    change->record = account->id;
    change->move = S("grant");
    return visit_change(visit, response, change, after_account);
}

HttpOutcome page_admin_password(HttpRequest *request, HttpResponse *response)
{
    const Account *account = account_of(request);
    HttpOutcome outcome;
    Err err = {0};
    if (!account)
        return page_missing(request, response);
    if (!sign_password(visit_of(request), response, account->id,
                       form_get(&request->form.fields, S("password")), after_account, &outcome,
                       &err)) {
        response->status = err_http_status(err.code);
        return show_account(request, response, &err);
    }
    return outcome;
}
