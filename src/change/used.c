/* SPDX-License-Identifier: Apache-2.0 */
#include "change/used.h"

/* ---- what is said ---- */

static void used_add(Used *used, Arena *scratch, Str kind, Str what, Str code)
{
    Str key = STR(scratch, kind, "\n", what, "\n", code);
    if (!map_find(&used->seen, key))
        map_set(&used->seen, str_dup(used->arena, key), used);
}

static void used_values(Used *used, Arena *scratch, const Kind *kind, const Values *values)
{
    for (size_t i = 0; i < values->n; i++) {
        const Field *field = kind_field(kind, values->p[i].name);
        Value value = values->p[i].value;
        used_add(used, scratch, kind->name, values->p[i].name, S(""));
        if (!field)
            continue;
        if (field->type == FIELD_CHOICE && value.type == VALUE_TEXT)
            used_add(used, scratch, kind->name, field->name, value.text);
        for (size_t j = 0; value.type == VALUE_CODES && j < value.count; j++)
            used_add(used, scratch, kind->name, field->name, value.codes[j]);
    }
}

/* A form that waits for a second person; empty when there is none, or its text was erased. */
static Values pending_form(Arena *arena, const Values *values)
{
    Str text = values_text(values, S("pending_form"));
    Values form = {0};
    if (text.n == 0 || !values_parse(arena, text, &form, NULL))
        return (Values){0};
    return form;
}

static void used_record(Used *used, Arena *scratch, const Kind *kind, const Values *values)
{
    Values form = pending_form(scratch, values);
    Str pending = values_text(values, S("pending"));
    used_add(used, scratch, kind->name, S("state"), values_text(values, S("status")));
    used_add(used, scratch, kind->name, S("state"), S(""));
    if (pending.n)
        used_add(used, scratch, kind->name, S("pending"), pending);
    used_values(used, scratch, kind, values);
    used_values(used, scratch, kind, &form);
}

/* ---- what is said otherwise ---- */

static void rename_state(Arena *arena, const Kind *kind, const Values *values, Values *ret)
{
    Str name = values_text(values, S("status"));
    const State *state = kind->flow ? flow_state_now(kind->flow, name) : NULL;
    bool open = state && state->open && !values_int(values, S("voided_at"));
    if (!state)
        return;
    if (!str_eq(state->name, name))
        values_set(arena, ret, S("status"), value_text(state->name));
    if (open != (values_int(values, S("open")) != 0))
        values_set(arena, ret, S("open"), value_int(open));
}

static Str code_now(const Field *field, Str code)
{
    const Choice *choice = choice_now(field->choices, code);
    return choice ? choice->code : code;
}

static Value rename_codes(Arena *arena, const Field *field, Value value)
{
    Str *codes = NEW_ARRAY(arena, Str, value.count);
    if (value.type == VALUE_TEXT)
        return value_text(code_now(field, value.text));
    for (size_t i = 0; i < value.count; i++)
        codes[i] = code_now(field, value.codes[i]);
    return value_codes(arena, codes, value.count);
}

static void rename_choices(Arena *arena, const Kind *kind, const Values *values, Values *ret)
{
    for (size_t i = 0; i < values->n; i++) {
        const Field *field = kind_field(kind, values->p[i].name);
        Value old = values->p[i].value, now;
        if (!field || !field->choices || (old.type != VALUE_TEXT && old.type != VALUE_CODES))
            continue;
        now = rename_codes(arena, field, old);
        if (!value_eq(old, now))
            values_set(arena, ret, field->name, now);
    }
}

static void rename_pending(Arena *arena, const Kind *kind, const Values *values, Values *ret)
{
    Values form = pending_form(arena, values), renamed = {0};
    Buf text = buf_open(arena);
    rename_choices(arena, kind, &form, &renamed);
    for (size_t i = 0; i < renamed.n; i++)
        values_set(arena, &form, renamed.p[i].name, renamed.p[i].value);
    values_write(&text, &form);
    if (renamed.n)
        values_set(arena, ret, S("pending_form"), value_text(buf_str(&text)));
}

Values used_renamed(Arena *arena, const Profile *next, const Values *values)
{
    const Kind *kind = profile_kind(next, values_text(values, S("kind")));
    Values renamed = {0};
    if (!kind)
        return renamed;
    rename_state(arena, kind, values, &renamed);
    rename_choices(arena, kind, values, &renamed);
    rename_pending(arena, kind, values, &renamed);
    return renamed;
}

/* ---- the pass ---- */

typedef struct Reading {
    Used *used;
    Arena *scratch;
} Reading;

static bool read_record(void *context, const Record *record, Err *err)
{
    Reading *reading = context;
    Used *used = reading->used;
    const Kind *kind = profile_kind(used->old, values_text(&record->values, S("kind")));
    (void)err;
    if (kind)
        used_record(used, reading->scratch, kind, &record->values);
    if (used_renamed(reading->scratch, used->next, &record->values).n)
        *vec_push(used->arena, &used->renamed) = record->id;
    arena_reset(reading->scratch);
    return true;
}

bool used_read(Arena *arena, Db *db, const Profile *old, const Profile *next, Used **ret_used,
               Err *err)
{
    Used *used = NEW(arena, Used);
    Reading reading = {used, arena_open()};
    bool done;
    *used = (Used){.arena = arena, .old = old, .next = next, .seen = map_open(arena)};
    done = record_each(db, read_record, &reading, err);
    arena_close(reading.scratch);
    *ret_used = used;
    return done;
}

bool used_is(void *context, Str kind, Str what, Str code)
{
    Used *used = context;
    return map_find(&used->seen, STR(used->arena, kind, "\n", what, "\n", code)) != NULL;
}
