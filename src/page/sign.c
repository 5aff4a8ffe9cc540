/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in and out, and changing one's password. */
#include "page/pages.h"
#include "view/sign_in.h"

/* Only addresses of this site; anything else leads to the desk. */
static Str next_of(HttpRequest *request, Str text)
{
    Url url;
    if (text.n > 0 && url_parse(request->arena, text, &url) &&
        !str_starts(url_text(&url), S("/sign-")))
        return url_text(&url);
    return S("/desk");
}

static HttpOutcome show_sign_in(HttpRequest *request, HttpResponse *response, const Err *err)
{
    Visit *visit = visit_of(request);
    Page page;
    Str next = http_query(request, S("next"));
    if (next.n == 0)
        next = form_get(&request->form.fields, S("_next"));
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_sign_in, visit->language),
                          .is_public = true,
                          .is_narrow = true,
                          .self = S("/sign-in")});
    Html *h = &page.html;
    HTML(h, "<div class=\"sign-in\"><h1>", T(h, MSG_page_sign_in), "</h1>");
    if (err)
        ui_err(&page, err);
    HTML(h, "<form class=\"form\" method=\"post\" action=\"/sign-in\">");
    page_token(&page, false);
    HTML(h, "<input type=\"hidden\" name=\"_next\" value=\"", next, "\">");
    ui_input(&page, &(PlainInput){.name = S("login"),
                                  .label = T(h, MSG_page_login),
                                  .value = form_get(&request->form.fields, S("login")),
                                  .autocomplete = S("username")});
    ui_input(&page, &(PlainInput){.name = S("password"),
                                  .label = T(h, MSG_page_password),
                                  .type = S("password"),
                                  .autocomplete = S("current-password")});
    HTML(h, "<button class=\"button button-wide\">", T(h, MSG_page_sign_in), "</button></form>");
    if (visit->office->is_demo)
        HTML(h, "<p class=\"meta section\">", T(h, MSG_page_demo_accounts), "</p>");
    HTML(h, "</div>");
    return page_close(&page);
}

HttpOutcome page_sign_in(HttpRequest *request, HttpResponse *response)
{
    if (visit_of(request)->account)
        return http_redirect(response, next_of(request, http_query(request, S("next"))));
    return show_sign_in(request, response, NULL);
}

static HttpOutcome signed_in(HttpRequest *request, HttpResponse *response, const SignIn *sign)
{
    if (sign->account == 0) {
        response->status = err_http_status(sign->err.code);
        return show_sign_in(request, response, &sign->err);
    }
    http_set_cookie(request, response, S("session"), sign->token, SESSION_MAX_US / SECOND_US);
    return http_redirect(response, next_of(request, form_get(&request->form.fields, S("_next"))));
}

HttpOutcome page_sign_in_post(HttpRequest *request, HttpResponse *response)
{
    const FormFields *fields = &request->form.fields;
    return sign_in(visit_of(request), response, form_get(fields, S("login")),
                   form_get(fields, S("password")), signed_in);
}

static HttpOutcome after_sign_out(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    if (!job->ok)
        return http_fail(request, response, &job->err);
    http_set_cookie(request, response, S("session"), S("x"), -1);
    return http_redirect(response, S("/"));
}

HttpOutcome page_sign_out(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    if (!visit->account)
        return http_redirect(response, S("/"));
    return sign_out(visit, response, after_sign_out);
}

/* ---- password ---- */

static HttpOutcome show_password(HttpRequest *request, HttpResponse *response, const Err *err)
{
    Visit *visit = visit_of(request);
    Page page;
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_change_password, visit->language),
                          .self = S("/account/password")});
    Html *h = &page.html;
    ui_head(&page, T(h, MSG_page_change_password),
            label_text(visit->account->title, page.language));
    if (err)
        ui_err(&page, err);
    HTML(h, "<form class=\"form\" method=\"post\" action=\"/account/password\">");
    page_token(&page, false);
    ui_input(&page, &(PlainInput){.name = S("password"),
                                  .label = T(h, MSG_page_password_now),
                                  .type = S("password"),
                                  .autocomplete = S("current-password")});
    ui_input(&page, &(PlainInput){.name = S("new_password"),
                                  .label = T(h, MSG_page_password_new),
                                  .help = T(h, MSG_page_password_help),
                                  .type = S("password"),
                                  .autocomplete = S("new-password")});
    HTML(h, "<div class=\"actions\"><button class=\"button\">", T(h, MSG_page_change_password),
         "</button></div></form>");
    return page_close(&page);
}

HttpOutcome page_password(HttpRequest *request, HttpResponse *response)
{
    return show_password(request, response, NULL);
}

static HttpOutcome after_password(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    if (!job->ok) {
        response->status = err_http_status(job->err.code);
        return show_password(request, response, &job->err);
    }
    /* All sessions of the account have ended, this one too. */
    return http_redirect(response, S("/sign-in"));
}

static HttpOutcome password_refused(HttpRequest *request, HttpResponse *response, const Err *err)
{
    response->status = err_http_status(err->code);
    return show_password(request, response, err);
}

static HttpOutcome password_known(HttpRequest *request, HttpResponse *response, const SignIn *sign)
{
    Str password = form_get(&request->form.fields, S("new_password"));
    HttpOutcome outcome;
    Err err = {0};
    if (sign->account == 0)
        return password_refused(request, response, &sign->err);
    if (!sign_password(visit_of(request), response, sign->account, password, after_password,
                       &outcome, &err))
        return password_refused(request, response, &err);
    return outcome;
}

HttpOutcome page_password_post(HttpRequest *request, HttpResponse *response)
{
    return sign_in_again(visit_of(request), response,
                         form_get(&request->form.fields, S("password")), password_known);
}
