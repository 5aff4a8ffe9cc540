/* expect: sorry_localtime_is_banned */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

int year(time_t when);
int year(time_t when)
{
    return localtime(&when)->tm_year;
}
