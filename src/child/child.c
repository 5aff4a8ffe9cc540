/* SPDX-License-Identifier: Apache-2.0 */
#include "child/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err_line.h"

#define PROGRAM     "tongxin-document"
#define STEP        ((size_t)64 * 1024) /* bytes read at once */
#define FILES_MAX   64                  /* open at once in the child: fonts and their caches */
#define WAIT_MS     5                   /* between two looks at a child that closed its output */
#define PATH_LENGTH 4096

/* Ends of the three channels. Standard input is a socket: writing to a child that is gone must not
 * raise SIGPIPE in whoever runs us. */
typedef struct Channels {
    int in[2], out[2], complaint[2]; /* [0] ours, [1] the child's; -1 when closed */
} Channels;

typedef struct Run {
    const ChildJob *job;
    Channels channels;
    pid_t pid;
    int64_t end_ms; /* CLOCK_MONOTONIC */
    Str left;       /* of the input */
    Buf output;
    char line[ERR_LINE_MAX]; /* what the child complained */
    size_t line_size;
    bool is_late, is_large;
} Run;

/* ---- where the program is ---- */

static Str program_path(Arena *arena)
{
    const char *named = getenv("TONGXIN_DOCUMENT");
    char self[PATH_LENGTH];
    if (named != NULL && named[0] != '\0')
        return str_dup(arena, str_from_c(named));
    ssize_t size = readlink("/proc/self/exe", self, sizeof(self));
    while (size > 0 && self[size - 1] != '/')
        size--;
    return STR(arena, ((Str){self, (size_t)MAX(size, 0)}), PROGRAM);
}

bool child_is_there(void)
{
    Arena *arena = arena_open();
    bool is_there = access(str_c(arena, program_path(arena)), X_OK) == 0;
    arena_close(arena);
    return is_there;
}

/* ---- channels ---- */

static void close_one(int *file)
{
    if (*file >= 0)
        (void)close(*file);
    *file = -1;
}

static void close_channels(Channels *channels)
{
    for (int i = 0; i < 2; i++) {
        close_one(&channels->in[i]);
        close_one(&channels->out[i]);
        close_one(&channels->complaint[i]);
    }
}

static bool make_unblocking(int file)
{
    return fcntl(file, F_SETFL, O_NONBLOCK) == 0;
}

/* False with errno. Whoever runs us without a standard input of its own would give us numbers that
 * the child needs for itself: refused. */
static bool open_channels(Channels *channels)
{
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channels->in) != 0 ||
        pipe2(channels->out, O_CLOEXEC) != 0 || pipe2(channels->complaint, O_CLOEXEC) != 0)
        return false;
    if (channels->in[0] <= STDERR_FILENO || channels->in[1] <= STDERR_FILENO ||
        channels->out[0] <= STDERR_FILENO || channels->out[1] <= STDERR_FILENO ||
        channels->complaint[0] <= STDERR_FILENO || channels->complaint[1] <= STDERR_FILENO) {
        errno = EBADF;
        return false;
    }
    return make_unblocking(channels->in[0]) && make_unblocking(channels->out[0]) &&
           make_unblocking(channels->complaint[0]);
}

/* ---- start and end ---- */

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* `hard` ends the child without a word, where the kernel tells the two apart. */
static bool set_limits_of(pid_t pid, int what, size_t soft, size_t hard)
{
    struct rlimit both = {.rlim_cur = soft, .rlim_max = hard};
    return prlimit(pid, what, &both, NULL) == 0;
}

static bool set_limit(pid_t pid, int what, size_t limit)
{
    return set_limits_of(pid, what, limit, limit);
}

/* The address sanitizer reserves terabytes of address space, so it cannot be limited. */
static bool limit_memory(pid_t pid, size_t limit)
{
#if defined(__SANITIZE_ADDRESS__)
    (void)pid, (void)limit;
    return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    (void)pid, (void)limit;
    return true;
#else
    return set_limit(pid, RLIMIT_AS, limit);
#endif
#else
    return set_limit(pid, RLIMIT_AS, limit);
#endif
}

/* The child reads its whole input before it does anything with it, and has none of it yet. */
static bool set_limits(pid_t pid, const ChildJob *job)
{
    size_t seconds = (size_t)job->cpu_seconds;
    return set_limits_of(pid, RLIMIT_CPU, seconds, seconds + 1) &&
           set_limit(pid, RLIMIT_FSIZE, 0) && set_limit(pid, RLIMIT_CORE, 0) &&
           set_limit(pid, RLIMIT_NOFILE, FILES_MAX) && limit_memory(pid, job->memory_max);
}

/* 0 or the number of the error. */
static int spawn(const char *path, const Channels *channels, const char *verb, pid_t *ret_pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    char *const arguments[] = {(char *)PROGRAM, (char *)(uintptr_t)verb, NULL};
    char *const environment[] = {NULL};
    (void)sigemptyset(&none);
    (void)sigfillset(&all);
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawnattr_init(&attributes);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                    POSIX_SPAWN_SETPGROUP);
    (void)posix_spawnattr_setsigmask(&attributes, &none);
    (void)posix_spawnattr_setsigdefault(&attributes, &all);
    int failed = posix_spawn_file_actions_adddup2(&actions, channels->in[1], STDIN_FILENO);
    failed |= posix_spawn_file_actions_adddup2(&actions, channels->out[1], STDOUT_FILENO);
    failed |= posix_spawn_file_actions_adddup2(&actions, channels->complaint[1], STDERR_FILENO);
    failed |= posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    failed |= posix_spawn_file_actions_addchdir_np(&actions, "/");
    if (failed == 0)
        failed = posix_spawn(ret_pid, path, &actions, &attributes, arguments, environment);
    (void)posix_spawnattr_destroy(&attributes);
    (void)posix_spawn_file_actions_destroy(&actions);
    return failed;
}

