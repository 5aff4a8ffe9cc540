/* SPDX-License-Identifier: Apache-2.0 */
/* raw_commit.c - the limit that creates are measured against: SQLite in WAL with synchronous=FULL,
 * one row of a record's shape in each commit, four indexes, nothing else.
 *
 *     raw_commit FILE SECONDS      prints: rows/s p50_us p99_us
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MOST 4000000

static const char SCHEMA[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "CREATE TABLE record (id INTEGER PRIMARY KEY, kind TEXT, number TEXT, status TEXT, result TEXT,"
    " place INTEGER, lead INTEGER, category TEXT, amount INTEGER, created_at INTEGER, due_on "
    "INTEGER,"
    " yellow_at INTEGER, red_at INTEGER, version INTEGER, data TEXT);"
    "CREATE UNIQUE INDEX record_number ON record (number);"
    "CREATE INDEX record_place ON record (place, status, created_at);"
    "CREATE INDEX record_lead ON record (lead, status, due_on);"
    "CREATE INDEX record_category ON record (category, created_at);";

static const char INSERT[] =
    "INSERT INTO record VALUES (?1, 'suggestion', ?2, 'submitted', NULL, ?1 % 1700, ?1 % 300,"
    " 'c' || (?1 % 24), NULL, ?1 * 1000000, ?1 / 1000, NULL, NULL, 1, ?3)";

static void check(int result, sqlite3 *db)
{
    if (result != SQLITE_OK && result != SQLITE_DONE) {
        fprintf(stderr, "raw_commit: %s\n", sqlite3_errmsg(db));
        exit(3);
    }
}

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void insert_one(sqlite3 *db, sqlite3_stmt *insert, int64_t id, const char *text)
{
    char number[32];
    snprintf(number, sizeof number, "JY-2026-%07lld", (long long)id);
    sqlite3_bind_int64(insert, 1, id);
    sqlite3_bind_text(insert, 2, number, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(insert, 3, text, -1, SQLITE_STATIC);
    check(sqlite3_step(insert), db);
    check(sqlite3_reset(insert), db);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    sqlite3 *db;
    sqlite3_stmt *insert;
    check(sqlite3_open(argv[1], &db), db);
    check(sqlite3_exec(db, SCHEMA, NULL, NULL, NULL), db);
    check(sqlite3_prepare_v2(db, INSERT, -1, &insert, NULL), db);

    char text[451]; /* title and body of 150 characters of Chinese */
    for (size_t i = 0; i < sizeof text - 1; i++)
        text[i] = "\xe7\xaa\x97"[i % 3];
    text[sizeof text - 1] = 0;

    uint32_t *took = malloc(MOST * sizeof *took);
    int64_t began = now_ns(), end = began + atoll(argv[2]) * INT64_C(1000000000), before = began;
    int64_t rows = 0;
    while (took && rows < MOST && before < end) {
        insert_one(db, insert, rows + 1, text);
        int64_t after = now_ns();
        took[rows++] = (uint32_t)((after - before) / 1000);
        before = after;
    }
    if (!rows)
        return 3;
    qsort(took, (size_t)rows, sizeof *took, by_size);
    printf("%.0f %u %u\n", (double)rows * 1e9 / (double)(before - began), took[rows / 2],
           took[rows * 99 / 100]);
    free(took);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return 0;
}
