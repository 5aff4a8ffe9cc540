/* SPDX-License-Identifier: Apache-2.0 */
/* A sheet: looked at, and with `apply` recorded step by step. */
#include "api/answer.h"
#include "api/handlers.h"
#include "view/import_view.h"
#include "write/piece.h"

#define ROWS_SHOWN 6

static void write_problem(Json *json, const Import *import, const ImportProblem *problem)
{
    json_object_begin(json);
    json_field_int(json, S("row"), problem->row);
    if (problem->column > 0)
        json_field_str(json, S("column"), sheet_column(import->ask.arena, problem->column));
    json_field_str(json, S("title"), problem->title);
    json_field_str(json, S("cell"), import_problem_cell(import, problem));
    json_field_str(json, S("message"), problem->sentence);
    json_object_end(json);
}

/* The titles and the first rows, as they were read. */
static void write_begin(Json *json, const Grid *grid)
{
    json_field_array_begin(json, S("begin"));
    for (size_t i = 0; i < grid->rows.n && i < ROWS_SHOWN; i++) {
        json_array_begin(json);
        for (size_t column = 0; column < grid->rows.p[i].n; column++)
            json_str(json, grid->rows.p[i].cells[column]);
        json_array_end(json);
    }
    json_array_end(json);
}

static HttpOutcome answer_import(HttpResponse *response, const Import *import)
{
    Json json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_str(&json, S("kind"), import->ask.kind->name);
    json_field_str(&json, S("encoding"), grid_encoding_word(import->ask.grid->encoding));
    write_begin(&json, import->ask.grid);
    json_field_int(&json, S("rows"), (int64_t)import->rows.n);
    json_field_int(&json, S("new"), (int64_t)import->counts[IMPORT_NEW]);
    json_field_int(&json, S("before"), (int64_t)import->counts[IMPORT_BEFORE]);
    json_field_int(&json, S("wrong"), (int64_t)import->counts[IMPORT_WRONG]);
    json_field_int(&json, S("made"), (int64_t)import->counts[IMPORT_MADE]);
    json_field_array_begin(&json, S("problems"));
    for (size_t i = 0; i < import->problems.n; i++)
        write_problem(&json, import, &import->problems.p[i]);
    json_array_end(&json);
    json_object_end(&json);
    return answer_close(response, &json);
}

static HttpOutcome step(HttpRequest *request, HttpResponse *response, Import *import);

static HttpOutcome after_step(HttpRequest *request, HttpResponse *response)
{
    Job *jobs = request->result;
    Import *import = jobs[0].context;
    const Err *failed = import_answers(import, jobs);
    return failed ? http_fail(request, response, failed) : step(request, response, import);
}

static HttpOutcome step(HttpRequest *request, HttpResponse *response, Import *import)
{
    HttpOutcome outcome;
    return import_hand(visit_of(request), response, import, import, after_step, &outcome)
               ? outcome
               : answer_import(response, import);
}

static bool look(Visit *visit, const Kind *kind, Import *ret_import, Err *err)
{
    const Form *form = &visit->request->form;
    const FormFile *file = form_file(form, S("file"));
    ImportSheet sheet;
    const Move *move = new_move(visit, kind, NULL);
    if (!move)
        return err_set(err, ERR_FORBIDDEN, MSG_view_new_not_permitted, kind->label.zh,
                       kind->label.en);
    if (!file)
        return err_field(err, visit->arena, S("file"), MSG_api_no_file, S(""), S(""));
    sheet = (ImportSheet){kind, move, file->bytes,
                          grid_encoding_of(form_get(&form->fields, S("encoding")))};
    return import_look(visit, &sheet, ret_import, err);
}

HttpOutcome api_import_post(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const FormFields *form = &request->form.fields;
    Str name = form_get(form, S("kind"));
    const Kind *kind = profile_kind(visit->office->profile, name);
    Import *import = NEW(request->arena, Import);
    Err err = {0};
    if (!kind) {
        err_set(&err, ERR_NOT_FOUND, MSG_view_no_such_kind, name);
        return http_fail(request, response, &err);
    }
    if (!look(visit, kind, import, &err))
        return http_fail(request, response, &err);
    if (str_eq(form_get(form, S("apply")), S("yes")) &&
        (import->problems.n == 0 || str_eq(form_get(form, S("skip_wrong")), S("yes"))))
        return step(request, response, import);
    return answer_import(response, import);
}
