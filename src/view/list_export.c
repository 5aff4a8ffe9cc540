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
    int64_t rows, most; /* 0: all, without a last line */
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

static const MessageId own_cells[OWN_CELLS] = {MSG_view_export_number, MSG_view_export_status,
                                               MSG_view_export_created, MSG_view_export_due,
                                               MSG_view_export_closed};

static Str with_name(const Sheet *sheet, const Field *field)
{
    return STR(sheet->visit.arena, label_text(field->label, sheet->visit.language), " (",
               field->name, ")");
}

/* Another column is called so, or would be if its label had to be told from others. */
static bool is_taken(const Sheet *sheet, const Field *own, Str label)
{
    for (size_t i = 0; i < OWN_CELLS; i++)
        if (str_eq(view_say(&sheet->visit, own_cells[i]), label))
            return true;
    for (size_t i = 0; i < sheet->kind->n_fields; i++) {
        const Field *field = sheet->kind->fields[i];
        if (field != own && !field_is_personal(field) &&
            (str_eq(label_text(field->label, sheet->visit.language), label) ||
             str_eq(with_name(sheet, field), label)))
            return true;
    }
    return false;
}

/* No two columns are called the same: a label that several have is followed by the field's name,
 * and a name is one field's only. */
static Str head_of(const Sheet *sheet, const Field *field)
{
    Str label = label_text(field->label, sheet->visit.language);
    return is_taken(sheet, field, label) ? with_name(sheet, field) : label;
}

static void write_head(Sheet *sheet)
{
    for (size_t i = 0; i < OWN_CELLS; i++)
        csv_str(&sheet->csv, view_say(&sheet->visit, own_cells[i]));
    for (size_t i = 0; i < sheet->kind->n_fields; i++)
        if (!field_is_personal(sheet->kind->fields[i]))
            csv_str(&sheet->csv, head_of(sheet, sheet->kind->fields[i]));
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
    if (sheet->most == 0)
        return;
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
        if (sheet->most > 0 && sheet->rows == sheet->most) {
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

bool list_sheet(Visit *visit, const ListQuery *query, int64_t most, int file, uint64_t *ret_size,
                Err *err)
{
    Sheet sheet = {.visit = *visit, .kind = query->kind, .file = file, .most = most};
    ListQuery pages = *query;
    bool made;
    pages.limit = LIST_LIMIT_MAX;
    pages.after = S("");
    sheet.visit.arena = arena_open();
    made = sheet_rows(&sheet, &pages, visit->arena, err);
    arena_close(sheet.visit.arena);
    if (made)
        *ret_size = sheet.size;
    return made;
}

bool list_export(Visit *visit, const Kind *kind, int *ret_file, uint64_t *ret_size, Err *err)
{
    int64_t most = LIST_EXPORT_MAX;
    ListQuery query;
    int file;
    if (!list_query_of(visit, kind, &query, err))
        return false;
    if (http_query(visit->request, S("limit")).n > 0)
        most = query.limit;
    file = nameless_file(visit->arena, visit->site->dir);
    if (file < 0)
        return write_failed(err);
    if (!list_sheet(visit, &query, most, file, ret_size, err)) {
        close(file);
        return false;
    }
    *ret_file = file;
    return true;
}
