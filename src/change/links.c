/* SPDX-License-Identifier: Apache-2.0 */
#include "change/links.h"

#include "change/decide_special.h"
#include "profile/fact.h"

/* Names of the links through which records of the profile may name one of the kind. */
static StrVec link_names(Arena *arena, const Profile *profile, const Kind *kind)
{
    StrVec names = {0};
    Map seen = map_open(arena);
    Fact fact;
    for (size_t i = 0; i < profile->n_kinds; i++) {
        const Kind *other = &profile->kinds[i];
        for (size_t j = 0; j < other->n_fields; j++) {
            Str name = other->fields[j]->name;
            bool leads = false;
            if (map_find(&seen, name) || !fact_find(profile, other, name, &fact))
                continue;
            for (size_t at = 0; fact_target(&fact, at); at++)
                leads |= str_eq(fact_target(&fact, at)->name, kind->name);
            if (leads) {
                map_set(&seen, name, &seen);
                *vec_push(arena, &names) = name;
            }
        }
    }
    return names;
}

static Str record_words(Draft *draft, const DraftRecord *record)
{
    Str number = values_text(&record->values, S("number"));
    return number.n ? number : STR(draft->arena, "#", record->id);
}

bool links_check_form(Draft *draft, const Move *move, DraftRecord *record, const Values *form,
                      Err *err)
{
    bool good = true;
    for (size_t i = 0; i < form->n; i++) {
        Str name = form->p[i].name;
        const Field *field = kind_field(record->kind, name);
        int64_t id = values_id(form, name);
        DraftRecord *target;
        if (!field || !field->to || !id || id == values_id(&record->values, name))
            continue;
        target = draft_record(draft, id, err);
        if (!target)
            return false;
        if (values_int(&target->values, S("voided_at")))
            good = err_field(err, draft->arena, name, MSG_link_voided, record_words(draft, target),
                             S(""));
        if (str_eq(name, move->absorbs) && id == record->id)
            good = err_field(err, draft->arena, name, MSG_merge_with_itself, S(""), S(""));
    }
    return good;
}

/* ---- voiding ---- */

/* The record and what hangs below it, parents before children. */
static bool links_family(Draft *draft, const DraftRecord *record, IdVec *ret_ids, Err *err)
{
    IdVec family = {0};
    *vec_push(draft->arena, &family) = record->id;
    for (size_t at = 0; at < family.n; at++) {
        IdVec children = {0};
        if (!state_linking(draft->state, S("parent"), family.p[at], &children, err))
            return false;
        for (size_t i = 0; i < children.n; i++) {
            const DraftRecord *child = draft_record(draft, children.p[i], err);
            if (!child)
                return false;
            if (child->kind && !values_int(&child->values, S("voided_at")))
                *vec_push(draft->arena, &family) = child->id;
        }
    }
    *ret_ids = family;
    return true;
}

/* Adds the records that stay and name this one. */
static bool links_staying(Draft *draft, const DraftRecord *named, const Map *family, IdVec *stay,
                          Err *err)
{
    StrVec names = link_names(draft->arena, draft->office->profile, named->kind);
    for (size_t i = 0; i < names.n; i++) {
        IdVec ids = {0};
        if (!state_linking(draft->state, names.p[i], named->id, &ids, err))
            return false;
        for (size_t j = 0; j < ids.n; j++) {
            const DraftRecord *other = draft_record(draft, ids.p[j], err);
            if (!other)
                return false;
            if (!values_int(&other->values, S("voided_at")) && !map_find_id(family, other->id))
                *vec_push(draft->arena, stay) = other->id;
        }
    }
    return true;
}

static bool links_check_family(Draft *draft, const IdVec *family, Err *err)
{
    Map falling = map_open(draft->arena);
    IdVec stay = {0};
    for (size_t i = 0; i < family->n; i++)
        map_set_id(&falling, family->p[i], &falling);
    for (size_t i = 0; i < family->n; i++) {
        const DraftRecord *record = draft_record(draft, family->p[i], err);
        if (!record ||
            (record->kind->directory && !links_staying(draft, record, &falling, &stay, err)))
            return false;
    }
    if (stay.n == 0)
        return true;
    return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_void_while_named, STR(draft->arena, stay.n),
                   record_words(draft, draft_record(draft, stay.p[0], NULL)));
}

bool links_check_void(Draft *draft, const DraftRecord *record, Err *err)
{
    IdVec family;
    return links_family(draft, record, &family, err) && links_check_family(draft, &family, err);
}

