/* SPDX-License-Identifier: Apache-2.0 */
/* A sheet to be filled in. */
#include "import/import_internal.h"
#include "record/explain.h"

typedef struct Template {
    Arena *arena;
    Language language;
    VEC(TableColumn) columns;
} Template;

static Str say(const Template *template, MessageId id, Str text)
{
    return message_fill(template->arena, id, template->language, (const Str[1]){text}, 1);
}

static TableColumn *column_add(Template *template, Str name, Str title, bool required, Str means)
{
    TableColumn *column = vec_push(template->arena, &template->columns);
    *column =
        (TableColumn){.name = name,
                      .title = title,
                      .means = say(template, required ? MSG_import_must : MSG_import_may, means)};
    return column;
}

/* What is written into a cell is its label; a cell that takes several has no list. */
static void choices_add(Template *template, const Field *field, TableColumn *column)
{
    const ChoiceList *list = field->type == FIELD_CHOICE ? field->choices : NULL;
    Str *labels = NEW_ARRAY(template->arena, Str, list ? list->n : 0);
    for (size_t i = 0; list && i < list->n; i++)
        labels[i] = label_text(list->items[i].label, template->language);
    column->choices = labels;
    column->n_choices = list ? list->n : 0;
}

static TableType type_of(const Field *field)
{
    switch (field->type) {
    case FIELD_NUMBER:
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        return TABLE_NUMBER;
    case FIELD_DATE:
        return TABLE_DAY;
    default:
        return TABLE_TEXT;
    }
}

static void fields_add(Template *template, const MoveFields *fields)
{
    for (size_t i = 0; i < fields->n; i++) {
        const Field *field = fields->p[i].field;
        if (field->type == FIELD_ATTACHMENT)
            continue;
        TableColumn *column = column_add(
            template, field->name, import_title(template->arena, fields, field, template->language),
            fields->p[i].required, field_explain(template->arena, field, template->language));
        column->type = type_of(field);
        choices_add(template, field, column);
    }
}

static void explaining_row(const Template *template, Table *table)
{
    for (size_t i = 0; i < template->columns.n; i++) {
        Str means = template->columns.p[i].means;
        table_cell(table, i == 0 ? STR(template->arena, IMPORT_EXPLAINS, " ", means) : means);
    }
    table_row_end(table);
}

Str import_template(Arena *arena, const Kind *kind, const Move *move, Language language,
                    TableFormat format)
{
    Template template = {.arena = arena, .language = language};
    MoveFields fields = form_fields(arena, kind, move, false);
    Buf buf = buf_open(arena);
    if (form_takes_parent(&fields, kind, move, false))
        column_add(&template, S("parent"), say(&template, MSG_import_parent, S("")), true,
                   parent_explain(arena, kind, language));
    fields_add(&template, &fields);
    TableHead head = {kind->name,
                      label_text(kind->label, language),
                      template.columns.p,
                      template.columns.n,
                      {message(MSG_import_definitions, language),
                       message(MSG_import_column, language), message(MSG_import_field, language),
                       message(MSG_import_means, language)}};
    Table table = table_begin(&buf, format, &head);
    explaining_row(&template, &table);
    table_end(&table, S(""));
    return buf_str(&buf);
}
