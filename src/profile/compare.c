/* SPDX-License-Identifier: Apache-2.0 */
/* What records would lose if a site changed its profile (design: an activation is refused while an
 * occupied state, a used choice or a numbering would be gone). */
#include "profile/documents.h"
#include "profile/fact.h"

typedef struct Compare {
    Load load; /* for its sources and its list of faults */
    const Profile *old, *next;
    ProfileUsed is_used;
    void *context;
} Compare;

static bool used(const Compare *compare, const Kind *kind, Str what, Str code)
{
    return compare->is_used(compare->context, kind->name, what, code);
}

static Str from_to(const Compare *compare, Str old, Str next)
{
    return STR(compare->load.arena, old.n > 0 ? old : S("-"), " → ", next.n > 0 ? next : S("-"));
}

/* ---- flows ---- */

static void compare_states(Compare *compare, const Kind *old, const Kind *next)
{
    for (size_t i = 0; i < old->flow->n_states; i++) {
        Str name = old->flow->states[i].name;
        if (flow_state_now(next->flow, name) == NULL && used(compare, old, S("state"), name))
            fault(&compare->load, next->flow->position, MSG_profile_lost_state, old->name, name);
    }
}

/* What the program itself is made of: an account that is disabled must stay so whatever happens. */
static void compare_own_states(Compare *compare, const Kind *old, const Kind *next)
{
    for (size_t i = 0; old->makes_office && i < old->flow->n_states; i++) {
        Str name = old->flow->states[i].name;
        if (flow_state(next->flow, name) == NULL)
            fault(&compare->load, next->flow->position, MSG_profile_lost_own_state, old->name,
                  name);
    }
}

/* Who made a move and who approved it is kept under the move's name. */
static bool move_was_made(const Compare *compare, const Kind *kind, const Move *move)
{
    Arena *arena = compare->load.arena;
    return used(compare, kind, STR(arena, "actor_", move->name), (Str){0}) ||
           used(compare, kind, STR(arena, "approver_", move->name), (Str){0});
}

/* What waits for a second person is made by name when it is approved. */
static void compare_move(Compare *compare, const Kind *old, const Move *was, const Kind *next)
{
    const Move *move = flow_move(next->flow, was->name);
    bool waits = move != NULL && move->n_approval > 0;
    if (was->n_approval > 0 && !waits && used(compare, old, S("pending"), was->name))
        fault(&compare->load, move == NULL ? next->flow->position : move->position,
              MSG_profile_lost_pending, old->name, was->name);
    else if (move == NULL && move_was_made(compare, old, was))
        fault(&compare->load, next->flow->position, MSG_profile_lost_move, old->name, was->name);
}

/* The days that moves leave on a record; what they count is the engine's, or a field. */
static void compare_milestones(Compare *compare, const Kind *old, const Move *was, const Kind *next)
{
    for (size_t i = 0; i < was->n_milestones; i++) {
        Str name = was->milestones[i];
        Fact fact;
        if (used(compare, old, name, (Str){0}) && !fact_find(compare->next, next, name, &fact))
            fault(&compare->load, next->flow->position, MSG_profile_lost_field, old->name, name);
    }
}

static void compare_moves(Compare *compare, const Kind *old, const Kind *next)
{
    for (size_t i = 0; i < old->flow->n_moves; i++) {
        compare_move(compare, old, &old->flow->moves[i], next);
        compare_milestones(compare, old, &old->flow->moves[i], next);
    }
}

/* ---- fields ---- */

static bool is_choice(const Field *field)
{
    return field->type == FIELD_CHOICE || field->type == FIELD_CHOICES;
}

static void compare_choices(Compare *compare, const Kind *old, const Field *was, const Field *is)
{
    for (size_t i = 0; i < was->choices->n; i++) {
        Str code = was->choices->items[i].code;
        if (choice_now(is->choices, code) == NULL && used(compare, old, was->name, code))
            fault(&compare->load, is->choices->position, MSG_profile_lost_choice, was->name, code);
    }
}

static Str target_name(const Profile *profile, const Kind *kind, const Field *field)
{
    Fact fact;
    bool known = fact_find(profile, kind, field->name, &fact) && fact.target != NULL;
    return known ? fact.target->name : (Str){0};
}

/* Values are stored without their type: read as another one they would say something else. */
static void compare_meaning(Compare *compare, const Kind *old, const Field *was, const Kind *next,
                            const Field *is)
{
    Load *load = &compare->load;
    Str name = STR(load->arena, old->name, ".", was->name);
    Str old_target = target_name(compare->old, old, was);
    Str target = target_name(compare->next, next, is);
    if (is->type != was->type)
        fault(load, is->position, MSG_profile_changed_type, name,
              from_to(compare, field_type_word(was->type), field_type_word(is->type)));
    else if (is->scale != was->scale)
        fault(load, is->position, MSG_profile_changed_scale, name,
              from_to(compare, STR(load->arena, was->scale), STR(load->arena, is->scale)));
    else if (!str_eq(old_target, target))
        fault(load, is->position, MSG_profile_changed_link, name,
              from_to(compare, old_target, target));
    else if (is_choice(was))
        compare_choices(compare, old, was, is);
}

