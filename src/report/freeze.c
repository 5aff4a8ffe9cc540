/* SPDX-License-Identifier: Apache-2.0 */
/* An edition as canonical JSON of flat names, and back. */
#include "report/draft.h"

typedef struct Freezing {
    Arena *arena;
    Values values;
} Freezing;

static void put(Freezing *freezing, Str name, Value value)
{
    values_set(freezing->arena, &freezing->values, name, value);
}

/* "figure.007.value": three digits keep the order of names. */
static Str place_name(Arena *arena, Str list, size_t place, Str name)
{
    Buf buf = buf_open(arena);
    TEXT(&buf, list, ".");
    buf_int_padded(&buf, (int64_t)place, 3);
    TEXT(&buf, ".", name);
    return buf_str(&buf);
}

/* ---- writing ---- */

static void put_label(Freezing *freezing, Str name, Label label)
{
    put(freezing, STR(freezing->arena, name, ".zh"), value_text(label.zh));
    put(freezing, STR(freezing->arena, name, ".en"), value_text(label.en));
}

static void put_set(Freezing *freezing, Str name, const RecordSet *set)
{
    Arena *arena = freezing->arena;
    put(freezing, STR(arena, name, ".count"), value_int(set->count));
    put(freezing, STR(arena, name, ".root"), value_text(set->root));
    if (set->ids)
        put(freezing, STR(arena, name, ".ids"), value_ids(arena, set->ids, (size_t)set->count));
}

static void put_figure(Freezing *freezing, size_t place, const BriefingFigure *figure)
{
    Arena *arena = freezing->arena;
    const FigureValue *value = &figure->value;
    Str head = place_name(arena, S("figure"), place, S(""));
    bool ratio = indicator_has_whole(figure->figure->of);
    put(freezing, STR(arena, head, "name"), value_text(figure->name));
    put_label(freezing, STR(arena, head, "label"), figure->label);
    put_label(freezing, STR(arena, head, "define"), figure->define);
    put_label(freezing, STR(arena, head, "unit"), figure->unit);
    put(freezing, STR(arena, head, "key"), value_text(figure->key));
    put(freezing, STR(arena, head, "org"), value_int(figure->org));
    put(freezing, STR(arena, head, "from"), value_int(figure->from));
    put(freezing, STR(arena, head, "to"), value_int(figure->to));
    put(freezing, STR(arena, head, "number"), value_text(figure->number));
    put(freezing, STR(arena, head, "n"), value_int(value->n));
    put(freezing, STR(arena, head, "sum"), value_int(value->sum));
    if (value->has_value)
        put(freezing, STR(arena, head, "value"), value_int(value->value));
    put_set(freezing, STR(arena, head, "records"), &figure->records);
    if (!ratio)
        return;
    put(freezing, STR(arena, head, "numerator"), value_int(value->numerator));
    put(freezing, STR(arena, head, "denominator"), value_int(value->denominator));
    put_set(freezing, STR(arena, head, "counted"), &figure->counted);
}

static Str slots_of(Language language)
{
    return language == LANGUAGE_ZH ? S("slot.zh") : S("slot.en");
}

static void put_slot(Freezing *freezing, Language language, size_t place, const BriefingSlot *slot,
                     const int *figures)
{
    Str head = place_name(freezing->arena, slots_of(language), place, S(""));
    put(freezing, STR(freezing->arena, head, "text"), value_text(slot->text));
    if (slot->figure >= 0)
        put(freezing, STR(freezing->arena, head, "figure"), value_int(figures[slot->figure]));
    if (slot->other >= 0)
        put(freezing, STR(freezing->arena, head, "other"), value_int(figures[slot->other]));
}

/* `figures`: where the draft's figures stand in the edition. */
static void put_text(Freezing *freezing, Language language, const BriefingDraft *draft,
                     const int *figures)
{
    bool zh = language == LANGUAGE_ZH;
    put(freezing, zh ? S("source.zh") : S("source.en"), value_text(draft->source));
    if (draft->text.language != language)
        put(freezing, S("source.language"), value_text(S("zh")));
    put(freezing, zh ? S("text.zh") : S("text.en"),
        value_text(briefing_markdown(freezing->arena, &draft->text)));
    for (size_t i = 0; i < draft->text.slots.n; i++)
        put_slot(freezing, language, i, &draft->text.slots.p[i], figures);
}

