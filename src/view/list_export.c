/* SPDX-License-Identifier: Apache-2.0 */
/* A list as a sheet: page after page into a file that has no name, so that neither a long list nor
 * a slow reader holds memory. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "child/child.h"
#include "record/explain.h"
#include "record/form.h"
#include "view/list_query.h"

#define WORKBOOK_INPUT_MAX ((size_t)64 * 1024 * 1024)

typedef struct Export {
    Visit visit; /* with an arena of its own that ends with each page */
    const Kind *kind;
    Table table;
    Buf buf;
    int file;
    uint64_t size;
    int64_t rows, most; /* 0: all, without a last line */
} Export;

static bool write_failed(Err *err)
{
    return file_put_failed(MSG_view_export_write, S(""), err);
}

static bool export_flush(Export *export, Err *err)
{
    export->size += export->buf.n;
    return file_put(export->file, buf_str(&export->buf)) || write_failed(err);
}

/* ---- columns ---- */

/* What stands before the fields. */
static const struct {
    Str name;
    MessageId title, means;
    TableType type;
} own_columns[] = {
    {S_CONST("number"), MSG_view_export_number, MSG_view_export_number_means, TABLE_TEXT},
    {S_CONST("status"), MSG_view_export_status, MSG_view_export_status_means, TABLE_TEXT},
    {S_CONST("created_at"), MSG_view_export_created, MSG_view_export_created_means, TABLE_INSTANT},
    {S_CONST("due_on"), MSG_view_export_due, MSG_view_export_due_means, TABLE_DAY},
    {S_CONST("closed_at"), MSG_view_export_closed, MSG_view_export_closed_means, TABLE_INSTANT},
};

static Str with_name(const Visit *visit, const Field *field)
{
    return STR(visit->arena, label_text(field->label, visit->language), " (", field->name, ")");
}

/* Another column is called so, or would be if its label had to be told from others. */
static bool is_taken(const Visit *visit, const Kind *kind, const Field *own, Str label)
{
    for (size_t i = 0; i < COUNT_OF(own_columns); i++)
        if (str_eq(view_say(visit, own_columns[i].title), label))
            return true;
    if (kind->n_parents > 0 && str_eq(view_say(visit, MSG_import_parent), label))
        return true;
    for (size_t i = 0; i < kind->n_fields; i++) {
        const Field *field = kind->fields[i];
        if (field != own && !field_is_personal(field) &&
            (str_eq(label_text(field->label, visit->language), label) ||
             str_eq(with_name(visit, field), label)))
            return true;
    }
    return false;
}

/* No two columns are called the same: a label that several have is followed by the field's name,
 * and a name is one field's only. */
static Str title_of(const Visit *visit, const Kind *kind, const Field *field)
{
    Str label = label_text(field->label, visit->language);
    return is_taken(visit, kind, field, label) ? with_name(visit, field) : label;
}

static TableType type_of(const Field *field)
{
    if (field->type == FIELD_DATE)
        return TABLE_DAY;
    return field->type == FIELD_NUMBER || field->type == FIELD_DECIMAL || field->type == FIELD_MONEY
               ? TABLE_NUMBER
               : TABLE_TEXT;
}

/* As a sheet of such records names it, so that the export can be imported. */
static TableColumn parent_column(const Visit *visit, const Kind *kind)
{
    return (TableColumn){.name = S("parent"),
                         .title = view_say(visit, MSG_import_parent),
                         .means = parent_explain(visit->arena, kind, visit->language)};
}

