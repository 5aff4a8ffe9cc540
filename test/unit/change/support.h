/* SPDX-License-Identifier: Apache-2.0 */
/* A small site on the real profile: a city, two bureaus, a co-unit, desks; and one-line changes. */
#ifndef TEST_CHANGE_SUPPORT_H
#define TEST_CHANGE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <semaphore.h>

#include "base/moment.h"
#include "change/writer.h"

typedef struct Town {
    Arena *arena;
    Site *site;
    Str dir;
    Err err;             /* of the last refused change */
    ChangeResult result; /* of the last change that went through */
} Town;

/* The city CITY with bureaus CITY-A, CITY-B, CITY-C; accounts intake, reviewer, dispatcher, unit
 * and head (of CITY-A), unit_b, co (of CITY-B), supervisor, press, office, admin. The clock stands
 * at 2023-03-01 09:00 (+08:00), a Wednesday. */
Town town_open(void);
void town_close(Town *town);
void town_clock(Town *town, const char *when);

/* Makes a change as the account (NULL: the public, "cli": the folder's owner); `form` is
 * "name=text;name=text". True when it went through. */
bool town_create(Town *town, const char *login, const char *kind, const char *move,
                 const char *form);
bool town_move(Town *town, const char *login, int64_t record, const char *move, const char *form);
/* A submitted, accepted and assigned request of CITY-A, in progress; its id. */
int64_t town_request(Town *town, const char *co_units);

/* The text of the profile the town runs on. */
Str town_bundle(Town *town);
/* Records a version of the profile, then adopts it; false when adopting was refused. */
bool town_adopt(Town *town, Str bundle);

/* The record's value, read back from the database. */
Value town_value(Town *town, int64_t record, const char *name);
Str town_text(Town *town, int64_t record, const char *name);
int64_t town_int(Town *town, int64_t record, const char *name);
/* Rows of a table; entries of the journal. */
int64_t town_count(Town *town, const char *table);
Db *town_reader(Town *town);

typedef struct Waiting {
    Job job;
    Change change;
    sem_t done;
} Waiting;

/* Hands the change to the writer without waiting; `change` is filled but for actor and version. */
void waiting_submit(Town *town, Waiting *waiting, Actor actor);
/* True when it went through; else the town's err says why. */
bool waiting_finish(Town *town, Waiting *waiting);
/* Submits both while the writer stands still, so that it takes them in one batch. */
void in_one_batch(Town *town, Waiting *first, Actor first_actor, Waiting *second,
                  Actor second_actor);

#define assert_text(actual, expected)                    \
    do {                                                 \
        Str text_ = (actual);                            \
        assert_int_equal(text_.n, strlen(expected));     \
        assert_memory_equal(text_.p, expected, text_.n); \
    } while (0)

#endif
