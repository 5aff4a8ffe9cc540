/* SPDX-License-Identifier: Apache-2.0 */
#include "export/case_file.h"

#include "export/document.h"
#include "ledger/digest.h"
#include "query.h"
#include "view/field_view.h"

typedef struct CaseFile {
    Visit *visit;
    Arena *arena;
    const RecordView *view;
    Paper paper;
    int sections; /* so far */
} CaseFile;

#define SAY(file, ...) view_say((file)->visit, __VA_ARGS__)

/* ---- words ---- */

/* 2023年10月20日 09:30 */
static Str moment_words(const CaseFile *file, Instant when)
{
    Day day = day_of(when);
    int minute = (int)((when - day_start(day)) / MINUTE_US);
    Buf buf = buf_open(file->arena);
    if (when == 0)
        return buf_str(&buf);
    TEXT(&buf, view_day(file->visit, day), " ");
    buf_int_padded(&buf, minute / 60, 2);
    buf_byte(&buf, ':');
    buf_int_padded(&buf, minute % 60, 2);
    return buf_str(&buf);
}

static Str field_words(const CaseFile *file, const FieldView *field)
{
    return field->masked ? SAY(file, MSG_export_masked, field->text) : field->text;
}

/* ---- parts ---- */

/* 一、 or 1., whichever the language counts by. */
static void add_section(CaseFile *file, MessageId title)
{
    Str rest = SAY(file, MSG_export_numerals), numeral = {0};
    file->sections++;
    for (int i = 0; i < file->sections; i++)
        if (!str_next(&rest, ',', &numeral))
            numeral = STR(file->arena, file->sections);
    paper_add(file->arena, &file->paper, PAPER_HEADING,
              SAY(file, MSG_export_section, numeral, SAY(file, title)));
    file->paper.blocks.p[file->paper.blocks.n - 1].level = 1;
}

static void add_text(CaseFile *file, PaperType type, Str text)
{
    paper_add(file->arena, &file->paper, type, text);
}

static void add_row(CaseFile *file, bool is_head, const Str *cells, size_t count)
{
    paper_row(file->arena, &file->paper, is_head,
              arena_copy(file->arena, cells, count * sizeof(Str)), count);
}

static const FieldView *find_field(const CaseFile *file, Str name)
{
    for (size_t i = 0; i < file->view->n_fields; i++)
        if (str_eq(file->view->fields[i].field->name, name))
            return &file->view->fields[i];
    return NULL;
}

static void add_head(CaseFile *file)
{
    const RecordRow *row = &file->view->row;
    Str line = STR(file->arena, row->kind_label, "  ", row->number, "  ", row->status_label);
    if (row->result_label.n)
        line = STR(file->arena, line, "  ", row->result_label);
    add_text(file, PAPER_TITLE, row->title.n ? row->title : row->number);
    add_text(file, PAPER_NOTE, line);
    if (row->voided)
        add_text(file, PAPER_NOTE, SAY(file, MSG_export_voided));
    if (file->view->pending_label.n)
        add_text(file, PAPER_NOTE,
                 SAY(file, MSG_export_pending, file->view->pending_label, file->view->pending_by));
}

/* The text and the answer have sections of their own; the title stands above. */
static void add_long(CaseFile *file, Str name, MessageId title)
{
    const FieldView *field = find_field(file, name);
    if (field == NULL || field->text.n == 0)
        return;
    add_section(file, title);
    add_text(file, PAPER_TEXT, field_words(file, field));
}

static void add_pair(CaseFile *file, Str label, Str text)
{
    if (text.n > 0)
        add_row(file, false, (Str[]){label, text}, 2);
}

static bool is_placed(const CaseFile *file, const FieldView *field)
{
    const Kind *kind = file->view->row.kind;
    return str_eq(field->field->name, kind->title) || str_eq(field->field->name, kind->body) ||
           str_eq(field->field->name, kind->reply);
}

/* Who has it and where it is stand among the fields of most kinds already. */
static void add_once(CaseFile *file, MessageId label, Str text)
{
    for (size_t i = 0; i < file->view->n_fields; i++)
        if (str_eq(file->view->fields[i].text, text))
            return;
    add_pair(file, SAY(file, label), text);
}

static void add_fields(CaseFile *file)
{
    const RecordView *view = file->view;
    add_section(file, MSG_export_fields);
    for (size_t i = 0; i < view->n_fields; i++)
        if (!is_placed(file, &view->fields[i]))
            add_pair(file, view->fields[i].label, field_words(file, &view->fields[i]));
    add_once(file, MSG_export_place, view->row.place);
    add_once(file, MSG_export_lead, view->row.lead);
    if (view->parent)
        add_pair(file, view->parent->kind_label,
                 STR(file->arena, view->parent->number, " ", view->parent->title));
    add_pair(file, SAY(file, MSG_export_created), moment_words(file, view->row.created_at));
    if (view->clock.runs)
        add_pair(file, SAY(file, MSG_export_due),
                 SAY(file, MSG_export_due_within, view_day(file->visit, view->clock.due),
                     view->clock.within, view->clock.left));
    add_pair(file, SAY(file, MSG_export_closed), moment_words(file, view->row.closed_at));
}

static void add_records(CaseFile *file, MessageId title, const RecordRow *rows, size_t count)
{
    if (count == 0)
        return;
    add_section(file, title);
    add_row(file, true,
            (Str[]){SAY(file, MSG_export_kind), SAY(file, MSG_export_number),
                    SAY(file, MSG_export_title), SAY(file, MSG_export_status)},
            4);
    for (size_t i = 0; i < count; i++)
        add_row(file, false,
                (Str[]){rows[i].kind_label, rows[i].number, rows[i].title, rows[i].status_label},
                4);
}

