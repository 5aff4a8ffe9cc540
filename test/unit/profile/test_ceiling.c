/* SPDX-License-Identifier: Apache-2.0 */
/* What an assessment may not count, told by the words. */
#include "support.h"

#include "profile/ceiling.h"

static void barred_words_are_refused(void **state)
{
    static const Str texts[] = {
        S_CONST("领导批示件数"),          S_CONST("媒体刊发篇数"),        S_CONST("点赞数"),
        S_CONST("Leaders' instructions"), S_CONST("Pieces in the media"), S_CONST("Likes"),
        S_CONST("photos_kept"),           S_CONST("线上打卡率"),          S_CONST("投诉量"),
    };
    Str word = {0};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        if (!ceiling_refuses(texts[i], &word))
            fail_msg("passed: %.*s", (int)texts[i].n, texts[i].p);
        assert_true(word.n > 0);
    }
}

static void ordinary_ones_pass(void **state)
{
    static const Str texts[] = {
        S_CONST("按期答复率"), S_CONST("满意率"),
        S_CONST("调解成功率"), S_CONST("Success rate of mediation"),
        S_CONST("Likelihood"), S_CONST("intermediate"),
        S_CONST(""),
    };
    Str word;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (ceiling_refuses(texts[i], &word))
            fail_msg("refused: %.*s", (int)texts[i].n, texts[i].p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(barred_words_are_refused),
        cmocka_unit_test(ordinary_ones_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
