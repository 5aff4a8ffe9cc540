/* SPDX-License-Identifier: Apache-2.0 */
/* Stands where tongxin-document stands, and behaves as its verb says. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

extern char **environ;

static void copy(int times)
{
    char bytes[65536];
    ssize_t size;
    while ((size = read(0, bytes, sizeof(bytes))) > 0) {
        for (int i = 0; i < times; i++) {
            if (write(1, bytes, (size_t)size) < 0)
                _exit(3);
        }
    }
}

static size_t limit(int what)
{
    struct rlimit both;
    (void)getrlimit(what, &both);
    return (size_t)both.rlim_cur;
}

/* What the child finds around it. */
static void look(void)
{
    char folder[64];
    int open_files = 0;
    sigset_t blocked;
    copy(0); /* limits are set when input comes */
    for (int file = 0; file < 64; file++)
        open_files += fcntl(file, F_GETFD) >= 0;
    (void)sigprocmask(SIG_SETMASK, NULL, &blocked);
    printf("env %d files %d folder %s pipe %d blocked %d group %d\n", environ[0] != NULL,
           open_files, getcwd(folder, sizeof(folder)), signal(SIGPIPE, SIG_DFL) == SIG_DFL,
           sigismember(&blocked, SIGTERM), getpgid(0) == getpid());
    printf("memory %zu cpu %zu file %zu core %zu\n", limit(RLIMIT_AS), limit(RLIMIT_CPU),
           limit(RLIMIT_FSIZE), limit(RLIMIT_CORE));
}

static void flood(FILE *file)
{
    for (;;) {
        if (fputs("0123456789abcdef0123456789abcdef", file) < 0)
            _exit(3);
    }
}

static void eat(void)
{
    for (volatile size_t i = 0;; i++) {
        char *bytes = malloc(1 << 20);
        if (bytes == NULL)
            abort();
        memset(bytes, 1, 1 << 20);
    }
}

static void act(const char *verb)
{
    if (strcmp(verb, "echo") == 0)
        copy(1);
    if (strcmp(verb, "double") == 0)
        copy(2);
    if (strcmp(verb, "look") == 0)
        look();
    if (strcmp(verb, "hang") == 0)
        pause();
    if (strcmp(verb, "mute") == 0) { /* closes its output and stays */
        close(1);
        close(2);
        pause();
    }
    if (strcmp(verb, "spin") == 0) {
        for (volatile int i = 0;; i++) {
        }
    }
    if (strcmp(verb, "flood") == 0)
        flood(stdout);
    if (strcmp(verb, "chatter") == 0)
        flood(stderr);
    if (strcmp(verb, "eat") == 0)
        eat();
    if (strcmp(verb, "die") == 0)
        raise(SIGSEGV);
    if (strcmp(verb, "deaf") == 0) /* does not read what it is given */
        puts("enough");
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    if (strcmp(argv[1], "refuse") == 0) {
        fputs("wrong\tdocument_input_wrong\t12\n", stderr);
        return 1;
    }
    if (strcmp(argv[1], "mumble") == 0) {
        fputs("something is wrong\n", stderr);
        return 1;
    }
    act(argv[1]);
    return 0;
}
