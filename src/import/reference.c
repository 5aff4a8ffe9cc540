/* SPDX-License-Identifier: Apache-2.0 */
/* Cells that name a record: by its number, by its code, by its title; also one that a row further
 * up in the same sheet makes. The binder knows numbers only. */
#include "import/import_internal.h"
#include "record/record.h"

#include "query.h"

#define SEVERAL SIZE_MAX /* rows of the sheet are called the same */

/* What one text means; more than one is as good as none. */
typedef struct Name {
    int64_t id;
    Str number; /* "#12" for kinds without numbers */
    size_t count;
} Name;

/* ---- what records are called ---- */

/* The field that a kind is known by beside its number and title: its first code, or what may stand
 * once only. */
static Str code_field(const Kind *kind)
{
    for (size_t i = 0; i < kind->n_fields; i++)
        if (kind->fields[i]->unique ||
            (kind->fields[i]->type == FIELD_CODE && kind->fields[i]->ascii))
            return kind->fields[i]->name;
    return S("");
}

static void name_add(Arena *arena, Map *names, Str text, int64_t id, Str number)
{
    Name *name = text.n > 0 ? map_find(names, text) : NULL;
    if (text.n == 0 || (name && name->id == id))
        return;
    if (!name) {
        name = NEW(arena, Name);
        *name = (Name){.id = id, .number = number};
        map_set(names, text, name);
    }
    name->count++;
}

static Str number_of(Arena *arena, Str number, int64_t id)
{
    return number.n > 0 ? number : STR(arena, "#", id);
}

/* The names of a kind are read once, when the first cell asks for one that is no number. */
static bool names_of(Import *import, const Kind *kind, Map **ret_names, Err *err)
{
    Arena *arena = import->ask.arena;
    Map *names = map_find(&import->names, kind->name);
    Str code = code_field(kind);
    QRecordNames *rows;
    size_t count;
    if (!names) {
        if (!q_record_names_all(import->ask.db, arena, kind->name,
                                STR(arena, "$.", code.n > 0 ? code : S("number")), &rows, &count,
                                err))
            return false;
        names = NEW(arena, Map);
        *names = map_open(arena);
        map_set(&import->names, kind->name, names);
        for (size_t i = 0; i < count; i++) {
            Str number = number_of(arena, rows[i].number, rows[i].id);
            name_add(arena, names, rows[i].title, rows[i].id, number);
            if (!str_eq(rows[i].code, rows[i].title))
                name_add(arena, names, rows[i].code, rows[i].id, number);
        }
    }
    *ret_names = names;
    return true;
}

/* ---- what a cell may name ---- */

static size_t kinds_of(const Import *import, const ImportColumn *column,
                       const Kind *const **ret_kinds)
{
    const Field *field = column->field;
    if (column->is_parent) {
        *ret_kinds = import->ask.kind->parents;
        return import->ask.kind->n_parents;
    }
    if (!field || !field->to || str_eq(field->to->name, S("org")) || !field_is_link(field))
        return 0;
    *ret_kinds = &field->to;
    return 1;
}

static bool has_kind(const Kind *const *kinds, size_t n, Str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(kinds[i]->name, name))
            return true;
    return false;
}

/* Names of what the importer may not list are not told. */
static bool may_see(const Import *import, const Kind *kind, int64_t id)
{
    const ImportAsk *ask = &import->ask;
    Record record;
    Scope scope = {kind, &record.values};
    return ask->actor.type == ACTOR_CLI || (record_get(ask->arena, ask->db, id, &record, NULL) &&
                                            permit_see(ask->office, &ask->actor, &scope));
}

static bool stored_name(Import *import, const Kind *const *kinds, size_t n, Str text,
                        Name *ret_name, Err *err)
{
    Name found = {0};
    for (size_t i = 0; i < n; i++) {
        const Name *name;
        Map *names;
        if (!names_of(import, kinds[i], &names, err))
            return false;
        name = map_find(names, text);
        if (!name || (name->count == 1 && !may_see(import, kinds[i], name->id)))
            continue;
        found = (Name){name->id, name->number, found.count + name->count};
    }
    *ret_name = found;
    return true;
}

