/* SPDX-License-Identifier: Apache-2.0 */
/* The form of a move: what each field starts with and what can be chosen in it. */
#include "view/move_view.h"

#define OPTIONS_MAX     500  /* records */
#define ORG_OPTIONS_MAX 2000 /* a large city; those that stand deepest are left out */
#define PAGE_ROWS       200

typedef struct Options {
    OptionView *p;
    size_t n, hidden;
} Options;

static Options options_new(const Visit *visit, size_t count)
{
    return (Options){NEW_ARRAY(visit->arena, OptionView, count + 1), 0, 0};
}

static void options_add(Options *options, Str value, Str label, Str note)
{
    options->p[options->n++] = (OptionView){.value = value, .label = label, .note = note};
}

static bool options_have(const Options *options, Str value)
{
    for (size_t i = 0; i < options->n; i++)
        if (str_eq(options->p[i].value, value))
            return true;
    return false;
}

static bool text_names(Str list, Str value)
{
    Str part;
    while (str_next(&list, ',', &part))
        if (str_eq(str_trim(part), value))
            return true;
    return false;
}

void options_select(OptionView *options, size_t count, Str text)
{
    for (size_t i = 0; i < count; i++)
        options[i].selected = text_names(text, options[i].value);
}

static Options choice_options(const Visit *visit, const ChoiceList *list)
{
    Options options = options_new(visit, list ? list->n : 0);
    for (size_t i = 0; list && i < list->n; i++)
        options_add(&options, list->items[i].code,
                    label_text(list->items[i].label, visit->language),
                    label_text(list->items[i].note, visit->language));
    return options;
}

static Options truth_options(const Visit *visit, const Field *field)
{
    Options options = options_new(visit, 2);
    options_add(&options, form_value_text(visit->arena, visit->office, field, value_int(1)),
                view_say(visit, MSG_view_yes), S(""));
    options_add(&options, form_value_text(visit->arena, visit->office, field, value_int(0)),
                view_say(visit, MSG_view_no), S(""));
    return options;
}

/* ---- organisations of the tree ---- */

/* Departments before divisions, townships last; within one of these as the tree is ordered. */
static int org_rank(const Org *org)
{
    return org->division_code.n == 0 ? org->depth : 100 + org->depth;
}

static bool org_is_offered(const Visit *visit, const Org *org, bool place)
{
    if (org->closed_on && org->closed_on <= day_of(visit->now))
        return false;
    return !place || (!org->is_virtual && (org->division_code.n > 0 || org->parent == 0));
}

/* The branch below the root that a place stands in: a district with all that is in it. */
static const Org *org_branch(const Visit *visit, const Org *org)
{
    while (org && org->depth > 1)
        org = org_find(&visit->office->orgs, org->parent);
    return org && org->depth == 1 ? org : NULL;
}

/* Those of a district under its name, in the order of the districts. */
static void options_group(const Visit *visit, Options *options)
{
    OptionView *sorted = NEW_ARRAY(visit->arena, OptionView, options->n + 1);
    bool *taken = NEW_ARRAY(visit->arena, bool, options->n + 1);
    size_t count = 0;
    for (size_t i = 0; i < options->n; i++) {
        const Org *org = org_by_code(&visit->office->orgs, options->p[i].value);
        const Org *branch = org_branch(visit, org);
        options->p[i].group = branch ? label_text(branch->title, visit->language) : S("");
        if (str_eq(options->p[i].note, options->p[i].group))
            options->p[i].note = S("");
    }
    for (size_t i = 0; i < options->n; i++)
        for (size_t j = i; j < options->n && !taken[i]; j++)
            if (!taken[j] && str_eq(options->p[j].group, options->p[i].group)) {
                sorted[count++] = options->p[j];
                taken[j] = j != i;
            }
    options->p = sorted;
}

static int org_order(const void *a, const void *b)
{
    const Org *x = *(const Org *const *)a, *y = *(const Org *const *)b;
    int rank = org_rank(x) - org_rank(y);
    return rank ? rank : str_cmp(x->code, y->code);
}

/* The nearest division above tells townships of the same name apart. */
static Str org_note(const Visit *visit, const Org *org)
{
    const Org *parent = org->depth > 1 ? org_find(&visit->office->orgs, org->parent) : NULL;
    return parent ? label_text(parent->title, visit->language) : S("");
}

