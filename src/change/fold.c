/* SPDX-License-Identifier: Apache-2.0 */
#include "change/fold.h"

#include "base/number.h"

/* "1024.status" → 1024, "status" */
static bool name_split(Str name, int64_t *ret_record, Str *ret_rest)
{
    size_t dot = str_find(name, S("."), 0);
    if (dot == SIZE_MAX || !int_parse(str_slice(name, 0, dot), ret_record))
        return false;
    *ret_rest = str_slice(name, dot + 1, name.n);
    return ret_rest->n > 0;
}

static bool fold_edition(SiteState *state, int64_t record, Str name, Value value)
{
    int64_t number;
    if (!int_parse(str_slice(name, EDITION_PREFIX.n, name.n), &number))
        return false;
    *vec_push(state->arena, &state->editions) = (Edition){record, number, value.text};
    return true;
}

/* An organisation begins to stand somewhere: the first time since it was opened, or since ever;
 * later from the day it says it moved on, or the day of the entry. */
static void fold_org(SiteState *state, const StateRecord *record, Value parent, Instant at)
{
    bool first = record->now.version == 0;
    Day opened = (Day)values_int(&record->now.values, S("opened_on"));
    Day moved = (Day)values_int(&record->now.values, S("moved_on"));
    *vec_push(state->arena, &state->org_moves) = (OrgMove){
        .org = record->now.id,
        .from = first   ? opened
                : moved ? moved
                        : day_of(at),
        .parent = parent.type == VALUE_IDS ? parent.ids[0] : parent.number,
    };
}

/* Counters, editions and whose a file is live in tables of their own: naming one does not touch the
 * record. */
static bool name_is_value(Str name)
{
    return !str_starts(name, COUNTER_PREFIX) && !str_starts(name, EDITION_PREFIX) &&
           !str_starts(name, FILE_PREFIX);
}

static bool fold_field(SiteState *state, const EntryField *field, Err *err)
{
    int64_t id;
    Str name;
    Value value = value_text(ERASED_TEXT);
    StateRecord *record;
    if (!name_split(field->name, &id, &name))
        return err_set(err, ERR_WRONG, MSG_journal_unreadable);
    if (field->form != FIELD_ERASED && !value_parse(state->arena, field->value, &value, err))
        return false;
    if (id == RECORD_SITE && str_starts(name, COUNTER_PREFIX)) {
        state_set_counter(state, str_slice(name, COUNTER_PREFIX.n, name.n), value.number);
        return true;
    }
    if (str_starts(name, EDITION_PREFIX))
        return fold_edition(state, id, name, value);
    if (str_starts(name, FILE_PREFIX)) {
        state_give_file(state, str_slice(name, FILE_PREFIX.n, name.n), id);
        return true;
    }
    record = state_take(state, id, err);
    if (!record)
        return false;
    values_set(state->arena, &record->now.values, str_dup(state->arena, name), value);
    record->touched = true;
    if (str_eq(name, S("number")))
        map_set(&state->by_number, value.text, record);
    return true;
}

static StateRecord *fold_named(SiteState *state, const EntryField *field, Str *ret_name)
{
    int64_t id;
    if (!name_split(field->name, &id, ret_name) || !name_is_value(*ret_name))
        return NULL;
    return map_find_id(&state->records, id);
}

static void fold_org_moves(SiteState *state, const Entry *entry)
{
    for (size_t i = 0; i < entry->field_count; i++) {
        Str name;
        StateRecord *record = fold_named(state, &entry->fields[i], &name);
        if (record && str_eq(name, S("parent_org")))
            fold_org(state, record, values_get(&record->now.values, name), entry->header.at);
    }
}

static void fold_versions(SiteState *state, const Entry *entry)
{
    for (size_t i = 0; i < entry->field_count; i++) {
        Str name;
        StateRecord *record = fold_named(state, &entry->fields[i], &name);
        if (!record || record->now.version == entry->header.sequence)
            continue;
        record->now.version = entry->header.sequence;
        *vec_push(state->arena, &state->touches) = (Touch){record->now.id, entry->header.sequence};
    }
}

bool fold_entry(SiteState *state, const Entry *entry, Err *err)
{
    for (size_t i = 0; i < entry->field_count; i++)
        if (!fold_field(state, &entry->fields[i], err))
            return err_detail(err, STR(state->arena, "entry ", entry->header.sequence));
    fold_org_moves(state, entry);
    fold_versions(state, entry);
    return true;
}
