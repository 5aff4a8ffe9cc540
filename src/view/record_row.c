/* SPDX-License-Identifier: Apache-2.0 */
#include "view/clock_view.h"
#include "view/list_query.h"
#include "view/move_view.h"

static Str status_words(const Visit *visit, const Subject *subject)
{
    Str status = values_text(&subject->record->values, S("status"));
    return subject->state ? label_text(subject->state->label, visit->language) : status;
}

static Str field_words(Visit *visit, const Subject *subject, Str name)
{
    const Field *field = kind_field(subject->kind, name);
    Value value = values_get(&subject->record->values, name);
    return field ? field_view(visit, subject->kind, subject->mask, field, value).text : S("");
}

/* For staff the columns of the list, for everyone else what was published. */
static bool is_column(const Subject *subject, const Field *field)
{
    const Kind *kind = subject->kind;
    if (subject->mask.public_only)
        return str_eq(field->name, kind->public_body) || str_eq(field->name, kind->public_reply);
    return field->list && !str_eq(field->name, kind->title);
}

static FieldView column_of(Visit *visit, const Subject *subject, const Field *field)
{
    return field_view(visit, subject->kind, subject->mask, field,
                      values_get(&subject->record->values, field->name));
}

/* Room is made for the columns shown only: a kind has some sixty fields, a list some six. */
static const FieldView *row_columns(Visit *visit, const Subject *subject, const RowColumns *chosen,
                                    size_t *ret_count)
{
    const Kind *kind = subject->kind;
    bool as_chosen = chosen && !subject->mask.public_only;
    const Field *const *fields = as_chosen ? chosen->fields : kind->fields;
    size_t n = as_chosen ? chosen->n : kind->n_fields, most = 0, count = 0;
    for (size_t i = 0; i < n; i++)
        most += as_chosen || is_column(subject, fields[i]);
    FieldView *columns = NEW_ARRAY(visit->arena, FieldView, most + 1);
    for (size_t i = 0; i < n; i++)
        if ((as_chosen || is_column(subject, fields[i])) &&
            mask_shows(subject->mask, kind, fields[i]))
            columns[count++] = column_of(visit, subject, fields[i]);
    *ret_count = count;
    return columns;
}

static void row_next(Visit *visit, const Subject *subject, RecordRow *row)
{
    const Move *decide = move_to_decide(visit, subject);
    const Move *next = decide ? NULL : move_next(visit, subject);
    if (decide) {
        row->next_move = S("approve");
        row->next_label =
            view_say(visit, MSG_view_decide, label_text(decide->label, visit->language));
    } else if (next) {
        row->next_move = next->name;
        row->next_label = label_text(next->label, visit->language);
    }
}

static RecordRow row_of_public(Visit *visit, const Subject *subject, const RowColumns *chosen)
{
    const Values *values = &subject->record->values;
    RecordRow row = {.id = subject->record->id,
                     .kind = subject->kind,
                     .number = values_text(values, S("number")),
                     .title = mask_title(visit, subject->kind, subject->mask, values),
                     .kind_label = label_text(subject->kind->label, visit->language),
                     .status = values_text(values, S("status")),
                     .status_label = status_words(visit, subject),
                     .result_label = field_words(visit, subject, S("result")),
                     .created_at = values_int(values, S("created_at")),
                     .closed_at = values_int(values, S("closed_at"))};
    row.columns = row_columns(visit, subject, chosen, &row.n_columns);
    return row;
}

static RecordRow row_of(Visit *visit, const Subject *subject, const RowColumns *chosen)
{
    const Values *values = &subject->record->values;
    RecordRow row = row_of_public(visit, subject, chosen);
    if (subject->mask.public_only)
        return row;
    row.place = field_words(visit, subject, S("place"));
    row.lead = field_words(visit, subject, S("lead"));
    row.light = light_of(values, visit->now);
    row.due = (Day)values_int(values, S("due_on"));
    row.href = view_href(visit, subject->kind, subject->record);
    row.clock_values = *values;
    row.voided = values_int(values, S("voided_at")) != 0;
    row.pending = values_text(values, S("pending")).n > 0;
    row_next(visit, subject, &row);
    return row;
}

static const Kind *kind_of(const Visit *visit, const Record *record)
{
    return profile_kind(visit->office->profile, values_text(&record->values, S("kind")));
}

Str row_left(const Visit *visit, const RecordRow *row)
{
    return clock_left(visit, &row->clock_values);
}

RecordRow record_row(Visit *visit, const Record *record)
{
    const Kind *kind = kind_of(visit, record);
    Subject subject;
    if (!kind)
        return (RecordRow){.id = record->id, .number = values_text(&record->values, S("number"))};
    subject = subject_of(visit, kind, record);
    return row_of(visit, &subject, NULL);
}

bool row_may_stand(Visit *visit, const Record *record, bool texts)
{
    const Kind *kind = kind_of(visit, record);
    return kind && mask_lets_stand(mask_of(visit, kind, &record->values), texts);
}

bool row_if_open(Visit *visit, const Record *record, bool texts, const RowColumns *chosen,
                 RecordRow *ret_row)
{
    const Kind *kind = kind_of(visit, record);
    Subject subject;
    if (!kind)
        return false;
    subject = subject_of(visit, kind, record);
    if (!mask_lets_stand(subject.mask, texts))
        return false;
    *ret_row = row_of(visit, &subject, chosen);
    return true;
}
