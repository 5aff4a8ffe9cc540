/* SPDX-License-Identifier: Apache-2.0 */
/* base.h - the words every file speaks.
 *
 * Included first by every header of the project. It brings fixed-width integers, the attribute
 * macros, ASSERT, and the ban on functions that have hurt others (banned.h). Nothing here
 * allocates.
 */
#ifndef TONGXIN_BASE_H
#define TONGXIN_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The result must be looked at; ignoring it is a compile error under -Werror. */
#define NODISCARD __attribute__((warn_unused_result))
#define UNUSED    __attribute__((unused))

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define MIN(a, b)       ((a) < (b) ? (a) : (b))
#define MAX(a, b)       ((a) > (b) ? (a) : (b))

/* A broken promise between two of our own functions: prints and aborts, also in release builds.
 * Never used on input; input gets an Err. */
#define ASSERT(condition)                                  \
    do {                                                   \
        if (!(condition))                                  \
            assert_failed(#condition, __FILE__, __LINE__); \
    } while (0)

/* What ASSERT calls; never called by hand. */
__attribute__((noreturn)) void assert_failed(const char *condition, const char *file, int line);

#include "base/banned.h"

#endif