static TableHead head_of(const Visit *visit, const Kind *kind)
{
    TableColumn *columns =
        NEW_ARRAY(visit->arena, TableColumn, COUNT_OF(own_columns) + 1 + kind->n_fields);
    size_t n = 0;
    for (; n < COUNT_OF(own_columns); n++)
        columns[n] = (TableColumn){.name = own_columns[n].name,
                                   .title = view_say(visit, own_columns[n].title),
                                   .type = own_columns[n].type,
                                   .means = view_say(visit, own_columns[n].means)};
    if (kind->n_parents > 0)
        columns[n++] = parent_column(visit, kind);
    for (size_t i = 0; i < kind->n_fields; i++) {
        const Field *field = kind->fields[i];
        if (!field_is_personal(field))
            columns[n++] =
                (TableColumn){.name = field->name,
                              .title = title_of(visit, kind, field),
                              .type = type_of(field),
                              .means = field_explain(visit->arena, field, visit->language)};
    }
    return (TableHead){
        kind->name,
        label_text(kind->label, visit->language),
        columns,
        n,
        {view_say(visit, MSG_view_definitions), view_say(visit, MSG_view_export_column),
         view_say(visit, MSG_view_export_name), view_say(visit, MSG_view_export_means)}};
}

/* ---- cells ---- */

/* Numbers, money and days as a form shows them, so that a sheet can count with them and be imported
 * again; the rest in words. */
static Str cell_text(Export *export, const FieldView *view)
{
    const Field *field = view->field;
    if (type_of(field) != TABLE_TEXT && !view->masked && view->value.type == VALUE_INT)
        return form_value_text(export->visit.arena, export->visit.office, field, view->value);
    return view->text;
}

static void write_field(Export *export, const Subject *subject, const Field *field)
{
    FieldView view;
    if (!mask_shows(subject->mask, subject->kind, field)) {
        table_cell(&export->table, S(""));
        return;
    }
    view = field_view(&export->visit, subject->kind, subject->mask, field,
                      values_get(&subject->record->values, field->name));
    table_cell(&export->table, view.text.n > 0 ? cell_text(export, &view) : S(""));
}

static void write_record(Export *export, const Subject *subject)
{
    const Values *values = &subject->record->values;
    Day due = (Day)values_int(values, S("due_on"));
    int64_t parent = values_id(values, S("parent"));
    Table *table = &export->table;
    table_cell(table, values_text(values, S("number")));
    table_cell(table,
               subject->state ? label_text(subject->state->label, export->visit.language) : S(""));
    table_instant(table, values_int(values, S("created_at")));
    table_cell(table, due ? day_text(export->visit.arena, due) : S(""));
    table_instant(table, values_int(values, S("closed_at")));
    if (export->kind->n_parents > 0)
        table_cell(table, parent ? view_reference(&export->visit, parent) : S(""));
    for (size_t i = 0; i < export->kind->n_fields; i++)
        if (!field_is_personal(export->kind->fields[i]))
            write_field(export, subject, export->kind->fields[i]);
    table_row_end(table);
    export->rows++;
}

/* Who holds a sheet that went astray can be asked where it came from. */
static void write_foot(Export *export, bool cut)
{
    const Visit *visit = &export->visit;
    Str who = visit->account ? visit->account->login : S("");
    MessageId says = cut ? MSG_view_export_cut : MSG_view_export_whole;
    Str foot = {0};
    if (export->most > 0)
        foot = view_say(visit, says, who, instant_text(visit->arena, visit->now),
                        STR(visit->arena, export->rows));
    table_end(&export->table, foot);
}

/* ---- pages ---- */

/* The memory of one page is given back before the next is read. */
static void export_page_open(Export *export)
{
    arena_reset(export->visit.arena);
    export->visit.names = map_open(export->visit.arena);
    export->buf = buf_open(export->visit.arena);
    table_onto(&export->table, &export->buf);
}

static bool export_page(Export *export, ListQuery *query, bool texts, Err *err)
{
    ListPage page;
    if (!record_list(export->visit.arena, export->visit.db, &export->visit.office->orgs, query,
                     &page, err))
        return false;
    for (size_t i = 0; i < page.n; i++) {
        Subject subject = subject_of(&export->visit, export->kind, &page.records[i]);
        if (!mask_lets_stand(subject.mask, texts))
            continue;
        if (export->most > 0 && export->rows == export->most) {
            write_foot(export, true);
            query->after = S("");
            return true;
        }
        write_record(export, &subject);
    }
    query->after = page.next;
    if (page.next.n == 0)
        write_foot(export, false);
    return true;
}

