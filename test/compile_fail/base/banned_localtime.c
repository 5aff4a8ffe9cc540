/* SPDX-License-Identifier: Apache-2.0 */
/* expect: sorry_localtime_is_banned */
#include "base/base.h"

int year(time_t when);
int year(time_t when)
{
    return localtime(&when)->tm_year;
}
