/* SPDX-License-Identifier: Apache-2.0 */
/* child.h - runs `tongxin-document`, the second program, once: bytes in, one file or one error out.
 *
 * Libraries that are large or read what strangers made (ZIP, XML, fonts) live in that program, so
 * that the server stays small and a parser that is fooled has nothing to take (ADR 0012). It stands
 * beside the running program; the environment variable TONGXIN_DOCUMENT names another place.
 *
 * The child gets an empty environment, no descriptor but its three, limits of memory, processor
 * time and bytes out, no right to write a file, and a deadline; the rest of the world it closes off
 * itself (document/sandbox.h). Whatever happens it is ended and reaped before child_run returns.
 *
 * Blocks until then: only from pooled routes (ROUTE_POOLED), commands and tasks. Any thread.
 */
#ifndef TONGXIN_CHILD_H
#define TONGXIN_CHILD_H

#include "base/err.h"

typedef struct ChildJob {
    const char *verb;  /* what to do: a row of the table in document/main.c */
    Str input;         /* all of its standard input */
    size_t output_max; /* bytes of the answer; more is ERR_TOO_LARGE */
    size_t memory_max; /* bytes of address space, libraries and mapped fonts included */
    int cpu_seconds;   /* processor time, 1.. */
    int deadline_ms;   /* time on the clock, 1.. */
} ChildJob;

/* Whether the second program is there and may be run. */
bool child_is_there(void);

/* The answer is in `arena`. Errors: what the child said itself (base/err_line.h), with its code and
 * its sentence; ERR_ENVIRONMENT when it is missing or cannot be started; ERR_TOO_LARGE for too long
 * an answer; ERR_UNAVAILABLE when its time was up; ERR_INTERNAL when it ended in any other way. */
NODISCARD bool child_run(Arena *arena, const ChildJob *job, Str *ret_output, Err *err);

#endif
