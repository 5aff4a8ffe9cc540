/* SPDX-License-Identifier: Apache-2.0 */
/* A sheet to be filled in. */
#include "import/import_internal.h"
#include "record/explain.h"
#include "write/csv.h"

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
                parent_explain(template->arena, kind, template->language));
        is_first = false;
    }
    for (size_t i = 0; i < template->fields.n; i++) {
        const MoveField *item = &template->fields.p[i];
        if (item->field->type == FIELD_ATTACHMENT)
            continue;
        explain(template, is_first, item->required,
                field_explain(template->arena, item->field, template->language));
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