static bool export_rows(Export *export, ListQuery *query, Arena *keep, Err *err)
{
    bool texts = query->n_ids > 0;
    for (;;) {
        if (!export_page(export, query, texts, err) || !export_flush(export, err))
            return false;
        if (query->after.n == 0)
            return true;
        query->after = str_dup(keep, query->after);
        export_page_open(export);
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

bool list_sheet(Visit *visit, const ListQuery *query, const SheetAsk *ask, uint64_t *ret_size,
                Err *err)
{
    Export export = {.visit = *visit, .kind = query->kind, .file = ask->file, .most = ask->most};
    TableHead head = head_of(visit, query->kind);
    ListQuery pages = *query;
    bool made;
    pages.limit = LIST_LIMIT_MAX;
    pages.after = S("");
    export.visit.arena = arena_open();
    export.visit.names = map_open(export.visit.arena);
    export.buf = buf_open(export.visit.arena);
    export.table = table_begin(&export.buf, ask->format, &head);
    made = export_rows(&export, &pages, visit->arena, err);
    arena_close(export.visit.arena);
    if (made)
        *ret_size = export.size;
    return made;
}

bool list_export(Visit *visit, const Kind *kind, TableFormat format, int *ret_file,
                 uint64_t *ret_size, Err *err)
{
    SheetAsk ask = {.format = format, .most = LIST_EXPORT_MAX};
    ListQuery query;
    if (!list_query_of(visit, kind, &query, err))
        return false;
    if (http_query(visit->request, S("limit")).n > 0)
        ask.most = query.limit;
    ask.file = nameless_file(visit->arena, visit->site->dir);
    if (ask.file < 0)
        return write_failed(err);
    if (!list_sheet(visit, &query, &ask, ret_size, err)) {
        close(ask.file);
        return false;
    }
    *ret_file = ask.file;
    return true;
}

/* ---- as a workbook ---- */

static bool file_take(Arena *arena, int file, uint64_t size, Str *ret_bytes, Err *err)
{
    char *bytes = arena_room(arena, size);
    if (size > WORKBOOK_INPUT_MAX)
        return err_set(err, ERR_TOO_LARGE, MSG_document_input_large);
    if (pread(file, bytes, size, 0) != (ssize_t)size)
        return write_failed(err);
    *ret_bytes = (Str){bytes, size};
    return true;
}

bool workbook_make(Arena *arena, Str cells, Str *ret_bytes, Err *err)
{
    ChildJob job = {.verb = "xlsx-write",
                    .input = cells,
                    .output_max = WORKBOOK_INPUT_MAX,
                    .memory_max = (size_t)1536 * 1024 * 1024,
                    .cpu_seconds = 60,
                    .deadline_ms = 90000};
    return child_run(arena, &job, ret_bytes, err);
}

bool list_workbook(Visit *visit, const ListQuery *query, int64_t most, Str *ret_bytes, Err *err)
{
    SheetAsk ask = {.format = TABLE_CELLS, .most = most};
    uint64_t size;
    bool made;
    Str cells;
    ask.file = nameless_file(visit->arena, visit->site->dir);
    if (ask.file < 0)
        return write_failed(err);
    made = list_sheet(visit, query, &ask, &size, err) &&
           file_take(visit->arena, ask.file, size, &cells, err);
    close(ask.file);
    return made && workbook_make(visit->arena, cells, ret_bytes, err);
}

bool list_export_workbook(Visit *visit, const Kind *kind, Str *ret_bytes, Err *err)
{
    ListQuery query;
    if (!list_query_of(visit, kind, &query, err))
        return false;
    return list_workbook(
        visit, &query, http_query(visit->request, S("limit")).n > 0 ? query.limit : LIST_EXPORT_MAX,
        ret_bytes, err);
}

Str list_definitions(const Visit *visit, const Kind *kind)
{
    TableHead head = head_of(visit, kind);
    Buf buf = buf_open(visit->arena);
    table_definitions(&buf, &head);
    return buf_str(&buf);
}
