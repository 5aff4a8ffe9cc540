/* SPDX-License-Identifier: Apache-2.0 */
/* Texts, identifiers and personal values of a form. */
#include "base/utf8.h"
#include "record/bind.h"

#define PERSONAL_MAX   60 /* characters of a contact's name */
#define PHONE_MIN      5
#define PHONE_MAX      20
#define CREDIT_CODE    18
#define ATTACHMENT_MAX 64

/* ---- the characters ---- */

/* GB 18030-2022 gave these private-use points of the 2000 and 2005 tables real characters (domain
 * rule 3.8): without this the same character would compare unequal. */
static const uint16_t private_points[][2] = {
    {0xE78D, 0xFE10}, {0xE78E, 0xFE12}, {0xE78F, 0xFE11}, {0xE790, 0xFE13}, {0xE791, 0xFE14},
    {0xE792, 0xFE15}, {0xE793, 0xFE16}, {0xE794, 0xFE17}, {0xE795, 0xFE18}, {0xE796, 0xFE19},
    {0xE7C7, 0x1E3F}, {0xE81E, 0x9FB4}, {0xE826, 0x9FB5}, {0xE82B, 0x9FB6}, {0xE82C, 0x9FB7},
    {0xE832, 0x9FB8}, {0xE843, 0x9FB9}, {0xE854, 0x9FBA}, {0xE864, 0x9FBB},
};

static uint32_t point_normalise(uint32_t point)
{
    if (point < 0xE78D || point > 0xE864)
        return point;
    for (size_t i = 0; i < COUNT_OF(private_points); i++)
        if (private_points[i][0] == point)
            return private_points[i][1];
    return point;
}

/* White space of ASCII, no-break and full-width space, zero-width space and byte order mark. */
static bool point_is_space(uint32_t point)
{
    return point == ' ' || (point >= '\t' && point <= '\r') || point == 0xA0 || point == 0x3000 ||
           point == 0x200B || point == 0xFEFF;
}

static Str text_trim(Str text)
{
    Str rest = text, later = text;
    uint32_t point;
    size_t end = 0;
    while (utf8_next(&later, &point) && point_is_space(point))
        rest = later;
    for (later = rest; utf8_next(&later, &point);)
        if (!point_is_space(point))
            end = rest.n - later.n;
    return str_slice(rest, 0, end);
}

Str text_normalise(Arena *arena, Str text, bool one_line)
{
    Buf buf = buf_open(arena);
    uint32_t point;
    text = text_trim(text);
    buf_reserve(&buf, text.n);
    while (utf8_next(&text, &point)) {
        if (point == '\r') {
            if (text.n && text.p[0] == '\n')
                continue;
            point = '\n';
        }
        if (one_line && (point == '\n' || point == '\t'))
            point = ' ';
        utf8_put(&buf, point_normalise(point));
    }
    return buf_str(&buf);
}

Str text_narrow(Arena *arena, Str text)
{
    return text_trim(utf8_narrow(arena, text));
}

/* ---- text ---- */

static bool text_fits(Bind *bind, const Field *field, Str text)
{
    int64_t count = (int64_t)utf8_count(text);
    if (!utf8_is_clean(text))
        return bind_wrong(bind, field->name, MSG_form_control_character, S(""), S(""));
    if (field->max > 0 && count > field->max)
        return bind_wrong(bind, field->name, MSG_form_too_long, STR(bind->arena, field->max),
                          STR(bind->arena, count));
    if (count < field->min)
        return bind_wrong(bind, field->name, MSG_form_too_short, STR(bind->arena, field->min),
                          S(""));
    return true;
}

bool bind_text(Bind *bind, const BindField *sent, Value *ret)
{
    Str text = text_normalise(bind->arena, sent->texts[0], sent->field->type == FIELD_TEXT);
    if (!text_fits(bind, sent->field, text))
        return false;
    *ret = value_text(text);
    return true;
}

/* ---- identifiers ---- */

