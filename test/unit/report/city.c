/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "city.h"
#include "profile/load.h"

static const char profile_text[] =
    "%%% city/profile.yaml\n"
    "profile: city\n"
    "label: {zh: 某市, en: City}\n"
    "office: {zh: 办公室, en: Office}\n"
    "---\n"
    "role: clerk\n"
    "label: {zh: 受理员, en: Clerk}\n"
    "over: place\n"
    "---\n"
    "kind: matter\n"
    "label: {zh: 事项, en: Matter}\n"
    "describe: {zh: 事项, en: Matter}\n"
    "number: M-{year}-{seq:5}\n"
    "title: title\n"
    "fields:\n"
    "  - {name: title, type: text, label: {zh: 标题, en: Title}}\n"
    "  - {name: place, type: place, label: {zh: 地点, en: Place}}\n"
    "  - {name: lead, type: organisation, label: {zh: 承办, en: Lead}}\n"
    "  - {name: submitter, type: organisation, label: {zh: 提出人, en: Submitter}}\n"
    "  - {name: heads, type: number, label: {zh: 人数, en: Heads}}\n"
    "  - {name: opened_on, type: date, label: {zh: 起, en: From}}\n"
    "  - {name: closed_on, type: date, label: {zh: 止, en: Until}}\n"
    "  - {name: elder, type: record, to: matter, label: {zh: 所续事项, en: Goes on from}}\n"
    "flow:\n"
    "  states:\n"
    "    - {name: made, label: {zh: 新, en: New}, open: true}\n"
    "    - {name: done, label: {zh: 完, en: Done}}\n"
    "  moves:\n"
    "    - {name: make, label: {zh: 登记, en: Make}, says: {zh: 登记, en: Make}, to: made,"
    " who: [clerk], form: [title, place, lead], milestones: [accepted_at]}\n"
    "    - {name: close, label: {zh: 办结, en: Close}, says: {zh: 办结, en: Close},"
    " from: [made], to: done, who: [clerk], milestones: [closed_at]}\n"
    "---\n"
    "kind: proof\n"
    "label: {zh: 依据, en: Proof}\n"
    "describe: {zh: 依据, en: Proof}\n"
    "title: title\n"
    "directory: true\n"
    "fields:\n"
    "  - {name: title, type: text, label: {zh: 表述, en: Claim}}\n"
    "flow:\n"
    "  states:\n"
    "    - {name: noted, label: {zh: 有效, en: Noted}}\n"
    "  moves:\n"
    "    - {name: note, label: {zh: 登记, en: Note}, says: {zh: 登记, en: Note}, to: noted,"
    " who: [clerk], form: [title]}\n"
    "---\n"
    "scan: first\n"
    "words: [首家, 率先]\n"
    "evidence: proof\n"
    "says: {zh: 须有依据, en: Needs evidence}\n"
    "---\n"
    "indicator: accepted\n"
    "label: {zh: 指标, en: Indicator}\n"
    "define: {zh: 口径, en: Definition}\n"
    "unit: {dimension: piece, word: {zh: 件, en: matters}}\n"
    "count: {kind: matter}\n"
    "in: accepted_at\n"
    "---\n"
    "indicator: closed\n"
    "label: {zh: 指标, en: Indicator}\n"
    "define: {zh: 口径, en: Definition}\n"
    "unit: {dimension: piece, word: {zh: 件, en: matters}}\n"
    "count: {kind: matter, where: {closed_at: present}}\n"
    "in: closed_at\n"
    "---\n"
    "indicator: heads\n"
    "label: {zh: 指标, en: Indicator}\n"
    "define: {zh: 口径, en: Definition}\n"
    "unit: {dimension: piece, word: {zh: 件, en: matters}}\n"
    "sum: {kind: matter, field: heads, where: {heads: {at_least: 5}}}\n"
    "in: closed_at\n"
    "---\n"
    "indicator: standing\n"
    "label: {zh: 指标, en: Indicator}\n"
    "define: {zh: 口径, en: Definition}\n"
    "unit: {dimension: piece, word: {zh: 件, en: matters}}\n"
    "count: {kind: matter}\n"
    "from: opened_on\n"
    "until: closed_on\n"
    "---\n"
    "indicator: submitters\n"
    "label: {zh: 指标, en: Indicator}\n"
    "define: {zh: 口径, en: Definition}\n"
    "unit: {dimension: piece, word: {zh: 件, en: matters}}\n"
    "count: {kind: matter, distinct: submitter}\n"
    "in: accepted_at\n"
    "---\n"
    "indicator: led\n"
    "label: {zh: 指标, en: Indicator}\n"
    "define: {zh: 口径, en: Definition}\n"
    "unit: {dimension: piece, word: {zh: 件, en: matters}}\n"
    "count: {kind: matter}\n"
    "in: opened_on\n"
    "at: lead\n"
    "---\n"
    "indicator: closure\n"
    "label: {zh: 指标, en: Indicator}\n"
    "define: {zh: 口径, en: Definition}\n"
    "unit: {dimension: percent, word: {zh: \"%\", en: \"%\"}, scale: 1}\n"
    "ratio: {of: closed, per: accepted}\n"
    "---\n"
    "figure: year_accepted\n"
    "label: {zh: 数, en: Figure}\n"
    "of: accepted\n"
    "period: year\n"
    "board: true\n"
    "---\n"
    "figure: year_closed\n"
    "label: {zh: 数, en: Figure}\n"
    "of: closed\n"
    "period: year\n"
    "board: true\n"
    "---\n"
    "figure: year_closure\n"
    "label: {zh: 数, en: Figure}\n"
    "of: closure\n"
    "period: year\n"
    "board: true\n"
    "---\n"
    "indicator: spread\n"
    "label: {zh: 指标, en: Indicator}\n"
    "define: {zh: 口径, en: Definition}\n"
    "unit: {dimension: percent, word: {zh: \"%\", en: \"%\"}, scale: 1}\n"
    "ratio: {of: submitters, per: accepted}\n"
    "---\n"
    "figure: year_spread\n"
    "label: {zh: 数, en: Figure}\n"
    "of: spread\n"
    "period: year\n"
    "board: true\n"
    "---\n"
    "figure: year_heads\n"
    "label: {zh: 数, en: Figure}\n"
    "of: heads\n"
    "period: year\n"
    "---\n"
    "figure: month_accepted\n"
    "label: {zh: 数, en: Figure}\n"
    "of: accepted\n"
    "period: month\n"
    "---\n"
    "figure: all_accepted\n"
    "label: {zh: 数, en: Figure}\n"
    "of: accepted\n"
    "period: all\n"
    "---\n"
    "figure: east_accepted\n"
    "label: {zh: 数, en: Figure}\n"
    "of: accepted\n"
    "period: year\n"
    "org: EAST\n"
    "---\n"
    "figure: west_accepted\n"
    "label: {zh: 数, en: Figure}\n"
    "of: accepted\n"
    "period: year\n"
    "org: WEST\n"
    "subset_of: year_accepted\n"
    "overlaps: [east_accepted]\n"
    "---\n"
    "coverage: followed\n"
    "label: {zh: 有后续的事项, en: Matters gone on with}\n"
    "define: {zh: 口径, en: Definition}\n"
    "unit: {dimension: piece, word: {zh: 件, en: matters}}\n"
    "of: {kind: matter, from: opened_on, until: closed_on}\n"
    "has: {kind: matter, by: elder, in: accepted_at}\n"
    "period: year\n";

