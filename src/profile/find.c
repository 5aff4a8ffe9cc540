/* SPDX-License-Identifier: Apache-2.0 */
/* Lookups by name. The arrays are short; a scan over names beats a table that has to be kept. */
#include "profile/fault.h"

bool field_has_length(const Field *field)
{
    return field->type == FIELD_TEXT || field->type == FIELD_LONG_TEXT || field->type == FIELD_CODE;
}

bool field_is_personal(const Field *field)
{
    return field->type == FIELD_CONTACT || field->type == FIELD_PHONE;
}

bool field_is_text(const Field *field)
{
    return field->type == FIELD_TEXT || field->type == FIELD_LONG_TEXT ||
           field->type == FIELD_ATTACHMENT;
}

bool field_is_link(const Field *field)
{
    return field->type == FIELD_ORGANISATION || field->type == FIELD_ORGANISATIONS ||
           field->type == FIELD_POST || field->type == FIELD_PLACE || field->type == FIELD_RECORD;
}

static const Str type_words[FIELD_TYPE__COUNT] = {
    [FIELD_TEXT] = S_CONST("text"),
    [FIELD_LONG_TEXT] = S_CONST("long_text"),
    [FIELD_NUMBER] = S_CONST("number"),
    [FIELD_DECIMAL] = S_CONST("decimal"),
    [FIELD_MONEY] = S_CONST("money"),
    [FIELD_DATE] = S_CONST("date"),
    [FIELD_YES_NO] = S_CONST("yes_no"),
    [FIELD_CHOICE] = S_CONST("choice"),
    [FIELD_CHOICES] = S_CONST("choices"),
    [FIELD_ORGANISATION] = S_CONST("organisation"),
    [FIELD_ORGANISATIONS] = S_CONST("organisations"),
    [FIELD_POST] = S_CONST("post"),
    [FIELD_PLACE] = S_CONST("place"),
    [FIELD_RECORD] = S_CONST("record"),
    [FIELD_ATTACHMENT] = S_CONST("attachment"),
    [FIELD_CONTACT] = S_CONST("contact"),
    [FIELD_PHONE] = S_CONST("phone"),
    [FIELD_CODE] = S_CONST("code"),
};

Str field_type_word(FieldType type)
{
    return type_words[type];
}

#define FIND(items, count, wanted, member)       \
    for (size_t i = 0; i < (count); i++) {       \
        if (str_eq((items)[i].member, (wanted))) \
            return &(items)[i];                  \
    }                                            \
    return NULL

const Choice *choice_find(const ChoiceList *list, Str code)
{
    FIND(list->items, list->n, code, code);
}

const State *flow_state(const Flow *flow, Str name)
{
    FIND(flow->states, flow->n_states, name, name);
}

static bool words_have(const Str *words, size_t n, Str word)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(words[i], word))
            return true;
    }
    return false;
}

const Choice *choice_now(const ChoiceList *list, Str code)
{
    const Choice *now = choice_find(list, code);
    for (size_t i = 0; now == NULL && i < list->n; i++) {
        if (words_have(list->items[i].was, list->items[i].n_was, code))
            now = &list->items[i];
    }
    return now;
}

const Choice *choice_near(Arena *arena, const ChoiceList *list, Str text)
{
    StrVec codes = {0};
    for (size_t i = 0; i < list->n; i++)
        *vec_push(arena, &codes) = list->items[i].code;
    return choice_find(list, suggest(text, &codes));
}

const State *flow_state_now(const Flow *flow, Str name)
{
    const State *now = flow_state(flow, name);
    for (size_t i = 0; now == NULL && i < flow->n_states; i++) {
        if (words_have(flow->states[i].was, flow->states[i].n_was, name))
            now = &flow->states[i];
    }
    return now;
}

const Move *flow_move(const Flow *flow, Str name)
{
    if (!flow)
        return NULL;
    FIND(flow->moves, flow->n_moves, name, name);
}

