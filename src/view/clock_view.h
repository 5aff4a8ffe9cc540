/* SPDX-License-Identifier: Apache-2.0 */
/* clock_view.h - a record's deadline in words and as a strip of days; for the files of this
 * room. */
#ifndef TONGXIN_VIEW_CLOCK_VIEW_H
#define TONGXIN_VIEW_CLOCK_VIEW_H

#include "view/field_view.h"

/* 还剩3个工作日, 超期2天, 暂停计时; of a closed record 按期 or 超期; empty without a deadline. */
Str clock_left(const Visit *visit, const Values *values);
/* With the strip of days when `strip`. */
ClockView clock_view(Visit *visit, const Values *values, bool strip);

#endif
