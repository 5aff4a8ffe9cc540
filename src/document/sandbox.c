/* SPDX-License-Identifier: Apache-2.0 */
#include "document/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"

#if defined(__x86_64__)
#define THIS_MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_MACHINE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define THIS_MACHINE AUDIT_ARCH_RISCV64
#elif defined(__loongarch64)
#define THIS_MACHINE AUDIT_ARCH_LOONGARCH64
#else
#error "name this machine's AUDIT_ARCH_… here"
#endif

#define REFUSED   (SECCOMP_RET_ERRNO | EPERM)
#define MISSING   (SECCOMP_RET_ERRNO | ENOSYS)
#define RULES_MAX 512

/* Memory, the channels, time and the end. */
static const int pure[] = {
    SYS_read,           SYS_write,        SYS_readv,         SYS_writev,       SYS_close,
    SYS_lseek,          SYS_fstat,        SYS_brk,           SYS_mmap,         SYS_munmap,
    SYS_mremap,         SYS_mprotect,     SYS_madvise,       SYS_futex,        SYS_rt_sigaction,
    SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_clock_gettime, SYS_gettimeofday, SYS_getrandom,
    SYS_exit,           SYS_exit_group,   SYS_getpid,        SYS_gettid,       SYS_sigaltstack,
    SYS_sched_yield};

/* Files that are only read, and the thread in which Pango looks for fonts. */
static const int reading[] = {
    SYS_newfstatat,    SYS_statx,         SYS_fstatfs,         SYS_statfs,   SYS_getdents64,
    SYS_readlinkat,    SYS_faccessat,     SYS_pread64,         SYS_fcntl,    SYS_fadvise64,
    SYS_getcwd,        SYS_uname,         SYS_sysinfo,         SYS_getuid,   SYS_geteuid,
    SYS_getgid,        SYS_getegid,       SYS_set_robust_list, SYS_rseq,     SYS_sched_getaffinity,
    SYS_sched_getattr, SYS_sched_setattr, SYS_prctl,
#if defined(__x86_64__)
    SYS_stat,          SYS_lstat,         SYS_access,          SYS_readlink,
#endif
};

typedef struct Filter {
    struct sock_filter rules[RULES_MAX];
    unsigned short count;
} Filter;

static void add(Filter *filter, struct sock_filter rule)
{
    ASSERT(filter->count < RULES_MAX);
    filter->rules[filter->count++] = rule;
}

static void load(Filter *filter, size_t offset)
{
    add(filter, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void answer(Filter *filter, uint32_t what)
{
    add(filter, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what));
}

/* The next rule runs only when what was loaded equals `value`. */
static void when(Filter *filter, uint32_t value)
{
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
}

static void allow(Filter *filter, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        when(filter, (uint32_t)calls[i]);
        answer(filter, SECCOMP_RET_ALLOW);
    }
}

/* `call` is allowed when the bits of its argument that are in `mask` are `wanted`; else the rules
 * behind decide. Other calls jump over the five. */
static void allow_flags(Filter *filter, int call, int argument, uint32_t mask, uint32_t wanted)
{
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 5));
    load(filter, offsetof(struct seccomp_data, args) + (size_t)argument * sizeof(uint64_t));
    add(filter, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, mask));
    when(filter, wanted);
    answer(filter, SECCOMP_RET_ALLOW);
    load(filter, offsetof(struct seccomp_data, nr));
}

static void build(Filter *filter, Sandbox sandbox)
{
    load(filter, offsetof(struct seccomp_data, arch));
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_MACHINE, 1, 0));
    answer(filter, SECCOMP_RET_KILL_PROCESS);
    load(filter, offsetof(struct seccomp_data, nr));
    allow(filter, pure, COUNT_OF(pure));
    if (sandbox == SANDBOX_READ) {
        uint32_t changing = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;
        allow(filter, reading, COUNT_OF(reading));
        allow_flags(filter, SYS_clone, 0, CLONE_THREAD, CLONE_THREAD);
        allow_flags(filter, SYS_openat, 2, changing, O_RDONLY);
        /* Its flags lie in memory, where a filter cannot look: the C library then uses clone. */
        when(filter, SYS_clone3);
        answer(filter, MISSING);
    }
    answer(filter, REFUSED);
}

bool sandbox_enter(Sandbox sandbox, Err *err)
{
    Filter filter = {.count = 0};
    build(&filter, sandbox);
    struct sock_fprog program = {.len = filter.count, .filter = filter.rules};
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
        (void)err_set(err, ERR_ENVIRONMENT, MSG_document_not_closed_off);
        return false;
    }
    return true;
}
