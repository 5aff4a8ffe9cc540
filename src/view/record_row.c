/* SPDX-License-Identifier: Apache-2.0 */
#include "view/clock_view.h"
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

static const FieldView *row_columns(Visit *visit, const Subject *subject, size_t *ret_count)
{
    const Kind *kind = subject->kind;
    FieldView *columns = NEW_ARRAY(visit->arena, FieldView, kind->n_fields + 1);
    size_t count = 0;
    for (size_t i = 0; i < kind->n_fields; i++)
        if (is_column(subject, kind->fields[i]) && mask_shows(subject->mask, kind, kind->fields[i]))
            columns[count++] = column_of(visit, subject, kind->fields[i]);
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

static RecordRow row_of_public(Visit *visit, const Subject *subject)
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
    row.columns = row_columns(visit, subject, &row.n_columns);
    return row;
}

/* Chosen by somebody: the mask of each record decides whether they hold anything. */
static void row_choose(Visit *visit, const Subject *subject, const Field *const *columns,
                       size_t count, RecordRow *row)
{
    FieldView *views = NEW_ARRAY(visit->arena, FieldView, count + 1);
    row->n_columns = 0;
    for (size_t i = 0; i < count; i++)
        if (mask_shows(subject->mask, subject->kind, columns[i]))
            views[row->n_columns++] = column_of(visit, subject, columns[i]);
    row->columns = views;
}

RecordRow record_row(Visit *visit, const Record *record)
{
    return record_row_of(visit, record, NULL, 0);
}

RecordRow record_row_of(Visit *visit, const Record *record, const Field *const *columns,
                        size_t n_columns)
{
    const Kind *kind =
        profile_kind(visit->office->profile, values_text(&record->values, S("kind")));
    const Values *values = &record->values;
    Subject subject;
    RecordRow row;
    if (!kind)
        return (RecordRow){.id = record->id, .number = values_text(values, S("number"))};
    subject = subject_of(visit, kind, record);
    if (subject.mask.public_only)
        return row_of_public(visit, &subject);
    row = row_of_public(visit, &subject);
    if (columns)
        row_choose(visit, &subject, columns, n_columns, &row);
    row.place = field_words(visit, &subject, S("place"));
    row.lead = field_words(visit, &subject, S("lead"));
    row.light = light_of(values, visit->now);
    row.due = (Day)values_int(values, S("due_on"));
    row.left = clock_left(visit, values);
    row.href = view_href(visit, kind, record);
    row.voided = values_int(values, S("voided_at")) != 0;
    row.pending = values_text(values, S("pending")).n > 0;
    row_next(visit, &subject, &row);
    return row;
}