static void put_query(Freezing *freezing, const BriefingQuery *query, const Profile *profile)
{
    if (query->template)
        put(freezing, S("template"), value_text(query->template->name));
    put_label(freezing, S("label"), query->template ? query->template->label : query->title);
    if (query->reason.n)
        put(freezing, S("reason"), value_text(query->reason));
    put(freezing, S("org"), value_int(query->org));
    put(freezing, S("from"), value_int(query->from));
    put(freezing, S("to"), value_int(query->to));
    put(freezing, S("frozen_on"), value_int(query->today));
    put(freezing, S("tree_size"), value_int(query->tree_size));
    put(freezing, S("profile"), value_text(profile->hash_hex));
}

static bool refuse_unchecked(Arena *arena, const BriefingDraft *draft, Err *err)
{
    for (size_t i = 0; i < draft->checks.n; i++)
        if (!draft->checks.p[i].passed && draft->checks.p[i].blocks)
            return err_set(err, ERR_CONFLICT, MSG_report_cannot_publish,
                           str_dup(arena, draft->checks.p[i].sentence));
    return true;
}

/* The place of a figure among those of the edition, where it is put when it is new. */
static int merge(Arena *arena, BriefingFigures *all, const BriefingFigure *figure)
{
    for (size_t i = 0; i < all->n; i++) {
        const BriefingFigure *known = &all->p[i];
        if (known->figure == figure->figure && known->org == figure->org &&
            known->from == figure->from && known->to == figure->to)
            return (int)i;
    }
    *vec_push(arena, all) = *figure;
    return (int)all->n - 1;
}

static bool read_sets(Arena *arena, Db *db, const Office *office, BriefingFigures *figures,
                      Err *err)
{
    int64_t budget = RECORD_SET_IDS_MAX;
    for (size_t i = 0; i < figures->n; i++) {
        BriefingFigure *figure = &figures->p[i];
        if (!record_set_read(arena, db, office, figure, false, &budget, &figure->records, err))
            return false;
        if (indicator_has_whole(figure->figure->of) &&
            !record_set_read(arena, db, office, figure, true, &budget, &figure->counted, err))
            return false;
    }
    return true;
}

static bool freeze_text(Freezing *freezing, Db *db, const Office *office,
                        const BriefingQuery *query, BriefingFigures *figures, Err *err)
{
    Arena *arena = freezing->arena;
    BriefingDraft draft;
    if (!briefing_draft(arena, db, office, query, &draft, err) ||
        !refuse_unchecked(arena, &draft, err))
        return false;
    int *places = NEW_ARRAY(arena, int, draft.figures.n + 1);
    for (size_t i = 0; i < draft.figures.n; i++)
        places[i] = merge(arena, figures, &draft.figures.p[i]);
    put_text(freezing, query->language, &draft, places);
    return true;
}

bool briefing_freeze(Arena *arena, Db *db, const Office *office, const BriefingQuery *query,
                     Str *ret_frozen, Err *err)
{
    Freezing freezing = {.arena = arena};
    BriefingFigures figures = {0}; /* of both languages, each once */
    BriefingQuery one = *query;
    for (int language = 0; language < LANGUAGE__COUNT; language++) {
        one.language = (Language)language;
        if (!freeze_text(&freezing, db, office, &one, &figures, err))
            return false;
    }
    if (!read_sets(arena, db, office, &figures, err))
        return false;
    put_query(&freezing, query, office->profile);
    for (size_t i = 0; i < figures.n; i++)
        put_figure(&freezing, i, &figures.p[i]);
    Buf buf = buf_open_max(arena, FROZEN_BYTES_MAX);
    values_write(&buf, &freezing.values);
    if (!buf_ok(&buf))
        return err_set(err, ERR_TOO_LARGE, MSG_report_frozen_too_large);
    *ret_frozen = buf_str(&buf);
    return true;
}

/* ---- reading ---- */

static Label get_label(Arena *arena, const Values *values, Str name)
{
    return (Label){values_text(values, STR(arena, name, ".zh")),
                   values_text(values, STR(arena, name, ".en"))};
}