/* ---- files ---- */

static bool is_file(const FieldView *field)
{
    return field->field->type == FIELD_ATTACHMENT && field->value.type == VALUE_TEXT &&
           !field->masked;
}

static bool add_file(CaseFile *file, const FieldView *field, Err *err)
{
    QAttachmentRow row;
    bool found;
    if (!q_attachment_get(file->visit->db, file->arena, field->value.text, &row, &found, err))
        return false;
    if (found)
        add_row(file, false, (Str[]){field->label, row.name, row.sha256}, 3);
    return true;
}

static bool add_files(CaseFile *file, Err *err)
{
    const RecordView *view = file->view;
    bool is_first = true;
    for (size_t i = 0; i < view->n_fields; i++) {
        if (!is_file(&view->fields[i]))
            continue;
        if (is_first) {
            add_section(file, MSG_export_files);
            add_row(file, true,
                    (Str[]){SAY(file, MSG_export_field), SAY(file, MSG_export_file),
                            SAY(file, MSG_export_hash)},
                    3);
        }
        is_first = false;
        if (!add_file(file, &view->fields[i], err))
            return false;
    }
    return true;
}

/* ---- history ---- */

static Str step_words(const CaseFile *file, const HistoryView *step)
{
    Buf buf = buf_open(file->arena);
    buf_add(&buf, step->what);
    for (size_t i = 0; i < step->n_changes; i++)
        TEXT(&buf, "\n",
             SAY(file, MSG_export_pair, step->changes[i].label,
                 field_words(file, &step->changes[i])));
    if (step->late)
        TEXT(&buf, "\n", SAY(file, MSG_export_late, moment_words(file, step->recorded_at)));
    return buf_str(&buf);
}

static void add_history(CaseFile *file)
{
    const RecordView *view = file->view;
    if (view->n_history == 0)
        return;
    add_section(file, MSG_export_history);
    add_row(file, true,
            (Str[]){SAY(file, MSG_export_entry), SAY(file, MSG_export_when),
                    SAY(file, MSG_export_who), SAY(file, MSG_export_what)},
            4);
    for (size_t i = 0; i < view->n_history; i++) {
        const HistoryView *step = &view->history[i];
        add_row(file, false,
                (Str[]){STR(file->arena, step->sequence), moment_words(file, step->at), step->who,
                        step_words(file, step)},
                4);
    }
}

/* ---- what it can be checked against ---- */

static Str hex_of(const CaseFile *file, Str bytes)
{
    Buf buf = buf_open(file->arena);
    buf_hex(&buf, bytes.p, bytes.n);
    return buf_str(&buf);
}

static bool add_proof(CaseFile *file, Err *err)
{
    QTreeHeadRow head;
    bool found;
    if (!q_tree_head_last(file->visit->db, file->arena, &head, &found, err))
        return false;
    add_section(file, MSG_export_proof);
    if (!found) {
        add_text(file, PAPER_TEXT, SAY(file, MSG_export_no_head));
        return true;
    }
    add_text(file, PAPER_TEXT,
             SAY(file, MSG_export_head, STR(file->arena, head.size),
                 moment_words(file, head.signed_at)));
    add_row(file, false, (Str[]){S("SHA-256"), hex_of(file, head.root)}, 2);
    add_row(file, false, (Str[]){S("SM3"), hex_of(file, head.root_sm3)}, 2);
    add_text(file, PAPER_SMALL, SAY(file, MSG_export_check, visit_site_address(file->visit)));
    return true;
}

static void add_end(CaseFile *file)
{
    const Account *account = file->visit->account;
    Str who = account ? label_text(account->title, file->visit->language)
                      : SAY(file, MSG_view_who_public);
    add_text(file, PAPER_SMALL,
             SAY(file, MSG_export_made, moment_words(file, file->visit->now), who));
}

bool case_file(Visit *visit, const RecordView *view, Paper *ret_paper, Err *err)
{
    CaseFile file = {.visit = visit,
                     .arena = visit->arena,
                     .view = view,
                     .paper = {.language = visit->language,
                               .title = view->row.title.n ? view->row.title : view->row.number,
                               .made_on = day_of(visit->now)}};
    add_head(&file);
    add_long(&file, view->row.kind->body, MSG_export_body);
    add_fields(&file);
    add_long(&file, view->row.kind->reply, MSG_export_reply);
    add_records(&file, MSG_export_children, view->children, view->n_children);
    add_records(&file, MSG_export_linked, view->linked, view->n_linked);
    if (!add_files(&file, err))
        return false;
    add_history(&file);
    if (!add_proof(&file, err))
        return false;
    add_end(&file);
    *ret_paper = file.paper;
    return true;
}

/* One state of the database for the record, its history and the head. */
static bool read_case_file(Visit *visit, Str kind, Str number, Paper *ret_paper, Err *err)
{
    RecordView view;
    if (!db_begin(visit->db, err))
        return false;
    bool is_read =
        record_view(visit, kind, number, &view, err) && case_file(visit, &view, ret_paper, err);
    db_rollback(visit->db);
    return is_read;
}

HttpOutcome case_file_answer(HttpRequest *request, HttpResponse *response)
{
    Str number = http_param(request, S("number"));
    Paper paper;
    Err err = {0};
    if (!read_case_file(visit_of(request), http_param(request, S("kind")), number, &paper, &err))
        return http_fail(request, response, &err);
    return document_answer(request, response, &paper, DOCUMENT_PDF, number);
}
