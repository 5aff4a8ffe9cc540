/* SPDX-License-Identifier: Apache-2.0 */
#include "change/adopt.h"

#include "profile/load.h"

#include "query.h"

#define PROBLEMS_MAX 20 /* sentences in one answer */

static bool role_check(Arena *arena, const Profile *next, Str role, int64_t holders, Err *err)
{
    return holders == 0 || profile_role(next, role) ||
           err_field(err, arena, S("profile"), MSG_role_is_held, role, STR(arena, holders));
}

/* A role that people hold cannot go: what they were given would hang in the air, and stand again
 * the day another profile uses the name. Rows come by account; each counts once for a role. */
static bool adopt_roles(Arena *arena, Db *db, const Profile *old, const Profile *next, Err *err)
{
    QGrantList *rows;
    size_t count;
    bool kept = true;
    if (!q_grant_list_all(db, arena, &rows, &count, err))
        return false;
    for (size_t i = 0; i < old->n_roles; i++) {
        Str role = old->roles[i].name;
        int64_t holders = 0, last = 0;
        for (size_t j = 0; j < count; j++)
            if (str_eq(rows[j].role, role) && rows[j].account != last) {
                last = rows[j].account;
                holders++;
            }
        kept = role_check(arena, next, role, holders, err) && kept;
    }
    return kept;
}

bool adopt_check(Arena *arena, Db *db, const Profile *old, const Profile *next, IdVec *ret_renamed,
                 Err *err)
{
    Diagnostics problems = {0};
    Used *used;
    if (!used_read(arena, db, old, next, &used, err))
        return false;
    profile_compare(arena, old, next, used_is, used, &problems);
    for (size_t i = 0; i < problems.n && i < PROBLEMS_MAX; i++) {
        const Diagnostic *problem = &problems.p[i];
        err_field(err, arena, S("profile"), problem->message, problem->args[0], problem->args[1]);
    }
    *ret_renamed = used->renamed;
    return adopt_roles(arena, db, old, next, err) && problems.n == 0;
}

/* How many children are open stands on the parent. */
static bool tell_parent(Draft *draft, const DraftRecord *record, int64_t was_open, Err *err)
{
    int64_t parent_id = values_int(&record->values, S("parent"));
    int64_t by = values_int(&record->values, S("open")) - was_open;
    DraftRecord *parent;
    if (!parent_id || by == 0)
        return true;
    parent = draft_record(draft, parent_id, err);
    if (!parent)
        return err_detail(err, S("parent of a child record"));
    draft_add(draft, parent, STR(draft->arena, "open_", record->kind->name), by);
    return true;
}

static bool adopt_record(Draft *draft, int64_t id, Err *err)
{
    DraftRecord *record = draft_record(draft, id, err);
    int64_t was_open;
    Values renamed;
    if (!record)
        return false;
    was_open = values_int(&record->values, S("open"));
    renamed = used_renamed(draft->arena, draft->office->profile, &record->values);
    for (size_t i = 0; i < renamed.n; i++) {
        if (str_eq(renamed.p[i].name, S("pending_form")))
            draft_set_text(draft, record, S("pending_form"), renamed.p[i].value.text);
        else
            draft_set(draft, record, renamed.p[i].name, renamed.p[i].value);
    }
    return tell_parent(draft, record, was_open, err);
}

bool adopt_draft(Draft *draft, const IdVec *renamed, size_t *at, Err *err)
{
    while (*at < renamed->n && draft->assignments.n < ADOPT_FIELDS_MAX)
        if (!adopt_record(draft, renamed->p[(*at)++], err))
            return false;
    return true;
}
