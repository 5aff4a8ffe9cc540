/* SPDX-License-Identifier: Apache-2.0 */
/* city.h - a small city in memory: a profile, a tree of organisations, records and their cells. */
#ifndef TONGXIN_TEST_REPORT_CITY_H
#define TONGXIN_TEST_REPORT_CITY_H

#include "figure/figure.h"
#include "record/record.h"

typedef struct City {
    Arena *arena;
    Db *db;
    Office office; /* organisations 1 (root), 2 and 3 below it, 4 below 2, later 3 */
    int64_t next_id;
} City;

City *city_open(void);
void city_close(City *city);

/* The instant at noon of "2023-05-01". */
Instant city_noon(const char *day);
Day city_day(const char *day);

/* A matter placed at `org`; `accepted` and `closed` are dates or NULL. Returns its id. */
int64_t city_matter(City *city, int64_t org, const char *accepted, const char *closed);
/* The same for many, all accepted on one day. */
void city_matters(City *city, int count, int64_t org, const char *accepted, const char *closed);
/* Stores the record with this value and counts again. */
void city_set(City *city, int64_t id, Str name, Value value);
/* Stores a new record with just these values. */
int64_t city_store(City *city, Values *values);

#endif