static void org_add(City *city, int64_t id, Str code, int64_t parent)
{
    OrgTree *tree = &city->office.orgs;
    Org *org = NEW(city->arena, Org), *above = map_find_id(&tree->by_id, parent);
    *org = (Org){.id = id, .code = code, .parent = parent, .depth = above ? above->depth + 1 : 0};
    map_set_id(&tree->by_id, id, org);
    map_set(&tree->by_code, code, org);
    if (above)
        *vec_push(city->arena, &above->children) = id;
}

static void tree_make(City *city)
{
    /* 4 moved from 2 to 3 on 2023-07-01. Ordered by organisation, and here also by parent. */
    static const OrgPeriod periods[] = {{1, 0, INT32_MIN, INT32_MAX},
                                        {2, 1, INT32_MIN, INT32_MAX},
                                        {3, 1, INT32_MIN, INT32_MAX},
                                        {4, 2, INT32_MIN, 19539},
                                        {4, 3, 19539, INT32_MAX}};
    city->office.orgs = (OrgTree){.by_id = map_open(city->arena),
                                  .by_code = map_open(city->arena),
                                  .periods = periods,
                                  .by_parent = periods,
                                  .n_periods = COUNT_OF(periods),
                                  .profile = city->office.profile,
                                  .root = 1};
    org_add(city, 1, S("CITY"), 0);
    org_add(city, 2, S("EAST"), 1);
    org_add(city, 3, S("WEST"), 1);
    org_add(city, 4, S("VILLAGE"), 3);
}

