/* SPDX-License-Identifier: Apache-2.0 */
/* Assessments of organisations under their legal ceiling: what may not be assessed is refused here,
 * so that no site can have such a rule. */
#include "base/crypto.h"
#include "base/number.h"
#include "profile/build.h"
#include "profile/build_figure.h"
#include "profile/ceiling.h"

#define MARKS      100
#define UNITS_MAX  2000
#define HUNDREDTHS 2

/* ---- what may not be scored ---- */

static bool check_words(Load *load, Position position, Str text)
{
    Str word;
    if (!ceiling_refuses(text, &word))
        return true;
    fault(load, position, MSG_profile_ceiling_word, text, word)->hint = MSG_profile_ceiling_hint;
    return false;
}

static bool check_label_words(Load *load, Position position, Label label)
{
    return check_words(load, position, label.zh) && check_words(load, position, label.en);
}

/* The day on which the public, or whoever takes it down for them, hands it in. */
static bool is_handed_in(const Indicator *indicator)
{
    const Flow *flow = indicator->kind->flow;
    const Move *first = kind_first_move(indicator->kind, true);
    if (flow == NULL || first == NULL || indicator_has_whole(indicator))
        return false;
    for (size_t i = 0; i < first->n_milestones; i++) {
        if (str_eq(first->milestones[i], indicator->in))
            return true;
    }
    return str_eq(indicator->in, S("created_at"));
}

static bool is_never_scored(const Indicator *indicator)
{
    if (indicator_has_whole(indicator) && indicator->numerator != NULL &&
        indicator->numerator->kind != NULL && indicator->numerator->kind->never_scored)
        return true;
    return indicator->kind != NULL && indicator->kind->never_scored;
}

static void check_scored(Load *load, Position position, const Figure *figure)
{
    const Indicator *of = figure->of;
    if (of == NULL || of->kind == NULL)
        return;
    if (is_never_scored(of))
        fault(load, position, MSG_profile_ceiling_kind, figure->name, of->kind->name)->hint =
            MSG_profile_ceiling_hint;
    else if (is_handed_in(of))
        fault(load, position, MSG_profile_ceiling_handed_in, figure->name)->hint =
            MSG_profile_ceiling_handed_in_hint;
    else if (check_label_words(load, position, figure->label))
        (void)check_label_words(load, position, of->label);
}

/* ---- figures ---- */

/* A figure of each unit, so none of one organisation. */
static const Figure *figure_read(Load *load, const Node *name)
{
    StrVec known = document_names(load, HEAD_FIGURE);
    const Figure *figure =
        name->type == NODE_SCALAR ? profile_figure(load->profile, name->text) : NULL;
    if (figure == NULL)
        fault_unknown(load, name->position, MSG_profile_unknown_figure, name->text, (Str){0},
                      &known);
    else if (figure->org.n > 0)
        fault(load, name->position, MSG_profile_assessment_figure_org, figure->name, figure->org);
    return figure;
}

static const Figure *figure_under(Load *load, const Node *map, Str key)
{
    const Node *name = node_get(map, key);
    if (name == NULL) {
        fault(load, map->position, MSG_profile_missing, key);
        return NULL;
    }
    return figure_read(load, name);
}

/* ---- items ---- */

static int64_t decimal_read(Load *load, const Node *map, Str key)
{
    Str text = read_required_text(load, map, key);
    int64_t number = 0;
    if (text.n > 0 && !decimal_parse(text, HUNDREDTHS, &number))
        fault(load, key_position(map, key), MSG_profile_decimal_expected, key);
    return number;
}

static AssessmentItem item_build(Load *load, const Node *node)
{
    AssessmentItem item = {.position = node->position};
    if (!check_map(load, node))
        return item;
    check_keys(load, node, S("name label figure weight zero full"));
    item.name = read_required_text(load, node, S("name"));
    if (item.name.n > 0)
        check_name(load, key_position(node, S("name")), item.name);
    item.figure = figure_under(load, node, S("figure"));
    item.weight = (int)read_int(load, node, S("weight"), (IntRange){1, MARKS, 1});
    item.zero = decimal_read(load, node, S("zero"));
    item.full = decimal_read(load, node, S("full"));
    item.label = read_label(load, node, S("label"));
    (void)check_label_words(load, node->position, item.label);
    if (item.figure != NULL && node_get(node, S("label")) == NULL)
        item.label = item.figure->label;
    if (item.figure != NULL)
        check_scored(load, key_position(node, S("figure")), item.figure);
    if (item.zero == item.full)
        fault(load, key_position(node, S("full")), MSG_profile_assessment_flat);
    return item;
}

