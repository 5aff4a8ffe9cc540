/* SPDX-License-Identifier: Apache-2.0 */
/* expect: sorry_strcpy_is_banned */
#include "base/base.h"

void copy(char *to, const char *from);
void copy(char *to, const char *from)
{
    strcpy(to, from);
}
