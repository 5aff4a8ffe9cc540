/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/control.h"

#include "cli_test.h"

/* A change that went over the socket is the change that was asked for: order and repetition of the
 * form's pairs included. */
static void a_change_travels_whole(void **state)
{
    Arena *arena = arena_open();
    FormPair pairs[] = {{S("zeta"), S("1")},
                        {S("alpha"), S("two\nlines \"and\" 引号")},
                        {S("zeta"), S("3")},
                        {S("f0001.odd"), S("")}};
    Change change = {.kind = S("suggestion"),
                     .record = 12,
                     .move = S("void"),
                     .at = 1703815200000000,
                     .frozen = S("{}"),
                     .form = {pairs, COUNT_OF(pairs)}};
    Values values = control_write(arena, &change), back;
    Buf text = buf_open(arena);
    Change got;
    (void)state;
    values_write(&text, &values);
    assert_true(values_parse(arena, buf_str(&text), &back, NULL));
    control_read(arena, &back, &got);
    assert_str(got.kind, change.kind);
    assert_str(got.move, change.move);
    assert_str(got.frozen, change.frozen);
    assert_int_equal(got.record, change.record);
    assert_int_equal(got.at, change.at);
    assert_int_equal(got.version, -1);
    assert_int_equal(got.form.n, change.form.n);
    for (size_t i = 0; i < got.form.n; i++) {
        assert_str(got.form.pairs[i].name, pairs[i].name);
        assert_str(got.form.pairs[i].text, pairs[i].text);
    }
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_change_travels_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
