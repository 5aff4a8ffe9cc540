/* SPDX-License-Identifier: Apache-2.0 */
#include "test_support.h"

#include "db/db_lock.h"

#include <sys/wait.h>

static void second_taker_does_not_hold(void **state)
{
    Fixture *f = *state;
    SiteLock one = {0}, two = {0};
    must(site_lock_take(f->dir, &one, &f->err), &f->err);
    assert_true(one.held);
    must(site_lock_take(f->dir, &two, &f->err), &f->err);
    assert_false(two.held);
    site_lock_release(&two); /* must not give up the other's */
    must(site_lock_take(f->dir, &two, &f->err), &f->err);
    assert_false(two.held);
    site_lock_release(&one);
    site_lock_release(&one);
    must(site_lock_take(f->dir, &two, &f->err), &f->err);
    assert_true(two.held);
    site_lock_release(&two);
}

/* Also between processes, and it ends with the process that holds it. */
static void lock_ends_with_its_process(void **state)
{
    Fixture *f = *state;
    int ready[2], stop[2];
    char byte = 0;
    assert_int_equal(pipe(ready) | pipe(stop), 0);
    pid_t child = fork();
    if (child == 0) {
        SiteLock lock = {0};
        byte = site_lock_take(f->dir, &lock, NULL) && lock.held ? 'y' : 'n';
        close(stop[1]);
        if (write(ready[1], &byte, 1) != 1 || read(stop[0], &byte, 1) != 0)
            _exit(1);
        _exit(0); /* without releasing */
    }
    close(stop[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    SiteLock lock = {0};
    must(site_lock_take(f->dir, &lock, &f->err), &f->err);
    assert_false(lock.held);
    close(stop[1]);
    waitpid(child, NULL, 0);
    must(site_lock_take(f->dir, &lock, &f->err), &f->err);
    assert_true(lock.held);
    site_lock_release(&lock);
    close(ready[0]);
    close(ready[1]);
}

static void missing_folder_is_an_error(void **state)
{
    Fixture *f = *state;
    SiteLock lock = {0};
    must_not(site_lock_take(STR(f->arena, f->dir, "/none"), &lock, &f->err), f, ERR_ENVIRONMENT);
    assert_int_equal(f->err.message, MSG_db_lock_failed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(second_taker_does_not_hold),
                                       TEST(lock_ends_with_its_process),
                                       TEST(missing_folder_is_an_error)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
