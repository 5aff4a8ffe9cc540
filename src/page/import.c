/* SPDX-License-Identifier: Apache-2.0 */
/* /records/{kind}/import: a sheet is sent, looked at, and recorded step by step. Between looking
 * and recording it lies among the files that no record names yet, and is tidied away like them. */
#include "page/pages.h"
#include "view/attachment.h"
#include "view/import_view.h"

#define PROBLEMS_SHOWN 1000

typedef struct Importing {
    const Kind *kind;
    const Move *move;
    Import import;
    Attachment kept;
    size_t told; /* problems of the preview */
    const Err *stopped;
} Importing;

static Str import_href(Arena *arena, const Kind *kind, Str rest)
{
    return STR(arena, "/records/", kind->name, "/import", rest);
}

static Importing *importing_of(HttpRequest *request)
{
    Visit *visit = visit_of(request);
    Importing *importing = NEW(request->arena, Importing);
    importing->kind = profile_kind(visit->office->profile, http_param(request, S("kind")));
    importing->move = importing->kind ? new_move(visit, importing->kind, NULL) : NULL;
    return importing->move ? importing : NULL;
}

static bool look(HttpRequest *request, Importing *importing, Str bytes, Err *err)
{
    return import_look(visit_of(request), importing->kind, importing->move, bytes,
                       &importing->import, err);
}

/* ---- parts of the pages ---- */

static void head(Page *page, const Importing *importing)
{
    const Kind *kind = importing->kind;
    ui_crumbs(page,
              (Crumb[]){{label_text(kind->label, page->language),
                         STR(page->arena, "/records/", kind->name)},
                        {T(&page->html, MSG_page_import), {0}}},
              2);
    ui_head(page,
            STR(page->arena, T(&page->html, MSG_page_import), ui_colon(&page->html),
                label_text(kind->label, page->language)),
            (Str){0});
}

static void open_page(Page *page, HttpRequest *request, HttpResponse *response,
                      const Importing *importing)
{
    page_open(page, request, response,
              &(PageHead){.title = message(MSG_page_import, request->language),
                          .nav = page_nav_of(importing->kind),
                          .self = import_href(request->arena, importing->kind, S(""))});
    head(page, importing);
}

static void write_form(Page *page, const Importing *importing)
{
    Html *h = &page->html;
    Arena *arena = page->arena;
    HTML(h, "<p>", T(h, MSG_page_import_says), "</p><form class=\"form\" method=\"post\" action=\"",
         import_href(arena, importing->kind, S("")), "\" enctype=\"multipart/form-data\">");
    page_token(page, false);
    HTML(h, "<div class=\"field\"><label for=\"file\">", T(h, MSG_page_import_file),
         "</label><input class=\"input\" type=\"file\" id=\"file\" name=\"file\" ",
         "accept=\".csv,text/csv\" required></div><div class=\"actions\"><button class=\"button\">",
         T(h, MSG_page_import_look), "</button><a class=\"button button-plain\" href=\"",
         import_href(arena, importing->kind, S("/template")), "\">", T(h, MSG_page_import_template),
         "</a></div></form>");
}

static void write_problem(Page *page, const Import *import, const ImportProblem *problem)
{
    Html *h = &page->html;
    HTML(h, "<tr><td data-label=\"", T(h, MSG_page_import_row), "\">", problem->row,
         "</td><td data-label=\"", T(h, MSG_page_import_column), "\">");
    if (problem->column > 0)
        HTML(h, grid_column_name(import->ask.arena, problem->column));
    HTML(h, "</td><td>", problem->title, "</td><td class=\"cell-text\" data-label=\"",
         T(h, MSG_page_import_problem), "\">");
    html_lines(h, problem->sentence);
    HTML(h, "</td></tr>\n");
}

