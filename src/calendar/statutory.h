/* SPDX-License-Identifier: Apache-2.0 */
/* statutory.h - the 13 statutory days of a year whose notice is not known.
 *
 * 全国年节及纪念日放假办法 (2024) art. 2: New Year 1 day; Spring Festival 4, the eve to the third day
 * of the first month; Qingming 1; Labour Day 2; Dragon Boat 1; Mid-Autumn 1; National Day 3.
 */
#ifndef TONGXIN_STATUTORY_H
#define TONGXIN_STATUTORY_H

#include "base/message.h"
#include "base/moment.h"

/* True when `day` is one of the 13 days; gives its name. For the years 2004 to 2099; outside them
 * only the days of the solar calendar are known (New Year, Labour Day, National Day). */
bool statutory_find(Day day, Label *ret_name);

#endif
