/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar/statutory.h"

#define TABLE_FIRST 2004

/* Month * 100 + day of the first day of the first lunar month, the fifth of the fifth, and the
 * fifteenth of the eighth. Computed once with npm chinese-days 1.5.7 (getSolarDateFromLunar) and
 * compared with the Chinese calendar of ICU 72: they differ in 2027 and 2030 only, where the new
 * moon falls within minutes of midnight at Beijing (6 February 2027 and 3 February 2030 are right).
 */
static const struct {
    uint16_t spring_festival, dragon_boat, mid_autumn;
} lunar_days[] = {
    {122, 622, 928},  {209, 611, 918},  {129, 531, 1006}, {218, 619, 925},  {207, 608, 914},
    {126, 528, 1003}, {214, 616, 922},  {203, 606, 912},  {123, 623, 930},  {210, 612, 919},
    {131, 602, 908},  {219, 620, 927},  {208, 609, 915},  {128, 530, 1004}, {216, 618, 924},
    {205, 607, 913},  {125, 625, 1001}, {212, 614, 921},  {201, 603, 910},  {122, 622, 929},
    {210, 610, 917},  {129, 531, 1006}, {217, 619, 925},  {206, 609, 915},  {126, 528, 1003},
    {213, 616, 922},  {203, 605, 912},  {123, 624, 1001}, {211, 612, 919},  {131, 601, 908},
    {219, 620, 927},  {208, 610, 916},  {128, 530, 1004}, {215, 618, 924},  {204, 607, 913},
    {124, 527, 1002}, {212, 614, 920},  {201, 603, 910},  {122, 622, 928},  {210, 611, 917},
    {130, 531, 1005}, {217, 619, 925},  {206, 608, 915},  {126, 529, 1004}, {214, 615, 922},
    {202, 604, 911},  {123, 623, 930},  {211, 613, 919},  {201, 601, 907},  {219, 620, 926},
    {208, 610, 916},  {128, 530, 1005}, {215, 617, 924},  {204, 606, 913},  {124, 625, 1002},
    {212, 614, 921},  {202, 603, 909},  {121, 622, 928},  {209, 611, 917},  {129, 601, 1006},
    {217, 619, 925},  {205, 608, 915},  {126, 528, 1003}, {214, 616, 923},  {203, 604, 911},
    {123, 623, 929},  {211, 613, 919},  {131, 602, 908},  {219, 620, 926},  {207, 610, 916},
    {127, 530, 1005}, {215, 617, 924},  {205, 606, 912},  {124, 624, 1001}, {212, 614, 920},
    {202, 604, 910},  {122, 622, 928},  {209, 611, 917},  {129, 601, 1006}, {217, 619, 926},
    {206, 607, 914},  {126, 527, 1003}, {214, 615, 922},  {203, 605, 911},  {124, 623, 929},
    {210, 613, 918},  {130, 602, 908},  {218, 621, 927},  {207, 609, 916},  {127, 529, 1005},
    {215, 617, 924},  {205, 606, 913},  {125, 624, 930},  {212, 614, 920},  {201, 604, 909},
    {121, 623, 929},
};

static const Label new_year = {S_CONST("元旦"), S_CONST("New Year's Day")};
static const Label spring_festival = {S_CONST("春节"), S_CONST("Spring Festival")};
static const Label qingming = {S_CONST("清明"), S_CONST("Tomb-sweeping Day")};
static const Label labour_day = {S_CONST("劳动节"), S_CONST("Labour Day")};
static const Label dragon_boat = {S_CONST("端午"), S_CONST("Dragon Boat Festival")};
static const Label mid_autumn = {S_CONST("中秋"), S_CONST("Mid-autumn Festival")};
static const Label national_day = {S_CONST("国庆节"), S_CONST("National Day")};

static const Label *find_solar(int month_day)
{
    if (month_day == 101)
        return &new_year;
    if (month_day == 501 || month_day == 502)
        return &labour_day;
    if (month_day >= 1001 && month_day <= 1003)
        return &national_day;
    return NULL;
}

/* The day in April of the solar term 清明, by the usual 21st century formula
 * [0.2422 y + 4.81] - [y / 4]; it agrees with chinese-days for every year of the table. */
static int qingming_day(int year)
{
    int of_century = year % 100;
    return (of_century * 2422 + 48100) / 10000 - of_century / 4;
}

static const Label *find_lunar(Day day, CivilDate date)
{
    if (date.year < TABLE_FIRST || date.year >= TABLE_FIRST + (int)COUNT_OF(lunar_days))
        return NULL;
    int row = date.year - TABLE_FIRST;
    int month_day = date.month * 100 + date.day;
    int first = lunar_days[row].spring_festival;
    Day festival = day_from_civil((CivilDate){date.year, first / 100, first % 100});
    if (day >= festival - 1 && day <= festival + 2)
        return &spring_festival;
    if (month_day == 400 + qingming_day(date.year))
        return &qingming;
    if (month_day == lunar_days[row].dragon_boat)
        return &dragon_boat;
    return month_day == lunar_days[row].mid_autumn ? &mid_autumn : NULL;
}

bool statutory_find(Day day, Label *ret_name)
{
    CivilDate date = day_to_civil(day);
    const Label *name = find_solar(date.month * 100 + date.day);
    if (!name)
        name = find_lunar(day, date);
    if (name)
        *ret_name = *name;
    return name != NULL;
}
