/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

_Noreturn void assert_failed(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: broken promise: %s\n", file, line, condition);
    abort();
}