/* A parent knows how many of its children stand and how many are open. */
static bool child_leaves(Draft *draft, const DraftRecord *child, Err *err)
{
    DraftRecord *parent = draft_record(draft, values_int(&child->values, S("parent")), err);
    int64_t open = values_int(&child->values, S("open"));
    if (!parent)
        return false;
    draft_add(draft, parent, STR(draft->arena, "children_", child->kind->name), -1);
    if (open)
        draft_add(draft, parent, STR(draft->arena, "open_", child->kind->name), -open);
    return true;
}

static bool links_void_children(Draft *draft, const DraftRecord *record, Err *err)
{
    IdVec family;
    if (!links_family(draft, record, &family, err) || !links_check_family(draft, &family, err))
        return false;
    for (size_t i = family.n; i-- > 1;) { /* the first is the record itself */
        DraftRecord *child = draft_record(draft, family.p[i], err);
        if (!child || !child_leaves(draft, child, err))
            return false;
        pending_clear(draft, child);
        draft_set(draft, child, S("voided_at"), value_int(draft->at));
        draft_set(draft, child, S("open"), value_int(0));
    }
    return true;
}

/* ---- merging doubles ---- */

typedef struct Absorbing {
    Draft *draft;
    int64_t from;
    DraftRecord *kept;
    size_t count;
} Absorbing;

/* The link with the kept record in the place of the other; a record never names itself. */
static Value link_moved(const Absorbing *absorbing, const DraftRecord *record, Value link)
{
    Arena *arena = absorbing->draft->arena;
    int64_t kept = absorbing->kept->id;
    IdVec ids = {0};
    if (link.type == VALUE_INT)
        return record->id == kept ? VALUE_NOTHING : value_int(kept);
    for (size_t i = 0; i < link.count; i++) {
        int64_t id = link.ids[i] == absorbing->from ? kept : link.ids[i];
        if (id != record->id)
            *vec_push(arena, &ids) = id;
    }
    return value_ids(arena, ids.p, ids.n);
}

static bool absorb_links(Absorbing *absorbing, Str name, Err *err)
{
    Draft *draft = absorbing->draft;
    IdVec ids = {0};
    if (!state_linking(draft->state, name, absorbing->from, &ids, err))
        return false;
    absorbing->count += ids.n;
    if (absorbing->count > ABSORB_LINKS_MAX)
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_merge_too_large,
                       STR(draft->arena, ABSORB_LINKS_MAX));
    for (size_t i = 0; i < ids.n; i++) {
        DraftRecord *record = draft_record(draft, ids.p[i], err);
        if (!record)
            return false;
        draft_set(draft, record, name,
                  link_moved(absorbing, record, values_get(&record->values, name)));
    }
    return true;
}

static bool absorb_children(Absorbing *absorbing, Err *err)
{
    Draft *draft = absorbing->draft;
    IdVec ids = {0};
    if (!state_linking(draft->state, S("parent"), absorbing->from, &ids, err))
        return false;
    for (size_t i = 0; i < ids.n; i++) {
        DraftRecord *child = draft_record(draft, ids.p[i], err);
        if (!child)
            return false;
        if (!values_int(&child->values, S("voided_at"))) {
            Str kind = child->kind->name;
            if (!child_leaves(draft, child, err))
                return false;
            draft_add(draft, absorbing->kept, STR(draft->arena, "children_", kind), 1);
            draft_add(draft, absorbing->kept, STR(draft->arena, "open_", kind),
                      values_int(&child->values, S("open")));
        }
        draft_set(draft, child, S("parent"), value_int(absorbing->kept->id));
    }
    return true;
}

static bool links_absorb(Draft *draft, const Step *step, Err *err)
{
    StrVec names = link_names(draft->arena, draft->office->profile, step->record->kind);
    Absorbing absorbing = {.draft = draft, .from = step->record->id};
    absorbing.kept =
        draft_record(draft, values_id(&step->record->values, step->move->absorbs), err);
    if (!absorbing.kept)
        return false;
    for (size_t i = 0; i < names.n; i++)
        if (!absorb_links(&absorbing, names.p[i], err))
            return false;
    return absorb_children(&absorbing, err);
}

bool links_follow(Draft *draft, const Step *step, Err *err)
{
    if (step->move->absorbs.n)
        return links_absorb(draft, step, err);
    return !step->move->voids || links_void_children(draft, step->record, err);
}
