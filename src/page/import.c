/* SPDX-License-Identifier: Apache-2.0 */
/* /records/{kind}/import: a sheet is sent, looked at, and recorded step by step. Between looking
 * and recording it lies among the files that no record names yet, and is tidied away like them. */
#include "page/pages.h"
#include "page/ui_import.h"
#include "view/attachment.h"
#include "view/list_view.h"

typedef struct Importing {
    const Kind *kind;
    const Move *move;
    Import import;
    GridEncoding encoding; /* asked for */
    Attachment kept;
    size_t told; /* problems of the preview */
    const Err *stopped;
} Importing;

static Importing *importing_of(HttpRequest *request)
{
    Visit *visit = visit_of(request);
    Importing *importing = NEW(request->arena, Importing);
    importing->kind = profile_kind(visit->office->profile, http_param(request, S("kind")));
    importing->move = importing->kind ? new_move(visit, importing->kind, NULL) : NULL;
    importing->encoding = grid_encoding_of(form_get(&request->form.fields, S("encoding")));
    return importing->move ? importing : NULL;
}

static bool look(HttpRequest *request, Importing *importing, Str bytes, Err *err)
{
    ImportSheet sheet = {importing->kind, importing->move, bytes, importing->encoding};
    return import_look(visit_of(request), &sheet, &importing->import, err);
}

static void open_page(Page *page, HttpRequest *request, HttpResponse *response,
                      const Importing *importing)
{
    const Kind *kind = importing->kind;
    page_open(page, request, response,
              &(PageHead){.title = message(MSG_page_import, request->language),
                          .nav = page_nav_of(kind),
                          .self = ui_import_href(request->arena, kind, S(""))});
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
    /* The file is there, but not in the encoding that was chosen. */
    if (importing->kept.id.n > 0)
        ui_import_encoding(&page, importing->kind, importing->encoding, importing->kept.id);
    ui_import_form(&page, importing->kind);
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
    bool xlsx = str_eq(http_query(request, S("format")), S("xlsx"));
    Str name = label_text(importing->kind->label, request->language);
    Str bytes = import_template(request->arena, importing->kind, importing->move, request->language,
                                xlsx ? TABLE_CELLS : TABLE_CSV);
    Err err = {0};
    if (xlsx && !workbook_make(request->arena, bytes, &bytes, &err))
        return http_fail(request, response, &err);
    response->content_type = xlsx ? WORKBOOK_TYPE : S("text/csv; charset=utf-8");
    buf_add(&response->body, bytes);
    http_attachment(response, STR(request->arena, name, xlsx ? S(".xlsx") : S(".csv")));
    return HTTP_DONE;
}

/* ---- the preview ---- */

/* Whose sheet it is stands in its name, which nobody else can give it. */
static Str kept_name(const Visit *visit, const Kind *kind)
{
    return STR(visit->arena, "import ", visit->actor.name, " ", kind->name);
}

static HttpOutcome show_preview(HttpRequest *request, HttpResponse *response,
                                const Importing *importing)
{
    const Import *import = &importing->import;
    Page page;
    open_page(&page, request, response, importing);
    ui_import_counts(&page, import);
    ui_import_problems(&page, import, 0);
    ui_section(&page, T(&page.html, MSG_page_import_first));
    ui_import_begin(&page, import);
    if (!import->ask.grid->is_workbook)
        ui_import_encoding(&page, importing->kind, import->ask.grid->encoding, importing->kept.id);
    ui_import_make(&page, import, importing->kept.id);
    HTML(&page.html, "</section>");
    ui_section(&page, T(&page.html, MSG_page_import_again));
    ui_import_form(&page, importing->kind);
    HTML(&page.html, "</section>");
    return page_close(&page);
}

static HttpOutcome after_put(HttpRequest *request, HttpResponse *response)
{
    Job *job = request->result;
    return job->ok ? show_preview(request, response, job->context)
                   : http_fail(request, response, &job->err);
}

static bool put_run(Db *db, Arena *arena, void *context, Err *err)
{
    return attachment_put(db, arena, &((Importing *)context)->kept, err);
}

/* The sheet that was sent before, read another way. */
static bool kept_bytes(HttpRequest *request, Importing *importing, Str *ret_bytes, Err *err)
{
    Visit *visit = visit_of(request);
    Str id = form_get(&request->form.fields, S("sheet"));
    if (!attachment_waiting(visit, id, kept_name(visit, importing->kind), ret_bytes, err))
        return false;
    importing->kept.id = id;
    return true;
}

static HttpOutcome look_again(HttpRequest *request, HttpResponse *response, Importing *importing)
{
    Str bytes;
    Err err = {0};
    if (!kept_bytes(request, importing, &bytes, &err) || !look(request, importing, bytes, &err))
        return show_form(request, response, importing, &err);
    return show_preview(request, response, importing);
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
    if (!sent && form_get(&request->form.fields, S("sheet")).n > 0)
        return look_again(request, response, importing);
    if (!sent) {
        err_set(&err, ERR_INVALID_FORM, MSG_page_import_no_file);
        return show_form(request, response, importing, &err);
    }
    if (!look(request, importing, sent->bytes, &err))
        return show_form(request, response, importing, &err);
    file = (FormFile){.file_name = kept_name(visit, importing->kind), .bytes = sent->bytes};
    if (!attachment_room(visit, file.bytes.n, &err) ||
        !attachment_keep(request->arena, visit->site, &file, visit->now, &importing->kept, &err))
        return http_fail(request, response, &err);
    return visit_housekeep(visit, response, put_run, importing, after_put);
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
    ui_import_problems(&page, import, importing->told);
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
    Importing *importing = importing_of(request);
    bool skip = str_eq(form_get(&request->form.fields, S("skip_wrong")), S("yes"));
    Str bytes;
    Err err = {0};
    if (!importing)
        return page_missing(request, response);
    if (!kept_bytes(request, importing, &bytes, &err) || !look(request, importing, bytes, &err))
        return show_form(request, response, importing, &err);
    importing->told = importing->import.problems.n;
    if (importing->told == 0 || skip)
        return step(request, response, importing);
    err_set(&err, ERR_INVALID_FORM, MSG_page_import_wrong, STR(request->arena, importing->told));
    return show_form(request, response, importing, &err);
}
