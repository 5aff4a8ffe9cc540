/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "ledger/entry.h"
#include "search/search_store.h"

#include "query.h"

const SearchScope everything = {.everything = true};

static const Field fields[] = {
    {.name = S_CONST("title"), .type = FIELD_TEXT},
    {.name = S_CONST("body"), .type = FIELD_LONG_TEXT},
    {.name = S_CONST("phone"), .type = FIELD_PHONE},
    {.name = S_CONST("public_title"), .type = FIELD_TEXT},
};
static const Field *const kind_fields[] = {&fields[0], &fields[1], &fields[2], &fields[3]};
static const Kind kinds[] = {
    {.name = S_CONST("suggestion"),
     .fields = kind_fields,
     .n_fields = 4,
     .searchable = true,
     .public_title = S_CONST("public_title")},
    {.name = S_CONST("dispute"), .fields = kind_fields, .n_fields = 3, .searchable = true},
    {.name = S_CONST("sitting"), .fields = kind_fields, .n_fields = 3},
};
static const Profile profile = {.kinds = kinds, .n_kinds = COUNT_OF(kinds)};

void must(bool ok, const Err *err)
{
    if (!ok)
        fail_msg("%s: %s", err_code_name(err->code), err->detail);
}

int fixture_open(void **state)
{
    Arena *arena = arena_open();
    Fixture *f = NEW(arena, Fixture);
    char name[] = "/tmp/tongxin-test-search-XXXXXX";
    assert_non_null(mkdtemp(name));
    f->arena = arena;
    f->dir = str_dup(arena, str_from_c(name));
    f->office.profile = &profile;
    f->random = random_seeded(7);
    must(db_open_writer(arena, STR(arena, f->dir, "/site.db"), &f->db, &f->err), &f->err);
    must(db_migrate(f->db, &f->err), &f->err);
    must(search_open_writer(arena, f->dir, &f->search, &f->err), &f->err);
    *state = f;
    return 0;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info, (void)kind, (void)place;
    return remove(path);
}

int fixture_close(void **state)
{
    Fixture *f = *state;
    search_close(f->search);
    db_close(f->db);
    nftw(str_c(f->arena, f->dir), remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_close(f->arena);
    return 0;
}

static void put_entry(Fixture *f, const Matter *matter)
{
    EntryField status = {.name = STR(f->arena, matter->id, ".status"), .value = S("\"open\"")};
    EntryField moved = {.name = STR(f->arena, matter->moves, ".parent_org"), .value = S("1")};
    bool moved_first = matter->moves && str_cmp(moved.name, status.name) < 0;
    EntryField names[2] = {moved_first ? moved : status, moved_first ? status : moved};
    Entry entry = {.fields = names, .field_count = matter->moves ? 2 : 1};
    uint8_t leaf[32];
    random_bytes(&f->random, leaf, sizeof leaf);
    must(
        q_entry_put(f->db,
                    &(QEntryPutParams){
                        .sequence = ++f->sequence,
                        .recorded_at = f->sequence,
                        .at = f->sequence,
                        .actor = S("cli:test"),
                        .action = str_from_c(matter->action ? matter->action : "suggestion.change"),
                        .profile = S(""),
                        .record = matter->id,
                        .mac = S(""),
                        .plain = entry_write_part(f->arena, &entry, false),
                        .text = entry_write_part(f->arena, &entry, true),
                        .plain_salt = {(const char *)leaf, 16},
                        .text_salt = {(const char *)leaf, 16},
                        .leaf = {(const char *)leaf, 32},
                    },
                    &f->err),
        &f->err);
}

void put_scope(Fixture *f, int64_t org, Str kind, int64_t record)
{
    must(q_scope_put(f->db,
                     &(QScopePutParams){.org = org,
                                        .kind = kind,
                                        .created_at = 1,
                                        .record = record,
                                        .open = 1,
                                        .due_on = 1},
                     &f->err),
         &f->err);
}

void put_matter(Fixture *f, const Matter *matter)
{
    Values data = {0};
    Buf json = buf_open(f->arena);
    Str kind = str_from_c(matter->kind ? matter->kind : "suggestion");
    values_set(f->arena, &data, S("body"), value_text(matter->body));
    values_set(f->arena, &data, S("public_title"), value_text(matter->public_title));
    values_set(f->arena, &data, S("phone"), value_text(S("13900000000")));
    values_write(&json, &data);
    put_entry(f, matter);
    must(q_record_put(f->db,
                      &(QRecordPutParams){.id = matter->id,
                                          .kind = kind,
                                          .number = matter->number,
                                          .title = matter->title,
                                          .created_at = 1,
                                          .published_at = matter->published,
                                          .voided_at = matter->voided,
                                          .version = f->sequence,
                                          .data = buf_str(&json)},
                      &f->err),
         &f->err);
    must(q_scope_remove(f->db, matter->id, &f->err), &f->err);
    for (size_t i = 0; i < 4 && matter->orgs[i]; i++)
        put_scope(f, matter->orgs[i], kind, matter->id);
}

void follow(Fixture *f, int limit)
{
    bool more = true;
    while (more)
        must(search_follow(f->search, f->db, &f->office, limit, &more, &f->err), &f->err);
}

const char *found(Fixture *f, Str words, const SearchScope *scope)
{
    IdVec ids = {0};
    Buf text = buf_open(f->arena);
    must(search_find(f->arena, f->search, f->db, &f->office, words, scope, 200, &ids, &f->err),
         &f->err);
    for (size_t i = 0; i < ids.n; i++)
        TEXT(&text, i ? " " : "", ids.p[i]);
    return str_c(f->arena, buf_str(&text));
}

int64_t ask_index(Fixture *f, DbText *q)
{
    DbRows rows;
    int64_t number;
    must(db_run(f->search->db, q, &rows, &f->err), &f->err);
    number = db_rows_next(&rows) ? db_rows_int(&rows, 0) : 0;
    must(db_rows_close(&rows, &f->err), &f->err);
    return number;
}
