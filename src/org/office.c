/* SPDX-License-Identifier: Apache-2.0 */
#include "org/office.h"

#include "profile/load.h"
#include "query.h"

/* record/ stands above this room; its RECORD_SITE is this record. */
#define SITE_RECORD 1

static bool values_of(Arena *arena, const QRecordRow *row, Values *ret_values, Err *err)
{
    return values_parse(arena, row->data, ret_values, err) ||
           err_detail(err, STR(arena, "data of record ", row->id));
}

static bool office_no_site(Err *err)
{
    err_set(err, ERR_ENVIRONMENT, MSG_office_no_site);
    return err_hint(err, MSG_office_no_site_hint);
}

static bool office_load_site(Office *office, Db *db, int64_t *ret_profile, Err *err)
{
    QRecordRow row;
    Values values;
    bool found;
    if (!q_record_get(db, office->arena, SITE_RECORD, &row, &found, err))
        return false;
    if (!found || !str_eq(row.kind, S("site")))
        return office_no_site(err);
    if (!values_of(office->arena, &row, &values, err))
        return false;
    *ret_profile = values_id(&values, S("profile"));
    return true;
}

static bool office_profile_wrong(Arena *arena, const Diagnostics *diagnostics, Err *err)
{
    const Diagnostic *first = diagnostics->n ? &diagnostics->p[0] : NULL;
    err_set(err, ERR_WRONG, MSG_office_profile_wrong);
    if (!first)
        return false;
    return err_detail(err, STR(arena, first->position.file, ":", first->position.line, ":",
                               first->position.column, ": ", message_key(first->message)));
}

/* A loaded profile in an arena of its own. */
typedef struct ProfileHold {
    Arena *arena;
    const Profile *profile;
    int64_t record; /* of kind profile_version */
    int references; /* atomic */
} ProfileHold;

static void hold_drop(ProfileHold *hold)
{
    if (hold && __atomic_sub_fetch(&hold->references, 1, __ATOMIC_ACQ_REL) == 0)
        arena_close(hold->arena);
}

static void office_take_hold(Office *office, ProfileHold *hold)
{
    office->hold = hold;
    office->profile = hold->profile;
}

static bool profile_hold_load(Office *office, Str bundle, int64_t id, Err *err)
{
    Arena *arena = arena_open();
    ProfileHold *hold = NEW(arena, ProfileHold);
    Diagnostics diagnostics = {0};
    *hold = (ProfileHold){.arena = arena, .record = id, .references = 1};
    if (!profile_load(arena, bundle, &hold->profile, &diagnostics, err)) {
        (void)office_profile_wrong(office->arena, &diagnostics, err);
        arena_close(arena);
        return false;
    }
    office_take_hold(office, hold);
    return true;
}

static bool office_load_profile(Office *office, Db *db, const Office *before, int64_t id, Err *err)
{
    QRecordRow row;
    Values values;
    Arena *scratch;
    bool found, loaded;
    if (before && before->hold && before->hold->record == id) {
        __atomic_add_fetch(&before->hold->references, 1, __ATOMIC_RELAXED);
        office_take_hold(office, before->hold);
        return true;
    }
    /* The text of a profile is large, and the loaded profile keeps a copy of its own. */
    scratch = arena_open();
    loaded = q_record_get(db, scratch, id, &row, &found, err) && (found || office_no_site(err)) &&
             values_of(scratch, &row, &values, err) &&
             profile_hold_load(office, values_text(&values, S("bundle")), id, err);
    arena_close(scratch);
    return loaded;
}

