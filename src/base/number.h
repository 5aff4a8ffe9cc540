/* SPDX-License-Identifier: Apache-2.0 */
/* number.h - integers and fixed-point decimals from and to text. Locale-free, overflow-checked. */
#ifndef TONGXIN_NUMBER_H
#define TONGXIN_NUMBER_H

#include "base/buf.h"

/* Decimal integer with optional sign and nothing else. */
bool int_parse(Str text, int64_t *ret_number);
/* "12.5" at scale 2 gives 1250; more digits than `scale` (0..9) are refused, unless zeros. */
bool decimal_parse(Str text, int scale, int64_t *ret_number);
/* 1250 at scale 2 gives "12.50"; `trim` drops trailing zeros: "12.5". */
void decimal_write(Buf *buf, int64_t number, int scale, bool trim);
/* 249500000 at scale 2 gives "2,495,000", 250 "2.50": thousands set apart, and the fraction in full
 * or, when it is zero, not at all. */
void decimal_write_grouped(Buf *buf, int64_t number, int scale);
/* Addition that ASSERTs on overflow: counts and money never wrap. */
int64_t add_checked(int64_t a, int64_t b);

#endif
