/* SPDX-License-Identifier: Apache-2.0 */
/* A list as a sheet: page after page into a file that has no name, so that neither a long list nor
 * a slow reader holds memory. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "record/form.h"
#include "view/list_query.h"
#include "write/csv.h"

typedef struct Sheet {
    Visit visit; /* with an arena of its own that ends with each page */
    const Kind *kind;
    Csv csv;
    Buf buf;
    int file;
    uint64_t size;
    int64_t rows, most;
} Sheet;

static bool write_failed(Err *err)
{
    return file_put_failed(MSG_view_export_write, S(""), err);
}

static bool sheet_flush(Sheet *sheet, Err *err)
{
    sheet->size += sheet->buf.n;
    return file_put(sheet->file, buf_str(&sheet->buf)) || write_failed(err);
}

/* ---- cells ---- */

#define OWN_CELLS 5 /* number, status, three times; the fields follow */

static void write_head(Sheet *sheet)
{
    static const MessageId own[OWN_CELLS] = {MSG_view_export_number, MSG_view_export_status,
                                             MSG_view_export_created, MSG_view_export_due,
                                             MSG_view_export_closed};
    for (size_t i = 0; i < COUNT_OF(own); i++)
        csv_str(&sheet->csv, view_say(&sheet->visit, own[i]));
    for (size_t i = 0; i < sheet->kind->n_fields; i++)
        if (!field_is_personal(sheet->kind->fields[i]))
            csv_str(&sheet->csv, label_text(sheet->kind->fields[i]->label, sheet->visit.language));
    csv_row_end(&sheet->csv);
}

/* Numbers, money in yuan and days as a form shows them, so that a sheet can count with them; the
 * rest in words. */
static Str cell_text(Sheet *sheet, const FieldView *view)
{
    const Field *field = view->field;
    bool plain = field->type == FIELD_NUMBER || field->type == FIELD_DECIMAL ||
                 field->type == FIELD_MONEY || field->type == FIELD_DATE;
    if (plain && !view->masked && view->value.type == VALUE_INT)
        return form_value_text(sheet->visit.arena, sheet->visit.office, field, view->value);
    return view->text;
}

static void write_field(Sheet *sheet, const Subject *subject, const Field *field)
{
    FieldView view;
    if (!mask_shows(subject->mask, subject->kind, field)) {
        csv_empty(&sheet->csv);
        return;
    }
    view = field_view(&sheet->visit, subject->kind, subject->mask, field,
                      values_get(&subject->record->values, field->name));
    if (view.text.n > 0)
        csv_str(&sheet->csv, cell_text(sheet, &view));
    else
        csv_empty(&sheet->csv);
}

static void write_record(Sheet *sheet, const Subject *subject)
{
    const Values *values = &subject->record->values;
    Day due = (Day)values_int(values, S("due_on"));
    csv_str(&sheet->csv, values_text(values, S("number")));
    csv_str(&sheet->csv,
            subject->state ? label_text(subject->state->label, sheet->visit.language) : S(""));
    csv_instant(&sheet->csv, values_int(values, S("created_at")));
    if (due)
        csv_str(&sheet->csv, day_text(sheet->visit.arena, due));
    else
        csv_empty(&sheet->csv);
    csv_instant(&sheet->csv, values_int(values, S("closed_at")));
    for (size_t i = 0; i < sheet->kind->n_fields; i++)
        if (!field_is_personal(sheet->kind->fields[i]))
            write_field(sheet, subject, sheet->kind->fields[i]);
    csv_row_end(&sheet->csv);
    sheet->rows++;
}

/* Who holds a sheet that went astray can be asked where it came from. */
static void write_foot(Sheet *sheet, bool cut)
{
    const Visit *visit = &sheet->visit;
    Str who = visit->account ? visit->account->login : S("");
    size_t cells = sheet->csv.columns;
    csv_str(&sheet->csv,
            view_say(visit, cut ? MSG_view_export_cut : MSG_view_export_whole, who,
                     instant_text(visit->arena, visit->now), STR(visit->arena, sheet->rows)));
    while (sheet->csv.cells < cells)
        csv_empty(&sheet->csv);
    csv_row_end(&sheet->csv);
}

/* ---- pages ---- */

/* The memory of one page is given back before the next is read. */
static void sheet_page_open(Sheet *sheet)
{
    Csv csv = sheet->csv;
    arena_reset(sheet->visit.arena);
    sheet->visit.names = map_open(sheet->visit.arena);
    sheet->buf = buf_open(sheet->visit.arena);
    sheet->csv = sheet->size == 0 ? csv_open(&sheet->buf) : csv;
}

static bool sheet_page(Sheet *sheet, ListQuery *query, bool texts, Err *err)
{
    ListPage page;
    if (!record_list(sheet->visit.arena, sheet->visit.db, &sheet->visit.office->orgs, query, &page,
                     err))
        return false;
    for (size_t i = 0; i < page.n; i++) {
        Subject subject = subject_of(&sheet->visit, sheet->kind, &page.records[i]);
        if (!mask_lets_stand(subject.mask, texts))
            continue;
        if (sheet->rows == sheet->most) {
            write_foot(sheet, true);
            query->after = S("");
            return true;
        }
        write_record(sheet, &subject);
    }
    query->after = page.next;
    if (page.next.n == 0)
        write_foot(sheet, false);
    return true;
}

static bool sheet_rows(Sheet *sheet, ListQuery *query, Arena *keep, Err *err)
{
    bool texts = query->n_ids > 0;
    sheet_page_open(sheet);
    write_head(sheet);
    for (;;) {
        if (!sheet_page(sheet, query, texts, err) || !sheet_flush(sheet, err))
            return false;
        if (query->after.n == 0)
            return true;
        query->after = str_dup(keep, query->after);
        sheet_page_open(sheet);
    }
}

static int nameless_file(Arena *arena, Str folder)
{
    char *path = (char *)(uintptr_t)str_c(arena, STR(arena, folder, "/export-XXXXXX"));
    int file = mkostemp(path, O_CLOEXEC);
    if (file >= 0)
        unlink(path);
    return file;
}

bool list_export(Visit *visit, const Kind *kind, int *ret_file, uint64_t *ret_size, Err *err)
{
    Sheet sheet = {.visit = *visit, .kind = kind, .most = LIST_EXPORT_MAX};
    ListQuery query;
    bool made;
    if (!list_query_of(visit, kind, &query, err))
        return false;
    if (http_query(visit->request, S("limit")).n > 0)
        sheet.most = query.limit;
    query.limit = LIST_LIMIT_MAX;
    query.after = S("");
    sheet.file = nameless_file(visit->arena, visit->site->dir);
    if (sheet.file < 0)
        return write_failed(err);
    sheet.visit.arena = arena_open();
    made = sheet_rows(&sheet, &query, visit->arena, err);
    arena_close(sheet.visit.arena);
    if (!made) {
        close(sheet.file);
        return false;
    }
    *ret_file = sheet.file;
    *ret_size = sheet.size;
    return true;
}
