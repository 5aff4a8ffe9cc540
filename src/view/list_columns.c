/* SPDX-License-Identifier: Apache-2.0 */
/* Which columns a list shows: those of the address, else those this browser remembers, else those
 * of the profile. */
#include "view/list_query.h"
#include "view/mask.h"

/* The title stands in every row already; what takes more than a line has no place in a column. */
static bool may_be_column(const Kind *kind, const Field *field)
{
    return !field_is_personal(field) && !str_eq(field->name, kind->title) &&
           field->type != FIELD_LONG_TEXT && field->type != FIELD_ATTACHMENT;
}

static bool names_column(Str text, Str name)
{
    Str one;
    while (str_next(&text, LIST_COLUMNS_SEPARATOR, &one))
        if (str_eq(one, name))
            return true;
    return false;
}

/* What is not there any more, or never was, is left out: an address that somebody kept still works
 * after the profile has changed. */
static Str columns_asked(const Visit *visit, const Kind *kind)
{
    Str asked = http_query(visit->request, S("columns"));
    return asked.n > 0 ? asked
                       : http_cookie(visit->request, list_columns_cookie(visit->arena, kind));
}

Str list_columns_cookie(Arena *arena, const Kind *kind)
{
    return STR(arena, "columns-", kind->name);
}

void list_columns(Visit *visit, const Kind *kind, ListView *view)
{
    if (!kind)
        return;
    size_t most = kind->n_fields;
    const Field **columns = NEW_ARRAY(visit->arena, const Field *, most + 1);
    const Field **choices = NEW_ARRAY(visit->arena, const Field *, most + 1);
    bool may_choose = visit_is_staff(visit) && !visit->request->wants_json;
    Str asked = may_choose ? columns_asked(visit, kind) : S("");
    view->columns_chosen = asked.n > 0;
    for (size_t i = 0; i < most; i++) {
        const Field *field = kind->fields[i];
        bool may_be = may_be_column(kind, field);
        bool wanted = asked.n > 0 ? may_be && names_column(asked, field->name)
                                  : field->list && !str_eq(field->name, kind->title);
        if (may_choose && may_be)
            choices[view->n_column_choices++] = field;
        if (wanted && (asked.n == 0 || view->n_columns < LIST_COLUMNS_MAX))
            columns[view->n_columns++] = field;
    }
    view->columns = columns;
    view->column_choices = choices;
}

Str list_columns_text(Arena *arena, const Kind *kind, const StrVec *names)
{
    Buf text = buf_open(arena);
    size_t count = 0;
    for (size_t i = 0; i < kind->n_fields; i++) {
        bool wanted = false;
        for (size_t j = 0; j < names->n; j++)
            wanted |= str_eq(names->p[j], kind->fields[i]->name);
        if (!wanted || !may_be_column(kind, kind->fields[i]) || count++ >= LIST_COLUMNS_MAX)
            continue;
        if (text.n > 0)
            buf_byte(&text, LIST_COLUMNS_SEPARATOR);
        buf_add(&text, kind->fields[i]->name);
    }
    return text.n > 0 ? buf_str(&text) : S("-");
}
