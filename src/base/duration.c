/* SPDX-License-Identifier: Apache-2.0 */
#include "base/duration.h"

#include "base/number.h"

static bool unit_parse(Str word, DurationUnit *ret_unit)
{
    static const struct {
        Str word;
        DurationUnit unit;
    } units[] = {
        {S_CONST("workday"), DURATION_WORKDAY},  {S_CONST("workdays"), DURATION_WORKDAY},
        {S_CONST("day"), DURATION_CALENDAR_DAY}, {S_CONST("days"), DURATION_CALENDAR_DAY},
        {S_CONST("month"), DURATION_MONTH},      {S_CONST("months"), DURATION_MONTH},
    };
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        if (str_eq(units[i].word, word)) {
            *ret_unit = units[i].unit;
            return true;
        }
    }
    return false;
}

bool duration_parse(Str text, Duration *ret_duration)
{
    Str rest = text, amount, unit;
    int64_t number;
    Duration duration = {.start = DURATION_NEXT_DAY, .roll = true};
    if (!str_next(&rest, ' ', &amount) || !str_next(&rest, ' ', &unit) || rest.n > 0)
        return false;
    if (!int_parse(amount, &number) || number < 1 || number > DURATION_AMOUNT_MAX ||
        !unit_parse(unit, &duration.unit))
        return false;
    duration.amount = (int)number;
    *ret_duration = duration;
    return true;
}
