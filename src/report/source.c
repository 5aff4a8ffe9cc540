/* SPDX-License-Identifier: Apache-2.0 */
/* Where the text of a briefing comes from, and the rows of its tables that are repeated: one form
 * for every district or month, filled from the same records. */
#include "report/briefing.h"

bool briefing_query(const Office *office, const Values *record, BriefingQuery *ret_query)
{
    Str title = values_text(record, S("title"));
    int64_t org = values_id(record, S("org"));
    BriefingQuery query = {
        .template = profile_briefing(office->profile, values_text(record, S("template"))),
        .written = {[LANGUAGE_ZH] = values_text(record, S("text")),
                    [LANGUAGE_EN] = values_text(record, S("text_en"))},
        .title = {title, title},
        .org = org == office->orgs.root ? 0 : org, /* the root: also what is not attributed */
        .from = (Day)values_int(record, S("period_from")),
        .to = (Day)values_int(record, S("period_to"))};
    if (values_int(record, S("editions")) > 0)
        query.reason = values_text(record, S("correction"));
    *ret_query = query;
    return query.template || query.written[LANGUAGE_ZH].n > 0;
}

/* ---- what a row is repeated for ---- */

typedef struct EachRow {
    Str label; /* instead of the slot */
    Str scope; /* " at CODE" or " in 2023-03", for the row's other slots */
} EachRow;
typedef VEC(EachRow) EachRows;

typedef struct Repeating {
    Arena *arena;
    const Office *office;
    const BriefingQuery *query;
    Language language;
} Repeating;

/* A name that cannot end a cell or begin a slot. */
static Str cell_text(Arena *arena, Str text)
{
    Buf buf = buf_open(arena);
    for (size_t i = 0; i < text.n; i++)
        buf_byte(&buf, memchr("|{}\n", text.p[i], 4) ? ' ' : text.p[i]);
    return str_trim(buf_str(&buf));
}

static void add_org(const Repeating *repeating, const Org *org, EachRows *rows)
{
    Arena *arena = repeating->arena;
    bool closed = org->closed_on > 0 && org->closed_on <= repeating->query->from;
    if (!closed && rows->n <= BRIEFING_ROWS_MAX)
        *vec_push(arena, rows) =
            (EachRow){cell_text(arena, label_text(org->title, repeating->language)),
                      STR(arena, " at ", org->code)};
}

static void each_org(const Repeating *repeating, const Slot *slot, EachRows *rows)
{
    const OrgTree *tree = &repeating->office->orgs;
    int64_t whole = repeating->query->org ? repeating->query->org : tree->root;
    const Org *top = slot->at.n ? org_by_code(tree, slot->at) : org_find(tree, whole);
    IdVec ids = {0};
    if (!top)
        return;
    ids = slot->type_code.n ? org_subtree(repeating->arena, tree, top->id) : top->children;
    for (size_t i = 0; i < ids.n; i++) {
        const Org *org = org_find(tree, ids.p[i]);
        if (org && org != top && (!slot->type_code.n || str_eq(org->type, slot->type_code)))
            add_org(repeating, org, rows);
    }
}

static void each_part(const Repeating *repeating, int months, EachRows *rows)
{
    Arena *arena = repeating->arena;
    const BriefingQuery *query = repeating->query;
    CivilDate first = day_to_civil(query->from);
    first.day = 1;
    first.month -= (first.month - 1) % months;
    for (Day from = day_from_civil(first); from <= query->to && rows->n <= BRIEFING_ROWS_MAX;) {
        CivilDate date = day_to_civil(from), next = date;
        next.month += months;
        next.year += next.month > 12;
        next.month -= next.month > 12 ? 12 : 0;
        Day end = day_from_civil(next) - 1;
        Buf scope = buf_open(arena);
        TEXT(&scope, " in ", date.year, months == 1 ? "-" : "-Q");
        buf_int_padded(&scope, months == 1 ? date.month : date.month / 3 + 1, months == 1 ? 2 : 1);
        *vec_push(arena, rows) =
            (EachRow){figure_period_text(arena, from, MIN(end, query->to), repeating->language),
                      buf_str(&scope)};
        from = end + 1;
    }
}

/* ---- the text with its rows ---- */

/* The first {each …} of a line; false when it has none. */
static bool find_each(Str line, Slot *ret_slot, size_t *ret_from, size_t *ret_to)
{
    for (size_t at = 0; (at = str_find(line, S("{"), at)) != SIZE_MAX; at++) {
        size_t close = str_find(line, S("}"), at);
        if (close == SIZE_MAX || close - at > SLOT_BYTES_MAX)
            return false;
        Slot slot = slot_parse(str_slice(line, at, close + 1));
        if (slot.type == SLOT_EACH) {
            *ret_slot = slot;
            *ret_from = at;
            *ret_to = close + 1;
            return true;
        }
    }
    return false;
}

/* Slots that name no organisation (no period) of their own get the row's. */
static void add_scoped(Buf *buf, Str line, const EachRow *row)
{
    bool org = str_starts(row->scope, S(" at "));
    size_t at = 0;
    Str before, source;
    while (slot_next(line, &at, &before, &source)) {
        Slot slot = slot_parse(source);
        TEXT(buf, before, str_slice(source, 0, source.n - 1));
        if (slot.name.n && !(org ? slot.at : slot.in).n)
            buf_add(buf, row->scope);
        buf_byte(buf, '}');
    }
    buf_add(buf, str_slice(line, at, line.n));
    buf_byte(buf, '\n');
}

static void add_line(const Repeating *repeating, Buf *buf, Str line)
{
    Slot slot;
    size_t from = 0, to = 0;
    EachRows rows = {0};
    bool repeats = str_starts(str_trim(line), S("|")) && find_each(line, &slot, &from, &to);
    if (repeats && slot.each == EACH_ORG)
        each_org(repeating, &slot, &rows);
    else if (repeats)
        each_part(repeating, slot.each == EACH_MONTH ? 1 : 3, &rows);
    if (rows.n == 0 || rows.n > BRIEFING_ROWS_MAX) {
        TEXT(buf, line, "\n");
        return;
    }
    for (size_t i = 0; i < rows.n; i++)
        add_scoped(buf,
                   STR(repeating->arena, str_slice(line, 0, from), rows.p[i].label,
                       str_slice(line, to, line.n)),
                   &rows.p[i]);
}

Str briefing_source(Arena *arena, const Office *office, const BriefingQuery *query,
                    Language *ret_language)
{
    bool own = query->written[LANGUAGE_ZH].n > 0;
    Language language = own && !query->written[query->language].n ? LANGUAGE_ZH : query->language;
    Repeating repeating = {arena, office, query, language};
    Str text = {0}, rest, line;
    Buf buf = buf_open_max(arena, FROZEN_BYTES_MAX);
    if (own)
        text = query->written[language];
    else if (query->template)
        text = language == LANGUAGE_EN ? query->template->en : query->template->zh;
    rest = text;
    while (str_next(&rest, '\n', &line))
        add_line(&repeating, &buf, line);
    *ret_language = language;
    return buf_ok(&buf) ? buf_str(&buf) : text;
}
