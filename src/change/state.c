/* SPDX-License-Identifier: Apache-2.0 */
#include "change/state.h"

#include "query.h"

SiteState state_open(Arena *arena, Db *db)
{
    return (SiteState){.arena = arena,
                       .db = db,
                       .records = map_open(arena),
                       .by_number = map_open(arena),
                       .counters = map_open(arena),
                       .files = map_open(arena),
                       .texts = map_open(arena)};
}

static StateRecord *state_keep(SiteState *state, const Record *record)
{
    StateRecord *kept = NEW(state->arena, StateRecord);
    kept->now = *record;
    kept->before = values_dup(state->arena, &record->values);
    kept->before_version = record->version;
    map_set_id(&state->records, record->id, kept);
    return kept;
}

StateRecord *state_find(SiteState *state, int64_t id, Err *err)
{
    StateRecord *known = map_find_id(&state->records, id);
    Record record;
    Err missing = {0};
    if (known || !state->db)
        return known;
    if (record_get(state->arena, state->db, id, &record, &missing))
        return state_keep(state, &record);
    if (missing.code != ERR_NOT_FOUND && err)
        err_copy(state->arena, err, &missing);
    return NULL;
}

StateRecord *state_take(SiteState *state, int64_t id, Err *err)
{
    Err failure = {0};
    StateRecord *known = state_find(state, id, &failure);
    if (known)
        return known;
    if (failure.code) {
        if (err)
            err_copy(state->arena, err, &failure);
        return NULL;
    }
    return state_keep(state, &(Record){.id = id});
}

StateRecord *state_find_number(SiteState *state, Str number, Err *err)
{
    StateRecord *known = map_find(&state->by_number, number);
    Record record;
    bool found;
    if (known || !state->db)
        return known;
    if (!record_find(state->arena, state->db, number, &record, &found, err) || !found)
        return NULL;
    known = map_find_id(&state->records, record.id);
    return known ? known : state_keep(state, &record);
}

/* Does a record of this batch link to the target now? */
static bool state_links(const StateRecord *record, Str name, int64_t target)
{
    Value link = values_get(&record->now.values, name);
    if (link.type == VALUE_INT)
        return link.number == target;
    return link.type == VALUE_IDS && ids_have(link.ids, link.count, target);
}

static bool stored_children(SiteState *state, int64_t parent, IdVec *ret_ids, Err *err)
{
    QRecordChildIds *rows;
    size_t count;
    if (!q_record_child_ids_all(state->db, state->arena, parent, &rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        *vec_push(state->arena, ret_ids) = rows[i].id;
    return true;
}

/* Links with a column of their own do not stand in record_link. */
static bool stored_linking(SiteState *state, Str name, int64_t target, IdVec *ret_ids, Err *err)
{
    QRecordColumnLinking *rows;
    size_t count;
    if (str_eq(name, S("parent")))
        return stored_children(state, target, ret_ids, err);
    if (!fact_column(name))
        return record_linking(state->arena, state->db, name, target, ret_ids, err);
    if (!q_record_column_linking_all(state->db, state->arena, name, target, &rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        *vec_push(state->arena, ret_ids) = rows[i].id;
    return true;
}

bool state_linking(SiteState *state, Str name, int64_t target, IdVec *ret_ids, Err *err)
{
    IdVec stored = {0}, ids = {0};
    if (state->db && !stored_linking(state, name, target, &stored, err))
        return false;
    for (size_t i = 0; i < stored.n; i++) {
        StateRecord *known = map_find_id(&state->records, stored.p[i]);
        if (!known || !known->touched)
            *vec_push(state->arena, &ids) = stored.p[i];
    }
    for (size_t i = 0; i < state->records.n; i++) {
        const StateRecord *record = state->records.slots[i].value;
        if (record->touched && state_links(record, name, target))
            *vec_push(state->arena, &ids) = record->now.id;
    }
    *ret_ids = ids;
    return true;
}

static TextIndex *text_index(SiteState *state, Str name)
{
    TextIndex *index = map_find(&state->texts, name);
    if (!index) {
        index = NEW(state->arena, TextIndex);
        index->holders = map_open(state->arena);
        map_set(&state->texts, str_dup(state->arena, name), index);
    }
    return index;
}

/* A record's text changes only where the record is touched: reading what was touched since the last
 * time keeps a thousand changes in one state from looking at each other. */
static const IdVec *text_holders(SiteState *state, Str name, Str text)
{
    TextIndex *index = text_index(state, name);
    for (; index->read < state->touches.n; index->read++) {
        int64_t id = state->touches.p[index->read].record;
        const StateRecord *record = map_find_id(&state->records, id);
        Str held = values_text(&record->now.values, name);
        IdVec *holders = map_find(&index->holders, held);
        if (!holders) {
            holders = NEW(state->arena, IdVec);
            map_set(&index->holders, str_dup(state->arena, held), holders);
        }
        *vec_push(state->arena, holders) = id;
    }
    return map_find(&index->holders, text);
}

StateRecord *state_find_text(SiteState *state, Str kind, Str name, Str text, int64_t but)
{
    const IdVec *holders = text_holders(state, name, text);
    for (size_t i = 0; holders && i < holders->n; i++) {
        StateRecord *record = map_find_id(&state->records, holders->p[i]);
        const Values *now = &record->now.values;
        if (record->now.id != but && str_eq(values_text(now, name), text) &&
            str_eq(values_text(now, S("kind")), kind) && !values_int(now, S("voided_at")))
            return record;
    }
    return NULL;
}

bool state_has_text(SiteState *state, Str kind, Str name, Str text, int64_t but, bool *ret_taken,
                    Err *err)
{
    QRecordWithText row;
    bool found = false;
    if (state->db &&
        !q_record_with_text(state->db, state->arena, kind, STR(state->arena, "$.", name), text, but,
                            &row, &found, err))
        return false;
    *ret_taken = found || state_find_text(state, kind, name, text, but);
    return true;
}

Str attachment_facts(Arena *arena, const QAttachmentRow *row)
{
    return STR(arena, row->sha256, " ", row->size, " ", row->type, "\n", row->name);
}

bool state_attachment(SiteState *state, Str id, int64_t record, Str *ret_facts, Err *err)
{
    const int64_t *given = map_find(&state->files, id);
    QAttachmentRow row;
    bool found = false;
    if (state->db && !q_attachment_get(state->db, state->arena, id, &row, &found, err))
        return false;
    if (found && given)
        found = *given == record;
    else if (found)
        found = row.record_is_null || row.record == record;
    *ret_facts = found ? attachment_facts(state->arena, &row) : S("");
    return true;
}

/* The number under the name, made when there is none. */
static void set_number(Arena *arena, Map *map, Str name, int64_t number)
{
    int64_t *known = map_find(map, name);
    if (!known) {
        known = NEW(arena, int64_t);
        map_set(map, str_dup(arena, name), known);
    }
    *known = number;
}

void state_give_file(SiteState *state, Str id, int64_t record)
{
    set_number(state->arena, &state->files, id, record);
}

bool state_counter(SiteState *state, Str name, int64_t *ret_value, Err *err)
{
    int64_t *known = map_find(&state->counters, name);
    QCounterGet row;
    bool found = false;
    if (!known && state->db && !q_counter_get(state->db, state->arena, name, &row, &found, err))
        return false;
    *ret_value = known ? *known : found ? row.value : 0;
    return true;
}

void state_set_counter(SiteState *state, Str name, int64_t value)
{
    set_number(state->arena, &state->counters, name, value);
}
