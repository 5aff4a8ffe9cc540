/* SPDX-License-Identifier: Apache-2.0 */
#include "base/number.h"
#include "view/clock_view.h"
#include "view/list_query.h"
#include "view/move_view.h"

#define ROWS_MAX 200

static bool not_found(Err *err)
{
    return err_set(err, ERR_NOT_FOUND, MSG_view_no_such_record);
}

/* By number; a kind without numbers is named by the id. */
static bool record_look(Visit *visit, const Kind *kind, Str number, Record *ret_record,
                        bool *ret_found, Err *err)
{
    int64_t id;
    if (!record_find(visit->arena, visit->db, number, ret_record, ret_found, err))
        return false;
    if (*ret_found || kind->number.n || !int_parse(number, &id))
        return true;
    *ret_found = record_get(visit->arena, visit->db, id, ret_record, err);
    if (!*ret_found && err->code != ERR_NOT_FOUND)
        return false;
    err_clear(err);
    return true;
}

bool record_open(Visit *visit, Str kind_name, Str number, const Kind **ret_kind, Record *ret_record,
                 Err *err)
{
    const Kind *kind = profile_kind(visit->office->profile, kind_name);
    Record record;
    bool found;
    if (!kind)
        return err_set(err, ERR_NOT_FOUND, MSG_view_no_such_kind, kind_name);
    if (!record_look(visit, kind, number, &record, &found, err))
        return false;
    if (!found || !str_eq(values_text(&record.values, S("kind")), kind->name) ||
        !mask_of(visit, kind, &record.values).open)
        return not_found(err);
    if (ret_kind)
        *ret_kind = kind;
    *ret_record = record;
    return true;
}

/* ---- parts ---- */

static const FieldView *fields_of(Visit *visit, const Subject *subject, const Values *values,
                                  size_t *ret_count)
{
    const Kind *kind = subject->kind;
    FieldView *views = NEW_ARRAY(visit->arena, FieldView, kind->n_fields + 1);
    size_t count = 0;
    for (size_t i = 0; i < kind->n_fields; i++) {
        const Field *field = kind->fields[i];
        Value value = values_get(values, field->name);
        if (value.type == VALUE_NONE || !mask_shows(subject->mask, kind, field))
            continue;
        views[count++] = field_view(visit, kind, subject->mask, field, value);
    }
    *ret_count = count;
    return views;
}

/* A link opens only for those who may open what it points to. */
static void fields_link(Visit *visit, const FieldView *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        FieldView *view = (FieldView *)&fields[i];
        bool links = view->field->type == FIELD_RECORD ||
                     (view->field->type == FIELD_ORGANISATION && view->field->to);
        Record record;
        const Kind *kind;
        int64_t id = view->value.type == VALUE_IDS && view->value.count ? view->value.ids[0]
                     : view->value.type == VALUE_INT                    ? view->value.number
                                                                        : 0;
        if (!links || !id || !record_get(visit->arena, visit->db, id, &record, NULL))
            continue;
        kind = profile_kind(visit->office->profile, values_text(&record.values, S("kind")));
        if (kind && mask_of(visit, kind, &record.values).open)
            view->href = view_href(visit, kind, &record);
    }
}

/* What will happen, with what was asked for in its sentence. */
static Str pending_words(Visit *visit, const Subject *subject, const Move *move, const Values *form)
{
    Record asked = *subject->record;
    Subject known = *subject;
    asked.values = values_dup(visit->arena, &asked.values);
    for (size_t i = 0; i < form->n; i++)
        values_set(visit->arena, &asked.values, form->p[i].name, form->p[i].value);
    known.record = &asked;
    known.form_known = true;
    return move_view(visit, &known, move).says;
}

static bool pending_of(Visit *visit, const Subject *subject, RecordView *view, Err *err)
{
    const Values *values = &subject->record->values;
    Str name = values_text(values, S("pending"));
    const Move *move = name.n && subject->kind->flow ? flow_move(subject->kind->flow, name) : NULL;
    const Account *by = office_account(visit->office, values_int(values, S("actor_pending")));
    Subject open = *subject;
    Values form;
    if (!move)
        return true;
    view->pending_label = label_text(move->label, visit->language);
    view->pending_by = by ? label_text(by->title, visit->language) : S("");
    view->pending_says = move_view(visit, subject, move).says;
    view->may_decide = move_to_decide(visit, subject) != NULL;
    /* Who decides must see what about. */
    open.mask.texts = open.mask.texts || view->may_decide;
    if (!values_parse(visit->arena, values_text(values, S("pending_form")), &form, err)) {
        /* Erased while it waited: nothing to show. */
        err_clear(err);
        return true;
    }
    view->pending_fields = fields_of(visit, &open, &form, &view->n_pending_fields);
    view->pending_says = pending_words(visit, &open, move, &form);
    return true;
}

