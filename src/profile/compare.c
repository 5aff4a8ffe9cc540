/* SPDX-License-Identifier: Apache-2.0 */
/* What records would lose if a site changed its profile (design: an activation is refused while an
 * occupied state, a used choice or a numbering would be gone). */
#include "profile/documents.h"

typedef struct Compare {
    Load load; /* for its sources and its list of faults */
    const Profile *next;
    ProfileUsed is_used;
    void *context;
} Compare;

static bool used(const Compare *compare, const Kind *kind, Str what, Str code)
{
    return compare->is_used(compare->context, kind->name, what, code);
}

static bool any_state_used(const Compare *compare, const Kind *kind)
{
    for (size_t i = 0; i < kind->flow->n_states; i++) {
        if (used(compare, kind, S("state"), kind->flow->states[i].name))
            return true;
    }
    return false;
}

static void compare_states(Compare *compare, const Kind *old, const Kind *next)
{
    for (size_t i = 0; i < old->flow->n_states; i++) {
        Str name = old->flow->states[i].name;
        if (flow_state(next->flow, name) == NULL && used(compare, old, S("state"), name))
            fault(&compare->load, next->flow->position, MSG_profile_lost_state, old->name, name);
    }
}

static bool is_choice(const Field *field)
{
    return field->type == FIELD_CHOICE || field->type == FIELD_CHOICES;
}

static void compare_field(Compare *compare, const Kind *old, const Field *was, const Kind *next)
{
    const Field *is = kind_field(next, was->name);
    bool other = is == NULL || is->type != was->type ||
                 (was->type == FIELD_DECIMAL && is->scale != was->scale);
    if (other) {
        if (used(compare, old, was->name, (Str){0}))
            fault(&compare->load, is == NULL ? next->position : is->position,
                  MSG_profile_lost_field, old->name, was->name);
        return;
    }
    for (size_t i = 0; is_choice(was) && i < was->choices->n; i++) {
        Str code = was->choices->items[i].code;
        if (choice_find(is->choices, code) == NULL && used(compare, old, was->name, code))
            fault(&compare->load, is->choices->position, MSG_profile_lost_choice, was->name, code);
    }
}

static void compare_kind(Compare *compare, const Kind *old)
{
    const Kind *next = profile_kind(compare->next, old->name);
    if (next == NULL) {
        if (any_state_used(compare, old))
            fault(&compare->load, compare->next->position, MSG_profile_lost_kind, old->name);
        return;
    }
    compare_states(compare, old, next);
    for (size_t i = 0; i < old->n_fields; i++)
        compare_field(compare, old, old->fields[i], next);
    if (old->number.n > 0 && !str_eq(old->number, next->number) && any_state_used(compare, old))
        fault(&compare->load, next->position, MSG_profile_changed_number, old->name, old->number,
              next->number);
}

void profile_compare(Arena *arena, const Profile *old, const Profile *next, ProfileUsed is_used,
                     void *context, Diagnostics *diagnostics)
{
    Compare *compare = NEW(arena, Compare);
    *compare = (Compare){.load = {.arena = arena, .diagnostics = diagnostics},
                         .next = next,
                         .is_used = is_used,
                         .context = context};
    (void)sources_split(&compare->load, next->bundle); /* for the lines shown with the places */
    for (size_t i = 0; i < old->n_kinds; i++)
        compare_kind(compare, &old->kinds[i]);
    faults_sort(diagnostics);
}
