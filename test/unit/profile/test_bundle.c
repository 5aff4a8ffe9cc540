/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <sys/stat.h>
#include <unistd.h>

static Arena *arena;
static Str root;

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(str_c(arena, STR(arena, root, "/", path)), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void make_folder(const char *path)
{
    assert_int_equal(mkdir(str_c(arena, STR(arena, root, "/", path)), 0700), 0);
}

static int set_up(void **state UNUSED)
{
    char name[] = "/tmp/tongxin-bundle-XXXXXX";
    arena = arena_open();
    root = str_dup(arena, str_from_c(mkdtemp(name)));
    make_folder("base");
    make_folder("base/flows");
    make_folder("city");
    write_file("base/profile.yaml", "profile: base\n");
    write_file("base/flows/b.yaml", "b: 1");
    write_file("base/flows/a.yaml", "a: 1\n");
    write_file("base/organisations.tsv", "not read");
    write_file("city/profile.yaml", "profile: city\nextends: base\n");
    make_folder("parts");
    make_folder("parts/visit");
    make_folder("parts/event");
    make_folder("parts/unused");
    write_file("parts/visit/kind.yaml", "kind: visit\n");
    write_file("parts/event/kind.yaml", "kind: event\n");
    write_file("parts/unused/kind.yaml", "kind: unused\n");
    return 0;
}

static int tear_down(void **state UNUSED)
{
    static const char *const paths[] = {
        "base/profile.yaml",      "base/flows/b.yaml",     "base/flows/a.yaml",
        "base/organisations.tsv", "city/profile.yaml",     "city/more.yaml",
        "parts/visit/kind.yaml",  "parts/event/kind.yaml", "parts/unused/kind.yaml"};
    static const char *const folders[] = {"base/flows",  "base",         "city",  "parts/visit",
                                          "parts/event", "parts/unused", "parts", ""};
    for (size_t i = 0; i < COUNT_OF(paths); i++)
        (void)!unlink(str_c(arena, STR(arena, root, "/", paths[i])));
    for (size_t i = 0; i < COUNT_OF(folders); i++)
        (void)!rmdir(str_c(arena, STR(arena, root, "/", folders[i])));
    arena_close(arena);
    return 0;
}

static void test_files_are_bundled_in_order(void **state UNUSED)
{
    Str bundle;
    Err err = {0};
    assert_true(profile_bundle(arena, STR(arena, root, "/city"), &bundle, &err));
    assert_str(bundle, S("%%% base/flows/a.yaml\na: 1\n%%% base/flows/b.yaml\nb: 1\n"
                         "%%% base/profile.yaml\nprofile: base\n"
                         "%%% city/profile.yaml\nprofile: city\nextends: base\n"));
}

static void test_parts_stand_between_base_and_city_in_order(void **state UNUSED)
{
    Str bundle;
    Err err = {0};
    write_file("city/profile.yaml", "profile: city\nextends: base\nparts: [visit, none, event]\n");
    write_file("base/flows/b.yaml", "parts: [unused]\n");
    assert_true(profile_bundle(arena, STR(arena, root, "/city"), &bundle, &err));
    assert_true(str_ends(
        bundle, S("%%% base/profile.yaml\nprofile: base\n"
                  "%%% parts/event/kind.yaml\nkind: event\n"
                  "%%% parts/visit/kind.yaml\nkind: visit\n"
                  "%%% city/profile.yaml\nprofile: city\nextends: base\nparts: [visit, none, "
                  "event]\n")));
}

static void test_the_folder_may_be_named_in_any_way(void **state UNUSED)
{
    Str one, two;
    Err err = {0};
    assert_true(profile_bundle(arena, STR(arena, root, "/city"), &one, &err));
    assert_true(profile_bundle(arena, STR(arena, root, "/base/../city/"), &two, &err));
    assert_str(one, two);
}

static void test_what_is_no_folder_is_refused(void **state UNUSED)
{
    Str bundle;
    Err err = {0};
    assert_false(profile_bundle(arena, STR(arena, root, "/town"), &bundle, &err));
    assert_int_equal(err.message, MSG_profile_no_folder);
    assert_false(profile_bundle(arena, STR(arena, root, "/base/flows"), &bundle, &err));
}

static void test_a_marker_inside_a_file_is_refused(void **state UNUSED)
{
    Str bundle;
    Err err = {0};
    write_file("city/more.yaml", "a: 1\n%%% base/evil.yaml\n");
    assert_false(profile_bundle(arena, STR(arena, root, "/city"), &bundle, &err));
    assert_int_equal(err.message, MSG_profile_marker_inside);
}

static void test_a_circle_of_profiles_ends(void **state UNUSED)
{
    Str bundle;
    Err err = {0};
    write_file("base/profile.yaml", "profile: base\nextends: city\n");
    assert_false(profile_bundle(arena, STR(arena, root, "/city"), &bundle, &err));
    assert_int_equal(err.message, MSG_profile_extends_circle);
}

static void test_a_path_is_no_name_of_a_profile(void **state UNUSED)
{
    Str bundle;
    Err err = {0};
    write_file("city/profile.yaml", "profile: city\nextends: ../../etc\n");
    assert_true(profile_bundle(arena, STR(arena, root, "/city"), &bundle, &err));
    assert_false(str_has(bundle, S("base/")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_files_are_bundled_in_order),
        TEST(test_parts_stand_between_base_and_city_in_order),
        TEST(test_the_folder_may_be_named_in_any_way),
        TEST(test_what_is_no_folder_is_refused),
        TEST(test_a_marker_inside_a_file_is_refused),
        TEST(test_a_circle_of_profiles_ends),
        TEST(test_a_path_is_no_name_of_a_profile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