static void check_items(Load *load, const Node *list, const Assessment *assessment)
{
    int marks = 0;
    for (size_t i = 0; i < assessment->n_items; i++)
        marks += assessment->items[i].weight;
    if (marks != MARKS)
        fault(load, list->position, MSG_profile_assessment_marks, STR(load->arena, marks));
}

static void build_items(Load *load, const Node *node, Assessment *assessment)
{
    const Node *list = read_list(load, node, S("items"));
    AssessmentItem *items = NEW_ARRAY(load->arena, AssessmentItem, list == NULL ? 0 : list->n);
    if (node_get(node, S("items")) == NULL)
        fault(load, assessment->position, MSG_profile_missing, S("items"));
    for (size_t i = 0; list != NULL && i < list->n; i++)
        items[assessment->n_items++] = item_build(load, list->items[i]);
    assessment->items = items;
    if (list != NULL)
        check_items(load, list, assessment);
}

/* ---- units ---- */

/* Posts and people are no kinds of organisation; should a city make them such, they are still not
 * assessed. */
static bool is_person(Str type)
{
    static const Str persons[] = {S_CONST("post"),    S_CONST("person"), S_CONST("individual"),
                                  S_CONST("staff"),   S_CONST("desk"),   S_CONST("account"),
                                  S_CONST("officer"), S_CONST("leader")};
    for (size_t i = 0; i < COUNT_OF(persons); i++) {
        if (str_eq(persons[i], type))
            return true;
    }
    return false;
}

static void check_types(Load *load, const Node *units, const StrVec *types)
{
    const ChoiceList *list = profile_choices(load->profile, S("org_type"));
    Position position = key_position(units, S("types"));
    StrVec known = {0};
    for (size_t i = 0; list != NULL && i < list->n; i++)
        *vec_push(load->scratch, &known) = list->items[i].code;
    for (size_t i = 0; i < types->n; i++) {
        if (is_person(types->p[i]))
            fault(load, position, MSG_profile_assessment_person, types->p[i]);
        else if (list == NULL || choice_find(list, types->p[i]) == NULL)
            fault_unknown(load, position, MSG_profile_unknown_choice, types->p[i], S("org_type"),
                          &known);
    }
}

static void build_units(Load *load, const Node *node, Assessment *assessment)
{
    const Node *units = read_map(load, node, S("units"));
    StrVec types, codes;
    if (node_get(node, S("units")) == NULL)
        fault(load, assessment->position, MSG_profile_missing, S("units"));
    if (units == NULL)
        return;
    check_keys(load, units, S("types below codes"));
    types = read_words(load, units, S("types"));
    codes = read_words(load, units, S("codes"));
    check_types(load, units, &types);
    if ((types.n > 0) == (codes.n > 0) || codes.n > UNITS_MAX)
        fault(load, units->position, MSG_profile_assessment_units);
    assessment->unit_types = types.p;
    assessment->n_unit_types = types.n;
    assessment->unit_codes = codes.p;
    assessment->n_unit_codes = codes.n;
    assessment->below = read_text(load, units, S("below"));
}

/* ---- the rest of it ---- */

static void build_volume(Load *load, const Node *node, Assessment *assessment)
{
    const Node *volume = read_map(load, node, S("volume"));
    if (node_get(node, S("volume")) == NULL)
        fault(load, assessment->position, MSG_profile_missing, S("volume"));
    if (volume == NULL)
        return;
    check_keys(load, volume, S("figure at_least"));
    assessment->volume = figure_under(load, volume, S("figure"));
    assessment->volume_min = read_int(load, volume, S("at_least"), (IntRange){1, 1000000, 1});
    if (assessment->volume != NULL && assessment->volume->of != NULL &&
        indicator_has_whole(assessment->volume->of))
        fault(load, key_position(volume, S("figure")), MSG_profile_assessment_volume);
}

static void build_excluded(Load *load, const Node *node, Assessment *assessment)
{
    NodeVec names = read_scalars(load, node, S("excluded"));
    const Figure **figures = NEW_ARRAY(load->arena, const Figure *, names.n);
    for (size_t i = 0; i < names.n; i++) {
        figures[assessment->n_excluded] = figure_read(load, names.p[i]);
        assessment->n_excluded += figures[assessment->n_excluded] != NULL;
    }
    assessment->excluded = figures;
}

static void check_extras(Load *load, const Node *node)
{
    static const Str extras[] = {S_CONST("veto"), S_CONST("bonus"), S_CONST("deduct")};
    for (size_t i = 0; i < COUNT_OF(extras); i++) {
        const NodePair *pair = node_pair(node, extras[i]);
        if (pair != NULL)
            fault(load, pair->position, MSG_profile_assessment_extra, extras[i]);
    }
}

