/* SPDX-License-Identifier: Apache-2.0 */
/* Each try runs in a process of its own that has given up its rights. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "document/sandbox.h"

static void *nothing(void *context)
{
    return context;
}

static bool can_think(void)
{
    void *page = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page != MAP_FAILED && munmap(page, 1 << 20) == 0 && write(STDOUT_FILENO, "", 0) == 0;
}
static bool can_read_file(void)
{
    return open("/etc/passwd", O_RDONLY) >= 0;
}
static bool can_thread(void)
{
    pthread_t thread;
    return pthread_create(&thread, NULL, nothing, NULL) == 0 && pthread_join(thread, NULL) == 0;
}
static bool can_scratch(void)
{
    return open("/tmp", O_TMPFILE | O_RDWR, 0600) >= 0 || memfd_create("x", 0) >= 0;
}
static bool can_overwrite(void)
{
    return open("/dev/null", O_WRONLY) >= 0 || open("/dev/null", O_RDWR | O_APPEND) >= 0;
}
static bool can_connect(void)
{
    int pair[2];
    return socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ||
           socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0;
}
static bool can_fork(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid > 0;
}
static bool can_execute(void)
{
    char *const arguments[] = {(char[]){"true"}, NULL};
    (void)execve("/bin/true", arguments, NULL);
    return false; /* when it can, the process ends with 0, not with 1 */
}
static bool can_signal(void)
{
    return kill(getppid(), 0) == 0;
}
static bool can_trace(void)
{
    return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}
static bool can_rename(void)
{
    return rename("/tmp/.tongxin-no", "/tmp/.tongxin-none") == 0 || errno == ENOENT;
}
static bool can_make_folder(void)
{
    return mkdir("/etc/passwd", 0700) == 0 || errno == EEXIST;
}

/* 1 yes, 0 no, -1 the process was ended or could not give up its rights. */
static int can(Sandbox sandbox, bool (*attempt)(void))
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        Err err = {0};
        if (!sandbox_enter(sandbox, &err))
            _exit(2);
        _exit(attempt() ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) && WEXITSTATUS(status) < 2 ? WEXITSTATUS(status) == 0 : -1;
}

static void each_has_only_what_it_needs(void **state)
{
    static const struct {
        const char *name;
        bool (*attempt)(void);
        int pure, read;
    } rows[] = {
        {"think", can_think, 1, 1},
        {"read a file", can_read_file, 0, 1},
        {"thread", can_thread, 0, 1},
        {"scratch file", can_scratch, 0, 0},
        {"connect", can_connect, 0, 0},
        {"fork", can_fork, 0, 0},
        {"execute", can_execute, 0, 0},
        {"signal", can_signal, 0, 0},
        {"trace", can_trace, 0, 0},
        {"rename", can_rename, 0, 0},
        {"make a folder", can_make_folder, 0, 0},
        {"overwrite", can_overwrite, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int wanted[SANDBOX__COUNT] = {rows[i].pure, rows[i].read};
        for (Sandbox sandbox = 0; sandbox < SANDBOX__COUNT; sandbox++) {
            int found = can(sandbox, rows[i].attempt);
            if (found != wanted[sandbox])
                print_error("%s in sandbox %d: %d\n", rows[i].name, (int)sandbox, found);
            assert_int_equal(found, wanted[sandbox]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_has_only_what_it_needs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
