/* SPDX-License-Identifier: Apache-2.0 */
#include "view/mask.h"

#include "change/fold.h"

static Mask mask_of_public(const Kind *kind, const Values *values)
{
    bool open = !kind->confidential && kind->public_title.n &&
                values_int(values, S("published_at")) && !values_int(values, S("voided_at"));
    return (Mask){.open = open, .public_only = true, .texts = open};
}

bool mask_hides_drafts(const Visit *visit, const Kind *kind)
{
    return kind->open_plain && kind->public_title.n && !visit_may(visit, S("briefing,board"));
}

static Mask mask_of_staff(const Visit *visit, const Kind *kind, const Values *values)
{
    Scope scope = {kind, values};
    Mask mask = {.texts = !kind->confidential, .parties = !kind->confidential};
    mask.open = permit_see(visit->office, &visit->actor, &scope) || kind->open_plain;
    /* While the next edition of what is published is drafted, they see what everyone sees. */
    bool published = values_int(values, S("published_at")) != 0;
    if (mask_hides_drafts(visit, kind) && (!published || values_int(values, S("open")))) {
        mask.open = mask.open && published;
        mask.public_only = true;
    }
    for (size_t i = 0; kind->confidential && i < visit->account->n_grants; i++) {
        const Role *role = visit->account->grants[i].role;
        bool covers =
            role_names(role, kind) && permit_role(visit->office, &visit->actor, role, &scope);
        mask.texts = mask.texts || covers;
        mask.parties = mask.parties || (covers && str_eq(role->over, S("lead")));
    }
    return mask;
}

Mask mask_of(const Visit *visit, const Kind *kind, const Values *values)
{
    if (visit->actor.type == ACTOR_CLI)
        return (Mask){.open = true, .texts = true, .parties = true};
    if (!visit->account)
        return mask_of_public(kind, values);
    return mask_of_staff(visit, kind, values);
}

bool mask_shows(Mask mask, const Kind *kind, const Field *field)
{
    if (field_is_personal(field))
        return false;
    return !mask.public_only || str_eq(field->name, kind->public_title) ||
           str_eq(field->name, kind->public_body) || str_eq(field->name, kind->public_reply);
}

/* A party keeps its place, so that the text stays readable: A asks, B answers. */
static bool disputant_name(const Visit *visit, const Field *field, Str *ret_text)
{
    if (field->disputant == DISPUTANT_NONE)
        return false;
    *ret_text =
        view_say(visit, field->disputant == DISPUTANT_A ? MSG_view_party_a : MSG_view_party_b);
    return true;
}

FieldView field_view(Visit *visit, const Kind *kind, Mask mask, const Field *field, Value value)
{
    FieldView view = {.field = field, .label = label_text(field->label, visit->language)};
    bool is_disputant =
        kind->confidential && !mask.parties && disputant_name(visit, field, &view.text);
    if (value.type == VALUE_NONE) {
        view.text = S("");
        return view;
    }
    if (is_disputant || (field_is_text(field) && !mask.texts)) {
        if (!is_disputant)
            view.text = view_say(visit, MSG_view_withheld);
        view.value = value_text(view.text);
        view.masked = true;
        return view;
    }
    view.value = value;
    view.text = field_text(visit, field, value);
    if (field_is_text(field) && value.type == VALUE_TEXT && str_eq(value.text, ERASED_TEXT))
        view.text = view_say(visit, MSG_view_erased);
    return view;
}

Str mask_title(Visit *visit, const Kind *kind, Mask mask, const Values *values)
{
    const Field *field;
    if (mask.public_only)
        return values_text(values, kind->public_title);
    field = kind_field(kind, kind->title);
    if (!field)
        return values_text(values, S("title"));
    if (!mask.texts && field_is_text(field))
        return view_say(visit, MSG_view_withheld);
    return field_text(visit, field, values_get(values, kind->title));
}
