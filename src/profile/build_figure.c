/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/build_figure.h"
#include "profile/build_indicator.h"

bool period_read(Load *load, const Node *node, PeriodType *ret_period)
{
    static const struct {
        Str word;
        PeriodType period;
    } words[] = {
        {S_CONST("year"), PERIOD_YEAR},
        {S_CONST("quarter"), PERIOD_QUARTER},
        {S_CONST("month"), PERIOD_MONTH},
        {S_CONST("all"), PERIOD_ALL},
    };
    StrVec known = words_of(load->scratch, S("year quarter month all"));
    Str text = read_required_text(load, node, S("period"));
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (str_eq(words[i].word, text)) {
            *ret_period = words[i].period;
            return true;
        }
    }
    if (text.n > 0)
        fault_unknown(load, key_position(node, S("period")), MSG_profile_unknown_word, text,
                      S("period"), &known);
    return false;
}

/* What a figure changes of its indicator. */
typedef struct Own {
    const Condition *where; /* one more; NULL: none */
    Str at;                 /* another organisation field; empty: the indicator's */
    Str name;
} Own;

static const Indicator *narrowed(Load *load, const Indicator *of, const Own *own)
{
    Indicator narrow = *of;
    narrow.name = STR(load->arena, of->name, ".", own->name);
    if (own->at.n > 0)
        narrow.at = own->at;
    if (of->type != INDICATOR_RATIO) {
        narrow.where = condition_both(load->arena, of->where, own->where);
        return indicator_hidden(load, narrow);
    }
    if (of->numerator == NULL || of->denominator == NULL)
        return of;
    narrow.numerator = narrowed(load, of->numerator, own);
    narrow.denominator = narrowed(load, of->denominator, own);
    return indicator_hidden(load, narrow);
}

static const Indicator *build_of(Load *load, const Node *node, Str name)
{
    const Node *of = node_get(node, S("of")), *where = node_get(node, S("where"));
    const Node *at = node_get(node, S("at"));
    Own own = {.name = name};
    StrVec known = document_names(load, HEAD_INDICATOR);
    if (of == NULL) {
        fault(load, node->position, MSG_profile_missing, S("of"));
        return NULL;
    }
    const Indicator *found =
        of->type == NODE_SCALAR ? profile_indicator(load->profile, of->text) : NULL;
    if (found == NULL)
        fault_unknown(load, of->position, MSG_profile_unknown_indicator, of->text, (Str){0},
                      &known);
    if (found == NULL || (where == NULL && at == NULL) || found->kind == NULL)
        return found;
    if (where != NULL)
        own.where = figure_condition(load, found->kind, where);
    if (at != NULL && organisation_field(load, found->kind, at, true) != NULL)
        own.at = at->text;
    return narrowed(load, found, &own);
}

static void build_figure(Load *load, const Document *document, Figure *figure)
{
    const Node *node = document->node;
    check_keys(load, node,
               S("figure label was of where at period org unit per_unit board excluded overlaps "
                 "subset_of"));
    check_redline(load, document->position, document->name);
    figure->name = document->name;
    figure->position = document->position;
    figure->label = read_required_label(load, node, S("label"));
    check_label_redline(load, node, S("label"), figure->label);
    figure->of = build_of(load, node, figure->name);
    (void)period_read(load, node, &figure->period);
    figure->org = read_text(load, node, S("org"));
    figure->unit = read_label(load, node, S("unit"));
    if (node_get(node, S("unit")) == NULL && figure->of != NULL)
        figure->unit = figure->of->word;
    figure->unit_size =
        read_int(load, node, S("per_unit"), (IntRange){1, INT64_C(1000000000000), 1});
    figure->board = read_flag(load, node, S("board"));
}

static void check_figures_were(Load *load)
{
    const DocumentVec *all = &load->documents[HEAD_FIGURE];
    FormerNames former = {.load = load, .seen = map_open(load->scratch)};
    for (size_t i = 0; i < all->n; i++)
        former_add_present(&former, all->p[i].name);
    for (size_t i = 0; i < all->n; i++)
        former_check(&former, all->p[i].node);
}

