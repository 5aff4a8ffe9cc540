/* SPDX-License-Identifier: Apache-2.0 */
/* References of a form: organisations by code, records by number. */
#include "record/bind.h"
#include "rule/rule.h"

#define REFERENCES_MAX 200

static int64_t org_by_division(const OrgTree *tree, Str code)
{
    for (size_t i = 0; i < tree->by_id.n && code.n; i++) {
        const Org *org = tree->by_id.slots[i].value;
        if (str_eq(org->division_code, code))
            return org->id;
    }
    return 0;
}

/* The kind that the field points to; NULL: the office's own tree. */
static const Kind *reference_kind(const Field *field)
{
    if (field->type == FIELD_PLACE || (field->to && str_eq(field->to->name, S("org"))))
        return NULL;
    return field->to;
}

/* An organisation that the same batch makes stands in no tree yet. */
static int64_t org_made_now(const Bind *bind, Str code)
{
    const Kind *kind = profile_kind(bind->office->profile, S("org"));
    return kind && bind->lookup ? bind->lookup->record(bind->lookup->context, kind, code) : 0;
}

static int64_t org_named(const Bind *bind, Str text, bool by_division)
{
    const Org *org = org_by_code(&bind->office->orgs, text);
    int64_t id = org ? org->id : by_division ? org_by_division(&bind->office->orgs, text) : 0;
    return id ? id : org_made_now(bind, text);
}

static int64_t reference_find(const Bind *bind, const Field *field, Str text)
{
    const Kind *kind = reference_kind(field);
    if (!kind && field->type != FIELD_POST && field->type != FIELD_RECORD)
        return org_named(bind, text, true);
    if (!kind && field->to && field->type == FIELD_RECORD)
        return org_named(bind, text, false);
    return kind && bind->lookup ? bind->lookup->record(bind->lookup->context, kind, text) : 0;
}

static bool reference_add(Bind *bind, const Field *field, Str text, IdVec *ids)
{
    Str reference = text_narrow(bind->arena, text);
    int64_t id;
    if (reference.n == 0)
        return true;
    id = reference_find(bind, field, reference);
    if (id == 0)
        return bind_wrong(bind, field->name,
                          field->type == FIELD_RECORD || field->type == FIELD_POST
                              ? MSG_form_no_such_record
                              : MSG_form_no_such_organisation,
                          reference, S(""));
    if (ids->n == REFERENCES_MAX)
        return bind_wrong(bind, field->name, MSG_form_too_many, STR(bind->arena, REFERENCES_MAX),
                          S(""));
    *vec_push(bind->arena, ids) = id;
    return true;
}

/* "TL-JXJ, TL-GXJ、TL-RSJ": the marks that people put between names. */
static bool references_split(Bind *bind, const Field *field, Str text, IdVec *ids)
{
    static const Str marks[] = {S_CONST(","), S_CONST("，"), S_CONST("、"), S_CONST(";"),
                                S_CONST("；")};
    size_t start = 0;
    for (size_t at = 0; at < text.n;) {
        size_t width = 0;
        for (size_t i = 0; i < COUNT_OF(marks) && !width; i++)
            if (str_starts(str_slice(text, at, text.n), marks[i]))
                width = marks[i].n;
        if (width && !reference_add(bind, field, str_slice(text, start, at), ids))
            return false;
        at += width ? width : 1;
        if (width)
            start = at;
    }
    return reference_add(bind, field, str_slice(text, start, text.n), ids);
}

bool bind_references(Bind *bind, const BindField *sent, Value *ret)
{
    const Field *field = sent->field;
    const FactColumn *column = fact_column(field->name);
    bool several = field->type == FIELD_ORGANISATIONS;
    IdVec ids = {0};
    for (size_t i = 0; i < (several ? sent->n : 1); i++) {
        bool added = several ? references_split(bind, field, sent->texts[i], &ids)
                             : reference_add(bind, field, sent->texts[i], &ids);
        if (!added)
            return false;
    }
    if (column && !column->is_text && ids.n)
        *ret = value_int(ids.p[0]);
    else
        *ret = value_ids(bind->arena, ids.p, ids.n);
    return true;
}