/* Waits for a child that has closed its output, ends it when its time is up, and reaps it. */
static int reap(Run *run)
{
    int status = 0;
    for (;;) {
        pid_t ended = waitpid(run->pid, &status, run->is_late || run->is_large ? 0 : WNOHANG);
        if (ended == run->pid)
            return status;
        if (ended < 0 && errno != EINTR)
            return -1;
        if (now_ms() >= run->end_ms && !run->is_late) {
            run->is_late = true;
            (void)kill(run->pid, SIGKILL);
        } else if (ended == 0) {
            (void)poll(NULL, 0, WAIT_MS);
        }
    }
}

/* ---- talking ---- */

static void feed(Run *run)
{
    ssize_t sent = send(run->channels.in[0], run->left.p, run->left.n, MSG_NOSIGNAL);
    if (sent > 0)
        run->left = str_slice(run->left, (size_t)sent, run->left.n);
    /* A child that wants no more has its reason, and says it elsewhere. */
    if (run->left.n == 0 || (sent < 0 && errno != EAGAIN && errno != EINTR))
        close_one(&run->channels.in[0]);
}

/* At the end of the output the channel is closed. */
static void take_output(Run *run)
{
    char bytes[STEP];
    ssize_t size = read(run->channels.out[0], bytes, sizeof(bytes));
    if (size > 0)
        buf_bytes(&run->output, bytes, (size_t)size);
    else if (size == 0 || (errno != EAGAIN && errno != EINTR))
        close_one(&run->channels.out[0]);
    run->is_large = !buf_ok(&run->output);
}

static void take_complaint(Run *run)
{
    char bytes[ERR_LINE_MAX];
    ssize_t size = read(run->channels.complaint[0], bytes, sizeof(bytes));
    size_t room = sizeof(run->line) - run->line_size;
    if (size > 0) { /* what is too long is read and dropped, so that the child goes on */
        memcpy(run->line + run->line_size, bytes, MIN(room, (size_t)size));
        run->line_size += MIN(room, (size_t)size);
    } else if (size == 0 || (errno != EAGAIN && errno != EINTR)) {
        close_one(&run->channels.complaint[0]);
    }
}

/* Until the child has closed both of its channels, or must be ended. */
static void talk(Run *run)
{
    Channels *channels = &run->channels;
    while ((channels->out[0] >= 0 || channels->complaint[0] >= 0) && !run->is_large) {
        struct pollfd files[] = {{.fd = channels->in[0], .events = POLLOUT},
                                 {.fd = channels->out[0], .events = POLLIN},
                                 {.fd = channels->complaint[0], .events = POLLIN}};
        int64_t left_ms = run->end_ms - now_ms();
        run->is_late = left_ms <= 0;
        if (run->is_late)
            break;
        if (poll(files, COUNT_OF(files), (int)left_ms) <= 0)
            continue;
        if (files[0].revents != 0)
            feed(run);
        if (files[1].revents != 0)
            take_output(run);
        if (files[2].revents != 0)
            take_complaint(run);
    }
    if (run->is_large || run->is_late)
        (void)kill(run->pid, SIGKILL);
}

/* ---- one run ---- */

static bool start(Arena *arena, Run *run, Err *err)
{
    const char *path = str_c(arena, program_path(arena));
    if (access(path, X_OK) != 0) {
        (void)err_set(err, ERR_ENVIRONMENT, MSG_child_missing);
        return err_hint(err, MSG_child_missing_hint);
    }
    if (!open_channels(&run->channels))
        return err_set(err, ERR_ENVIRONMENT, MSG_child_not_started);
    int failed = spawn(path, &run->channels, run->job->verb, &run->pid);
    if (failed != 0) {
        (void)err_set(err, ERR_ENVIRONMENT, MSG_child_not_started);
        return err_detail(err, str_from_c(strerrorname_np(failed)));
    }
    close_one(&run->channels.in[1]);
    close_one(&run->channels.out[1]);
    close_one(&run->channels.complaint[1]);
    if (!set_limits(run->pid, run->job)) {
        (void)kill(run->pid, SIGKILL);
        run->is_late = true; /* reap waits for it */
        (void)reap(run);
        return err_set(err, ERR_ENVIRONMENT, MSG_child_not_started);
    }
    return true;
}

static bool judge(Arena *arena, const Run *run, int status, Err *err)
{
    Str complaint = {run->line, run->line_size};
    if (run->is_large)
        return err_set(err, ERR_TOO_LARGE, MSG_child_large);
    if (run->is_late || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
        return err_set(err, ERR_UNAVAILABLE, MSG_child_late);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    if (err != NULL && WIFEXITED(status) && WEXITSTATUS(status) == 1 &&
        err_line_parse(complaint, err))
        return false;
    (void)err_set(err, ERR_INTERNAL, MSG_child_failed);
    return err_detail(
        err, STR(arena, PROGRAM " ", run->job->verb, WIFSIGNALED(status) ? ": signal " : ": exit ",
                 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status), " ", complaint));
}

bool child_run(Arena *arena, const ChildJob *job, Str *ret_output, Err *err)
{
    Run run = {.job = job,
               .channels = {{-1, -1}, {-1, -1}, {-1, -1}},
               .left = job->input,
               .output = buf_open_max(arena, job->output_max),
               .end_ms = now_ms() + job->deadline_ms};
    bool is_started = start(arena, &run, err);
    if (is_started)
        talk(&run);
    close_channels(&run.channels);
    if (!is_started || !judge(arena, &run, reap(&run), err))
        return false;
    *ret_output = buf_str(&run.output);
    return true;
}