typedef VEC(RecordRow) Rows;

static bool may_stand(Visit *visit, const Record *record)
{
    const Kind *kind =
        profile_kind(visit->office->profile, values_text(&record->values, S("kind")));
    return kind && !values_int(&record->values, S("voided_at")) &&
           mask_of(visit, kind, &record->values).open;
}

static bool rows_add(Visit *visit, Rows *rows, const Record *record)
{
    if (rows->n >= ROWS_MAX || !may_stand(visit, record))
        return false;
    *vec_push(visit->arena, rows) = record_row(visit, record);
    return true;
}

typedef VEC(MoreChildren) More;

/* The latest of a kind; a panel of hundreds is a list of its own. */
static void children_of_kind(Visit *visit, const Subject *subject, const Kind *kind,
                             const Record *records, size_t count, Rows *rows, More *more)
{
    VEC(const Record *) open = {0};
    Str number = values_text(&subject->record->values, S("number"));
    for (size_t i = 0; i < count; i++)
        if (may_stand(visit, &records[i]))
            *vec_push(visit->arena, &open) = &records[i];
    for (size_t i = open.n - MIN(open.n, CHILDREN_OF_KIND); i < open.n; i++)
        *vec_push(visit->arena, rows) = record_row(visit, open.p[i]);
    if (open.n <= CHILDREN_OF_KIND)
        return;
    if (number.n == 0)
        number = STR(visit->arena, "#", subject->record->id);
    *vec_push(visit->arena, more) = (MoreChildren){kind, (int64_t)open.n, number};
}

/* A co-unit sees its own part also where the parent's axis is another's; hence the parent decides
 * nothing here and each child is asked for itself. */
static bool children_of(Visit *visit, const Subject *subject, RecordView *view, Err *err)
{
    const Profile *profile = visit->office->profile;
    Rows rows = {0};
    More more = {0};
    for (size_t i = 0; i < profile->n_kinds; i++) {
        Record *records;
        size_t count;
        if (!kind_is_child_of(&profile->kinds[i], subject->kind))
            continue;
        if (!record_children(visit->arena, visit->db, subject->record->id, profile->kinds[i].name,
                             &records, &count, err))
            return false;
        children_of_kind(visit, subject, &profile->kinds[i], records, count, &rows, &more);
    }
    view->children = rows.p;
    view->n_children = rows.n;
    view->more = more.p;
    view->n_more = more.n;
    return true;
}

static bool parent_of(Visit *visit, const Subject *subject, RecordView *view, Err *err)
{
    int64_t id = values_id(&subject->record->values, S("parent"));
    RecordRow *row = NEW(visit->arena, RecordRow);
    Record parent;
    if (id == 0)
        return true;
    if (!record_get(visit->arena, visit->db, id, &parent, err))
        return false;
    if (row_if_open(visit, &parent, false, NULL, row))
        view->parent = row;
    return true;
}

static bool linked_by(Visit *visit, const Subject *subject, Str name, Rows *rows, Err *err)
{
    IdVec ids;
    if (!record_linking(visit->arena, visit->db, name, subject->record->id, &ids, err))
        return false;
    for (size_t i = 0; i < ids.n && rows->n < ROWS_MAX; i++) {
        Record record;
        if (!record_get(visit->arena, visit->db, ids.p[i], &record, err))
            return false;
        rows_add(visit, rows, &record);
    }
    return true;
}

/* Two kinds may use one name for their link (suggestion and request both have `session`). */
static bool name_is_known(const StrVec *names, Str name)
{
    for (size_t i = 0; i < names->n; i++)
        if (str_eq(names->p[i], name))
            return true;
    return false;
}

static bool linked_to(Visit *visit, const Subject *subject, RecordView *view, Err *err)
{
    const Profile *profile = visit->office->profile;
    Rows rows = {0};
    StrVec names = {0};
    for (size_t i = 0; i < profile->n_kinds; i++) {
        for (size_t j = 0; j < profile->kinds[i].n_fields; j++) {
            const Field *field = profile->kinds[i].fields[j];
            if (field->type != FIELD_RECORD || field->to != subject->kind ||
                name_is_known(&names, field->name))
                continue;
            *vec_push(visit->arena, &names) = field->name;
            if (!linked_by(visit, subject, field->name, &rows, err))
                return false;
        }
    }
    view->linked = rows.p;
    view->n_linked = rows.n;
    return true;
}