static Options org_options(const Visit *visit, bool place)
{
    const Map *all = &visit->office->orgs.by_id;
    const Org **orgs = NEW_ARRAY(visit->arena, const Org *, all->n + 1);
    Options options;
    size_t count = 0, offered;
    for (size_t i = 0; i < all->n; i++)
        if (org_is_offered(visit, all->slots[i].value, place))
            orgs[count++] = all->slots[i].value;
    qsort(orgs, count, sizeof(const Org *), org_order);
    offered = MIN(count, (size_t)ORG_OPTIONS_MAX);
    options = options_new(visit, offered);
    options.hidden = count - offered;
    for (size_t i = 0; i < offered; i++)
        options_add(&options, orgs[i]->code, label_text(orgs[i]->title, visit->language),
                    org_note(visit, orgs[i]));
    if (place)
        options_group(visit, &options);
    return options;
}

/* ---- records ---- */

static void record_option(Visit *visit, Options *options, const Kind *kind, const Record *record)
{
    Str number = values_text(&record->values, S("number"));
    Mask mask = mask_of(visit, kind, &record->values);
    Str title = mask_title(visit, kind, mask, &record->values);
    if (mask.open || kind_is_open_to_staff(kind))
        options_add(options, number.n ? number : STR(visit->arena, "#", record->id),
                    title.n ? title : number, title.n ? number : S(""));
}

/* Directory records are open to all staff; of other kinds what the visitor may list. */
static Options record_options(Visit *visit, const Kind *kind)
{
    Options options = options_new(visit, OPTIONS_MAX);
    IdVec orgs = permit_list_orgs(visit->arena, visit->office, &visit->actor, kind);
    ListQuery query = {.kind = kind,
                       .orgs = orgs.p,
                       .n_orgs = orgs.n,
                       .everything = kind_is_open_to_staff(kind) || kind->built_in,
                       .now = visit->now,
                       .limit = PAGE_ROWS};
    ListPage page = {0};
    do {
        query.after = page.next;
        if (!record_list(visit->arena, visit->db, &visit->office->orgs, &query, &page, NULL))
            return options;
        for (size_t i = 0; i < page.n && options.n < OPTIONS_MAX; i++)
            record_option(visit, &options, kind, &page.records[i]);
    } while (page.next.n && options.n < OPTIONS_MAX);
    return options;
}

/* To be merged into: the look-alikes. */
static Options similar_options(Visit *visit, const InputsAsked *asked)
{
    IdVec ids = similar_of(visit, asked->kind, asked->record, asked->values, 20);
    Options options = options_new(visit, ids.n);
    for (size_t i = 0; i < ids.n; i++) {
        Record record;
        if (record_get(visit->arena, visit->db, ids.p[i], &record, NULL))
            record_option(visit, &options, asked->kind, &record);
    }
    return options;
}

/* What stands in the field is offered too, however many there are: else saving would clear it. */
static void options_keep(Visit *visit, const InputsAsked *asked, const Field *field,
                         Options *options)
{
    Value value = values_get(asked->values, field->name);
    const int64_t *ids = value.type == VALUE_INT ? &value.number : value.ids;
    size_t count = value.type == VALUE_INT ? 1 : value.count;
    Options kept = options_new(visit, options->n + count);
    kept.hidden = options->hidden;
    for (size_t i = 0; i < options->n; i++)
        kept.p[kept.n++] = options->p[i];
    for (size_t i = 0; i < count; i++) {
        Record record;
        if (!options_have(options, view_reference(visit, ids[i])) &&
            record_get(visit->arena, visit->db, ids[i], &record, NULL))
            record_option(visit, &kept, field->to, &record);
    }
    *options = kept;
}

/* A step that names another of its own kind merges: look-alikes first. */
static Options link_options(Visit *visit, const InputsAsked *asked, const Field *field)
{
    bool merges = field->to == asked->kind && asked->move->n_from && !asked->move->edits;
    Options options = merges ? similar_options(visit, asked) : (Options){0};
    if (options.n == 0)
        options = record_options(visit, field->to);
    options_keep(visit, asked, field, &options);
    return options;
}

static Options options_of(Visit *visit, const InputsAsked *asked, const Field *field)
{
    bool staff = visit_is_staff(visit);
    switch (field->type) {
    case FIELD_CHOICE:
    case FIELD_CHOICES:
        return choice_options(visit, field->choices);
    case FIELD_YES_NO:
        return truth_options(visit, field);
    case FIELD_PLACE:
        return org_options(visit, true);
    case FIELD_ORGANISATION:
    case FIELD_ORGANISATIONS:
        if (!field->to || str_eq(field->to->name, S("org")))
            return org_options(visit, false);
        return staff ? link_options(visit, asked, field) : (Options){0};
    case FIELD_POST:
    case FIELD_RECORD:
        return staff && field->to ? link_options(visit, asked, field) : (Options){0};
    default:
        return (Options){0};
    }
}

