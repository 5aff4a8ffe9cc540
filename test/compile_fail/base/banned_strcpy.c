/* expect: sorry_strcpy_is_banned */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

void copy(char *to, const char *from);
void copy(char *to, const char *from)
{
    strcpy(to, from);
}
