/* SPDX-License-Identifier: Apache-2.0 */
#include "change/decide_special.h"
#include "change/fold.h"

typedef bool (*Special)(Draft *draft, const Change *change, DraftRecord *record, Err *err);

static bool special_approve(Draft *draft, const Change *change, DraftRecord *record, Err *err)
{
    (void)change;
    return pending_approve(draft, record, err);
}

static bool special_refuse(Draft *draft, const Change *change, DraftRecord *record, Err *err)
{
    bool found;
    return pending_refuse(draft, record, form_text(&change->form, S("reason"), &found), err);
}

/* Reading a contact is a change, so that it stands in the journal who read it and why. */
static bool special_reveal(Draft *draft, const Change *change, DraftRecord *record, Err *err)
{
    bool found;
    Str reason = form_text(&change->form, S("reason"), &found);
    Scope scope = {record->kind, &record->values};
    if (draft->actor->type != ACTOR_ACCOUNT ||
        !permit_right(draft->office, draft->actor, RIGHT_REVEAL_CONTACT, 0) ||
        !permit_see(draft->office, draft->actor, &scope))
        return err_set(err, ERR_FORBIDDEN, MSG_contact_not_permitted);
    if (!values_int(&record->values, S("has_contact")))
        return err_set(err, ERR_NOT_FOUND, MSG_no_contact);
    if (!scan_reason(draft, reason, err))
        return false;
    draft_add(draft, record, S("contact_reads"), 1);
    draft_set_text(draft, record, S("contact_read_reason"), reason);
    return true;
}

static bool special_is_trusted(const Draft *draft)
{
    return draft->actor->type == ACTOR_TASK || draft->actor->type == ACTOR_CLI;
}

static bool special_erase_contact(Draft *draft, const Change *change, DraftRecord *record, Err *err)
{
    (void)change;
    if (!special_is_trusted(draft))
        return err_set(err, ERR_FORBIDDEN, MSG_move_not_permitted, S(""), S(""));
    draft_clear(draft, record, S("has_contact"));
    draft->erases_contact = true;
    draft->contact_record = record->id;
    return true;
}

/* The texts of the record's earlier entries are overwritten in the flush; here the record itself
 * loses them. Which values are texts the journal knows: they are read from it. */
static const Str engine_texts[] = {S_CONST("refused_reason"), S_CONST("contact_read_reason")};

static void erase_texts(Draft *draft, DraftRecord *record)
{
    /* A move that waits has lost its form: nothing is left that a second person could approve. */
    pending_clear(draft, record);
    for (size_t i = 0; i < record->kind->n_fields; i++) {
        const Field *field = record->kind->fields[i];
        if (field_is_text(field) && values_get(&record->values, field->name).type != VALUE_NONE)
            draft_set(draft, record, field->name, value_text(ERASED_TEXT));
    }
    for (size_t i = 0; i < COUNT_OF(engine_texts); i++)
        if (values_get(&record->values, engine_texts[i]).type != VALUE_NONE)
            draft_set(draft, record, engine_texts[i], value_text(ERASED_TEXT));
    draft_set(draft, record, S("erased_at"), value_int(draft->now));
    *vec_push(draft->arena, &draft->erased) = record->id;
}

/* Children took the title along when they were made, so theirs go too. */
static bool special_erase_text(Draft *draft, const Change *change, DraftRecord *record, Err *err)
{
    IdVec children = {0};
    (void)change;
    if (!special_is_trusted(draft) && !permit_right(draft->office, draft->actor, RIGHT_ADMIN, 0))
        return err_set(err, ERR_FORBIDDEN, MSG_move_not_permitted, S(""), S(""));
    if (!state_linking(draft->state, S("parent"), record->id, &children, err))
        return false;
    erase_texts(draft, record);
    for (size_t i = 0; i < children.n; i++) {
        DraftRecord *child = draft_record(draft, children.p[i], err);
        if (!child)
            return false;
        erase_texts(draft, child);
    }
    return true;
}

static bool special_recompute(Draft *draft, const Change *change, DraftRecord *record, Err *err)
{
    (void)change;
    if (!special_is_trusted(draft))
        return err_set(err, ERR_FORBIDDEN, MSG_move_not_permitted, S(""), S(""));
    /* A clock that stopped or is paused has no light; it must not get one back. */
    if (values_int(&record->values, S("red_at")))
        clock_recompute(draft, record);
    return true;
}

/* ---- grants: an account's record holds role_<role>, the organisations it is granted at ---- */

