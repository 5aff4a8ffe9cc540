/* SPDX-License-Identifier: Apache-2.0 */
/* office.h - the office as it stands after some entry: profile, calendar, organisations, accounts
 * with their grants. Immutable and shared by all threads; a change to any of them makes a new one.
 *
 * An Office lives in an arena of its own and is counted: office_hold for as long as you look at it,
 * office_drop when done. Requests hold the one they began with.
 */
#ifndef TONGXIN_ORG_OFFICE_H
#define TONGXIN_ORG_OFFICE_H

#include "calendar/calendar.h"
#include "org/tree.h"
#include "profile/profile.h"

typedef struct Grant {
    const Role *role;
    int64_t org;
} Grant;

typedef struct Account {
    int64_t id;
    Str login;
    Label title; /* the desk: 市工信局经办. Never a person's name */
    bool disabled;
    const Grant *grants;
    size_t n_grants;
} Account;

/* The figures of these days, of the organisation and what stood below it, stay as they are. */
typedef struct PeriodLock {
    Str number; /* of its record */
    int64_t org;
    Day from, to; /* inclusive */
} PeriodLock;

typedef struct Office {
    const Profile *profile;
    const Calendar *calendar;
    OrgTree orgs;
    Map accounts; /* by id: Account* */
    Map accounts_by_login;
    const PeriodLock *locks; /* in force */
    size_t n_locks;
    int64_t version;          /* sequence of the entry it shows */
    bool is_demo;             /* set by the site that shows it */
    struct ProfileHold *hold; /* of `profile`, shared by the offices that run on it */
    Arena *arena;
    int references; /* atomic */
} Office;

/* Reads everything from the database: the active profile's bundle (record kind profile_version
 * named by the site record), calendar years, org, accounts, grants. ERR_WRONG when the stored
 * profile does not load. `before` (may be NULL) is an earlier office of the site: when the profile
 * is the same it is shared, not parsed again. The caller holds one reference. */
NODISCARD bool office_load(Db *db, const Office *before, Office **ret_office, Err *err);
/* One more reference, from any thread that has one. */
Office *office_hold(Office *office);
/* Gives one back; the last one ends the office. NULL is fine. */
void office_drop(Office *office);

/* NULL when there is none; disabled accounts are found. */
const Account *office_account(const Office *office, int64_t id);
const Account *office_account_by_login(const Office *office, Str login);

#endif
