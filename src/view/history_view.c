/* SPDX-License-Identifier: Apache-2.0 */
/* A record's entries as the visitor may read them. */
#include "base/number.h"
#include "change/journal.h"
#include "view/move_view.h"

#include "query.h"

#define ENTRIES_MAX 200
#define LATE_US     MINUTE_US

static const struct {
    Str move;
    MessageId label;
} specials[] = {
    {S_CONST("approve"), MSG_view_move_approve},
    {S_CONST("refuse"), MSG_view_move_refuse},
    {S_CONST("reveal_contact"), MSG_view_move_reveal_contact},
    {S_CONST("erase_contact"), MSG_view_move_erase_contact},
    {S_CONST("erase_text"), MSG_view_move_erase_text},
    {S_CONST("recompute_due"), MSG_view_move_recompute_due},
    {S_CONST("password_set"), MSG_view_move_password_set},
};

/* Texts that the engine keeps beside the profile's fields. */
static const struct {
    Field field;
    MessageId label;
} engine_fields[] = {
    {{.name = S_CONST("refused_reason"), .type = FIELD_LONG_TEXT}, MSG_view_field_refused_reason},
    {{.name = S_CONST("contact_read_reason"), .type = FIELD_LONG_TEXT},
     MSG_view_field_contact_reason},
};

Str view_who(const Visit *visit, Str actor)
{
    const Account *account;
    int64_t id;
    if (str_eq(actor, S("public")))
        return view_say(visit, MSG_view_who_public);
    if (str_starts(actor, S("task:")))
        return view_say(visit, MSG_view_who_system);
    if (str_starts(actor, S("cli:")))
        return view_say(visit, MSG_view_who_cli);
    account = str_starts(actor, S("account:")) && int_parse(str_slice(actor, 8, actor.n), &id)
                  ? office_account(visit->office, id)
                  : NULL;
    return account ? label_text(account->title, visit->language)
                   : view_say(visit, MSG_view_who_gone);
}

/* "enterprise_request.assign": the kind is that of the record the change was about, which may be
 * another than this one. */
static void move_words(const Visit *visit, Str action, HistoryView *view)
{
    size_t dot = str_find(action, S("."), 0);
    const Kind *kind;
    const Move *move;
    view->move = dot == SIZE_MAX ? action : str_slice(action, dot + 1, action.n);
    view->what = view->move;
    for (size_t i = 0; i < COUNT_OF(specials); i++)
        if (str_eq(specials[i].move, view->move))
            view->what = view_say(visit, specials[i].label);
    kind = profile_kind(visit->office->profile, str_slice(action, 0, dot));
    move = kind && kind->flow ? flow_move(kind->flow, view->move) : NULL;
    if (move)
        view->what = label_text(move->label, visit->language);
}

static bool engine_field(const Visit *visit, const Subject *subject, Str name, Value value,
                         FieldView *ret_view)
{
    for (size_t i = 0; i < COUNT_OF(engine_fields); i++) {
        if (!str_eq(engine_fields[i].field.name, name))
            continue;
        *ret_view = (FieldView){.field = &engine_fields[i].field,
                                .label = view_say(visit, engine_fields[i].label),
                                .value = value,
                                .text = value.text};
        if (!subject->mask.texts) {
            ret_view->text = view_say(visit, MSG_view_withheld);
            ret_view->value = value_text(ret_view->text);
            ret_view->masked = true;
        }
        return true;
    }
    return false;
}

static FieldView erased_view(const Visit *visit, const Field *field)
{
    Str text = view_say(visit, MSG_view_erased);
    return (FieldView){.field = field,
                       .label = label_text(field->label, visit->language),
                       .value = value_text(text),
                       .text = text,
                       .masked = true};
}

/* One assignment of the entry; false when it is of another record or not for people. */
static bool change_view(Visit *visit, const Subject *subject, const EntryField *assigned,
                        FieldView *ret_view)
{
    Str prefix = STR(visit->arena, subject->record->id, ".");
    Str name = str_slice(assigned->name, prefix.n, assigned->name.n);
    const Field *field = kind_field(subject->kind, name);
    Value value = VALUE_NOTHING;
    if (!str_starts(assigned->name, prefix))
        return false;
    if (field && (field_is_personal(field) || !mask_shows(subject->mask, subject->kind, field)))
        return false;
    if (assigned->form == FIELD_ERASED) {
        if (field)
            *ret_view = erased_view(visit, field);
        return field != NULL;
    }
    if (!value_parse(visit->arena, assigned->value, &value, NULL))
        return false;
    if (!field)
        return value.type == VALUE_TEXT && engine_field(visit, subject, name, value, ret_view);
    *ret_view = field_view(visit, subject->kind, subject->mask, field, value);
    return true;
}

/* What was asked of a second person, whatever became of it. */
static size_t asked_views(Visit *visit, const Subject *subject, const Values *form,
                          FieldView *views)
{
    size_t count = 0;
    for (size_t i = 0; i < form->n; i++) {
        const Field *field = kind_field(subject->kind, form->p[i].name);
        if (field && !field_is_personal(field) && mask_shows(subject->mask, subject->kind, field))
            views[count++] =
                field_view(visit, subject->kind, subject->mask, field, form->p[i].value);
    }
    return count;
}

/* The form that the assignment lets wait; empty when it is none, or was erased. */
static Values asked_form(Visit *visit, const Subject *subject, const EntryField *assigned)
{
    Value value = VALUE_NOTHING;
    Values form = {0};
    if (!str_eq(assigned->name, STR(visit->arena, subject->record->id, ".pending_form")) ||
        assigned->form == FIELD_ERASED || !value_parse(visit->arena, assigned->value, &value, NULL))
        return form;
    if (value.type != VALUE_TEXT || !values_parse(visit->arena, value.text, &form, NULL))
        return (Values){0};
    return form;
}

static HistoryView entry_view(Visit *visit, const Subject *subject, const Entry *entry)
{
    HistoryView view = {.sequence = entry->header.sequence,
                        .at = entry->header.at,
                        .recorded_at = entry->header.recorded_at,
                        .who = view_who(visit, entry->header.actor)};
    Values form = {0};
    FieldView *changes;
    for (size_t i = 0; i < entry->field_count && form.n == 0; i++)
        form = asked_form(visit, subject, &entry->fields[i]);
    changes = NEW_ARRAY(visit->arena, FieldView, entry->field_count + form.n + 1);
    view.late = view.recorded_at - view.at > LATE_US;
    move_words(visit, entry->header.action, &view);
    for (size_t i = 0; i < entry->field_count; i++)
        view.n_changes += change_view(visit, subject, &entry->fields[i], &changes[view.n_changes]);
    view.n_changes += asked_views(visit, subject, &form, &changes[view.n_changes]);
    view.changes = changes;
    return view;
}

bool history_view(Visit *visit, const Kind *kind, const Record *record,
                  const HistoryView **ret_history, size_t *ret_count, Err *err)
{
    Subject subject = subject_of(visit, kind, record);
    QEntryRow *rows;
    HistoryView *views;
    size_t count, first;
    if (!q_entry_of_record_all(visit->db, visit->arena, record->id, &rows, &count, err))
        return false;
    first = count > ENTRIES_MAX ? count - ENTRIES_MAX : 0;
    views = NEW_ARRAY(visit->arena, HistoryView, count - first + 1);
    for (size_t i = first; i < count; i++) {
        Entry entry;
        if (!journal_read(visit->arena, &rows[i], &entry, err))
            return false;
        views[i - first] = entry_view(visit, &subject, &entry);
    }
    *ret_history = views;
    *ret_count = count - first;
    return true;
}
