/* SPDX-License-Identifier: Apache-2.0 */
/* expect: expected '}' */
#include "base/str.h"

Str wrap(const char *user);
Str wrap(const char *user)
{
    return S(user);
}
