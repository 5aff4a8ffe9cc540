/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds that counting reads by name: what locks a period, what opens a stock. Each must have the
 * fields that are read, of their types. */
#include "profile/build.h"

static const struct {
    bool locks; /* else it opens */
    Str name;
    FieldType type;
    bool required; /* by the kind's own definition */
} counting_fields[] = {
    {true, S_CONST("place"), FIELD_PLACE, true},
    {true, S_CONST("from_on"), FIELD_DATE, true},
    {true, S_CONST("until_on"), FIELD_DATE, true},
    {true, S_CONST("reason"), FIELD_LONG_TEXT, true},
    {false, S_CONST("figure"), FIELD_CHOICE, true},
    {false, S_CONST("value"), FIELD_DECIMAL, true},
    {false, S_CONST("as_of"), FIELD_DATE, true},
    {false, S_CONST("place"), FIELD_PLACE, false},
    {false, S_CONST("source"), FIELD_ATTACHMENT, true},
};

static void check_fields(Load *load, const Kind *kind, bool locks)
{
    for (size_t i = 0; i < COUNT_OF(counting_fields); i++) {
        const Field *field = kind_field(kind, counting_fields[i].name);
        Position position = field != NULL ? field->position : kind->position;
        if (counting_fields[i].locks != locks ||
            (field != NULL && field->type == FIELD_TYPE__COUNT))
            continue;
        if (field == NULL || field->type != counting_fields[i].type)
            fault(load, position, MSG_profile_needs_field, kind->name, counting_fields[i].name,
                  field_type_word(counting_fields[i].type));
        else if (counting_fields[i].required && !field->required)
            fault(load, position, MSG_profile_needs_required, kind->name, counting_fields[i].name);
    }
}

/* A lock is lifted by a move that somebody else approves. */
static void check_lifting(Load *load, const Kind *kind)
{
    bool found = false;
    for (size_t i = 0; kind->flow != NULL && i < kind->flow->n_moves; i++) {
        const Move *move = &kind->flow->moves[i];
        for (size_t j = 0; j < move->n_milestones; j++) {
            if (!str_eq(move->milestones[j], LOCK_LIFTED))
                continue;
            found = true;
            if (move->n_approval == 0)
                fault(load, move->position, MSG_profile_lock_alone, move->name);
        }
    }
    if (!found)
        fault(load, kind->position, MSG_profile_lock_for_ever, kind->name);
}

static void check_opening(Load *load, const Kind *kind)
{
    const Field *figure = kind_field(kind, S("figure"));
    if (figure != NULL && figure->choices != NULL &&
        !str_eq(figure->choices->name, CHOICES_STOCK_FIGURE))
        fault(load, figure->position, MSG_profile_opens_what, figure->choices->name);
}

void check_counting(Load *load)
{
    for (size_t i = 0; i < load->profile->n_kinds; i++) {
        const Kind *kind = &load->kinds[i];
        if (kind->locks) {
            check_fields(load, kind, true);
            check_lifting(load, kind);
        }
        if (kind->opens) {
            check_fields(load, kind, false);
            check_opening(load, kind);
        }
    }
}
