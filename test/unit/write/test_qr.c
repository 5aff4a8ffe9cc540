/* SPDX-License-Identifier: Apache-2.0 */
/* What the code says is read back in test/http (test_pages, support/qr.py). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "write/qr.h"

static Str drawn(Arena *arena, Buf *buf, size_t bytes)
{
    Html html = html_open(buf, LANGUAGE_ZH);
    char *text = arena_alloc(arena, bytes + 1);
    memset(text, 'a', bytes);
    html_qr(&html, (Str){text, bytes}, S("<label>"));
    return buf_str(buf);
}

static void a_code_has_a_name_and_room_around_it(void **state)
{
    Arena *arena = arena_open();
    Buf buf = buf_open(arena);
    Str svg = drawn(arena, &buf, 10);
    (void)state;
    assert_true(str_has(svg, S("viewBox=\"-4 -4 29 29\"")));
    assert_true(str_has(svg, S("aria-label=\"&lt;label&gt;\"")));
    assert_true(str_has(svg, S("M0 0h7v1h-7z")));
    arena_close(arena);
}

static void what_is_empty_or_too_long_is_not_drawn(void **state)
{
    static const struct {
        size_t bytes;
        bool is_drawn;
    } rows[] = {{0, false}, {1, true}, {QR_TEXT_MAX, true}, {QR_TEXT_MAX + 1, false}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Arena *arena = arena_open();
        Buf buf = buf_open(arena);
        assert_int_equal(drawn(arena, &buf, rows[i].bytes).n > 0, rows[i].is_drawn);
        arena_close(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_has_a_name_and_room_around_it),
        cmocka_unit_test(what_is_empty_or_too_long_is_not_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
