/* SPDX-License-Identifier: Apache-2.0 */
#include "base_test.h"

#include <pthread.h>

#include "base/log.h"

static char output[1 << 20];

/* Standard error goes into a file while `run` runs; gives what was written. */
static Str capture(void (*run)(void))
{
    FILE *file = tmpfile();
    int kept = dup(STDERR_FILENO);
    assert_non_null(file);
    dup2(fileno(file), STDERR_FILENO);
    run();
    dup2(kept, STDERR_FILENO);
    close(kept);
    rewind(file);
    size_t n = fread(output, 1, sizeof(output), file);
    fclose(file);
    return (Str){output, n};
}

static void one_event(void)
{
    log_event(LOG_INFO, S("request"), S("a \"b\"\n\xff 诉"));
}

static void an_event_is_one_line_of_json(void **state)
{
    (void)state;
    Str line = capture(one_event);
    assert_true(str_starts(line, S("{\"at\":\"20")));
    assert_true(str_ends(line, S("+08:00\",\"level\":\"info\",\"event\":\"request\","
                                 "\"text\":\"a \\\"b\\\"\\n? 诉\"}\n")));
    assert_int_equal(str_find(line, S("\n"), 0), line.n - 1);
}

static void quiet_event(void)
{
    log_event(LOG_DEBUG, S("x"), S("y"));
}

static void debug_events_are_dropped(void **state)
{
    (void)state;
    assert_int_equal(capture(quiet_event).n, 0);
}

static void log_failure(void)
{
    Err err = {0};
    err_set_at(&err, ERR_INTERNAL, "../work/src/base/x.c", 12, MSG_value_unreadable, S("secret"),
               (Str){0}, (Str){0});
    err_detail(&err, S("while folding"));
    log_err(S("change"), &err);
}

static void an_err_is_logged_without_its_arguments(void **state)
{
    (void)state;
    Str line = capture(log_failure);
    assert_true(str_ends(line, S("\"level\":\"error\",\"event\":\"change\",\"code\":\"internal\","
                                 "\"message\":\"value_unreadable\",\"place\":\"src/base/x.c:12\","
                                 "\"detail\":\"while folding\"}\n")));
    assert_false(str_has(line, S("secret")));
}

static void *many(void *argument)
{
    (void)argument;
    char text[2000];
    memset(text, 'x', sizeof(text));
    for (int i = 0; i < 50; i++)
        log_event(LOG_INFO, S("many"), (Str){text, sizeof(text)});
    return NULL;
}

static void from_two_threads(void)
{
    pthread_t threads[2];
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, many, NULL), 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        pthread_join(threads[i], NULL);
}

static void threads_do_not_tear_lines(void **state)
{
    (void)state;
    Str rest = capture(from_two_threads);
    Str line;
    int count = 0;
    while (str_next(&rest, '\n', &line)) {
        assert_true(str_starts(line, S("{\"at\"")));
        assert_true(str_ends(line, S("x\"}")));
        count++;
    }
    assert_int_equal(count, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_one_line_of_json),
        cmocka_unit_test(debug_events_are_dropped),
        cmocka_unit_test(an_err_is_logged_without_its_arguments),
        cmocka_unit_test(threads_do_not_tear_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