static void write_problems(Page *page, const Importing *importing, size_t from)
{
    Html *h = &page->html;
    const Import *import = &importing->import;
    size_t shown = MIN(import->problems.n - from, PROBLEMS_SHOWN);
    if (shown == 0)
        return;
    HTML(h, "<table class=\"list\"><caption class=\"sr\">", T(h, MSG_page_import_problem),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_import_row),
         "</th><th scope=\"col\">", T(h, MSG_page_import_column), "</th><th scope=\"col\">",
         T(h, MSG_page_import_title), "</th><th scope=\"col\">", T(h, MSG_page_import_problem),
         "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < shown; i++)
        write_problem(page, import, &import->problems.p[from + i]);
    HTML(h, "</tbody></table>");
    if (from + shown < import->problems.n)
        HTML(h, "<p class=\"meta\">",
             T(h, MSG_page_import_more,
               ui_digits(page, (int64_t)(import->problems.n - from - shown))),
             "</p>");
}

static void write_counts(Page *page, const Import *import)
{
    Html *h = &page->html;
    Str rows = ui_digits(page, (int64_t)import->rows.n);
    if (import->problems.n > 0)
        ui_notice(page, NOTICE_WRONG,
                  T(h, MSG_page_import_wrong, ui_digits(page, (int64_t)import->problems.n)));
    else
        ui_notice(page, NOTICE_PLAIN, T(h, MSG_page_import_good, rows));
    if (import->counts[IMPORT_BEFORE] > 0)
        ui_notice(
            page, NOTICE_PLAIN,
            T(h, MSG_page_import_before, ui_digits(page, (int64_t)import->counts[IMPORT_BEFORE])));
}

static void write_make(Page *page, const Importing *importing)
{
    Html *h = &page->html;
    const Import *import = &importing->import;
    Str count = ui_digits(page, (int64_t)import->counts[IMPORT_NEW]);
    if (import->counts[IMPORT_NEW] == 0)
        return;
    HTML(h, "<form class=\"form\" method=\"post\" action=\"",
         import_href(page->arena, importing->kind, S("/apply")), "\">");
    page_token(page, false);
    HTML(h, "<input type=\"hidden\" name=\"sheet\" value=\"", importing->kept.id, "\">");
    if (import->problems.n > 0)
        HTML(h, "<input type=\"hidden\" name=\"skip_wrong\" value=\"yes\">");
    HTML(h, "<div class=\"actions\"><button class=\"button\">");
    if (import->problems.n > 0)
        HTML(h, T(h, MSG_page_import_skip, count));
    else
        HTML(h, T(h, MSG_page_import_make, count));
    HTML(h, "</button></div></form>");
}

/* ---- the form ---- */

static HttpOutcome show_form(HttpRequest *request, HttpResponse *response,
                             const Importing *importing, const Err *err)
{
    Page page;
    open_page(&page, request, response, importing);
    if (err) {
        response->status = err_http_status(err->code);
        ui_err(&page, err);
    }
    write_form(&page, importing);
    return page_close(&page);
}

HttpOutcome page_import(HttpRequest *request, HttpResponse *response)
{
    Importing *importing = importing_of(request);
    return importing ? show_form(request, response, importing, NULL)
                     : page_missing(request, response);
}

HttpOutcome page_import_template(HttpRequest *request, HttpResponse *response)
{
    Importing *importing = importing_of(request);
    if (!importing)
        return page_missing(request, response);
    response->content_type = S("text/csv; charset=utf-8");
    buf_add(&response->body,
            import_template(request->arena, importing->kind, importing->move, request->language));
    http_attachment(response, STR(request->arena,
                                  label_text(importing->kind->label, request->language), ".csv"));
    return HTTP_DONE;
}

/* ---- the preview ---- */

/* Whose sheet it is stands in its name, which nobody else can give it. */
static Str kept_name(const Visit *visit, const Kind *kind)
{
    return STR(visit->arena, "import ", visit->actor.name, " ", kind->name);
}

