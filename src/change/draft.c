/* SPDX-License-Identifier: Apache-2.0 */
#include "change/draft.h"

#include "base/number.h"
#include "change/fold.h"

static DraftRecord *draft_keep(Draft *draft, int64_t id, const Kind *kind, const Values *values)
{
    DraftRecord *record = NEW(draft->arena, DraftRecord);
    record->id = id;
    record->kind = kind;
    if (values)
        record->values = values_dup(draft->arena, values);
    map_set_id(&draft->records, id, record);
    return record;
}

DraftRecord *draft_record(Draft *draft, int64_t id, Err *err)
{
    DraftRecord *known = map_find_id(&draft->records, id);
    StateRecord *stored;
    if (known)
        return known;
    stored = state_find(draft->state, id, err);
    if (!stored) {
        if (err && err->code == ERR_NONE)
            err_set(err, ERR_NOT_FOUND, MSG_no_such_record, STR(draft->arena, "#", id));
        return NULL;
    }
    return draft_keep(
        draft, id,
        profile_kind(draft->office->profile, values_text(&stored->now.values, S("kind"))),
        &stored->now.values);
}

DraftRecord *draft_create(Draft *draft, const Kind *kind, Err *err)
{
    int64_t id;
    DraftRecord *record;
    if (!draft_count(draft, S("record"), &id, err))
        return NULL;
    record = draft_keep(draft, id, kind, NULL);
    record->is_new = true;
    draft_set(draft, record, S("kind"), value_text(kind->name));
    draft_set(draft, record, S("created_at"), value_int(draft->at));
    return record;
}

static void draft_assign(Draft *draft, DraftRecord *record, Str name, Value value, bool is_text)
{
    Assignment *assignment = vec_push(draft->arena, &draft->assignments);
    if (fact_is_nothing(name, value))
        value = VALUE_NOTHING;
    *assignment = (Assignment){record->id, name, value, is_text};
    values_set(draft->arena, &record->values, name, value);
}

void draft_set(Draft *draft, DraftRecord *record, Str name, Value value)
{
    draft_assign(draft, record, name, value, false);
}

void draft_set_text(Draft *draft, DraftRecord *record, Str name, Str text)
{
    draft_assign(draft, record, name, text.n ? value_text(text) : VALUE_NOTHING, true);
}

void draft_clear(Draft *draft, DraftRecord *record, Str name)
{
    if (values_get(&record->values, name).type != VALUE_NONE)
        draft_assign(draft, record, name, VALUE_NOTHING, false);
}

void draft_add(Draft *draft, DraftRecord *record, Str name, int64_t by)
{
    draft_set(draft, record, name, value_int(add_checked(values_int(&record->values, name), by)));
}

void draft_add_id(Draft *draft, DraftRecord *record, Str name, int64_t id)
{
    Value held = values_get(&record->values, name);
    int64_t first = held.type == VALUE_INT ? held.number : 0;
    const int64_t *ids = held.type == VALUE_IDS ? held.ids : &first;
    size_t count = held.type == VALUE_IDS ? held.count : first != 0;
    int64_t *all = NEW_ARRAY(draft->arena, int64_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (ids[i] == id)
            return;
        all[i] = ids[i];
    }
    all[count] = id;
    draft_set(draft, record, name, count ? value_ids(draft->arena, all, count + 1) : value_int(id));
}

bool draft_count(Draft *draft, Str name, int64_t *ret_value, Err *err)
{
    Str key = STR(draft->arena, COUNTER_PREFIX, name);
    DraftRecord *site = map_find_id(&draft->records, RECORD_SITE);
    int64_t value;
    if (!site)
        site = draft_keep(draft, RECORD_SITE, NULL, NULL);
    value = values_int(&site->values, key);
    if (value == 0 && !state_counter(draft->state, name, &value, err))
        return false;
    draft_set(draft, site, key, value_int(value + 1));
    *ret_value = value + 1;
    return true;
}

static int field_compare(const void *a, const void *b)
{
    const EntryField *x = a, *y = b;
    if (x->text != y->text)
        return x->text ? 1 : -1;
    return str_cmp(x->name, y->name);
}

/* Several assignments of one name happen when a step corrects another: the last one counts. */
static bool draft_is_last(const Draft *draft, const Assignment *assignment)
{
    const Assignment *end = draft->assignments.p + draft->assignments.n;
    for (const Assignment *later = assignment + 1; later < end; later++)
        if (later->record == assignment->record && str_eq(later->name, assignment->name))
            return false;
    return true;
}

void draft_fields(Draft *draft, EntryField **ret_fields, size_t *ret_count)
{
    EntryField *fields = NEW_ARRAY(draft->arena, EntryField, draft->assignments.n + 1);
    size_t count = 0;
    for (size_t i = 0; i < draft->assignments.n; i++) {
        const Assignment *assignment = &draft->assignments.p[i];
        Buf value = buf_open(draft->arena);
        if (!draft_is_last(draft, assignment))
            continue;
        value_write(&value, assignment->value);
        fields[count++] = (EntryField){
            .name = STR(draft->arena, assignment->record, ".", assignment->name),
            .value = buf_str(&value),
            .text = assignment->is_text && assignment->value.type != VALUE_NONE,
        };
    }
    qsort(fields, count, sizeof *fields, field_compare);
    *ret_fields = fields;
    *ret_count = count;
}

static const Values *draft_linked(void *context, int64_t target)
{
    Draft *draft = context;
    DraftRecord *record = draft_record(draft, target, NULL);
    return record ? &record->values : NULL;
}

Facts draft_facts(Draft *draft, DraftRecord *record)
{
    return (Facts){.own = &record->values, .linked = draft_linked, .context = draft};
}