static uint64_t key_of(const Figure *figure)
{
    return figure != NULL && figure->of != NULL ? figure->of->key : 0;
}

/* All that decides on a mark; words are not part of it. */
static Str rule_hash(Arena *arena, const Assessment *assessment)
{
    uint8_t digest[SECRET_SIZE];
    Buf text = buf_open(arena), hex = buf_open(arena);
    TEXT(&text, assessment->name, " ", (int64_t)assessment->period, " below ", assessment->below);
    for (size_t i = 0; i < assessment->n_unit_types; i++)
        TEXT(&text, " type ", assessment->unit_types[i]);
    for (size_t i = 0; i < assessment->n_unit_codes; i++)
        TEXT(&text, " unit ", assessment->unit_codes[i]);
    for (size_t i = 0; i < assessment->n_items; i++) {
        const AssessmentItem *item = &assessment->items[i];
        TEXT(&text, "\nitem ", item->name, " ", (int64_t)key_of(item->figure), " ", item->weight,
             " ", item->zero, " ", item->full, " ", item->figure ? item->figure->unit_size : 0);
    }
    TEXT(&text, "\nvolume ", (int64_t)key_of(assessment->volume), " ", assessment->volume_min);
    for (size_t i = 0; i < assessment->n_excluded; i++)
        TEXT(&text, "\nexcluded ", (int64_t)key_of(assessment->excluded[i]));
    TEXT(&text, "\nranking ", assessment->ranking ? "yes" : "no");
    crypto_sha256(buf_str(&text), digest);
    buf_hex(&hex, digest, sizeof digest);
    return buf_str(&hex);
}

static void build_assessment(Load *load, const Document *document, Assessment *assessment)
{
    const Node *node = document->node;
    check_keys(load, node,
               S("assessment label define was period units volume items excluded ranking veto "
                 "bonus deduct"));
    check_extras(load, node);
    check_redline(load, document->position, document->name);
    (void)check_words(load, document->position, document->name);
    assessment->name = document->name;
    assessment->position = document->position;
    assessment->label = read_required_label(load, node, S("label"));
    assessment->define = read_required_label(load, node, S("define"));
    check_label_redline(load, node, S("label"), assessment->label);
    if (period_read(load, node, &assessment->period) && assessment->period == PERIOD_ALL)
        fault(load, key_position(node, S("period")), MSG_profile_assessment_period);
    build_units(load, node, assessment);
    build_volume(load, node, assessment);
    build_items(load, node, assessment);
    build_excluded(load, node, assessment);
    assessment->ranking = read_flag(load, node, S("ranking"));
    assessment->hash = rule_hash(load->arena, assessment);
}

/* ---- rounds ---- */

static const struct {
    Str name;
    FieldType type;
} round_fields[] = {
    {S_CONST("assessment"), FIELD_CHOICE},
    {S_CONST("from_on"), FIELD_DATE},
    {S_CONST("until_on"), FIELD_DATE},
    {S_CONST("rule"), FIELD_CODE},
};

static void build_round(Load *load, const Kind *kind)
{
    const Kind *other = load->profile->round_kind;
    const Field *names;
    if (other != NULL)
        fault(load, kind->position, MSG_profile_round_twice, kind->name, other->name);
    load->profile->round_kind = kind;
    for (size_t i = 0; i < COUNT_OF(round_fields); i++) {
        const Field *field = kind_field(kind, round_fields[i].name);
        if (field == NULL ||
            (field->type != round_fields[i].type && field->type != FIELD_TYPE__COUNT))
            fault(load, field != NULL ? field->position : kind->position, MSG_profile_round_field,
                  kind->name, round_fields[i].name, field_type_word(round_fields[i].type));
    }
    names = kind_field(kind, S("assessment"));
    if (names != NULL && names->choices != NULL &&
        !str_eq(names->choices->name, CHOICES_ASSESSMENT))
        fault(load, names->position, MSG_profile_round_of, names->choices->name);
}

void build_assessments(Load *load)
{
    const DocumentVec *all = &load->documents[HEAD_ASSESSMENT];
    Assessment *assessments = NEW_ARRAY(load->arena, Assessment, all->n);
    for (size_t i = 0; i < all->n; i++)
        build_assessment(load, &all->p[i], &assessments[i]);
    load->profile->assessments = assessments;
    load->profile->n_assessments = all->n;
    for (size_t i = 0; i < load->profile->n_kinds; i++) {
        if (load->kinds[i].is_round)
            build_round(load, &load->kinds[i]);
    }
}
