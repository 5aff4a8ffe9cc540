/* SPDX-License-Identifier: Apache-2.0 */
/* Lists, the desk, files. */
#include "visitor.h"

#include <fcntl.h>
#include <unistd.h>

#include "view/attachment.h"

static Town town;

static int open_town(void **state)
{
    (void)state;
    town = town_open();
    return 0;
}

static int close_town(void **state)
{
    (void)state;
    town_close(&town);
    return 0;
}

static ListView must_list(const char *login, const char *kind, const char *query)
{
    Visit *visit = visit_as(&town, login, query);
    ListView view;
    Err err = {0};
    if (!list_view(visit, visit_kind(visit, kind), &view, &err))
        fail_msg("list: %s %s", message_key(err.message).p, err.detail);
    return view;
}

static bool lists(const ListView *view, int64_t id)
{
    for (size_t i = 0; i < view->n_rows; i++)
        if (view->rows[i].id == id)
            return true;
    return false;
}

static void test_a_list_shows_what_the_desk_may_see(void **state)
{
    int64_t id = town_request(&town, "");
    ListView unit = must_list("unit", "enterprise_request", "");
    ListView other = must_list("unit_b", "enterprise_request", "");
    (void)state;
    assert_true(lists(&unit, id));
    assert_int_equal(other.n_rows, 0);
    assert_true(str_is(other.count, "0"));
}

static void test_filters(void **state)
{
    int64_t id = town_request(&town, "");
    ListView right = must_list("intake", "enterprise_request", "status=in_progress&lead=CITY-A");
    ListView wrong = must_list("intake", "enterprise_request", "status=closed");
    ListView unit = must_list("intake", "enterprise_request", "lead=CITY-B");
    ListView open = must_list("intake", "enterprise_request", "status=open&category=utilities");
    (void)state;
    assert_true(lists(&right, id));
    assert_false(lists(&wrong, id));
    assert_false(lists(&unit, id));
    assert_true(lists(&open, id));
    assert_true(right.n_filters > 4);
}

static void test_what_is_not_understood_is_refused(void **state)
{
    static const char *const bad[] = {
        "status=nowhere", "sort=up",         "limit=0",      "limit=1000", "limit=many",
        "after=%25%25",   "from=2023-02-30", "light=purple", "org=NOBODY", "category=nothing"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        Visit *visit = visit_as(&town, "intake", bad[i]);
        ListView view;
        Err err = {0};
        if (list_view(visit, visit_kind(visit, "suggestion"), &view, &err))
            fail_msg("%s was taken", bad[i]);
        assert_int_equal(err.code, ERR_BAD_REQUEST);
    }
}

static void test_pages_go_on_where_they_ended(void **state)
{
    ListView first, second;
    Str query;
    (void)state;
    town_request(&town, "");
    town_request(&town, "");
    first = must_list("intake", "enterprise_request", "limit=1");
    assert_int_equal(first.n_rows, 1);
    assert_true(first.next_cursor.n > 0);
    assert_true(str_starts(first.next_href, S("/list?limit=1&after=")));
    query = str_slice(first.next_href, 6, first.next_href.n);
    second = must_list("intake", "enterprise_request", str_c(town.arena, query));
    assert_int_equal(second.n_rows, 1);
    assert_false(lists(&second, first.rows[0].id));
}

static DeskView must_desk(const char *login)
{
    DeskView view;
    Err err = {0};
    if (!desk_view(visit_as(&town, login, ""), &view, &err))
        fail_msg("desk: %s %s", message_key(err.message).p, err.detail);
    return view;
}

static void test_the_desk_holds_what_waits_here(void **state)
{
    int64_t id;
    DeskView intake, unit, dispatcher;
    (void)state;
    assert_true(town_create(&town, NULL, "suggestion", "submit",
                            "title=路灯不亮;body=小区门口路灯坏了。;place=CITY;agree_public=0"));
    id = town.result.record;
    intake = must_desk("intake");
    unit = must_desk("unit");
    assert_true(lists(&intake.todo, id));
    assert_false(lists(&unit.todo, id));
    assert_true(town_move(&town, "intake", id, "accept", "category=traffic;place=CITY"));
    intake = must_desk("intake");
    dispatcher = must_desk("dispatcher");
    assert_false(lists(&intake.todo, id));
    assert_true(lists(&dispatcher.todo, id));
    for (size_t i = 0; i < dispatcher.todo.n_rows; i++)
        assert_true(dispatcher.todo.rows[i].next_move.n > 0);
}

static void test_the_second_person_finds_what_waits(void **state)
{
    int64_t id = town_request(&town, "");
    DeskView reviewer = must_desk("reviewer"), intake;
    (void)state;
    assert_false(lists(&reviewer.todo, id));
    assert_true(town_move(&town, "intake", id, "void", "void_reason=重复录入"));
    assert_true(town.result.pending);
    reviewer = must_desk("reviewer");
    intake = must_desk("intake");
    assert_true(lists(&reviewer.todo, id));
    assert_false(lists(&intake.todo, id));
}