/* ---- a row's cells ---- */

/* "JD-2023-001" and, as exports have it, "JD-2023-001 Platforms": the number is kept. */
static bool take_number(const Import *import, const Kind *const *kinds, size_t n, Str *text)
{
    Str number = str_slice(*text, 0, MIN(str_find(*text, S(" "), 0), text->n));
    Record record;
    bool found = false;
    Err err = {0};
    if (!str_starts(number, S("#")) &&
        (!record_find(import->ask.arena, import->ask.db, number, &record, &found, &err) || !found ||
         !has_kind(kinds, n, values_text(&record.values, S("kind")))))
        return false;
    *text = number;
    return true;
}

/* An organisation that the same sheet makes is known by its code alone. */
static void refer_org(const Import *import, Str *text)
{
    const size_t *above = map_find(&import->made, *text);
    bool found = false;
    Str code = above && *above != SEVERAL
                   ? form_text(&import->rows.p[*above].change.form, S("code"), &found)
                   : S("");
    if (code.n > 0)
        *text = code;
}

static bool refer(Import *import, ImportRow *row, size_t pair, Err *err)
{
    size_t column = row->columns[pair];
    const Kind *const *kinds;
    size_t n = kinds_of(import, &import->columns.p[column - 1], &kinds);
    Str *text = &row->pairs[pair].text;
    const size_t *above;
    Name name;
    if (n == 0)
        import_org(import, row, column, text);
    if (n == 0 && str_eq(import->ask.kind->name, S("org")))
        refer_org(import, text);
    if (n == 0 || take_number(import, kinds, n, text))
        return true;
    above = has_kind(kinds, n, import->ask.kind->name) ? map_find(&import->made, *text) : NULL;
    if (above && *above == SEVERAL) {
        import_wrong(import, row, column, import_say(import, MSG_import_records_named, *text));
        return true;
    }
    if (above) {
        *vec_push(import->ask.arena, &row->links) = (ImportLink){pair, *above};
        return true;
    }
    if (!stored_name(import, kinds, n, *text, &name, err))
        return false;
    if (name.count > 1)
        import_wrong(import, row, column, import_say(import, MSG_import_records_named, *text));
    else if (name.count == 1)
        *text = name.number;
    return true;
}

bool import_refer(Import *import, ImportRow *row, Err *err)
{
    for (size_t i = 0; i < row->change.form.n; i++)
        if (!refer(import, row, i, err))
            return false;
    return true;
}

/* ---- rows of the same sheet ---- */

bool import_linked(Import *import, ImportRow *row)
{
    for (size_t i = 0; i < row->links.n; i++) {
        const ImportLink *link = &row->links.p[i];
        const ImportRow *target = &import->rows.p[link->row];
        if (target->record == 0) {
            import_wrong(
                import, row, row->columns[link->pair],
                import_say(import, MSG_import_row_above, STR(import->ask.arena, target->number)));
            return false;
        }
        row->pairs[link->pair].text =
            number_of(import->ask.arena, target->record_number, target->record);
    }
    return true;
}

void import_made(Import *import, size_t at)
{
    Arena *arena = import->ask.arena;
    const Kind *kind = import->ask.kind;
    const ImportRow *row = &import->rows.p[at];
    const Str fields[] = {code_field(kind), kind->title};
    Str code = {0};
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        bool found = false;
        Str text = fields[i].n > 0 ? form_text(&row->change.form, fields[i], &found) : S("");
        size_t *known = NEW(arena, size_t);
        *known = at;
        if (map_find(&import->made, text) && !(i > 0 && str_eq(text, code)))
            *known = SEVERAL;
        if (text.n > 0)
            map_set(&import->made, text, known);
        if (i == 0)
            code = text;
    }
}