static bool calendar_years(Calendar *calendar, Arena *scratch, Db *db, Err *err)
{
    QRecordRow *rows;
    size_t count;
    if (!q_record_of_kind_all(db, scratch, S("calendar_year"), &rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        Values values;
        if (rows[i].voided_at != 0)
            continue;
        if (!values_of(scratch, &rows[i], &values, err) ||
            !calendar_add_year(calendar, (int)values_int(&values, S("year")), rows[i].title,
                               values_text(&values, S("tsv")), err))
            return false;
    }
    return true;
}

/* In order of id, so that of two records of one year the later one counts. The calendar keeps
 * nothing of the years' text. */
static bool office_load_calendar(Office *office, Db *db, Err *err)
{
    Arena *scratch = arena_open();
    Calendar *calendar = calendar_open(office->arena);
    bool loaded = calendar_years(calendar, scratch, db, err);
    arena_close(scratch);
    office->calendar = calendar;
    return loaded;
}

/* ---- accounts ---- */

/* Grants come ordered by account; a role the profile no longer has gives nothing. */
static void account_take_grants(Office *office, Account *account, const QGrantList *rows,
                                size_t count)
{
    Grant *grants = NEW_ARRAY(office->arena, Grant, count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const Role *role = profile_role(office->profile, rows[i].role);
        if (role)
            grants[kept++] = (Grant){role, rows[i].org};
    }
    account->grants = grants;
    account->n_grants = kept;
}

static void office_spread_grants(Office *office, const QGrantList *rows, size_t count)
{
    size_t end;
    for (size_t start = 0; start < count; start = end) {
        Account *account = map_find_id(&office->accounts, rows[start].account);
        for (end = start; end < count && rows[end].account == rows[start].account;)
            end++;
        if (account)
            account_take_grants(office, account, rows + start, end - start);
    }
}

static bool office_load_accounts(Office *office, Db *db, Err *err)
{
    QRecordRow *rows;
    QGrantList *grants;
    size_t count, n_grants;
    Account *accounts;
    if (!q_record_of_kind_all(db, office->arena, S("account"), &rows, &count, err) ||
        !q_grant_list_all(db, office->arena, &grants, &n_grants, err))
        return false;
    accounts = NEW_ARRAY(office->arena, Account, count);
    for (size_t i = 0; i < count; i++) {
        Values values;
        if (!values_of(office->arena, &rows[i], &values, err))
            return false;
        accounts[i] = (Account){
            .id = rows[i].id,
            .login = values_text(&values, S("login")),
            .title = {rows[i].title, values_text(&values, S("title_en"))},
            .disabled = str_eq(rows[i].status, S("disabled")) || rows[i].voided_at != 0,
        };
        map_set_id(&office->accounts, accounts[i].id, &accounts[i]);
        if (accounts[i].login.n)
            map_set(&office->accounts_by_login, accounts[i].login, &accounts[i]);
    }
    office_spread_grants(office, grants, n_grants);
    return true;
}

/* ---- locked periods ---- */

typedef VEC(PeriodLock) PeriodLocks;

static bool locks_of_kind(Office *office, Db *db, const Kind *kind, PeriodLocks *locks, Err *err)
{
    QRecordRow *rows;
    size_t count;
    if (!q_record_of_kind_all(db, office->arena, kind->name, &rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        Values values;
        if (!values_of(office->arena, &rows[i], &values, err))
            return false;
        if (rows[i].voided_at == 0 && values_get(&values, LOCK_LIFTED).type == VALUE_NONE)
            *vec_push(office->arena, locks) =
                (PeriodLock){.number = rows[i].number,
                             .org = rows[i].place,
                             .from = (Day)values_int(&values, S("from_on")),
                             .to = (Day)values_int(&values, S("until_on"))};
    }
    return true;
}

static bool office_load_locks(Office *office, Db *db, Err *err)
{
    PeriodLocks locks = {0};
    for (size_t i = 0; i < office->profile->n_kinds; i++)
        if (office->profile->kinds[i].locks &&
            !locks_of_kind(office, db, &office->profile->kinds[i], &locks, err))
            return false;
    office->locks = locks.p;
    office->n_locks = locks.n;
    return true;
}

/* ---- the whole ---- */

static bool office_load_into(Office *office, Db *db, const Office *before, Err *err)
{
    QEntryLast last;
    bool found;
    int64_t profile = 0;
    if (!office_load_site(office, db, &profile, err) ||
        !office_load_profile(office, db, before, profile, err) ||
        !office_load_calendar(office, db, err) ||
        !org_tree_load(office->arena, db, &office->orgs, err) ||
        !office_load_accounts(office, db, err) || !office_load_locks(office, db, err) ||
        !q_entry_last(db, office->arena, &last, &found, err))
        return false;
    office->orgs.profile = office->profile;
    office->version = found ? last.sequence : 0;
    return true;
}

bool office_load(Db *db, const Office *before, Office **ret_office, Err *err)
{
    Arena *arena = arena_open();
    Office *office = NEW(arena, Office);
    bool own, loaded;
    office->arena = arena;
    office->references = 1;
    office->accounts = map_open(arena);
    office->accounts_by_login = map_open(arena);
    /* All of it from one state of the database. */
    own = !db_in_transaction(db);
    if (own && !db_begin(db, err)) {
        arena_close(arena);
        return false;
    }
    loaded = office_load_into(office, db, before, err);
    if (own)
        db_rollback(db);
    if (loaded)
        *ret_office = office;
    else
        office_drop(office);
    return loaded;
}

Office *office_hold(Office *office)
{
    __atomic_add_fetch(&office->references, 1, __ATOMIC_RELAXED);
    return office;
}

void office_drop(Office *office)
{
    if (!office || __atomic_sub_fetch(&office->references, 1, __ATOMIC_ACQ_REL) != 0)
        return;
    hold_drop(office->hold);
    arena_close(office->arena);
}

const Account *office_account(const Office *office, int64_t id)
{
    return map_find_id(&office->accounts, id);
}

const Account *office_account_by_login(const Office *office, Str login)
{
    return login.n ? map_find(&office->accounts_by_login, login) : NULL;
}