bool similar_rows(Visit *visit, const Kind *kind, const Record *record, const RecordRow **ret_rows,
                  size_t *ret_count, Err *err)
{
    Rows rows = {0};
    Mask mask = mask_of(visit, kind, &record->values);
    IdVec ids = {0};
    if (mask.texts)
        ids = similar_of(visit, kind, record->id, &record->values,
                         MAX(visit->office->profile->similar_count, 1));
    for (size_t i = 0; i < ids.n; i++) {
        Record other;
        if (!record_get(visit->arena, visit->db, ids.p[i], &other, err))
            return false;
        rows_add(visit, &rows, &other);
    }
    *ret_rows = rows.p;
    *ret_count = rows.n;
    return true;
}

/* The field by which a new record of the kind would say that it was raised here; or NULL. */
static const Field *raising_field(const Move *move, const Kind *here)
{
    for (size_t i = 0; move && i < move->n_form; i++)
        if (move->form[i].field->raised_by && move->form[i].field->to == here)
            return move->form[i].field;
    return NULL;
}

/* A child of this record, or one that says it was raised here, that the visitor may make. */
static const Move *move_below(Visit *visit, const Kind *kind, const Subject *subject, Str *ret_link)
{
    const Move *move;
    const Field *field;
    *ret_link = S("parent");
    if (kind_is_child_of(kind, subject->kind)) {
        move = new_move(visit, kind, subject->record);
        return move && new_child_stands(visit, kind, move, subject->record) ? move : NULL;
    }
    move = kind->n_parents ? NULL : new_move(visit, kind, NULL);
    field = raising_field(move, subject->kind);
    if (field)
        *ret_link = field->name;
    return field ? move : NULL;
}

static void child_moves_of(Visit *visit, const Subject *subject, RecordView *view)
{
    const Profile *profile = visit->office->profile;
    const Move **moves = NEW_ARRAY(visit->arena, const Move *, profile->n_kinds + 1);
    const Kind **kinds = NEW_ARRAY(visit->arena, const Kind *, profile->n_kinds + 1);
    Str *links = NEW_ARRAY(visit->arena, Str, profile->n_kinds + 1);
    size_t count = 0;
    if (!visit_is_staff(visit) || values_int(&subject->record->values, S("voided_at")))
        return;
    for (size_t i = 0; i < profile->n_kinds; i++) {
        kinds[count] = &profile->kinds[i];
        moves[count] = move_below(visit, kinds[count], subject, &links[count]);
        count += moves[count] != NULL;
    }
    view->child_moves = moves;
    view->child_kinds = kinds;
    view->child_links = links;
    view->n_child_moves = count;
}

/* ---- the whole ---- */

static bool staff_parts(Visit *visit, const Subject *subject, RecordView *view, Err *err)
{
    const Values *values = &subject->record->values;
    Scope scope = {subject->kind, values};
    view->clock = clock_view(visit, values, true);
    move_views(visit, subject, &view->moves, &view->n_moves);
    view->has_contact = values_int(values, S("has_contact")) != 0;
    view->may_reveal = view->has_contact && visit->account &&
                       permit_right(visit->office, &visit->actor, RIGHT_REVEAL_CONTACT, 0) &&
                       permit_see(visit->office, &visit->actor, &scope);
    child_moves_of(visit, subject, view);
    return pending_of(visit, subject, view, err) && parent_of(visit, subject, view, err) &&
           children_of(visit, subject, view, err) && linked_to(visit, subject, view, err) &&
           extensions_view(visit, subject->kind, subject->record, &view->extensions,
                           &view->n_extensions, err) &&
           history_view(visit, subject->kind, subject->record, &view->history, &view->n_history,
                        err);
}

bool record_view(Visit *visit, Str kind_name, Str number, RecordView *ret_view, Err *err)
{
    Record *record = NEW(visit->arena, Record);
    const Kind *kind;
    RecordView view = {0};
    Subject subject;
    if (!record_open(visit, kind_name, number, &kind, record, err))
        return false;
    subject = subject_of(visit, kind, record);
    view.record = record;
    view.row = record_row(visit, record);
    view.version = record->version;
    view.fields = fields_of(visit, &subject, &record->values, &view.n_fields);
    fields_link(visit, view.fields, view.n_fields);
    if (!subject.mask.public_only && !staff_parts(visit, &subject, &view, err))
        return false;
    *ret_view = view;
    return true;
}

bool record_view_similar(Visit *visit, RecordView *view, Err *err)
{
    if (!visit_is_staff(visit))
        return true;
    return similar_rows(visit, view->row.kind, view->record, &view->similar, &view->n_similar, err);
}
