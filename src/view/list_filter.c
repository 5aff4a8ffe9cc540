/* SPDX-License-Identifier: Apache-2.0 */
/* The filters above a list. */
#include "view/list_query.h"

static FilterView filter_text(const Visit *visit, Str name, MessageId label)
{
    return (FilterView){
        .name = name, .label = view_say(visit, label), .text = http_query(visit->request, name)};
}

static FilterView filter_options(const Visit *visit, FilterView filter, OptionView *options,
                                 size_t count)
{
    (void)visit;
    options_select(options, count, filter.text);
    filter.options = options;
    filter.n_options = count;
    return filter;
}

static FilterView filter_status(const Visit *visit, const Flow *flow)
{
    OptionView *options = NEW_ARRAY(visit->arena, OptionView, flow->n_states + 1);
    options[0] = (OptionView){.value = S("open"), .label = view_say(visit, MSG_view_filter_open)};
    for (size_t i = 0; i < flow->n_states; i++)
        options[i + 1] = (OptionView){.value = flow->states[i].name,
                                      .label = label_text(flow->states[i].label, visit->language)};
    return filter_options(visit, filter_text(visit, S("status"), MSG_view_filter_status), options,
                          flow->n_states + 1);
}

static FilterView filter_light(const Visit *visit)
{
    static const struct {
        Str value;
        MessageId label;
    } lights[] = {{S_CONST("green"), MSG_view_light_green},
                  {S_CONST("yellow"), MSG_view_light_yellow},
                  {S_CONST("red"), MSG_view_light_red},
                  {S_CONST("paused"), MSG_view_light_paused}};
    OptionView *options = NEW_ARRAY(visit->arena, OptionView, COUNT_OF(lights));
    for (size_t i = 0; i < COUNT_OF(lights); i++)
        options[i] =
            (OptionView){.value = lights[i].value, .label = view_say(visit, lights[i].label)};
    return filter_options(visit, filter_text(visit, S("light"), MSG_view_filter_light), options,
                          COUNT_OF(lights));
}

static FilterView filter_choices(const Visit *visit, const Field *field)
{
    const ChoiceList *list = field->choices;
    OptionView *options = NEW_ARRAY(visit->arena, OptionView, list->n + 1);
    FilterView filter = {.name = field->name,
                         .label = label_text(field->label, visit->language),
                         .text = http_query(visit->request, field->name)};
    for (size_t i = 0; i < list->n; i++)
        options[i] = (OptionView){.value = list->items[i].code,
                                  .label = label_text(list->items[i].label, visit->language)};
    return filter_options(visit, filter, options, list->n);
}

/* The organisations one may stand in for: choosing among hundreds is the search field's work. */
static FilterView filter_org(const Visit *visit)
{
    const OrgTree *tree = &visit->office->orgs;
    const Org *root = org_find(tree, tree->root);
    size_t count = root ? root->children.n : 0;
    OptionView *options = NEW_ARRAY(visit->arena, OptionView, count + 1);
    for (size_t i = 0; i < count; i++) {
        const Org *org = org_find(tree, root->children.p[i]);
        options[i] =
            (OptionView){.value = org->code, .label = label_text(org->title, visit->language)};
    }
    return filter_options(visit, filter_text(visit, S("org"), MSG_view_filter_org), options, count);
}

void list_filters(Visit *visit, const Kind *kind, ListView *view)
{
    FilterView *filters = NEW_ARRAY(visit->arena, FilterView, (kind ? kind->n_fields : 0) + 9);
    size_t count = 0;
    filters[count++] = filter_text(visit, S("q"), MSG_view_filter_q);
    if (kind && kind->flow)
        filters[count++] = filter_status(visit, kind->flow);
    filters[count++] = filter_light(visit);
    filters[count++] = filter_org(visit);
    filters[count++] = filter_text(visit, S("from"), MSG_view_filter_from);
    filters[count++] = filter_text(visit, S("to"), MSG_view_filter_to);
    if (kind && kind->n_parents)
        filters[count++] = filter_text(visit, S("parent"), MSG_view_filter_parent);
    for (size_t i = 0; kind && i < kind->n_fields; i++)
        if (kind->fields[i]->filter && kind->fields[i]->choices)
            filters[count++] = filter_choices(visit, kind->fields[i]);
    view->filters = filters;
    view->n_filters = count;
}
