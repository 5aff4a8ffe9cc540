/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/fact.h"

typedef struct EngineFact {
    Str name;
    FactType type;
} EngineFact;

static const EngineFact engine_facts[] = {
    {S_CONST("kind"), FACT_KIND},
    {S_CONST("number"), FACT_TEXT},
    {S_CONST("parent"), FACT_LINK},
    {S_CONST("status"), FACT_STATE},
    {S_CONST("version"), FACT_NUMBER},
    {S_CONST("created_at"), FACT_INSTANT},
    {S_CONST("due_on"), FACT_DAY},
    {S_CONST("yellow_on"), FACT_DAY},
    {S_CONST("yellow_at"), FACT_INSTANT},
    {S_CONST("red_at"), FACT_INSTANT},
    {S_CONST("voided_at"), FACT_INSTANT},
    {S_CONST("pending"), FACT_TEXT},
    {S_CONST("published_at"), FACT_INSTANT},
    {S_CONST("on_time"), FACT_YES_NO},
    {S_CONST("was_red"), FACT_YES_NO},
    {S_CONST("days_used"), FACT_NUMBER},
    {S_CONST("rounds"), FACT_NUMBER},
    {S_CONST("extensions"), FACT_NUMBER},
    {S_CONST("returns"), FACT_NUMBER},
    {S_CONST("paused_on"), FACT_DAY},
    {S_CONST("clock"), FACT_TEXT},
    {S_CONST("clock_from"), FACT_DAY},
    {S_CONST("provisional"), FACT_YES_NO},
};

static const FactType type_of_field[] = {
    [FIELD_TEXT] = FACT_TEXT,           [FIELD_LONG_TEXT] = FACT_TEXT,
    [FIELD_NUMBER] = FACT_NUMBER,       [FIELD_DECIMAL] = FACT_DECIMAL,
    [FIELD_MONEY] = FACT_MONEY,         [FIELD_DATE] = FACT_DAY,
    [FIELD_YES_NO] = FACT_YES_NO,       [FIELD_CHOICE] = FACT_CODE,
    [FIELD_CHOICES] = FACT_CODES,       [FIELD_ORGANISATION] = FACT_LINK,
    [FIELD_ORGANISATIONS] = FACT_LINKS, [FIELD_POST] = FACT_LINK,
    [FIELD_PLACE] = FACT_LINK,          [FIELD_RECORD] = FACT_LINK,
    [FIELD_ATTACHMENT] = FACT_TEXT,     [FIELD_CONTACT] = FACT_PERSONAL,
    [FIELD_PHONE] = FACT_PERSONAL,      [FIELD_CODE] = FACT_TEXT,
    [FIELD_TYPE__COUNT] = FACT_BROKEN,
};

bool fact_is_reserved(Str name)
{
    for (size_t i = 0; i < COUNT_OF(engine_facts); i++) {
        if (str_eq(engine_facts[i].name, name))
            return true;
    }
    return str_ends(name, S("_at")) || str_eq(name, FACT_SELF);
}

static const Kind *field_target(const Profile *profile, const Field *field)
{
    switch (field->type) {
    case FIELD_RECORD:
    case FIELD_POST:
        return field->to;
    case FIELD_ORGANISATION:
    case FIELD_ORGANISATIONS:
    case FIELD_PLACE:
        return field->to != NULL ? field->to : profile_kind(profile, S("org"));
    default:
        return NULL;
    }
}

static bool sets_milestone(const Flow *flow, Str name)
{
    for (size_t i = 0; flow != NULL && i < flow->n_moves; i++) {
        for (size_t j = 0; j < flow->moves[i].n_milestones; j++) {
            if (str_eq(flow->moves[i].milestones[j], name))
                return true;
        }
    }
    return false;
}

static bool parent_fact(const Kind *kind, Fact *ret_fact)
{
    if (kind->n_parents == 0)
        return false;
    ret_fact->target = kind->parents[0];
    ret_fact->others = kind->parents + 1;
    ret_fact->n_others = kind->n_parents - 1;
    return true;
}

const Kind *fact_target(const Fact *fact, size_t at)
{
    if (at == 0)
        return fact->target;
    return at <= fact->n_others ? fact->others[at - 1] : NULL;
}

static bool engine_fact(const Profile *profile, const Kind *kind, Str name, Fact *ret_fact)
{
    for (size_t i = 0; i < COUNT_OF(engine_facts); i++) {
        if (!str_eq(engine_facts[i].name, name))
            continue;
        *ret_fact = (Fact){.type = engine_facts[i].type, .engine = true};
        if (str_eq(name, S("parent")))
            return parent_fact(kind, ret_fact);
        return true;
    }
    Str rest = name, head;
    if (!str_has(name, S(".")) || !str_next(&rest, '.', &head))
        return false;
    const Kind *child = profile_kind(profile, rest);
    if (str_eq(head, S("children")) || str_eq(head, S("open"))) {
        *ret_fact = (Fact){.type = FACT_NUMBER, .engine = true};
        return child != NULL && kind_is_child_of(child, kind);
    }
    *ret_fact = (Fact){.type = FACT_LINK, .engine = true};
    return str_eq(head, S("actor")) && kind->flow != NULL && flow_move(kind->flow, rest) != NULL;
}

bool fact_find(const Profile *profile, const Kind *kind, Str name, Fact *ret_fact)
{
    const Field *field = kind_field(kind, name);
    if (field != NULL) {
        *ret_fact = (Fact){.type = type_of_field[field->type],
                           .field = field,
                           .target = field_target(profile, field)};
        return true;
    }
    if (engine_fact(profile, kind, name, ret_fact))
        return true;
    *ret_fact = (Fact){.type = FACT_INSTANT};
    return sets_milestone(kind->flow, name);
}

StrVec fact_names(Arena *arena, const Kind *kind)
{
    StrVec names = {0};
    for (size_t i = 0; i < kind->n_fields; i++)
        *vec_push(arena, &names) = kind->fields[i]->name;
    for (size_t i = 0; kind->flow != NULL && i < kind->flow->n_moves; i++) {
        const Move *move = &kind->flow->moves[i];
        for (size_t j = 0; j < move->n_milestones; j++)
            *vec_push(arena, &names) = move->milestones[j];
    }
    for (size_t i = 0; i < COUNT_OF(engine_facts); i++)
        *vec_push(arena, &names) = engine_facts[i].name;
    return names;
}
