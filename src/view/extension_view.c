/* SPDX-License-Identifier: Apache-2.0 */
/* Extensions of a record's limit: who asked and why, who agreed, the old day and the new one. All
 * of it stands in the record's entries; nothing more is kept. */
#include "base/number.h"
#include "change/journal.h"
#include "view/move_view.h"

#include "query.h"

typedef VEC(ExtensionView) ExtensionVec;

/* One walk over the entries, oldest first. */
typedef struct Walk {
    Visit *visit;
    Subject subject;
    Str prefix; /* "1024." */
    Day due;    /* before the entry that is looked at */
    bool waits; /* the last one is not decided */
    ExtensionVec all;
} Walk;

/* What the entry assigns to a value of the record; nothing where it does not or was erased. */
static Value assigned(const Walk *walk, const Entry *entry, Str name)
{
    Str full = STR(walk->visit->arena, walk->prefix, name);
    Value value = VALUE_NOTHING;
    for (size_t i = 0; i < entry->field_count; i++)
        if (str_eq(entry->fields[i].name, full) && entry->fields[i].form != FIELD_ERASED &&
            !value_parse(walk->visit->arena, entry->fields[i].value, &value, NULL))
            return VALUE_NOTHING;
    return value;
}

static const Move *extending(const Walk *walk, Str name)
{
    const Flow *flow = walk->subject.kind->flow;
    const Move *move = name.n > 0 && flow ? flow_move(flow, name) : NULL;
    return move && move->clock == CLOCK_EXTEND ? move : NULL;
}

/* What a form says beside the new day. */
static Str reason_of(const Walk *walk, const Move *move, const Values *form)
{
    Buf reason = buf_open(walk->visit->arena);
    for (size_t i = 0; i < move->n_form; i++) {
        const Field *field = move->form[i].field;
        Value value = values_get(form, field->name);
        if (!field_is_text(field) || value.type == VALUE_NONE ||
            !mask_shows(walk->subject.mask, walk->subject.kind, field))
            continue;
        TEXT(&reason, reason.n > 0 ? "\n" : "",
             field_view(walk->visit, walk->subject.kind, walk->subject.mask, field, value).text);
    }
    return buf_str(&reason);
}

static Str text_in(const Walk *walk, const Entry *entry, Str name)
{
    Value value = assigned(walk, entry, name);
    return value.type == VALUE_TEXT ? value.text : S("");
}

static Day day_in(const Walk *walk, const Entry *entry, Str name)
{
    Value value = assigned(walk, entry, name);
    return value.type == VALUE_INT ? (Day)value.number : 0;
}

static ExtensionView *add(Walk *walk, const Entry *entry, const Move *move, const Values *form)
{
    ExtensionView *view = vec_push(walk->visit->arena, &walk->all);
    *view = (ExtensionView){.move = label_text(move->label, walk->visit->language),
                            .asked_at = entry->header.at,
                            .asked_by = view_who(walk->visit, entry->header.actor),
                            .reason = reason_of(walk, move, form),
                            .old_due = walk->due,
                            .new_due = (Day)values_int(form, move->clock_field)};
    return view;
}

/* A second person is asked. */
static void ask(Walk *walk, const Entry *entry, const Move *move)
{
    Values form = {0};
    Str text = text_in(walk, entry, S("pending_form"));
    if (text.n > 0 && !values_parse(walk->visit->arena, text, &form, NULL))
        form = (Values){0};
    (void)add(walk, entry, move, &form);
    walk->waits = true;
}

/* Made at once: what the form said are values of the record. */
static void make(Walk *walk, const Entry *entry, const Move *move)
{
    Values form = {0};
    for (size_t i = 0; i < move->n_form; i++)
        values_set(walk->visit->arena, &form, move->form[i].field->name,
                   assigned(walk, entry, move->form[i].field->name));
    ExtensionView *view = add(walk, entry, move, &form);
    view->agreed = true;
    view->decided_at = entry->header.at;
    view->new_due = day_in(walk, entry, S("due_on"));
}

static void settle(Walk *walk, const Entry *entry, bool agreed)
{
    ExtensionView *view = &walk->all.p[walk->all.n - 1];
    view->agreed = agreed;
    view->decided_at = entry->header.at;
    view->decided_by = view_who(walk->visit, entry->header.actor);
    view->old_due = walk->due;
    if (agreed)
        view->new_due = day_in(walk, entry, S("due_on"));
    else if (walk->subject.mask.texts)
        view->refused_reason = text_in(walk, entry, S("refused_reason"));
    walk->waits = false;
}

static void look(Walk *walk, const Entry *entry)
{
    Str action = entry->header.action;
    size_t dot = str_find(action, S("."), 0);
    Str name = dot == SIZE_MAX ? action : str_slice(action, dot + 1, action.n);
    const Move *asked = extending(walk, text_in(walk, entry, S("pending")));
    const Move *made = extending(walk, name);
    Day due = day_in(walk, entry, S("due_on"));
    if (asked)
        ask(walk, entry, asked);
    else if (walk->waits && (str_eq(name, S("approve")) || str_eq(name, S("refuse"))))
        settle(walk, entry, str_eq(name, S("approve")));
    else if (made && due)
        make(walk, entry, made);
    if (due)
        walk->due = due;
}

/* A refused one leaves nothing but its entries; `refused` is the last move that was. */
static bool has_any(const Walk *walk, const Values *values)
{
    const Flow *flow = walk->subject.kind->flow;
    if (extending(walk, values_text(values, S("pending"))) ||
        extending(walk, values_text(values, S("refused"))))
        return true;
    for (size_t i = 0; flow && i < flow->n_moves; i++) {
        const Move *move = &flow->moves[i];
        for (size_t j = 0; move->clock == CLOCK_EXTEND && j < move->n_milestones; j++)
            if (values_int(values, move->milestones[j]))
                return true;
        if (move->clock == CLOCK_EXTEND && move->n_milestones == 0)
            return true;
    }
    return false;
}

bool extensions_view(Visit *visit, const Kind *kind, const Record *record,
                     const ExtensionView **ret_extensions, size_t *ret_count, Err *err)
{
    Walk walk = {.visit = visit,
                 .subject = subject_of(visit, kind, record),
                 .prefix = STR(visit->arena, record->id, ".")};
    QEntryRow *rows = NULL;
    size_t count = 0;
    if (has_any(&walk, &record->values) &&
        !q_entry_of_record_all(visit->db, visit->arena, record->id, &rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        Entry entry;
        if (!journal_read(visit->arena, &rows[i], &entry, err))
            return false;
        look(&walk, &entry);
    }
    *ret_extensions = walk.all.p;
    *ret_count = walk.all.n;
    return true;
}