static HttpOutcome show_preview(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    Importing *importing = job->context;
    Page page;
    if (!job->ok)
        return http_fail(request, response, &job->err);
    open_page(&page, request, response, importing);
    write_counts(&page, &importing->import);
    write_make(&page, importing);
    write_problems(&page, importing, 0);
    ui_section(&page, T(&page.html, MSG_page_import_again));
    write_form(&page, importing);
    HTML(&page.html, "</section>");
    return page_close(&page);
}

static bool put_run(Db *db, Arena *arena, void *context, Err *err)
{
    return attachment_put(db, arena, &((Importing *)context)->kept, err);
}

HttpOutcome page_import_look(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Importing *importing = importing_of(request);
    const FormFile *sent = form_file(&request->form, S("file"));
    FormFile file;
    Err err = {0};
    if (!importing)
        return page_missing(request, response);
    if (!sent) {
        err_set(&err, ERR_INVALID_FORM, MSG_page_import_no_file);
        return show_form(request, response, importing, &err);
    }
    if (!look(request, importing, sent->bytes, &err))
        return show_form(request, response, importing, &err);
    file = (FormFile){.file_name = kept_name(visit, importing->kind),
                      .bytes = grid_write_csv(request->arena, importing->import.ask.grid)};
    if (!attachment_room(visit, file.bytes.n, &err) ||
        !attachment_store(request->arena, visit->site, &file, visit->now, &importing->kept, &err))
        return http_fail(request, response, &err);
    return visit_housekeep(visit, response, put_run, importing, show_preview);
}

/* ---- recording ---- */

static HttpOutcome show_result(HttpRequest *request, HttpResponse *response, Importing *importing)
{
    const Import *import = &importing->import;
    Page page;
    Str made;
    open_page(&page, request, response, importing);
    made = ui_digits(&page, (int64_t)import->counts[IMPORT_MADE]);
    if (importing->stopped) {
        response->status = err_http_status(importing->stopped->code);
        ui_notice(&page, NOTICE_WRONG, T(&page.html, MSG_page_import_stopped, made));
        ui_err(&page, importing->stopped);
    } else {
        ui_notice(&page, NOTICE_DONE, T(&page.html, MSG_page_import_made, made));
    }
    write_problems(&page, importing, importing->told);
    HTML(&page.html, "<p class=\"actions section\"><a class=\"button\" href=\"/records/",
         importing->kind->name, "\">", T(&page.html, MSG_page_to_list), "</a></p>");
    return page_close(&page);
}

static HttpOutcome step(HttpRequest *request, HttpResponse *response, Importing *importing);

static HttpOutcome after_step(HttpRequest *request, HttpResponse *response)
{
    Job *jobs = request->result;
    Importing *importing = jobs[0].context;
    importing->stopped = import_answers(&importing->import, jobs);
    return importing->stopped ? show_result(request, response, importing)
                              : step(request, response, importing);
}

static HttpOutcome step(HttpRequest *request, HttpResponse *response, Importing *importing)
{
    HttpOutcome outcome;
    return import_hand(visit_of(request), response, &importing->import, importing, after_step,
                       &outcome)
               ? outcome
               : show_result(request, response, importing);
}

HttpOutcome page_import_apply(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Importing *importing = importing_of(request);
    bool skip = str_eq(form_get(&request->form.fields, S("skip_wrong")), S("yes"));
    Str bytes;
    Err err = {0};
    if (!importing)
        return page_missing(request, response);
    if (!attachment_waiting(visit, form_get(&request->form.fields, S("sheet")),
                            kept_name(visit, importing->kind), &bytes, &err) ||
        !look(request, importing, bytes, &err))
        return show_form(request, response, importing, &err);
    importing->told = importing->import.problems.n;
    if (importing->told == 0 || skip)
        return step(request, response, importing);
    err_set(&err, ERR_INVALID_FORM, MSG_page_import_wrong, STR(request->arena, importing->told));
    return show_form(request, response, importing, &err);
}
