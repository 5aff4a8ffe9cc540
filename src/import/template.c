/* SPDX-License-Identifier: Apache-2.0 */
/* A sheet to be filled in. */
#include "import/import_internal.h"
#include "write/csv.h"

#define CHOICES_SHOWN 20

typedef struct Template {
    Arena *arena;
    Language language;
    MoveFields fields;
    Csv csv;
} Template;

static Str say(const Template *template, MessageId id, Str a, Str b)
{
    return message_fill(template->arena, id, template->language, (const Str[2]){a, b}, 2);
}

static Str choices_text(const Template *template, const ChoiceList *list)
{
    Buf buf = buf_open(template->arena);
    for (size_t i = 0; i < list->n && i < CHOICES_SHOWN; i++)
        TEXT(&buf, i ? " | " : "", label_text(list->items[i].label, template->language));
    if (list->n > CHOICES_SHOWN)
        buf_add(&buf, S(" …"));
    return buf_str(&buf);
}

static Str reference_text(const Template *template, const Field *field)
{
    if (field->to && !str_eq(field->to->name, S("org")))
        return say(template, MSG_import_type_record,
                   label_text(field->to->label, template->language), S(""));
    return say(template,
               field->type == FIELD_ORGANISATIONS ? MSG_import_type_organisations
                                                  : MSG_import_type_organisation,
               S(""), S(""));
}

static Str type_text(const Template *template, const Field *field)
{
    Str max = STR(template->arena, field->max), none = S("");
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_LONG_TEXT:
        return say(template, MSG_import_type_text, max, none);
    case FIELD_NUMBER:
        return say(template, MSG_import_type_number, none, none);
    case FIELD_DECIMAL:
        return say(template, MSG_import_type_decimal, STR(template->arena, field->scale), none);
    case FIELD_MONEY:
        return say(template, field->wan ? MSG_import_type_money_wan : MSG_import_type_money, none,
                   none);
    case FIELD_DATE:
        return say(template, MSG_import_type_date, none, none);
    case FIELD_YES_NO:
        return say(template, MSG_import_type_yes_no, none, none);
    case FIELD_CHOICE:
        return say(template, MSG_import_type_choice, choices_text(template, field->choices), none);
    case FIELD_CHOICES:
        return say(template, MSG_import_type_choices, choices_text(template, field->choices), none);
    case FIELD_CODE:
        return say(template,
                   field->check_credit_code ? MSG_import_type_credit_code : MSG_import_type_code,
                   none, none);
    case FIELD_CONTACT:
        return say(template, MSG_import_type_contact, none, none);
    case FIELD_PHONE:
        return say(template, MSG_import_type_phone, none, none);
    default:
        return reference_text(template, field);
    }
}

static void explain(Template *template, bool is_first, bool required, Str text)
{
    Str words = say(template, required ? MSG_import_must : MSG_import_may, text, S(""));
    csv_str(&template->csv, is_first ? STR(template->arena, IMPORT_EXPLAINS, " ", words) : words);
}

static void head_row(Template *template, bool takes_parent)
{
    if (takes_parent)
        csv_str(&template->csv, say(template, MSG_import_parent, S(""), S("")));
    for (size_t i = 0; i < template->fields.n; i++)
        if (template->fields.p[i].field->type != FIELD_ATTACHMENT)
            csv_str(&template->csv, import_title(template->arena, &template->fields,
                                                 template->fields.p[i].field, template->language));
    csv_row_end(&template->csv);
}

static void explaining_row(Template *template, const Kind *kind, bool takes_parent)
{
    bool is_first = true;
    if (takes_parent) {
        explain(template, is_first, true,
                say(template, MSG_import_type_record,
                    label_text(kind->parents[0]->label, template->language), S("")));
        is_first = false;
    }
    for (size_t i = 0; i < template->fields.n; i++) {
        const MoveField *item = &template->fields.p[i];
        if (item->field->type == FIELD_ATTACHMENT)
            continue;
        explain(template, is_first, item->required, type_text(template, item->field));
        is_first = false;
    }
    csv_row_end(&template->csv);
}

Str import_template(Arena *arena, const Kind *kind, const Move *move, Language language)
{
    Buf buf = buf_open(arena);
    Template template = {.arena = arena, .language = language, .csv = csv_open(&buf)};
    bool takes_parent;
    template.fields = form_fields(arena, kind, move, false);
    takes_parent = form_takes_parent(&template.fields, kind, move, false);
    head_row(&template, takes_parent);
    explaining_row(&template, kind, takes_parent);
    return buf_str(&buf);
}