/* A spreadsheet that took a code for a number shows it as 3.20402E+11 (domain rule 3.8). */
static bool is_spreadsheet_number(Str text)
{
    size_t e = str_find(text, S("E+"), 0);
    if (e == SIZE_MAX || e == 0 || e + 2 >= text.n)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        char byte = text.p[i];
        if (i != e && i != e + 1 && byte != '.' && (byte < '0' || byte > '9'))
            return false;
    }
    return true;
}

static const char credit_alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* Upper case, without the spaces and dashes of printed codes. A wrong check character is accepted:
 * some codes in use have one. */
static bool bind_credit_code(Bind *bind, const Field *field, Str text, Value *ret)
{
    Buf code = buf_open_max(bind->arena, text.n);
    for (size_t i = 0; i < text.n; i++) {
        char byte = text.p[i];
        if (byte == ' ' || byte == '-')
            continue;
        if (byte >= 'a' && byte <= 'z')
            byte = (char)(byte - 'a' + 'A');
        if (!memchr(credit_alphabet, byte, sizeof credit_alphabet - 1))
            return bind_wrong(bind, field->name, MSG_form_credit_code, S(""), S(""));
        buf_byte(&code, byte);
    }
    if (code.n != CREDIT_CODE)
        return bind_wrong(bind, field->name, MSG_form_credit_code, S(""), S(""));
    *ret = value_text(buf_str(&code));
    return true;
}

static bool is_ascii_name(Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char byte = text.p[i];
        if (!((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
              (byte >= 'A' && byte <= 'Z') || byte == '.' || byte == '-' || byte == '_'))
            return false;
    }
    return true;
}

bool bind_code(Bind *bind, const BindField *sent, Value *ret)
{
    Str text = text_narrow(bind->arena, sent->texts[0]);
    if (is_spreadsheet_number(text))
        return bind_wrong(bind, sent->field->name, MSG_form_spreadsheet_number, text, S(""));
    if (sent->field->check_credit_code)
        return bind_credit_code(bind, sent->field, text, ret);
    text = text_normalise(bind->arena, text, true);
    if (!text_fits(bind, sent->field, text))
        return false;
    if (sent->field->ascii && !is_ascii_name(text))
        return bind_wrong(bind, sent->field->name, MSG_form_ascii, S(""), S(""));
    *ret = value_text(text);
    return true;
}

bool bind_attachment(Bind *bind, const BindField *sent, Value *ret)
{
    Str id = str_trim(sent->texts[0]);
    bool good = id.n <= ATTACHMENT_MAX;
    for (size_t i = 0; i < id.n && good; i++) {
        char byte = id.p[i];
        good = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
               (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '_';
    }
    if (!good)
        return bind_wrong(bind, sent->field->name, MSG_form_attachment, S(""), S(""));
    *ret = value_text(str_dup(bind->arena, id));
    return true;
}

/* ---- personal ---- */

static bool bind_phone(Bind *bind, const BindField *sent)
{
    Str text = text_narrow(bind->arena, sent->texts[0]);
    Buf phone = buf_open_max(bind->arena, text.n);
    bool good = true;
    for (size_t i = 0; i < text.n && good; i++) {
        char byte = text.p[i];
        good = (byte >= '0' && byte <= '9') || byte == '+' || byte == '-' || byte == ' ';
        if (byte != ' ')
            buf_byte(&phone, byte);
    }
    if (!good || phone.n < PHONE_MIN || phone.n > PHONE_MAX)
        return bind_wrong(bind, sent->field->name, MSG_form_phone, S(""), S(""));
    bind->form->contact_phone = buf_str(&phone);
    bind->form->has_contact = true;
    return true;
}

bool bind_personal(Bind *bind, const BindField *sent)
{
    Field field = *sent->field;
    Str text;
    if (field.type == FIELD_PHONE)
        return bind_phone(bind, sent);
    text = text_normalise(bind->arena, sent->texts[0], true);
    if (field.max <= 0)
        field.max = PERSONAL_MAX;
    if (!text_fits(bind, &field, text))
        return false;
    bind->form->contact_name = text;
    bind->form->has_contact = true;
    return true;
}
