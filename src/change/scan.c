/* SPDX-License-Identifier: Apache-2.0 */
/* Free text is no place for identity numbers, phone and card numbers, secrets, or reports against
 * persons (domain rule 0.1; 数据安全法 art. 38; 信访工作条例 art. 30). Found on saving; the person is
 * asked to take them out. */
#include "base/utf8.h"
#include "change/decide.h"

#define DIGITS_MAX 24
#define REASON_MAX 500 /* characters */

/* GB 11643-1999: 17 digits weighted 2^(17-i) mod 11 and a check character. */
static bool is_identity_number(Str digits)
{
    static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    static const char checks[] = "10X98765432";
    int sum = 0;
    Day born;
    char date[10];
    if (digits.n != 18)
        return false;
    for (int i = 0; i < 17; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9')
            return false;
        sum += (digits.p[i] - '0') * weights[i];
    }
    memcpy(date, digits.p + 6, 4);
    date[4] = date[7] = '-';
    memcpy(date + 5, digits.p + 10, 2);
    memcpy(date + 8, digits.p + 12, 2);
    return day_parse((Str){date, 10}, &born) && checks[sum % 11] == digits.p[17];
}

static bool is_mobile_number(Str digits)
{
    if (digits.n == 13 && str_starts(digits, S("86")))
        digits = str_slice(digits, 2, 13);
    return digits.n == 11 && digits.p[0] == '1' && digits.p[1] >= '3' && digits.p[1] <= '9';
}

/* ISO/IEC 7812: 16 to 19 digits whose Luhn sum is a multiple of ten. */
static bool is_card_number(Str digits)
{
    int sum = 0;
    if (digits.n < 16 || digits.n > 19 || digits.p[0] < '3' || digits.p[0] > '6')
        return false;
    for (size_t i = 0; i < digits.n; i++) {
        int digit = digits.p[digits.n - 1 - i] - '0';
        if (digit < 0 || digit > 9)
            return false;
        if (i % 2 == 1)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

static bool is_digit(char c)
{
    return (c >= '0' && c <= '9') || c == 'X' || c == 'x';
}

static MessageId digits_judge(Str digits)
{
    if (is_identity_number(digits))
        return MSG_scan_identity;
    if (is_mobile_number(digits))
        return MSG_scan_phone;
    return is_card_number(digits) ? MSG_scan_card : MSG_none;
}

/* Runs of digits, looked at with single spaces and hyphens taken out: "138 0000 0000". */
static MessageId scan_numbers(Arena *arena, Str text)
{
    Str narrow = utf8_narrow(arena, text);
    size_t at = 0;
    while (at < narrow.n) {
        char digits[DIGITS_MAX];
        size_t n = 0;
        MessageId found;
        while (at < narrow.n && !is_digit(narrow.p[at]))
            at++;
        while (at < narrow.n && n < DIGITS_MAX) {
            if (narrow.p[at] == 'x')
                digits[n++] = 'X';
            else if (is_digit(narrow.p[at]))
                digits[n++] = narrow.p[at];
            else if ((narrow.p[at] != ' ' && narrow.p[at] != '-') || at + 1 == narrow.n ||
                     !is_digit(narrow.p[at + 1]))
                break;
            at++;
        }
        found = digits_judge((Str){digits, n});
        if (found != MSG_none)
            return found;
        while (at < narrow.n && n == DIGITS_MAX && is_digit(narrow.p[at]))
            at++;
    }
    return MSG_none;
}

static const ScanRule *scan_words(const Profile *profile, Str text, Str *ret_word)
{
    for (size_t i = 0; i < profile->n_scans; i++)
        for (size_t j = 0; j < profile->scans[i].n_words && !profile->scans[i].evidence.n; j++)
            if (str_has(text, profile->scans[i].words[j])) {
                *ret_word = profile->scans[i].words[j];
                return &profile->scans[i];
            }
    return NULL;
}

static bool scan_text(Draft *draft, Str field, Str text, Err *err)
{
    Arena *arena = draft->arena;
    MessageId number = scan_numbers(arena, text);
    Str word;
    const ScanRule *rule = scan_words(draft->office->profile, text, &word);
    if (rule && rule->refuses)
        return err_set(err, ERR_NOT_ALLOWED_NOW, MSG_guard,
                       STR(arena, rule->says.zh, rule->channel.zh),
                       STR(arena, rule->says.en, " ", rule->channel.en));
    if (number != MSG_none)
        return err_field(err, arena, field, number, S(""), S(""));
    if (rule)
        return err_field(err, arena, field, MSG_scan_word, word, S(""));
    return true;
}

bool scan_form(Draft *draft, const Kind *kind, const BoundForm *form, Err *err)
{
    bool good = true;
    for (size_t i = 0; i < form->values.n; i++) {
        const Field *field = kind_field(kind, form->values.p[i].name);
        /* What the office is made of is configuration: a profile names the words it looks for. */
        if (!field || kind->makes_office ||
            (field->type != FIELD_TEXT && field->type != FIELD_LONG_TEXT))
            continue;
        if (!scan_text(draft, field->name, form->values.p[i].value.text, err)) {
            good = false;
            if (err->code != ERR_INVALID_FORM)
                return false;
        }
    }
    return good;
}

bool scan_reason(Draft *draft, Str reason, Err *err)
{
    static const Str name = S_CONST("reason");
    size_t count = utf8_count(reason);
    if (str_trim(reason).n == 0)
        return err_field(err, draft->arena, name, MSG_form_required, S(""), S(""));
    if (utf8_check(reason) != reason.n)
        return err_field(err, draft->arena, name, MSG_form_not_utf8, S(""), S(""));
    if (count > REASON_MAX)
        return err_field(err, draft->arena, name, MSG_form_too_long, STR(draft->arena, REASON_MAX),
                         STR(draft->arena, count));
    return scan_text(draft, name, reason, err);
}
