/* SPDX-License-Identifier: Apache-2.0 */
#include "base_test.h"

#include "base/message.h"
#include "base/utf8.h"

static void every_message_is_whole(void **state)
{
    (void)state;
    assert_int_equal(MSG_none, 0);
    for (int id = 0; id < MSG__COUNT; id++) {
        for (int language = 0; language < LANGUAGE__COUNT; language++) {
            Str text = message(id, language);
            assert_int_equal(text.n > 0, id != MSG_none);
            assert_true(utf8_is_clean(text));
        }
        assert_int_equal(message_key(id).n > 0, id != MSG_none);
    }
    assert_str(message_key(MSG_no_such_record), S("no_such_record"));
}

static void holes_are_filled(void **state)
{
    (void)state;
    Arena *arena = arena_open();
    Str args[] = {S("{0}"), S("b")};
    assert_str(message(MSG_no_such_record, LANGUAGE_EN), S("{0} was not found"));
    assert_str(message_fill(arena, MSG_no_such_record, LANGUAGE_EN, args, 2),
               S("{0} was not found"));
    assert_str(message_fill(arena, MSG_no_such_record, LANGUAGE_ZH, args + 1, 1), S("没有找到b"));
    assert_str(message_fill(arena, MSG_no_such_record, LANGUAGE_ZH, NULL, 0), S("没有找到"));
    assert_str(message_fill(arena, MSG_none, LANGUAGE_ZH, NULL, 0), S(""));
    arena_close(arena);
}

static void a_label_falls_back_to_the_other_language(void **state)
{
    (void)state;
    Label both = {.zh = S("诉求"), .en = S("request")};
    Label one = {.zh = S("诉求")};
    assert_str(label_text(both, LANGUAGE_ZH), S("诉求"));
    assert_str(label_text(both, LANGUAGE_EN), S("request"));
    assert_str(label_text(one, LANGUAGE_EN), S("诉求"));
}

static void ask_unknown(void *id)
{
    message(*(MessageId *)id, LANGUAGE_ZH);
}

static void an_unknown_message_is_our_own_mistake(void **state)
{
    (void)state;
    MessageId id = MSG__COUNT;
    assert_aborts(ask_unknown, &id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_message_is_whole),
        cmocka_unit_test(holes_are_filled),
        cmocka_unit_test(a_label_falls_back_to_the_other_language),
        cmocka_unit_test(an_unknown_message_is_our_own_mistake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