static Str grant_name(Draft *draft, const Role *role)
{
    return STR(draft->arena, "role_", role->name);
}

static const Role *role_excluded(Draft *draft, const Role *role, const Values *account)
{
    const Profile *profile = draft->office->profile;
    for (size_t i = 0; i < profile->n_roles; i++) {
        const Role *other = &profile->roles[i];
        bool excludes = false;
        for (size_t j = 0; j < role->n_excludes; j++)
            excludes |= role->excludes[j] == other;
        for (size_t j = 0; j < other->n_excludes; j++)
            excludes |= other->excludes[j] == role;
        if (excludes && values_get(account, grant_name(draft, other)).count > 0)
            return other;
    }
    return NULL;
}

static Value grant_change(Draft *draft, Value held, int64_t org, bool remove)
{
    int64_t *ids = NEW_ARRAY(draft->arena, int64_t, held.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < held.count; i++)
        if (held.ids[i] != org)
            ids[count++] = held.ids[i];
    if (!remove)
        ids[count++] = org;
    return value_ids(draft->arena, ids, count);
}

/* Form: role, org (a code), remove (1 takes the role away again). */
static bool special_grant(Draft *draft, const Change *change, DraftRecord *record, Err *err)
{
    bool found;
    Str role_name = form_text(&change->form, S("role"), &found);
    Str code = form_text(&change->form, S("org"), &found);
    bool remove = str_eq(form_text(&change->form, S("remove"), &found), S("1"));
    const Role *role = profile_role(draft->office->profile, role_name), *other;
    const Org *org = org_by_code(&draft->office->orgs, code);
    /* Nobody hands out more than the part of the tree they administer. */
    if (!permit_right(draft->office, draft->actor, RIGHT_ADMIN, org ? org->id : 0))
        return err_set(err, ERR_FORBIDDEN, MSG_move_not_permitted, S(""), S(""));
    if (!str_eq(record->kind->name, S("account")))
        return err_set(err, ERR_NOT_FOUND, MSG_no_such_move, change->move);
    if (!role)
        return err_field(err, draft->arena, S("role"), MSG_no_such_role, role_name, S(""));
    if (!org)
        return err_field(err, draft->arena, S("org"), MSG_no_such_record, code, S(""));
    other = remove ? NULL : role_excluded(draft, role, &record->values);
    if (other)
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_roles_exclude,
                       STR(draft->arena, role->label.zh, "”与“", other->label.zh),
                       STR(draft->arena, role->label.en, "\" and \"", other->label.en));
    draft_set(
        draft, record, grant_name(draft, role),
        grant_change(draft, values_get(&record->values, grant_name(draft, role)), org->id, remove));
    return true;
}

/* That a password was set, by whom and for whom, stands in the journal; the hash never does. The
 * hash comes from our own code, so that no form reaches this. */
static bool special_password(Draft *draft, const Change *change, DraftRecord *record, Err *err)
{
    bool own = draft->actor->account && draft->actor->account == record->id;
    if (change->password.n == 0 || !str_eq(record->kind->name, S("account")))
        return err_set(err, ERR_NOT_FOUND, MSG_no_such_move, change->move);
    if (!own && !special_is_trusted(draft) &&
        !permit_right(draft->office, draft->actor, RIGHT_ADMIN, 0))
        return err_set(err, ERR_FORBIDDEN, MSG_move_not_permitted, S(""), S(""));
    draft_set(draft, record, S("password_set_at"), value_int(draft->now));
    draft->password_account = record->id;
    draft->password = change->password;
    return true;
}

static const struct {
    Str name;
    Special run;
} specials[] = {
    {S_CONST("approve"), special_approve},       {S_CONST("refuse"), special_refuse},
    {S_CONST("reveal_contact"), special_reveal}, {S_CONST("erase_contact"), special_erase_contact},
    {S_CONST("erase_text"), special_erase_text}, {S_CONST("recompute_due"), special_recompute},
    {S_CONST("grant"), special_grant},           {S_CONST("password_set"), special_password},
};

bool decide_is_special(Str move)
{
    for (size_t i = 0; i < COUNT_OF(specials); i++)
        if (str_eq(specials[i].name, move))
            return true;
    return false;
}

bool decide_special(Draft *draft, const Change *change, DraftRecord *record, Err *err)
{
    for (size_t i = 0; i < COUNT_OF(specials); i++)
        if (str_eq(specials[i].name, change->move))
            return specials[i].run(draft, change, record, err);
    return err_set(err, ERR_NOT_FOUND, MSG_no_such_move, change->move);
}