static void compare_field(Compare *compare, const Kind *old, const Field *was, const Kind *next)
{
    const Field *is = kind_field(next, was->name);
    if (!used(compare, old, was->name, (Str){0}))
        return;
    if (is == NULL)
        fault(&compare->load, next->position, MSG_profile_lost_field, old->name, was->name);
    else
        compare_meaning(compare, old, was, next, is);
}

/* ---- kinds ---- */

static bool was_numbered(const Kind *next, Str pattern)
{
    for (size_t i = 0; i < next->n_number_was; i++) {
        if (str_eq(next->number_was[i], pattern))
            return true;
    }
    return str_eq(next->number, pattern);
}

static bool has_parent(const Kind *kind, Str name)
{
    for (size_t i = 0; i < kind->n_parents; i++) {
        if (str_eq(kind->parents[i]->name, name))
            return true;
    }
    return false;
}

/* A further parent does no harm; the first one would leave records without any. */
static void compare_parents(Compare *compare, const Kind *old, const Kind *next)
{
    for (size_t i = 0; i < old->n_parents; i++) {
        if (!has_parent(next, old->parents[i]->name))
            fault(&compare->load, next->position, MSG_profile_lost_parent, old->name,
                  old->parents[i]->name);
    }
    if (old->n_parents == 0 && next->n_parents > 0)
        fault(&compare->load, next->position, MSG_profile_changed_flag, old->name, S("parent"));
}

/* Where records stand in the tree, under what, and who reads them follows from these. */
static void compare_place(Compare *compare, const Kind *old, const Kind *next)
{
    const struct {
        Str key;
        bool changes;
    } flags[] = {
        {S("directory"), old->directory != next->directory},
        {S("internal"), old->internal != next->internal},
        /* Closing what was open is fine; what was written in confidence stays so. */
        {S("confidential"), old->confidential && !next->confidential},
        {S("open_plain"), !old->open_plain && next->open_plain},
    };
    for (size_t i = 0; i < COUNT_OF(flags); i++) {
        if (flags[i].changes)
            fault(&compare->load, next->position, MSG_profile_changed_flag, old->name,
                  flags[i].key);
    }
    if (old->number.n > 0 && !was_numbered(next, old->number))
        fault(&compare->load, next->position, MSG_profile_changed_number, old->name,
              from_to(compare, old->number, next->number))
            ->hint = MSG_profile_changed_number_hint;
}

static void compare_kind(Compare *compare, const Kind *old)
{
    const Kind *next = profile_kind(compare->next, old->name);
    if (next != NULL)
        compare_own_states(compare, old, next);
    if (!used(compare, old, S("state"), (Str){0}))
        return;
    if (next == NULL) {
        fault(&compare->load, compare->next->position, MSG_profile_lost_kind, old->name);
        return;
    }
    compare_states(compare, old, next);
    compare_moves(compare, old, next);
    for (size_t i = 0; i < old->n_fields; i++)
        compare_field(compare, old, old->fields[i], next);
    compare_parents(compare, old, next);
    compare_place(compare, old, next);
}

/* ---- assessments ---- */

/* A rule that a round goes by is fixed, with whatever its figures count; a new rule takes a new
 * name. */
static void compare_rules(Compare *compare)
{
    const Kind *rounds = compare->old->round_kind;
    for (size_t i = 0; rounds != NULL && i < compare->old->n_assessments; i++) {
        const Assessment *was = &compare->old->assessments[i];
        const Assessment *is = profile_assessment(compare->next, was->name);
        if (is != NULL && !str_eq(is->hash, was->hash) &&
            used(compare, rounds, S("assessment"), was->name))
            fault(&compare->load, is->position, MSG_profile_changed_rule, is->name)->hint =
                MSG_profile_changed_rule_hint;
    }
}

void profile_compare(Arena *arena, const Profile *old, const Profile *next, ProfileUsed is_used,
                     void *context, Diagnostics *diagnostics)
{
    Compare *compare = NEW(arena, Compare);
    *compare = (Compare){.load = {.arena = arena, .scratch = arena, .diagnostics = diagnostics},
                         .old = old,
                         .next = next,
                         .is_used = is_used,
                         .context = context};
    (void)sources_split(&compare->load, next->bundle); /* for the lines shown with the places */
    for (size_t i = 0; i < old->n_kinds; i++)
        compare_kind(compare, &old->kinds[i]);
    compare_rules(compare);
    faults_sort(diagnostics);
}