bool move_leaves(const Move *move, const State *state)
{
    for (size_t i = 0; i < move->n_from; i++) {
        if (move->from[i] == state)
            return true;
    }
    return false;
}

const Field *kind_field(const Kind *kind, Str name)
{
    for (size_t i = 0; i < kind->n_fields; i++) {
        if (str_eq(kind->fields[i]->name, name))
            return kind->fields[i];
    }
    return NULL;
}

bool kind_is_child_of(const Kind *kind, const Kind *parent)
{
    for (size_t i = 0; i < kind->n_parents; i++) {
        if (kind->parents[i] == parent)
            return true;
    }
    return false;
}

const Move *kind_first_move(const Kind *kind, bool by_public)
{
    for (size_t i = 0; kind->flow != NULL && i < kind->flow->n_moves; i++) {
        const Move *move = &kind->flow->moves[i];
        if (move->n_from == 0 && (by_public ? move->by_public : move->n_who > 0))
            return move;
    }
    return NULL;
}

const Kind *profile_kind(const Profile *profile, Str name)
{
    FIND(profile->kinds, profile->n_kinds, name, name);
}

const Role *profile_role(const Profile *profile, Str name)
{
    FIND(profile->roles, profile->n_roles, name, name);
}

bool role_names(const Role *role, const Kind *kind)
{
    for (size_t i = 0; i < role->n_kinds; i++) {
        if (str_eq(role->kinds[i]->name, kind->name))
            return true;
    }
    return false;
}

bool role_works_on(const Role *role, const Kind *kind)
{
    return role->n_kinds == 0 || role_names(role, kind);
}

bool role_makes(const Role *role, const Kind *kind, const Move *move)
{
    for (size_t i = 0; i < move->n_who; i++)
        if (str_eq(role->name, move->who[i]->name))
            return role_works_on(role, kind);
    return false;
}

const ChoiceList *profile_choices(const Profile *profile, Str name)
{
    FIND(profile->choice_lists, profile->n_choice_lists, name, name);
}

const Indicator *profile_indicator(const Profile *profile, Str name)
{
    for (size_t i = 0; i < profile->n_indicators; i++) {
        if (!profile->indicators[i].hidden && str_eq(profile->indicators[i].name, name))
            return &profile->indicators[i];
    }
    return NULL;
}

bool indicator_is_stock(const Indicator *indicator)
{
    return indicator->from.n > 0;
}

bool indicator_has_whole(const Indicator *indicator)
{
    return indicator->type == INDICATOR_RATIO || indicator->type == INDICATOR_COVERAGE;
}

bool figure_is_within(const Figure *part, const Figure *whole)
{
    while (part != NULL && part != whole)
        part = part->subset_of;
    return part != NULL;
}

/* One of the two says so. */
static bool is_declared(const Figure *a, const Figure *b)
{
    for (size_t i = 0; i < a->n_overlaps; i++)
        if (a->overlaps[i] == b)
            return true;
    for (size_t i = 0; i < b->n_overlaps; i++)
        if (b->overlaps[i] == a)
            return true;
    return false;
}

bool figures_overlap(const Figure *a, const Figure *b)
{
    if (figure_is_within(a, b) || figure_is_within(b, a))
        return true;
    for (const Figure *above_a = a; above_a != NULL; above_a = above_a->subset_of)
        for (const Figure *above_b = b; above_b != NULL; above_b = above_b->subset_of)
            if (is_declared(above_a, above_b))
                return true;
    return false;
}

const Figure *profile_figure(const Profile *profile, Str name)
{
    FIND(profile->figures, profile->n_figures, name, name);
}

const Assessment *profile_assessment(const Profile *profile, Str name)
{
    FIND(profile->assessments, profile->n_assessments, name, name);
}

const BriefingTemplate *profile_briefing(const Profile *profile, Str name)
{
    FIND(profile->briefings, profile->n_briefings, name, name);
}