static RecordSet get_set(Arena *arena, const Values *values, Str name)
{
    Value ids = values_get(values, STR(arena, name, ".ids"));
    RecordSet set = {.count = values_int(values, STR(arena, name, ".count")),
                     .root = values_text(values, STR(arena, name, ".root"))};
    if (ids.type == VALUE_IDS && (int64_t)ids.count == set.count)
        set.ids = ids.ids;
    else if (set.count == 0)
        set.ids = NEW(arena, int64_t);
    return set;
}

static BriefingFigure get_figure(Arena *arena, const Values *values, Str head)
{
    Value value = values_get(values, STR(arena, head, "value"));
    BriefingFigure figure = {
        .name = values_text(values, STR(arena, head, "name")),
        .label = get_label(arena, values, STR(arena, head, "label")),
        .define = get_label(arena, values, STR(arena, head, "define")),
        .unit = get_label(arena, values, STR(arena, head, "unit")),
        .key = values_text(values, STR(arena, head, "key")),
        .org = values_int(values, STR(arena, head, "org")),
        .from = (Day)values_int(values, STR(arena, head, "from")),
        .to = (Day)values_int(values, STR(arena, head, "to")),
        .number = values_text(values, STR(arena, head, "number")),
        .records = get_set(arena, values, STR(arena, head, "records")),
        .counted = get_set(arena, values, STR(arena, head, "counted")),
    };
    figure.value = (FigureValue){.n = values_int(values, STR(arena, head, "n")),
                                 .sum = values_int(values, STR(arena, head, "sum")),
                                 .value = value.number,
                                 .numerator = values_int(values, STR(arena, head, "numerator")),
                                 .denominator = values_int(values, STR(arena, head, "denominator")),
                                 .has_value = value.type == VALUE_INT};
    return figure;
}

/* -1: the slot has none. */
static int get_place(const Values *values, Str name, const BriefingFigures *figures)
{
    Value place = values_get(values, name);
    bool known =
        place.type == VALUE_INT && place.number >= 0 && (uint64_t)place.number < figures->n;
    return known ? (int)place.number : -1;
}

static BriefingText get_text(Arena *arena, const Values *values, Language language,
                             const BriefingFigures *figures)
{
    Str source = values_text(values, language == LANGUAGE_ZH ? S("source.zh") : S("source.en"));
    BriefingText text = briefing_parse(arena, source);
    text.language = values_text(values, S("source.language")).n ? LANGUAGE_ZH : language;
    for (size_t i = 0; i < text.slots.n; i++) {
        BriefingSlot *slot = &text.slots.p[i];
        Str head = place_name(arena, slots_of(language), i, S(""));
        slot->text = values_text(values, STR(arena, head, "text"));
        slot->figure = get_place(values, STR(arena, head, "figure"), figures);
        slot->other = get_place(values, STR(arena, head, "other"), figures);
        slot->is_true = true;
    }
    return text;
}

bool briefing_edition_parse(Arena *arena, Str frozen, BriefingEdition *ret_edition, Err *err)
{
    Values values = {0};
    Err unread = {0};
    if (!values_parse(arena, frozen, &values, &unread) || !values_int(&values, S("frozen_on")))
        return err_set(err, ERR_WRONG, MSG_report_frozen_unreadable);
    BriefingEdition edition = {.template_name = values_text(&values, S("template")),
                               .label = get_label(arena, &values, S("label")),
                               .reason = values_text(&values, S("reason")),
                               .org = values_int(&values, S("org")),
                               .from = (Day)values_int(&values, S("from")),
                               .to = (Day)values_int(&values, S("to")),
                               .frozen_on = (Day)values_int(&values, S("frozen_on")),
                               .tree_size = values_int(&values, S("tree_size")),
                               .profile = values_text(&values, S("profile"))};
    for (size_t i = 0;; i++) {
        Str head = place_name(arena, S("figure"), i, S(""));
        if (!values_text(&values, STR(arena, head, "name")).n)
            break;
        *vec_push(arena, &edition.figures) = get_figure(arena, &values, head);
    }
    for (int language = 0; language < LANGUAGE__COUNT; language++)
        edition.text[language] = get_text(arena, &values, (Language)language, &edition.figures);
    *ret_edition = edition;
    return true;
}
