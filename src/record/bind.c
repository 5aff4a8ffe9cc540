/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers, dates and choices of a form. */
#include "record/bind.h"

#include "base/number.h"

#define YEAR_FIRST 1900
#define YEAR_LAST  2200

/* ---- numbers ---- */

int field_scale(const Field *field)
{
    if (field->type == FIELD_MONEY)
        return field->wan ? 6 : 2;
    return field->type == FIELD_DECIMAL ? field->scale : 0;
}

bool bind_number(Bind *bind, const BindField *sent, Value *ret)
{
    const Field *field = sent->field;
    Str text = text_narrow(bind->arena, sent->texts[0]);
    int64_t number;
    int scale = field_scale(field);
    if (!decimal_parse(text, scale, &number))
        return bind_wrong(bind, field->name, scale ? MSG_form_number : MSG_form_whole_number,
                          STR(bind->arena, scale), S(""));
    if (number < field->min)
        return bind_wrong(bind, field->name, MSG_form_too_small,
                          form_value_text(bind->arena, NULL, field, value_int(field->min)), S(""));
    if (number > field->max)
        return bind_wrong(bind, field->name, MSG_form_too_large,
                          form_value_text(bind->arena, NULL, field, value_int(field->max)), S(""));
    *ret = value_int(number);
    return true;
}

/* ---- dates ---- */

/* Takes an integer and the separator behind it (a letter of `ends`, or the end of the text) off
 * `*rest`. */
static bool take_part(Str *rest, const Str *ends, size_t count, int *ret_number)
{
    size_t digits = 0;
    int64_t number;
    while (digits < rest->n && rest->p[digits] >= '0' && rest->p[digits] <= '9')
        digits++;
    if (digits == 0 || digits > 4 || !int_parse(str_slice(*rest, 0, digits), &number))
        return false;
    *rest = str_slice(*rest, digits, rest->n);
    *ret_number = (int)number;
    for (size_t i = 0; i < count; i++) {
        if (str_starts(*rest, ends[i])) {
            *rest = str_slice(*rest, ends[i].n, rest->n);
            return true;
        }
    }
    return rest->n == 0;
}

/* 2023-10-20, 2023/10/20, 2023.10.20, 2023年10月20日 */
static bool date_parse(Str text, Day *ret_day)
{
    static const Str ends[] = {S_CONST("-"),  S_CONST("/"),  S_CONST("."),
                               S_CONST("年"), S_CONST("月"), S_CONST("日")};
    CivilDate date;
    Day day;
    if (!take_part(&text, ends, COUNT_OF(ends), &date.year) ||
        !take_part(&text, ends, COUNT_OF(ends), &date.month) ||
        !take_part(&text, ends + 5, 1, &date.day) || text.n)
        return false;
    if (date.year < YEAR_FIRST || date.year > YEAR_LAST || date.month < 1 || date.month > 12 ||
        date.day < 1 || date.day > month_length(date.year, date.month))
        return false;
    day = day_from_civil(date);
    *ret_day = day;
    return day != 0;
}

bool bind_date(Bind *bind, const BindField *sent, Value *ret)
{
    Day day;
    if (!date_parse(text_narrow(bind->arena, sent->texts[0]), &day))
        return bind_wrong(bind, sent->field->name, MSG_form_date, S(""), S(""));
    *ret = value_int(day);
    return true;
}

/* ---- yes or no, and choices ---- */

bool bind_yes_no(Bind *bind, const BindField *sent, Value *ret)
{
    static const Str yes[] = {S_CONST("1"), S_CONST("yes"), S_CONST("true"), S_CONST("on"),
                              S_CONST("是")};
    static const Str no[] = {S_CONST("0"), S_CONST("no"), S_CONST("false"), S_CONST("off"),
                             S_CONST("否")};
    Str text = str_lower(bind->arena, text_narrow(bind->arena, sent->texts[0]));
    for (size_t i = 0; i < COUNT_OF(yes); i++) {
        if (str_eq(text, yes[i]) || str_eq(text, no[i])) {
            *ret = value_int(str_eq(text, yes[i]));
            return true;
        }
    }
    return bind_wrong(bind, sent->field->name, MSG_form_yes_no, S(""), S(""));
}

/* By code; also by its label, as sheets have it. */
static const Choice *choice_of(const ChoiceList *list, Str text)
{
    const Choice *choice = choice_find(list, text);
    for (size_t i = 0; i < list->n && !choice; i++)
        if (str_eq(list->items[i].label.zh, text) || str_eq(list->items[i].label.en, text))
            choice = &list->items[i];
    return choice;
}

/* What is not among the choices, with the one that was probably meant. */
static bool choice_wrong(Bind *bind, const Field *field, Str text)
{
    const Choice *near = choice_near(bind->arena, field->choices, text);
    return near ? bind_wrong(bind, field->name, MSG_form_choice_near, text, near->code)
                : bind_wrong(bind, field->name, MSG_form_choice, text, S(""));
}

bool bind_choices(Bind *bind, const BindField *sent, Value *ret)
{
    const Field *field = sent->field;
    StrVec codes = {0};
    for (size_t i = 0; i < sent->n; i++) {
        Str text = text_normalise(bind->arena, sent->texts[i], true);
        const Choice *choice = choice_of(field->choices, text);
        if (!choice)
            return choice_wrong(bind, field, text);
        *vec_push(bind->arena, &codes) = choice->code;
    }
    ASSERT(codes.n > 0);
    *ret = field->type == FIELD_CHOICE ? value_text(codes.p[0])
                                       : value_codes(bind->arena, codes.p, codes.n);
    return true;
}
