/* SPDX-License-Identifier: Apache-2.0 */
/* support.h - a site's database with records put straight into its tables, and its index. */
#ifndef TONGXIN_TEST_SEARCH_SUPPORT_H
#define TONGXIN_TEST_SEARCH_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "db/db_text.h"
#include "search/search.h"

typedef struct Fixture {
    Arena *arena;
    Str dir;
    Db *db;
    Search *search;
    Office office;
    int64_t sequence; /* of the last entry */
    RandomSource random;
    Err err;
} Fixture;

typedef struct Matter {
    int64_t id;
    const char *kind; /* NULL: "suggestion" */
    Str number, title, body, public_title;
    int64_t orgs[4]; /* up to the first 0 */
    bool published, voided;
    const char *action; /* NULL: "suggestion.change" */
    int64_t moves;      /* an organisation whose place the same entry changes */
} Matter;

int fixture_open(void **state);
int fixture_close(void **state);
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

void must(bool ok, const Err *err);
/* Writes the record's row and scope, and an entry that names it. */
void put_matter(Fixture *f, const Matter *matter);
/* Staff of the organisation may list the record. */
void put_scope(Fixture *f, int64_t org, Str kind, int64_t record);
/* Follows to the end in steps of `limit` entries. */
void follow(Fixture *f, int limit);
/* Ids found, as "7 5 1". */
const char *found(Fixture *f, Str words, const SearchScope *scope);
int64_t ask_index(Fixture *f, DbText *q);

extern const SearchScope everything;

#endif
