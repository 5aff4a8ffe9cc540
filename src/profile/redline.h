/* SPDX-License-Identifier: Apache-2.0 */
/* redline.h - columns this project refuses to have.
 *
 * Domain rule 0.1: no column, dictionary entry or free field for a person's ethnicity, faith, party
 * or political standing, sector (界别), attitude, family, overseas ties or origin (PIPL arts. 6, 28,
 * 34: minimum necessity, sensitive personal information, state organs within their duties).
 *
 * The rule is about what a column *is*, not about words that occur in it. A text is refused when,
 * after dropping brackets, spaces and endings such as 情况, 代码, _code, it is such an attribute or
 * ends with one: 民族, 提出人民族, 政治面貌（必填）, submitter_ethnicity, "Religious belief". A list of
 * headers joined by 、 / , is refused when any part is. It passes when it ends with what makes it an
 * organisation, a matter, a place or money: 民族医药协会, 宗教事务局, 党校, 民族路, 政党协商,
 * 台资, 侨资企业. Values of dictionaries that say the same of a person are refused too: 汉族, 中共党员.
 */
#ifndef TONGXIN_PROFILE_REDLINE_H
#define TONGXIN_PROFILE_REDLINE_H

#include "base/str.h"

/* True when `text` (a field's name or label, a choice, a column header of a sheet) is refused;
 * `*ret_word` is then the attribute meant, a constant. `ret_word` may be NULL. Texts over 300 bytes
 * are no headers and pass. Any bytes are accepted. Thread-safe. */
bool redline_refuses(Str text, Str *ret_word);

#endif