City *city_open(void)
{
    Arena *arena = arena_open();
    City *city = NEW(arena, City);
    Diagnostics diagnostics = {0};
    Err err = {0};
    city->arena = arena;
    city->next_id = 100;
    if (!profile_load(arena, str_from_c(profile_text), &city->office.profile, &diagnostics, &err)) {
        Buf buf = buf_open(arena);
        diagnostics_write(&buf, &diagnostics, LANGUAGE_EN);
        fail_msg("%s", str_c(arena, buf_str(&buf)));
    }
    tree_make(city);
    assert_true(db_open_memory(arena, &city->db, &err));
    assert_true(db_migrate(city->db, &err));
    return city;
}

void city_close(City *city)
{
    db_close(city->db);
    arena_close(city->arena);
}

Day city_day(const char *day)
{
    Day found;
    assert_true(day_parse(str_from_c(day), &found));
    return found;
}

Instant city_noon(const char *day)
{
    return day_start(city_day(day)) + DAY_US / 2;
}

static void city_put(City *city, int64_t id, const Values *before, const Values *now)
{
    Facts was = {before, NULL, NULL, id}, is = {now, NULL, NULL, id};
    Contributions old = {0}, new = {0};
    CellDeltas deltas = cell_deltas_open(city->arena);
    Record record = {.id = id, .version = 1, .values = *now};
    Err err = {0};
    contributions_of(city->arena, city->office.profile, &was, &old);
    contributions_of(city->arena, city->office.profile, &is, &new);
    cell_deltas_add(&deltas, id, &old, &new);
    assert_true(cell_deltas_flush(&deltas, city->db, &err));
    assert_true(record_store(city->arena, city->db, &record, NULL, &err));
    assert_true(record_store_scope(city->arena, city->db, &city->office.orgs, &record, NULL, &err));
}

int64_t city_store(City *city, Values *values)
{
    Values none = {0};
    int64_t id = city->next_id++;
    values_set(city->arena, values, S("kind"), value_text(S("matter")));
    values_set(city->arena, values, S("created_at"), value_int(city_noon("2023-01-01") + id));
    city_put(city, id, &none, values);
    return id;
}

int64_t city_matter(City *city, int64_t org, const char *accepted, const char *closed)
{
    Values values = {0};
    if (org)
        values_set(city->arena, &values, S("place"), value_int(org));
    values_set(city->arena, &values, S("accepted_at"), value_int(city_noon(accepted)));
    if (closed)
        values_set(city->arena, &values, S("closed_at"), value_int(city_noon(closed)));
    return city_store(city, &values);
}

void city_matters(City *city, int count, int64_t org, const char *accepted, const char *closed)
{
    for (int i = 0; i < count; i++)
        (void)city_matter(city, org, accepted, closed);
}

void city_set(City *city, int64_t id, Str name, Value value)
{
    Record record;
    Err err = {0};
    assert_true(record_get(city->arena, city->db, id, &record, &err));
    Values before = values_dup(city->arena, &record.values);
    values_set(city->arena, &record.values, name, value);
    city_put(city, id, &before, &record.values);
}
