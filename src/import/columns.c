/* SPDX-License-Identifier: Apache-2.0 */
/* From the titles of a sheet to the fields of a form. */
#include "base/utf8.h"
#include "import/import_internal.h"
#include "profile/fault.h"
#include "profile/redline.h"
#include "write/piece.h"

static Str own_label(const Field *field, bool chinese)
{
    return chinese ? field->label.zh : field->label.en;
}

static bool label_is_shared(const MoveFields *fields, const Field *field, Language language)
{
    for (size_t i = 0; i < fields->n; i++)
        if (fields->p[i].field != field && str_eq(label_text(fields->p[i].field->label, language),
                                                  label_text(field->label, language)))
            return true;
    return false;
}

Str import_title(Arena *arena, const MoveFields *fields, const Field *field, Language language)
{
    Str label = label_text(field->label, language);
    return label_is_shared(fields, field, language) ? STR(arena, label, " (", field->name, ")")
                                                    : label;
}

/* ---- which field a title means ---- */

/* Small letters, half width, one space at most between words. */
static Str plain_title(Arena *arena, Str title)
{
    Str narrow = str_trim(str_lower(arena, utf8_narrow(arena, title)));
    Buf buf = buf_open(arena);
    for (size_t i = 0; i < narrow.n; i++) {
        bool space = narrow.p[i] == ' ' || narrow.p[i] == '\n' || narrow.p[i] == '\t';
        if (!space)
            buf_byte(&buf, narrow.p[i]);
        else if (buf.n > 0 && buf.p[buf.n - 1] != ' ')
            buf_byte(&buf, ' ');
    }
    return buf_str(&buf);
}

static bool title_means(Arena *arena, Str title, const Field *field)
{
    if (str_eq(title, field->name))
        return true;
    for (int chinese = 0; chinese < 2; chinese++) {
        Str label = plain_title(arena, own_label(field, chinese));
        if (label.n &&
            (str_eq(title, label) || str_eq(title, STR(arena, label, " (", field->name, ")"))))
            return true;
    }
    return false;
}

static bool title_is(Arena *arena, Str title, MessageId id)
{
    return str_eq(title, plain_title(arena, message(id, LANGUAGE_ZH))) ||
           str_eq(title, plain_title(arena, message(id, LANGUAGE_EN)));
}

static const Field *asked_field(Arena *arena, const MoveFields *fields, Str title)
{
    for (size_t i = 0; i < fields->n; i++)
        if (title_means(arena, title, fields->p[i].field))
            return fields->p[i].field;
    return NULL;
}

static const Field *later_field(Arena *arena, const Kind *kind, Str title)
{
    for (size_t i = 0; i < kind->n_fields; i++)
        if (title_means(arena, title, kind->fields[i]))
            return kind->fields[i];
    return NULL;
}

/* What an export says of every record beside its fields: the program gives it, a sheet does not. */
static bool is_of_export(Arena *arena, Str title)
{
    static const MessageId own[] = {MSG_view_export_number, MSG_view_export_status,
                                    MSG_view_export_created, MSG_view_export_due,
                                    MSG_view_export_closed};
    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (title_is(arena, title, own[i]))
            return true;
    return false;
}

/* ---- what is wrong with titles ---- */

static StrVec known_titles(Arena *arena, const MoveFields *fields)
{
    StrVec known = {0};
    for (size_t i = 0; i < fields->n; i++) {
        *vec_push(arena, &known) = fields->p[i].field->name;
        *vec_push(arena, &known) = plain_title(arena, fields->p[i].field->label.zh);
        *vec_push(arena, &known) = plain_title(arena, fields->p[i].field->label.en);
    }
    return known;
}

/* A few slips of the hand, or a part of the word. */
static Str nearest_title(Arena *arena, const MoveFields *fields, Str title)
{
    StrVec known = known_titles(arena, fields);
    Str found = suggest(title, &known);
    for (size_t i = 0; i < known.n && found.n == 0 && title.n > 3; i++)
        if (known.p[i].n > 3 && (str_find(known.p[i], title, 0) != SIZE_MAX ||
                                 str_find(title, known.p[i], 0) != SIZE_MAX))
            found = known.p[i];
    return found;
}

static Str unknown_sentence(const Import *import, const MoveFields *fields, Str title)
{
    Arena *arena = import->ask.arena;
    Str word, near;
    if (redline_refuses(title, &word))
        return import_say(import, MSG_import_title_refused, word);
    near = nearest_title(arena, fields, title);
    if (near.n == 0)
        return import_say(import, MSG_import_title_unknown);
    return import_say(import, MSG_import_title_near, near);
}

static bool stands_before(const Import *import, const ImportColumn *column, size_t *ret_at)
{
    for (size_t i = 0; i < import->columns.n; i++) {
        const ImportColumn *other = &import->columns.p[i];
        *ret_at = i + 1;
        if ((column->field && other->field == column->field) ||
            (column->is_parent && other->is_parent))
            return true;
    }
    return false;
}

static void add_column(Import *import, const MoveFields *fields, bool takes_parent, int64_t row,
                       Str cell)
{
    Arena *arena = import->ask.arena;
    Str title = plain_title(arena, cell);
    ImportColumn column = {.title = cell};
    size_t at = import->columns.n + 1, before;
    column.field = asked_field(arena, fields, title);
    column.is_parent = !column.field && takes_parent &&
                       (str_eq(title, S("parent")) || title_is(arena, title, MSG_import_parent));
    if (!column.field && !column.is_parent && !is_of_export(arena, title)) {
        column.field = later_field(arena, import->ask.kind, title);
        column.is_later = column.field != NULL;
        if (!column.field && title.n > 0)
            import_problem(import, row, at, cell, unknown_sentence(import, fields, title));
    }
    if (stands_before(import, &column, &before))
        import_problem(import, row, at, cell,
                       import_say(import, MSG_import_title_twice, sheet_column(arena, before)));
    *vec_push(arena, &import->columns) = column;
}

static bool has_column(const Import *import, const Field *field)
{
    for (size_t i = 0; i < import->columns.n; i++)
        if (field ? import->columns.p[i].field == field : import->columns.p[i].is_parent)
            return true;
    return false;
}

void import_columns(Import *import, const GridRow *head)
{
    const ImportAsk *ask = &import->ask;
    MoveFields fields = form_fields(ask->arena, ask->kind, ask->move, false);
    bool takes_parent = form_takes_parent(&fields, ask->kind, ask->move, false);
    for (size_t i = 0; i < head->n; i++)
        add_column(import, &fields, takes_parent, head->number, head->cells[i]);
    if (takes_parent && !has_column(import, NULL))
        import_problem(import, head->number, 0, message(MSG_import_parent, ask->language),
                       import_say(import, MSG_import_title_missing));
    for (size_t i = 0; i < fields.n; i++)
        if (fields.p[i].required && !has_column(import, fields.p[i].field))
            import_problem(import, head->number, 0,
                           import_title(ask->arena, &fields, fields.p[i].field, ask->language),
                           import_say(import, MSG_import_title_missing));
}
