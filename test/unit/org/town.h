/* SPDX-License-Identifier: Apache-2.0 */
/* town.h - a small office for tests: a city with two districts and two bureaus, a profile with
 * three kinds, accounts with every sort of role.
 *
 *     10 C city ── 11 A district ── 13 A1 town
 *               ├─ 12 B district ── 14 B1 town
 *               ├─ 15 X bureau ──── 17 X1 unit
 *               └─ 16 Y bureau
 */
#ifndef TONGXIN_TEST_TOWN_H
#define TONGXIN_TEST_TOWN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "org/permit.h"
#include "profile/load.h"
#include "query.h"
#include "record/record.h"

enum { CITY = 10, DISTRICT_A, DISTRICT_B, TOWN_A, TOWN_B, BUREAU_X, BUREAU_Y, UNIT_X };

/* The text below is YAML: its own layout is what one reads it by. */
/* clang-format off */
#define LABEL "label: {zh: 名, en: Name}"
#define ROLE(name, rest) "---\nrole: " name "\n" LABEL "\n" rest
#define FIELD(rest) "  - {" rest ", " LABEL "}\n"
#define MOVE(rest) "    - {" rest ", " LABEL "}\n"
#define ONE_STATE "flow:\n  states:\n    - {name: active, " LABEL "}\n  moves:\n"

/* The fields of a matter; every type that the binder reads. */
#define TOWN_FIELDS \
    FIELD("name: title, type: text, max: 10, required: true, public: true") \
    FIELD("name: body, type: long_text, public: true") \
    FIELD("name: place, type: place, public: true, filter: true") \
    FIELD("name: lead, type: organisation, filter: true") \
    FIELD("name: co_units, type: organisations") \
    FIELD("name: submitter, type: organisation, to: enterprise") \
    FIELD("name: category, type: choice, of: topic, filter: true") \
    FIELD("name: tags, type: choices, of: topic, filter: true") \
    FIELD("name: urgent, type: yes_no, filter: true") \
    FIELD("name: amount, type: money, unit: wan, min: 0") \
    FIELD("name: cost, type: money") \
    FIELD("name: share, type: decimal, scale: 2, min: -100, max: 10000") \
    FIELD("name: heads, type: number, min: 0, max: 500, filter: true") \
    FIELD("name: held_on, type: date") \
    FIELD("name: ended_on, type: date") \
    FIELD("name: credit_code, type: code, max: 18, credit_code: true, public: true") \
    FIELD("name: paper, type: code, max: 20, filter: true") \
    FIELD("name: file, type: attachment, public: true") \
    FIELD("name: contact_name, type: contact, public: true") \
    FIELD("name: contact_phone, type: phone, public: true") \
    FIELD("name: session, type: record, to: matter, filter: true")

#define TOWN_FLOW \
    "flow:\n  states:\n" \
    "    - {name: waiting, open: true, " LABEL "}\n" \
    "    - {name: done, " LABEL "}\n" \
    "  moves:\n" \
    MOVE("name: submit, to: waiting, who: [public, intake]") \
    MOVE("name: edit, from: [any], who: [intake], edits: true, form: [title, place, amount]") \
    MOVE("name: reply, from: [waiting], who: [unit], form: [{field: body, required: true}]") \
    MOVE("name: close, from: [waiting], to: done, who: [intake, watcher], not_by: [reply], " \
         "not_from: lead, approval: {who: [reviewer]}, milestones: [closed_at]") \
    MOVE("name: lapse, from: [waiting], to: done, who: [clock], wait: {since: closed_at, " \
         "for: 15 days}") \
    MOVE("name: rate, from: [done], who: [public], rates: true, milestones: [rated_at]")

static const char town_bundle[] =
    "%%% base/profile.yaml\n"
    "profile: base\n" LABEL "\noffice: {zh: 办, en: Office}\n"
    "---\nchoices: topic\nitems:\n"
    "  - {code: loans, label: {zh: 融资, en: Loans}}\n"
    "  - {code: land, label: {zh: 用地, en: Land}}\n"
    "  - {code: tax, label: {zh: 税务, en: Tax}}\n"
    "---\nkind: matter\n" LABEL "\nnumber: 'M-{year}-{seq:3}'\ntitle: title\nfields:\n"
    TOWN_FIELDS
    TOWN_FLOW
    "---\nkind: dispute\n" LABEL "\ntitle: title\nfields:\n"
    FIELD("name: title, type: text")
    FIELD("name: place, type: place")
    FIELD("name: lead, type: organisation")
    ONE_STATE MOVE("name: create, to: active, who: [mediator]")
    "---\nkind: sitting\n" LABEL "\nparent: matter\ntitle: title\nfields:\n"
    FIELD("name: title, type: text")
    ONE_STATE MOVE("name: create, to: active, who: [intake], form: [title]")
    "---\nkind: enterprise\n" LABEL "\ndirectory: true\ntitle: title\nfields:\n"
    FIELD("name: title, type: text")
    FIELD("name: place, type: place")
    ONE_STATE MOVE("name: create, to: active, who: [intake]")
    "---\nkind: org\n" LABEL "\nbuilt_in: true\ninternal: true\ntitle: title\nfields:\n"
    FIELD("name: title, type: text")
    ONE_STATE MOVE("name: create, to: active, who: [admin]")
    ROLE("intake", "over: place\nrights: [see_all, reveal_contact]\n")
    ROLE("watcher", "over: lead\nrights: [see_all]\n")
    ROLE("unit", "over: lead\nkinds: [matter]\n")
    ROLE("co_unit", "over: co_units\nkinds: [matter]\n")
    ROLE("mediator", "over: lead\nkinds: [dispute]\n")
    ROLE("reviewer", "over: any\nrights: [see_all]\n")
    ROLE("auditor", "over: any\nrights: [see_all, audit]\n")
    ROLE("admin", "over: any\nrights: [admin]\n");
