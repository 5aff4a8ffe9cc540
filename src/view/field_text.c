/* SPDX-License-Identifier: Apache-2.0 */
#include "base/number.h"
#include "view/field_view.h"
#include "write/url.h"

#include "query.h"

#define FEN_DIGITS 2
#define WAN_DIGITS 6 /* 10,000 yuan in fen */

Str view_say_with(const Visit *visit, MessageId id, Str a, Str b, Str c)
{
    Str args[3] = {a, b, c};
    return message_fill(visit->arena, id, visit->language, args, COUNT_OF(args));
}

static Str month_word(const Visit *visit, int month)
{
    static const Str names[] = {
        S_CONST("January"),   S_CONST("February"), S_CONST("March"),    S_CONST("April"),
        S_CONST("May"),       S_CONST("June"),     S_CONST("July"),     S_CONST("August"),
        S_CONST("September"), S_CONST("October"),  S_CONST("November"), S_CONST("December"),
    };
    return visit->language == LANGUAGE_EN ? names[month - 1] : STR(visit->arena, month);
}

Str view_day(const Visit *visit, Day day)
{
    CivilDate date = day_to_civil(day);
    if (!day)
        return S("");
    return view_say(visit, MSG_view_date, STR(visit->arena, date.year),
                    month_word(visit, date.month), STR(visit->arena, date.day));
}

Str view_month_day(const Visit *visit, Day day)
{
    CivilDate date = day_to_civil(day);
    if (!day)
        return S("");
    Str words = view_say(visit, MSG_view_month_day, month_word(visit, date.month),
                         STR(visit->arena, date.day));
    return date.year == day_to_civil(day_of(visit->now)).year
               ? words
               : view_say(visit, MSG_view_day_of_year, STR(visit->arena, date.year), words);
}

/* ---- names of records ---- */

static const Kind *kind_of(const Visit *visit, const Values *values)
{
    return profile_kind(visit->office->profile, values_text(values, S("kind")));
}

static Str name_of_record(Visit *visit, int64_t id)
{
    Record record;
    const Kind *kind;
    Str number, title;
    if (!visit->db || !record_get(visit->arena, visit->db, id, &record, NULL))
        return S("");
    kind = kind_of(visit, &record.values);
    number = values_text(&record.values, S("number"));
    if (!kind || kind->confidential)
        return number.n ? number : STR(visit->arena, id);
    title = record_title(kind, &record.values);
    return number.n && title.n ? STR(visit->arena, number, " ", title) : title.n ? title : number;
}

Str view_name(Visit *visit, int64_t id)
{
    const Org *org = org_find(&visit->office->orgs, id);
    Str *known = map_find_id(&visit->names, id);
    if (org)
        return label_text(org->title, visit->language);
    if (!known) {
        known = NEW(visit->arena, Str);
        *known = name_of_record(visit, id);
        map_set_id(&visit->names, id, known);
    }
    return *known;
}

Str view_reference(Visit *visit, int64_t id)
{
    const Org *org = org_find(&visit->office->orgs, id);
    Record record;
    Str number = S("");
    if (org)
        return org->code;
    if (visit->db && record_get(visit->arena, visit->db, id, &record, NULL))
        number = values_text(&record.values, S("number"));
    return number.n ? number : STR(visit->arena, "#", id);
}

Str view_href(Visit *visit, const Kind *kind, const Record *record)
{
    Str number = values_text(&record->values, S("number"));
    Buf href = buf_open(visit->arena);
    if (!visit_is_staff(visit))
        return S("");
    TEXT(&href, "/records/", kind->name, "/");
    url_encode(&href, number.n ? number : STR(visit->arena, record->id));
    return buf_str(&href);
}

/* ---- values ---- */

static Str join(const Visit *visit, const Str *parts, size_t count)
{
    Buf text = buf_open(visit->arena);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add(&text, view_say(visit, MSG_view_comma));
        if (i > 0 && visit->language == LANGUAGE_EN)
            buf_byte(&text, ' ');
        buf_add(&text, parts[i]);
    }
    return buf_str(&text);
}

static Str choice_text(const Visit *visit, const ChoiceList *list, Str code)
{
    /* What the history says in a code of an earlier profile is shown as it is called now. */
    const Choice *choice = list ? choice_now(list, code) : NULL;
    return choice ? label_text(choice->label, visit->language) : code;
}

static Str codes_text(const Visit *visit, const Field *field, Value value)
{
    Str *parts = NEW_ARRAY(visit->arena, Str, value.count + 1);
    for (size_t i = 0; i < value.count; i++)
        parts[i] = choice_text(visit, field->choices, value.codes[i]);
    return join(visit, parts, value.count);
}

static Str links_text(Visit *visit, Value value)
{
    Str *parts = NEW_ARRAY(visit->arena, Str, value.count + 1);
    if (value.type == VALUE_INT)
        return view_name(visit, value.number);
    for (size_t i = 0; i < value.count; i++)
        parts[i] = view_name(visit, value.ids[i]);
    return join(visit, parts, value.count);
}

static Str decimal_text(const Visit *visit, int64_t number, int scale)
{
    Buf text = buf_open(visit->arena);
    decimal_write(&text, number, scale, true);
    return buf_str(&text);
}

/* Chinese counts in the unit of the form, 万元 or 元; English always in yuan. */
static Str money_text(const Visit *visit, const Field *field, int64_t fen)
{
    MessageId words = field->wan ? MSG_view_money_wan : MSG_view_money_yuan;
    Buf yuan = buf_open(visit->arena);
    decimal_write_grouped(&yuan, fen, FEN_DIGITS);
    return view_say(visit, words, decimal_text(visit, fen, field->wan ? WAN_DIGITS : FEN_DIGITS),
                    buf_str(&yuan));
}

static Str attachment_name(Visit *visit, Str id)
{
    QAttachmentRow row;
    bool found = false;
    if (!visit->db || !q_attachment_get(visit->db, visit->arena, id, &row, &found, NULL) || !found)
        return id;
    return row.name;
}

static Str number_text(const Visit *visit, const Field *field, int64_t number)
{
    switch (field->type) {
    case FIELD_DECIMAL:
        return decimal_text(visit, number, field->scale);
    case FIELD_MONEY:
        return money_text(visit, field, number);
    case FIELD_DATE:
        return view_day(visit, (Day)number);
    case FIELD_YES_NO:
        return number ? view_say(visit, MSG_view_yes) : view_say(visit, MSG_view_no);
    default:
        return STR(visit->arena, number);
    }
}

Str field_text(Visit *visit, const Field *field, Value value)
{
    switch (value.type) {
    case VALUE_NONE:
        return S("");
    case VALUE_INT:
        return field_is_link(field) ? links_text(visit, value)
                                    : number_text(visit, field, value.number);
    case VALUE_IDS:
        return links_text(visit, value);
    case VALUE_CODES:
        return codes_text(visit, field, value);
    case VALUE_TEXT:
        break;
    }
    if (field->type == FIELD_CHOICE || field->type == FIELD_CHOICES)
        return choice_text(visit, field->choices, value.text);
    if (field->type == FIELD_ATTACHMENT)
        return attachment_name(visit, value.text);
    return value.text;
}