/* ---- sets that share what they count ---- */

/* The other figure, or NULL and reported. */
static const Figure *other_figure(Load *load, const Node *name, const Figure *figure,
                                  MessageId itself)
{
    StrVec known = document_names(load, HEAD_FIGURE);
    const Figure *other =
        name->type == NODE_SCALAR ? profile_figure(load->profile, name->text) : NULL;
    if (other == NULL)
        fault_unknown(load, name->position, MSG_profile_unknown_figure, name->text, (Str){0},
                      &known);
    else if (other == figure)
        fault(load, name->position, itself, figure->name);
    return other == figure ? NULL : other;
}

/* The other figures under a key. */
static const Figure **other_figures(Load *load, const Node *node, Str key, const Figure *figure,
                                    MessageId itself, size_t *ret_count)
{
    NodeVec names = read_scalars(load, node, key);
    const Figure **others = NEW_ARRAY(load->arena, const Figure *, names.n);
    *ret_count = 0;
    for (size_t i = 0; i < names.n; i++) {
        const Figure *other = other_figure(load, names.p[i], figure, itself);
        if (other != NULL)
            others[(*ret_count)++] = other;
    }
    return others;
}

/* A part counts the same kind of thing, so that it is never more than the whole. */
static void read_subset(Load *load, const Node *node, Figure *figure)
{
    const Node *name = node_get(node, S("subset_of"));
    const Figure *whole =
        name == NULL ? NULL : other_figure(load, name, figure, MSG_profile_overlaps_itself);
    if (whole == NULL || whole->of == NULL || figure->of == NULL)
        return;
    if (!str_eq(whole->of->dimension, figure->of->dimension))
        fault(load, name->position, MSG_profile_other_dimension, figure->of->dimension,
              whole->of->dimension);
    else if (figure_is_within(whole, figure))
        fault(load, name->position, MSG_profile_subset_circle, figure->name, whole->name);
    else
        figure->subset_of = whole;
}

static void build_relations(Load *load, Figure *figures)
{
    const DocumentVec *all = &load->documents[HEAD_FIGURE];
    for (size_t i = 0; i < all->n; i++) {
        figures[i].excluded =
            other_figures(load, all->p[i].node, S("excluded"), &figures[i],
                          MSG_profile_figure_excludes_itself, &figures[i].n_excluded);
        figures[i].overlaps = other_figures(load, all->p[i].node, S("overlaps"), &figures[i],
                                            MSG_profile_overlaps_itself, &figures[i].n_overlaps);
        read_subset(load, all->p[i].node, &figures[i]);
    }
}

/* The choices among which a stock is named: only now it is known which figures are one. */
static void build_stock_choices(Load *load)
{
    const Profile *profile = load->profile;
    ChoiceList *stocks = &load->choice_lists[profile->n_choice_lists - 1];
    const ChoiceList *all = profile_choices(profile, CHOICES_FIGURE);
    Choice *choices = NEW_ARRAY(load->arena, Choice, all->n);
    for (size_t i = 0; i < all->n; i++) {
        const Figure *figure = profile_figure(profile, all->items[i].code);
        if (figure != NULL && figure->of != NULL && figure->of->type == INDICATOR_STOCK)
            choices[stocks->n++] = all->items[i];
    }
    stocks->items = choices;
}

void build_figures(Load *load)
{
    const DocumentVec *plain = &load->documents[HEAD_FIGURE];
    const DocumentVec *coverages = &load->documents[HEAD_COVERAGE];
    check_figures_were(load);
    Figure *figures = NEW_ARRAY(load->arena, Figure, plain->n + coverages->n);
    for (size_t i = 0; i < plain->n; i++)
        build_figure(load, &plain->p[i], &figures[i]);
    for (size_t i = 0; i < coverages->n; i++)
        build_coverage(load, &coverages->p[i], &figures[plain->n + i]);
    load->profile->figures = figures;
    load->profile->n_figures = plain->n + coverages->n;
    build_relations(load, figures);
    build_stock_choices(load);
}