static void test_the_public_lists_published_records_only(void **state)
{
    ListView view;
    Err err = {0};
    (void)state;
    town_request(&town, "");
    assert_true(answers_view(visit_as(&town, NULL, ""), &view, &err));
    assert_int_equal(view.n_rows, 0);
}

static void test_a_number_is_found_without_an_index(void **state)
{
    int64_t id = town_request(&town, "");
    Str number = str_dup(town.arena, town_text(&town, id, "number"));
    ListView view;
    Err err = {0};
    (void)state;
    assert_true(search_view(visit_as(&town, "unit", ""), number, &view, &err));
    assert_true(lists(&view, id));
    assert_true(search_view(visit_as(&town, "unit_b", ""), number, &view, &err));
    assert_int_equal(view.n_rows, 0);
    assert_true(search_view(visit_as(&town, NULL, ""), number, &view, &err));
    assert_int_equal(view.n_rows, 0);
}

static void test_files_are_what_their_bytes_say(void **state)
{
    (void)state;
    assert_true(str_is(attachment_type(S("%PDF-1.7 x")), "application/pdf"));
    assert_true(str_is(attachment_type(S("\x89PNG\r\n\x1a\nx")), "image/png"));
    assert_true(str_is(attachment_type(S("明文")), "text/plain; charset=utf-8"));
    assert_int_equal(attachment_type(S("\x7f\x45LF\x01\x02")).n, 0);
    assert_int_equal(attachment_type(S("MZ\x90\x00")).n, 0);
}

static void test_a_file_is_kept_and_only_opened_through_its_record(void **state)
{
    FormFile file = {.name = S("file"), .file_name = S("说明.txt"), .bytes = S("材料")};
    Attachment attachment, opened;
    Err err = {0};
    int descriptor;
    Str path;
    (void)state;
    assert_true(attachment_store(town.arena, town.site, &file, 1, &attachment, &err));
    assert_int_equal(attachment.id.n, 32);
    path = STR(town.arena, town.dir, "/attachments/", attachment.id);
    assert_int_equal(access(str_c(town.arena, path), R_OK), 0);
    assert_false(
        attachment_open(visit_as(&town, "intake", ""), attachment.id, &opened, &descriptor, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    err_clear(&err);
    assert_false(attachment_open(visit_as(&town, "intake", ""), S("../../keys"), &opened,
                                 &descriptor, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    file.bytes = S("");
    assert_false(attachment_store(town.arena, town.site, &file, 1, &attachment, &err));
}

static bool drop_file(Db *db, Arena *arena, void *context, Err *err)
{
    const Attachment *attachment = context;
    return attachment_drop(town.site, db, arena, attachment->id, err);
}

static bool writes(bool (*run)(Db *, Arena *, void *, Err *), Attachment *attachment)
{
    Job job = {.housekeep = run, .context = attachment, .arena = arena_open()};
    bool done = writer_run(town.site->writer, &job, &town.err);
    arena_close(job.arena);
    return done;
}

static void test_files_without_a_record_have_bounded_room(void **state)
{
    FormFile file = {.name = S("file"), .file_name = S("说明.txt"), .bytes = S("材料")};
    Attachment attachment;
    Err err = {0};
    Str path;
    (void)state;
    assert_true(attachment_room(visit_as(&town, NULL, ""), ATTACHMENT_MAX, &err));
    assert_true(attachment_store(town.arena, town.site, &file, 1, &attachment, &err));
    attachment.size = ATTACHMENT_UNCLAIMED_PUBLIC;
    assert_true(writes(attachment_put, &attachment));
    assert_false(attachment_room(visit_as(&town, NULL, ""), 1, &err));
    assert_int_equal(err.code, ERR_DISK_FULL);
    err_clear(&err);
    assert_true(attachment_room(visit_as(&town, "unit", ""), 1, &err));
    assert_true(writes(drop_file, &attachment));
    path = STR(town.arena, town.dir, "/attachments/", attachment.id);
    assert_int_equal(access(str_c(town.arena, path), F_OK), -1);
    assert_true(attachment_room(visit_as(&town, NULL, ""), ATTACHMENT_MAX, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files_without_a_record_have_bounded_room),
        cmocka_unit_test(test_a_list_shows_what_the_desk_may_see),
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_what_is_not_understood_is_refused),
        cmocka_unit_test(test_pages_go_on_where_they_ended),
        cmocka_unit_test(test_the_desk_holds_what_waits_here),
        cmocka_unit_test(test_the_second_person_finds_what_waits),
        cmocka_unit_test(test_the_public_lists_published_records_only),
        cmocka_unit_test(test_a_number_is_found_without_an_index),
        cmocka_unit_test(test_files_are_what_their_bytes_say),
        cmocka_unit_test(test_a_file_is_kept_and_only_opened_through_its_record),
    };
    return cmocka_run_group_tests(tests, open_town, close_town);
}