/* ---- what stands in a field at first ---- */

static Str links_as_text(Visit *visit, Value value)
{
    Buf text = buf_open(visit->arena);
    if (value.type == VALUE_INT)
        return view_reference(visit, value.number);
    for (size_t i = 0; i < value.count; i++)
        TEXT(&text, i ? "," : "", view_reference(visit, value.ids[i]));
    return buf_str(&text);
}

/* What the visitor may not read stands in no form either. */
static bool value_is_masked(Visit *visit, const InputsAsked *asked, const Field *field)
{
    Value value = values_get(asked->values, field->name);
    return asked->record != 0 && value.type != VALUE_NONE &&
           field_view(visit, asked->kind, asked->mask, field, value).masked;
}

static Str first_text(Visit *visit, const InputsAsked *asked, const Field *field)
{
    Value value = values_get(asked->values, field->name);
    bool keeps = asked->move->edits || !field->move_only || asked->record == 0;
    if (field_is_personal(field) || field->type == FIELD_ATTACHMENT ||
        value_is_masked(visit, asked, field))
        return S("");
    if (value.type == VALUE_NONE || !keeps)
        value = field->preset;
    if (value.type == VALUE_NONE && str_eq(field->name, S("lead")))
        return asked->lead;
    if (value.type == VALUE_NONE)
        return S("");
    return field_is_link(field) ? links_as_text(visit, value)
                                : form_value_text(visit->arena, visit->office, field, value);
}

static MoveFields form_of(Visit *visit, const InputsAsked *asked)
{
    MoveFields all = form_fields(visit->arena, asked->kind, asked->move, asked->public_only);
    MoveFields items = {0};
    /* Left out it stays as it is; sent empty it would be cleared. */
    for (size_t i = 0; i < all.n; i++) {
        MoveField item = all.p[i];
        item.required |= asked->move->n_form == 0 && item.field->required;
        if (item.required || !value_is_masked(visit, asked, item.field))
            *vec_push(visit->arena, &items) = item;
    }
    return items;
}

const InputView *inputs_make(Visit *visit, const InputsAsked *asked, size_t *ret_count)
{
    MoveFields items = form_of(visit, asked);
    InputView *inputs = NEW_ARRAY(visit->arena, InputView, items.n + 1);
    for (size_t i = 0; i < items.n; i++) {
        const Field *field = items.p[i].field;
        Options options = options_of(visit, asked, field);
        inputs[i] = (InputView){.field = field,
                                .name = field->name,
                                .label = label_text(field->label, visit->language),
                                .help = label_text(field->help, visit->language),
                                .required = items.p[i].required,
                                .look_alike = str_eq(field->name, asked->kind->title) ||
                                              str_eq(field->name, asked->kind->body),
                                .text = first_text(visit, asked, field),
                                .options = options.p,
                                .n_options = options.n,
                                .n_hidden = options.hidden};
        options_select(options.p, options.n, inputs[i].text);
    }
    *ret_count = items.n;
    return inputs;
}

/* Several texts of one name become one list, as the options understand it. */
static Str sent_text(const Visit *visit, const FormInput *sent, Str name, bool *ret_found)
{
    Buf text = buf_open(visit->arena);
    *ret_found = false;
    for (size_t i = 0; i < sent->n; i++) {
        if (!str_eq(sent->pairs[i].name, name))
            continue;
        TEXT(&text, *ret_found ? "," : "", sent->pairs[i].text);
        *ret_found = true;
    }
    return buf_str(&text);
}

void inputs_fill(Visit *visit, MoveView *move, const FormInput *sent, const Err *err)
{
    for (size_t i = 0; i < move->n_inputs; i++) {
        InputView *input = (InputView *)&move->inputs[i];
        bool found;
        Str text = sent_text(visit, sent, input->name, &found);
        if (found) {
            input->text = text;
            options_select((OptionView *)input->options, input->n_options, text);
        }
        for (const ErrField *field = err ? err->fields : NULL; field; field = field->next)
            if (str_eq(field->field, input->name) && input->error.n == 0)
                input->error = err_field_text(visit->arena, field, visit->language);
    }
}
