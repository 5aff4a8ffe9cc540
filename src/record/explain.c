/* SPDX-License-Identifier: Apache-2.0 */
#include "record/explain.h"

#define CHOICES_SHOWN 20

static Str choices_text(Arena *arena, const ChoiceList *list, Language language)
{
    Buf buf = buf_open(arena);
    for (size_t i = 0; i < list->n && i < CHOICES_SHOWN; i++)
        TEXT(&buf, i ? " | " : "", label_text(list->items[i].label, language));
    if (list->n > CHOICES_SHOWN)
        buf_add(&buf, S(" …"));
    return buf_str(&buf);
}

/* The message, and what goes into its hole. */
static MessageId type_words(Arena *arena, const Field *field, Language language, Str *ret_hole)
{
    bool to_record = field->to && !str_eq(field->to->name, S("org"));
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_LONG_TEXT:
        *ret_hole = STR(arena, field->max);
        return MSG_form_type_text;
    case FIELD_NUMBER:
        return MSG_form_type_number;
    case FIELD_DECIMAL:
        *ret_hole = STR(arena, field->scale);
        return MSG_form_type_decimal;
    case FIELD_MONEY:
        return field->wan ? MSG_form_type_money_wan : MSG_form_type_money;
    case FIELD_DATE:
        return MSG_form_type_date;
    case FIELD_YES_NO:
        return MSG_form_type_yes_no;
    case FIELD_CHOICE:
    case FIELD_CHOICES:
        *ret_hole = choices_text(arena, field->choices, language);
        return field->type == FIELD_CHOICE ? MSG_form_type_choice : MSG_form_type_choices;
    case FIELD_CODE:
        return field->check_credit_code ? MSG_form_type_credit_code : MSG_form_type_code;
    case FIELD_CONTACT:
        return MSG_form_type_contact;
    case FIELD_PHONE:
        return MSG_form_type_phone;
    case FIELD_ATTACHMENT:
        return MSG_form_type_file;
    default:
        if (to_record)
            *ret_hole = label_text(field->to->label, language);
        else if (field->type == FIELD_ORGANISATIONS)
            return MSG_form_type_organisations;
        return to_record ? MSG_form_type_record : MSG_form_type_organisation;
    }
}

Str field_explain(Arena *arena, const Field *field, Language language)
{
    Str hole = {0}, help = label_text(field->help, language);
    MessageId words = type_words(arena, field, language, &hole);
    Str text = message_fill(arena, words, language, &hole, 1);
    return help.n > 0 ? STR(arena, text, "\n", help) : text;
}

Str parent_explain(Arena *arena, const Kind *kind, Language language)
{
    Buf labels = buf_open(arena);
    Str text;
    for (size_t i = 0; i < kind->n_parents; i++)
        TEXT(&labels, i ? " / " : "", label_text(kind->parents[i]->label, language));
    text = buf_str(&labels);
    return message_fill(arena, MSG_form_type_record, language, &text, 1);
}
