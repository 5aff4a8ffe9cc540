/* SPDX-License-Identifier: Apache-2.0 */
/* What a spreadsheet has done to a cell, and what the binder is given of it. */
#include "base/number.h"
#include "base/utf8.h"
#include "import/import_internal.h"

/* ---- damage (domain rule 3.8) ---- */

/* 3.20402E+11: a code or a number too long for the column. */
static bool is_shortened(Str text)
{
    size_t e = MIN(str_find(text, S("E"), 0), str_find(text, S("e"), 0));
    Str mantissa, exponent;
    if (e == SIZE_MAX || e == 0 || e > 18)
        return false;
    mantissa = str_slice(text, 0, e);
    exponent = str_slice(text, e + 1, text.n);
    if (str_starts(exponent, S("+")) || str_starts(exponent, S("-")))
        exponent = str_slice(exponent, 1, exponent.n);
    return exponent.n > 0 && exponent.n <= 3 && str_only(exponent, S("0123456789")) &&
           mantissa.p[0] >= '0' && mantissa.p[0] <= '9' &&
           (mantissa.n == 1 || mantissa.p[1] == '.') && str_only(mantissa, S("0123456789."));
}

/* #REF!, #N/A, ####: what stands where there was a value. */
static bool is_error(Str text)
{
    static const Str errors[] = {S_CONST("#REF!"),  S_CONST("#N/A"),  S_CONST("#VALUE!"),
                                 S_CONST("#NAME?"), S_CONST("#NUM!"), S_CONST("#DIV/0!"),
                                 S_CONST("#NULL!")};
    for (size_t i = 0; i < COUNT_OF(errors); i++)
        if (str_eq(text, errors[i]))
            return true;
    return text.n >= 3 && str_only(text, S("#"));
}

/* The check character of GB 32100-2015, of 17 digits. */
static int credit_check(Str digits)
{
    int sum = 0, weight = 1;
    for (size_t i = 0; i < 17; i++) {
        sum += (digits.p[i] - '0') * weight;
        weight = weight * 3 % 31;
    }
    return (31 - sum % 31) % 31;
}

/* A spreadsheet keeps 15 digits of a number: of an 18-digit code the last three became 000. */
static bool is_cut(const Field *field, Str text)
{
    return field->check_credit_code && text.n == 18 && str_only(text, S("0123456789")) &&
           str_ends(text, S("000")) && credit_check(text) != 0;
}

/* A day that became the number of days since 1900. */
static bool is_serial_day(const Field *field, Str text, int64_t *ret_days)
{
    return field->type == FIELD_DATE && text.n == 5 && int_parse(text, ret_days) &&
           *ret_days >= 20000 && *ret_days <= 60000;
}

static Str damage(const Import *import, const Field *field, Str text)
{
    Arena *arena = import->ask.arena;
    int64_t days;
    if (is_error(text))
        return import_say(import, MSG_import_cell_error, text);
    if (field->type != FIELD_TEXT && field->type != FIELD_LONG_TEXT && is_shortened(text))
        return import_say(import, MSG_import_cell_shortened, text);
    if (is_cut(field, text))
        return import_say(import, MSG_import_cell_cut, text);
    if (is_serial_day(field, text, &days)) {
        Day day = (Day)(days + day_from_civil((CivilDate){1899, 12, 30}));
        return import_say(import, MSG_import_cell_serial, text, day_text(arena, day));
    }
    return S("");
}

/* ---- several in one cell ---- */

static bool is_choice(const ChoiceList *list, Str text)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->items[i].code, text) || str_eq(list->items[i].label.zh, text) ||
            str_eq(list->items[i].label.en, text))
            return true;
    return false;
}

static size_t mark_at(Str text, const Str *marks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_starts(text, marks[i]))
            return marks[i].n;
    return 0;
}

/* Semicolons and line ends part what they stand between; commas only what is not itself one of the
 * choices: "农、林、牧、渔业" is one. */
static void split(Arena *arena, const Field *field, Str text, bool finely, StrVec *texts)
{
    static const Str marks[] = {S_CONST(";"), S_CONST("；"), S_CONST("\n"),
                                S_CONST(","), S_CONST("，"), S_CONST("、")};
    size_t start = 0;
    for (size_t at = 0; at <= text.n;) {
        size_t width = mark_at(str_slice(text, at, text.n), marks, finely ? COUNT_OF(marks) : 3);
        Str part = str_trim(str_slice(text, start, at));
        if (width == 0 && at < text.n) {
            at++;
            continue;
        }
        if (part.n > 0 && !finely && !(field->choices && is_choice(field->choices, part)))
            split(arena, field, part, true, texts);
        else if (part.n > 0)
            *vec_push(arena, texts) = part;
        at += MAX(width, 1);
        start = at;
    }
}

/* ---- organisations by name ---- */

static bool points_into_tree(const Field *field)
{
    bool org = field->type == FIELD_ORGANISATION || field->type == FIELD_ORGANISATIONS ||
               field->type == FIELD_PLACE || field->type == FIELD_RECORD;
    return org && (field->type == FIELD_PLACE || (!field->to && field->type != FIELD_RECORD) ||
                   (field->to && str_eq(field->to->name, S("org"))));
}

/* How many organisations have that name; one of them. */
static size_t orgs_named(const OrgTree *tree, Str name, const Org **ret_org)
{
    size_t count = 0;
    for (size_t i = 0; i < tree->by_id.n; i++) {
        const Org *org = tree->by_id.slots[i].value;
        if (str_eq(org->title.zh, name) || str_eq(org->title.en, name)) {
            *ret_org = org;
            count++;
        }
    }
    return count;
}

/* What no organisation is called is left for the binder to refuse. */
void import_org(Import *import, ImportRow *row, size_t column, Str *text)
{
    const OrgTree *tree = &import->ask.office->orgs;
    const Field *field = import->columns.p[column - 1].field;
    const Org *org = NULL;
    size_t count;
    if (!field || !points_into_tree(field) || org_by_code(tree, *text))
        return;
    count = orgs_named(tree, *text, &org);
    if (count > 1)
        import_wrong(import, row, column, import_say(import, MSG_import_orgs_named, *text));
    else if (count == 1)
        *text = org->code;
}

bool import_cell(Import *import, int64_t row, size_t column, Str text, StrVec *ret_texts)
{
    Arena *arena = import->ask.arena;
    const Field *field = import->columns.p[column - 1].field;
    Str wrong = damage(import, field, str_trim(utf8_narrow(arena, text)));
    if (wrong.n > 0) {
        import_problem(import, row, column, import->columns.p[column - 1].title, wrong);
        return false;
    }
    if (field->type == FIELD_ORGANISATIONS || field->type == FIELD_CHOICES)
        split(arena, field, text, false, ret_texts);
    else
        *vec_push(arena, ret_texts) = text;
    return true;
}
