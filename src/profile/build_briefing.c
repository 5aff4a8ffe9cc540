/* SPDX-License-Identifier: Apache-2.0 */
/* Briefing templates: Markdown with slots that name figures. */
#include "profile/build_figure.h"

#include "profile/slot.h"

static int lines_before(Str text, size_t at)
{
    int lines = 0;
    for (size_t i = 0; i < at; i++)
        lines += text.p[i] == '\n';
    return lines;
}

static bool find_from(Str file, int line, Str wanted, Position *position)
{
    for (int last = line + 400; line < last; line++) {
        Str content = source_line(file, line);
        size_t at = str_find(content, wanted, 0);
        if (at == SIZE_MAX)
            continue;
        position->line = line;
        position->column = 1;
        for (size_t i = 0; i < at; i++)
            position->column += ((uint8_t)content.p[i] & 0xc0) != 0x80;
        return true;
    }
    return false;
}

/* The place of a slot that begins at byte `at` of the text. A text of several lines stands indented
 * below its key, so the slot is looked for in the file: from its own line, which is right for "|"
 * texts, then from the first. */
static Position slot_position(const Load *load, const Node *text, size_t at, Str slot)
{
    Position position = text->position;
    for (size_t i = 0; i < load->sources.n; i++) {
        const Source *source = &load->sources.p[i];
        if (!str_eq(source->file, text->position.file))
            continue;
        int line = text->position.line;
        if (!find_from(source->text, line + lines_before(text->text, at), slot, &position))
            (void)!find_from(source->text, line, slot, &position);
    }
    return position;
}

static void check_figure_name(Load *load, Position position, Str name)
{
    StrVec known = document_names(load, HEAD_FIGURE);
    StrVec coverages = document_names(load, HEAD_COVERAGE);
    for (size_t i = 0; i < coverages.n; i++)
        *vec_push(load->scratch, &known) = coverages.p[i];
    if (profile_figure(load->profile, name) == NULL)
        fault_unknown(load, position, MSG_profile_unknown_figure, name, (Str){0}, &known);
}

/* {each TYPE}: a type of organisations. */
static void check_each(Load *load, Position position, Str type)
{
    const ChoiceList *types = profile_choices(load->profile, S("org_type"));
    StrVec known = {0};
    bool found = type.n == 0;
    for (size_t i = 0; types && i < types->n; i++) {
        *vec_push(load->scratch, &known) = types->items[i].code;
        found = found || str_eq(types->items[i].code, type);
    }
    if (!found)
        fault_unknown(load, position, MSG_profile_unknown_choice, type, S("org_type"), &known);
}

/* Only of a coverage is known what the whole is. */
static void check_coverage(Load *load, Position position, Str name)
{
    const Figure *figure = profile_figure(load->profile, name);
    if (figure != NULL && figure->of != NULL && figure->of->type != INDICATOR_COVERAGE)
        fault(load, position, MSG_profile_full_of_what, name);
}

/* Two figures side by side count the same sort of thing, and the first is not beside but within the
 * second where they share things. */
static void check_pair(Load *load, Position position, const Slot *slot)
{
    const Figure *a = profile_figure(load->profile, slot->name);
    const Figure *b = profile_figure(load->profile, slot->other_name);
    if (a == NULL || b == NULL || a->of == NULL || b->of == NULL)
        return;
    if (!str_eq(a->of->dimension, b->of->dimension))
        fault(load, position, MSG_profile_other_dimension, a->of->dimension, b->of->dimension);
    else if (figures_overlap(a, b) && !figure_is_within(a, b))
        fault(load, position, MSG_profile_slot_overlaps, a->name, b->name);
}

static void check_slot(Load *load, Position position, Str source)
{
    Slot slot = slot_parse(source);
    if (slot.type == SLOT_BROKEN)
        fault(load, position, MSG_profile_bad_slot, source)->hint = MSG_profile_slot_forms;
    if (slot.name.n)
        check_figure_name(load, position, slot.name);
    if (slot.type == SLOT_EACH)
        check_each(load, position, slot.type_code);
    if (slot.other_name.n) {
        check_figure_name(load, position, slot.other_name);
        check_pair(load, position, &slot);
    } else if (slot.type == SLOT_FULL) {
        check_coverage(load, position, slot.name);
    }
}

static void check_slots(Load *load, const Node *text)
{
    size_t at = 0;
    if (text == NULL || text->type != NODE_SCALAR)
        return;
    while ((at = str_find(text->text, S("{"), at)) != SIZE_MAX) {
        size_t end = str_find(text->text, S("}"), at);
        size_t line_end = MIN(text->text.n, str_find(text->text, S("\n"), at));
        bool closed = end < line_end && end - at <= SLOT_BYTES_MAX;
        Str slot = str_slice(text->text, at, closed ? end + 1 : line_end);
        Position position = slot_position(load, text, at, slot);
        if (closed)
            check_slot(load, position, slot);
        else
            fault(load, position, MSG_profile_open_slot);
        at++;
    }
}

static void build_text(Load *load, const Document *document, BriefingTemplate *briefing)
{
    const Node *text = read_map(load, document->node, S("text"));
    if (node_get(document->node, S("text")) == NULL)
        fault(load, document->position, MSG_profile_missing, S("text"));
    if (text == NULL)
        return;
    check_keys(load, text, S("zh en"));
    briefing->zh = read_required_text(load, text, S("zh"));
    briefing->en = read_required_text(load, text, S("en"));
    check_slots(load, node_get(text, S("zh")));
    check_slots(load, node_get(text, S("en")));
}

void build_briefings(Load *load)
{
    const DocumentVec *all = &load->documents[HEAD_BRIEFING];
    BriefingTemplate *briefings = NEW_ARRAY(load->arena, BriefingTemplate, all->n);
    for (size_t i = 0; i < all->n; i++) {
        check_keys(load, all->p[i].node, S("briefing label period text"));
        briefings[i].name = all->p[i].name;
        briefings[i].position = all->p[i].position;
        briefings[i].label = read_required_label(load, all->p[i].node, S("label"));
        (void)period_read(load, all->p[i].node, &briefings[i].period);
        build_text(load, &all->p[i], &briefings[i]);
    }
    load->profile->briefings = briefings;
    load->profile->n_briefings = all->n;
}
