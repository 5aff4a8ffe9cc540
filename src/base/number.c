/* SPDX-License-Identifier: Apache-2.0 */
#include "base/number.h"

#define SCALE_MAX 9

/* Takes digits off the front of `*rest` into `*number`, counting down so that INT64_MIN fits; at
 * most `limit` of them. False on overflow. */
static bool take_digits(Str *rest, size_t limit, int64_t *number)
{
    size_t i = 0;
    for (; i < rest->n && i < limit && rest->p[i] >= '0' && rest->p[i] <= '9'; i++) {
        if (__builtin_mul_overflow(*number, 10, number) ||
            __builtin_sub_overflow(*number, rest->p[i] - '0', number))
            return false;
    }
    *rest = str_slice(*rest, i, rest->n);
    return true;
}

static bool take_sign(Str *rest)
{
    bool negative = str_starts(*rest, S("-"));
    if (negative || str_starts(*rest, S("+")))
        *rest = str_slice(*rest, 1, rest->n);
    return negative;
}

/* `number` is below zero or zero, as take_digits leaves it. */
static bool give_sign(int64_t number, bool negative, int64_t *ret_number)
{
    if (!negative && number == INT64_MIN)
        return false;
    *ret_number = negative ? number : -number;
    return true;
}

bool int_parse(Str text, int64_t *ret_number)
{
    return !str_has(text, S(".")) && decimal_parse(text, 0, ret_number);
}

/* The part after the point, filled up to `scale` digits; only zeros may follow. */
static bool take_fraction(Str *rest, int scale, int64_t *number)
{
    size_t before = rest->n;
    if (!take_digits(rest, (size_t)scale, number))
        return false;
    for (size_t i = before - rest->n; i < (size_t)scale; i++)
        if (__builtin_mul_overflow(*number, 10, number))
            return false;
    while (str_starts(*rest, S("0")))
        *rest = str_slice(*rest, 1, rest->n);
    return rest->n == 0;
}

bool decimal_parse(Str text, int scale, int64_t *ret_number)
{
    ASSERT(scale >= 0 && scale <= SCALE_MAX);
    Str rest = text;
    int64_t number = 0;
    bool negative = take_sign(&rest);
    size_t before = rest.n;
    if (!take_digits(&rest, SIZE_MAX, &number) || rest.n == before)
        return false;
    if (rest.n == 1 || (rest.n > 0 && rest.p[0] != '.'))
        return false;
    rest = str_slice(rest, 1, rest.n);
    return take_fraction(&rest, scale, &number) && give_sign(number, negative, ret_number);
}

static uint64_t magnitude(int64_t number)
{
    return number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
}

static uint64_t power_of_ten(int exponent)
{
    uint64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

void decimal_write(Buf *buf, int64_t number, int scale, bool trim)
{
    ASSERT(scale >= 0 && scale <= SCALE_MAX);
    uint64_t unit = power_of_ten(scale);
    uint64_t fraction = magnitude(number) % unit;
    if (number < 0)
        buf_byte(buf, '-');
    buf_int(buf, (int64_t)(magnitude(number) / unit));
    while (trim && scale > 0 && fraction % 10 == 0) {
        fraction /= 10;
        scale--;
    }
    if (scale == 0)
        return;
    buf_byte(buf, '.');
    buf_int_padded(buf, (int64_t)fraction, scale);
}

void decimal_write_grouped(Buf *buf, int64_t number, int scale)
{
    ASSERT(scale >= 0 && scale <= SCALE_MAX);
    uint64_t whole = magnitude(number) / power_of_ten(scale), power = 1;
    uint64_t fraction = magnitude(number) % power_of_ten(scale);
    while (whole / power >= 1000)
        power *= 1000;
    if (number < 0)
        buf_byte(buf, '-');
    buf_int(buf, (int64_t)(whole / power));
    for (power /= 1000; power > 0; power /= 1000) {
        buf_byte(buf, ',');
        buf_int_padded(buf, (int64_t)(whole / power % 1000), 3);
    }
    if (fraction == 0)
        return;
    buf_byte(buf, '.');
    buf_int_padded(buf, (int64_t)fraction, scale);
}

int64_t add_checked(int64_t a, int64_t b)
{
    int64_t sum = 0;
    ASSERT(!__builtin_add_overflow(a, b, &sum));
    return sum;
}
