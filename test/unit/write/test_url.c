/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "write/url.h"

#define assert_str(actual, expected) assert_true(str_eq((actual), S(expected)))

static int open_arena(void **state)
{
    *state = arena_open();
    return 0;
}

static int close_arena(void **state)
{
    arena_close(*state);
    return 0;
}

static void everything_from_outside_is_encoded(void **state)
{
    Url url = url_open(*state, S("/records/"));
    url_segment(&url, S("a/../b"));
    url_segment_int(&url, 12);
    url_query(&url, S("q"), S("中 &=#"));
    url_query_int(&url, S("n"), -1);
    url_query(&url, S("empty"), S(""));
    assert_str(url_text(&url), "/records/a%2F..%2Fb/12?q=%E4%B8%AD%20%26%3D%23&n=-1&empty=");
}

static void no_segment_can_make_another_host(void **state)
{
    Url url = url_open(*state, S("/"));
    url_segment(&url, S(""));
    url_segment(&url, S("example.org"));
    assert_str(url_text(&url), "/example.org");
}

static void only_paths_of_this_site_come_back_in(void **state)
{
    static const Str BAD[] = {
        S_CONST(""),           S_CONST("desk"),        S_CONST("//example.org"),
        S_CONST("/\\example"), S_CONST("javascript:"), S_CONST("https://example.org/"),
        S_CONST("/a\nb"),      S_CONST("/\t/a"),       S_CONST("/中"),
        S_CONST("/a b"),
    };
    Url url;
    for (size_t i = 0; i < COUNT_OF(BAD); i++)
        assert_false(url_parse(*state, BAD[i], &url));
    assert_true(url_parse(*state, S("/records/suggestion?light=red"), &url));
    url_query(&url, S("a"), S("b"));
    assert_str(url_text(&url), "/records/suggestion?light=red&a=b");
}

static bool stands_for_itself(unsigned char byte)
{
    const char *unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    return byte != 0 && strchr(unreserved, byte) != NULL;
}

static void every_byte_is_itself_or_three_characters(void **state)
{
    for (int byte = 0; byte < 256; byte++) {
        char text[1] = {(char)byte};
        Buf buf = buf_open(*state);
        url_encode(&buf, (Str){text, 1});
        if (stands_for_itself((unsigned char)byte)) {
            assert_true(str_eq(buf_str(&buf), (Str){text, 1}));
            continue;
        }
        assert_int_equal(buf_str(&buf).n, 3);
        assert_int_equal(buf_str(&buf).p[0], '%');
    }
}

#define with_arena(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_arena(everything_from_outside_is_encoded),
        with_arena(no_segment_can_make_another_host),
        with_arena(only_paths_of_this_site_come_back_in),
        with_arena(every_byte_is_itself_or_three_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