/* clang-format on */

typedef struct Town {
    Arena *arena;
    Db *db;
    Err err;
    Office *office;
} Town;

static inline void town_must(Town *town, bool ok)
{
    if (!ok)
        fail_msg("%s: %s", err_code_name(town->err.code), town->err.detail);
}

/* ---- records by hand ---- */

static inline void set_text(Town *town, Record *record, const char *name, const char *text)
{
    values_set(town->arena, &record->values, str_from_c(name), value_text(str_from_c(text)));
}

static inline void set_int(Town *town, Record *record, const char *name, int64_t number)
{
    values_set(town->arena, &record->values, str_from_c(name), value_int(number));
}

static inline void set_id(Town *town, Record *record, const char *name, int64_t id)
{
    values_set(town->arena, &record->values, str_from_c(name), value_ids(town->arena, &id, 1));
}

static inline Record town_record(Town *town, int64_t id, const char *kind)
{
    Record record = {.id = id, .version = 1};
    set_text(town, &record, "kind", kind);
    set_int(town, &record, "created_at", day_start(19000) + id);
    return record;
}

static inline void town_store(Town *town, const Record *record)
{
    town_must(town, record_store(town->arena, town->db, record, NULL, &town->err));
}

static inline void town_org(Town *town, int64_t id, const char *code, int64_t parent)
{
    Record record = town_record(town, id, "org");
    set_text(town, &record, "title", code);
    set_text(town, &record, "code", code);
    set_text(town, &record, "org_type", parent ? "unit" : "city");
    town_store(town, &record);
    if (parent)
        town_must(town, q_org_period_put(town->db, id, 0, parent, &town->err));
}

static inline void town_account(Town *town, int64_t id, const char *login, const char *role,
                                int64_t org)
{
    Record record = town_record(town, id, "account");
    set_text(town, &record, "login", login);
    set_text(town, &record, "title", login);
    set_id(town, &record, str_c(town->arena, STR(town->arena, "role_", role)), org);
    town_store(town, &record);
}

static inline Actor town_actor(int64_t account)
{
    return (Actor){.type = ACTOR_ACCOUNT, .account = account, .name = S("account")};
}

enum { INTAKE = 100, INTAKE_A, UNIT, UNIT_CITY, MEDIATOR, REVIEWER, ADMIN, AUDITOR, WATCHER, CO };

static inline void town_people(Town *town)
{
    town_account(town, INTAKE, "intake", "intake", CITY);
    town_account(town, INTAKE_A, "intake_a", "intake", DISTRICT_A);
    town_account(town, UNIT, "unit", "unit", BUREAU_X);
    town_account(town, UNIT_CITY, "unit_city", "unit", CITY);
    town_account(town, MEDIATOR, "mediator", "mediator", CITY);
    town_account(town, REVIEWER, "reviewer", "reviewer", CITY);
    town_account(town, ADMIN, "admin", "admin", CITY);
    town_account(town, AUDITOR, "auditor", "auditor", CITY);
    town_account(town, WATCHER, "watcher", "watcher", CITY);
    town_account(town, CO, "co", "co_unit", BUREAU_Y);
}

static inline void town_site(Town *town)
{
    Record site = town_record(town, RECORD_SITE, "site"),
           version = town_record(town, 2, "profile_version");
    set_id(town, &site, "profile", 2);
    set_text(town, &version, "bundle", town_bundle);
    town_store(town, &site);
    town_store(town, &version);
}

static inline void town_orgs(Town *town)
{
    town_org(town, CITY, "C", 0);
    town_org(town, DISTRICT_A, "A", CITY);
    town_org(town, DISTRICT_B, "B", CITY);
    town_org(town, TOWN_A, "A1", DISTRICT_A);
    town_org(town, TOWN_B, "B1", DISTRICT_B);
    town_org(town, BUREAU_X, "X", CITY);
    town_org(town, BUREAU_Y, "Y", CITY);
    town_org(town, UNIT_X, "X1", BUREAU_X);
}

static inline int town_empty(void **state)
{
    Arena *arena = arena_open();
    Town *town = NEW(arena, Town);
    town->arena = arena;
    town_must(town, db_open_memory(arena, &town->db, &town->err));
    town_must(town, db_migrate(town->db, &town->err));
    *state = town;
    return 0;
}

/* Shows what is wrong with the bundle above; the office only says that something is. */
static inline void town_check_bundle(Town *town)
{
    const Profile *profile;
    Diagnostics diagnostics = {0};
    Buf buf = buf_open(town->arena);
    if (profile_load(town->arena, str_from_c(town_bundle), &profile, &diagnostics, &town->err))
        return;
    diagnostics_write(&buf, &diagnostics, LANGUAGE_EN);
    fail_msg("%s", str_c(town->arena, buf_str(&buf)));
}

static inline int town_open(void **state)
{
    town_empty(state);
    Town *town = *state;
    town_check_bundle(town);
    town_site(town);
    town_orgs(town);
    town_people(town);
    town_must(town, office_load(town->db, NULL, &town->office, &town->err));
    return 0;
}

static inline int town_close(void **state)
{
    Town *town = *state;
    office_drop(town->office);
    arena_close(town->arena);
    return 0;
}

#define TOWN_TEST(name) cmocka_unit_test_setup_teardown(name, town_open, town_close)

#endif
