/* SPDX-License-Identifier: Apache-2.0 */
/* A coverage: which of a set have something. Both are counted as different things that stand on a
 * day, each by an indicator of its own; the coverage is a figure, so that whatever names a figure
 * may name it. */
#include "profile/build_figure.h"
#include "profile/build_indicator.h"

/* Where the organisations of the tree stand, since when and until when, is known of all of them. */
static bool is_of_tree(const Indicator *members)
{
    return members->kind != NULL && str_eq(members->kind->name, S("org"));
}

/* What is there for counting only has nobody who could have anything. */
static const Condition *not_virtual(Load *load, const Kind *kind)
{
    static const Value yes = {.type = VALUE_INT, .number = 1};
    Condition *is_virtual = NEW(load->arena, Condition), *not = NEW(load->arena, Condition);
    const Condition **part = NEW(load->arena, const Condition *);
    *is_virtual = (Condition){.type = CONDITION_EQUAL,
                              .fact = S("virtual"),
                              .values = &yes,
                              .n_values = 1,
                              .position = kind->position};
    *part = is_virtual;
    *not =
        (Condition){.type = CONDITION_NOT, .parts = part, .n_parts = 1, .position = kind->position};
    return not ;
}

static const Kind *read_kind(Load *load, const Node *side)
{
    const Node *kind = node_get(side, S("kind"));
    if (kind == NULL)
        fault(load, side->position, MSG_profile_missing, S("kind"));
    return kind == NULL ? NULL : kind_named(load, kind);
}

/* `from` and `until`, or `in`: one of the two. */
static void read_days(Load *load, const Node *side, Indicator *indicator)
{
    bool in = node_get(side, S("in")) != NULL, from = node_get(side, S("from")) != NULL;
    indicator->in = indicator_day(load, side, S("in"), indicator->kind);
    indicator->from = indicator_day(load, side, S("from"), indicator->kind);
    indicator->until = indicator_day(load, side, S("until"), indicator->kind);
    if (in == from || (in && node_get(side, S("until")) != NULL))
        fault(load, side->position, MSG_profile_in_or_from, indicator->name);
}

static void read_place(Load *load, const Node *of, Indicator *members)
{
    if (node_get(of, S("at")) != NULL)
        indicator_place(load, of, members);
    else if (members->kind != NULL && kind_field(members->kind, S("place")) != NULL)
        members->at = S("place");
}

static void build_members(Load *load, const Node *of, Indicator *members)
{
    members->kind = read_kind(load, of);
    members->where = figure_condition(load, members->kind, node_get(of, S("where")));
    members->type = INDICATOR_DISTINCT;
    members->distinct = FACT_SELF;
    if (is_of_tree(members)) {
        check_keys(load, of, S("kind where"));
        members->at = FACT_SELF;
        members->from = S("opened_on");
        members->until = S("closed_on");
        members->where =
            condition_both(load->arena, members->where, not_virtual(load, members->kind));
        return;
    }
    check_keys(load, of, S("kind where from until at"));
    if (node_get(of, S("from")) == NULL)
        fault(load, of->position, MSG_profile_missing, S("from"));
    members->from = indicator_day(load, of, S("from"), members->kind);
    members->until = indicator_day(load, of, S("until"), members->kind);
    read_place(load, of, members);
}

static bool leads_to(const Fact *link, const Kind *kind)
{
    for (size_t i = 0; fact_target(link, i) != NULL; i++)
        if (fact_target(link, i) == kind)
            return true;
    return false;
}

/* The link that must point to the member. */
static void read_by(Load *load, const Node *has, const Indicator *members, Indicator *having)
{
    Fact link;
    Str by = read_required_text(load, has, S("by"));
    having->distinct = by;
    if (by.n == 0 || having->kind == NULL || members->kind == NULL)
        return;
    if (!fact_find(load->profile, having->kind, by, &link)) {
        StrVec known = fact_names(load->scratch, having->kind);
        fault_unknown(load, key_position(has, S("by")), MSG_profile_unknown_fact, by,
                      having->kind->name, &known);
    } else if (link.type != FACT_BROKEN && ((link.type != FACT_LINK && link.type != FACT_LINKS) ||
                                            !leads_to(&link, members->kind))) {
        fault(load, key_position(has, S("by")), MSG_profile_coverage_link, by, having->kind->name,
              members->kind->name);
    } else if (is_of_tree(members) && link.type == FACT_LINK) {
        having->at = by;
    }
}

static void build_having(Load *load, const Node *has, const Indicator *members, Indicator *having)
{
    check_keys(load, has, S("kind by where from until in"));
    having->kind = read_kind(load, has);
    having->where = figure_condition(load, having->kind, node_get(has, S("where")));
    having->type = INDICATOR_DISTINCT;
    read_by(load, has, members, having);
    read_days(load, has, having);
}

/* Keys of the figure it is; a stock is a level on a day and needs no period. */
static void build_own(Load *load, const Node *node, Indicator *coverage, Figure *figure)
{
    figure->label = coverage->label = read_required_label(load, node, S("label"));
    coverage->define = read_required_label(load, node, S("define"));
    check_label_redline(load, node, S("label"), figure->label);
    indicator_unit(load, node, coverage);
    figure->unit = coverage->word;
    figure->unit_size = 1;
    figure->org = read_text(load, node, S("org"));
    figure->board = read_flag(load, node, S("board"));
    figure->period = PERIOD_ALL;
    if (coverage->scale != 0)
        fault(load, key_position(node_get(node, S("unit")), S("scale")),
              MSG_profile_coverage_scale);
    if (node_get(node, S("period")) != NULL)
        (void)period_read(load, node, &figure->period);
}

static const Node *read_side(Load *load, const Document *document, Str key)
{
    if (node_get(document->node, key) == NULL)
        fault(load, document->position, MSG_profile_missing, key);
    return read_map(load, document->node, key);
}

static void build_sides(Load *load, const Document *document, Indicator *coverage)
{
    const Node *of = read_side(load, document, S("of")), *has = read_side(load, document, S("has"));
    Indicator members = {.label = coverage->label,
                         .define = coverage->define,
                         .dimension = coverage->dimension,
                         .word = coverage->word,
                         .position = coverage->position};
    Indicator having = members;
    if (of == NULL || has == NULL)
        return;
    members.name = STR(load->arena, document->name, ".of");
    having.name = STR(load->arena, document->name, ".has");
    build_members(load, of, &members);
    build_having(load, has, &members, &having);
    if (members.kind == NULL || having.kind == NULL)
        return;
    coverage->kind = members.kind;
    coverage->at = members.at;
    coverage->denominator = indicator_hidden(load, members);
    coverage->numerator = indicator_hidden(load, having);
}

void build_coverage(Load *load, const Document *document, Figure *figure)
{
    Indicator coverage = {.name = document->name,
                          .type = INDICATOR_COVERAGE,
                          .where = condition_build(load, NULL, NULL),
                          .position = document->position};
    check_keys(load, document->node, S("coverage label define unit of has period org board"));
    check_redline(load, document->position, document->name);
    if (document_find(load, HEAD_FIGURE, document->name) != NULL)
        fault(load, document->position, MSG_profile_coverage_twice, document->name);
    *figure = (Figure){.name = document->name, .position = document->position};
    build_own(load, document->node, &coverage, figure);
    build_sides(load, document, &coverage);
    if (coverage.numerator != NULL)
        figure->of = indicator_hidden(load, coverage);
}
