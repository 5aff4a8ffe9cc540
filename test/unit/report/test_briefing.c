/* SPDX-License-Identifier: Apache-2.0 */
/* Slots, checks, frozen editions and what changed since. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "city.h"
#include "report/draft.h"

static void assert_text(Arena *arena, Str text, const char *expected)
{
    assert_string_equal(str_c(arena, text), expected);
}

/* ---- parsing ---- */

static void slots_have_their_forms(void **state)
{
    static const struct {
        const char *source;
        SlotType type;
        const char *name, *other;
        int64_t step;
        RoundWord word;
    } rows[] = {
        {"{a}", SLOT_FIGURE, "a", "", 0, ROUND_EXACT},
        {"{a round 10 余}", SLOT_ROUND, "a", "", 10, ROUND_MORE_THAN},
        {"{a round 100 多}", SLOT_ROUND, "a", "", 100, ROUND_MANY},
        {"{a round 5 超}", SLOT_ROUND, "a", "", 5, ROUND_OVER},
        {"{a round 5 over}", SLOT_ROUND, "a", "", 5, ROUND_OVER},
        {"{a near 100}", SLOT_NEAR, "a", "", 100, ROUND_NEARLY},
        {"{a of b}", SLOT_RATIO, "a", "b", 0, ROUND_EXACT},
        {"{a full of b}", SLOT_FULL, "a", "b", 0, ROUND_EXACT},
        {"{period}", SLOT_PERIOD, "", "", 0, ROUND_EXACT},
        {"{ a  of  b }", SLOT_RATIO, "a", "b", 0, ROUND_EXACT},
        {"{}", SLOT_BROKEN, "", "", 0, ROUND_EXACT},
        {"{a b}", SLOT_BROKEN, "", "", 0, ROUND_EXACT},
        {"{a round 0 余}", SLOT_BROKEN, "", "", 0, ROUND_EXACT},
        {"{a round ten 余}", SLOT_BROKEN, "", "", 0, ROUND_EXACT},
        {"{a round 10 左右}", SLOT_BROKEN, "", "", 10, ROUND_EXACT},
        {"{a near -5}", SLOT_BROKEN, "", "", -5, ROUND_EXACT},
        {"{a full}", SLOT_FULL, "a", "", 0, ROUND_EXACT},
        {"{a full b of}", SLOT_BROKEN, "", "", 0, ROUND_EXACT},
        {"{a of b of c}", SLOT_BROKEN, "", "", 0, ROUND_EXACT},
        {"{a at EAST}", SLOT_FIGURE, "a", "", 0, ROUND_EXACT},
        {"{a round 10 余 in month at EAST}", SLOT_ROUND, "a", "", 10, ROUND_MORE_THAN},
        {"{a of b at EAST in 2023-Q4}", SLOT_RATIO, "a", "b", 0, ROUND_EXACT},
        {"{a in 2023-13}", SLOT_BROKEN, "", "", 0, ROUND_EXACT},
        {"{a in week}", SLOT_BROKEN, "", "", 0, ROUND_EXACT},
        {"{a at EAST at WEST}", SLOT_BROKEN, "", "", 0, ROUND_EXACT},
        {"{period in 2023}", SLOT_BROKEN, "", "", 0, ROUND_EXACT},
        {"{each org}", SLOT_EACH, "", "", 0, ROUND_EXACT},
        {"{each county below EAST}", SLOT_EACH, "", "", 0, ROUND_EXACT},
        {"{each month}", SLOT_EACH, "", "", 0, ROUND_EXACT},
        {"{each month below EAST}", SLOT_BROKEN, "", "", 0, ROUND_EXACT},
        {"{each}", SLOT_FIGURE, "each", "", 0, ROUND_EXACT},
    };
    Arena *arena = arena_open();
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        BriefingText text = briefing_parse(arena, str_from_c(rows[i].source));
        assert_int_equal(text.slots.n, 1);
        const BriefingSlot *slot = &text.slots.p[0];
        assert_int_equal(slot->type, rows[i].type);
        assert_text(arena, slot->source, rows[i].source);
        assert_text(arena, slot->name, rows[i].name);
        assert_text(arena, slot->other_name, rows[i].other);
        if (slot->type == SLOT_BROKEN)
            continue;
        assert_int_equal(slot->step, rows[i].step);
        assert_int_equal(slot->word, rows[i].word);
    }
    arena_close(arena);
}

static void markdown_becomes_blocks_and_comes_back(void **state)
{
    static const char source[] = "# 标题{a}\n\n第一行\n第二行\n\nline one\nline {b}\n\n"
                                 "- 甲\n- 乙{a}项\n\n| 数 | 值 |\n|---|:--|\n| {a} | 件 |\n";
    static const char expected[] = "# 标题{a}\n\n第一行第二行\n\nline one line {b}\n\n"
                                   "- 甲\n- 乙{a}项\n\n| 数 | 值 |\n|---|---|\n| {a} | 件 |\n";
    Arena *arena = arena_open();
    BriefingText text = briefing_parse(arena, str_from_c(source));
    (void)state;
    assert_int_equal(text.blocks.n, 7);
    assert_int_equal(text.blocks.p[0].type, BRIEFING_HEADING);
    assert_int_equal(text.blocks.p[0].level, 1);
    assert_int_equal(text.blocks.p[1].type, BRIEFING_PARAGRAPH);
    assert_int_equal(text.blocks.p[4].type, BRIEFING_ITEM);
    assert_int_equal(text.blocks.p[4].pieces.n, 3);
    assert_int_equal(text.blocks.p[5].type, BRIEFING_ROW);
    assert_int_equal(text.blocks.p[5].level, 1);
    assert_int_equal(text.blocks.p[6].n_cells, 2);
    assert_int_equal(text.slots.n, 4);
    assert_text(arena, briefing_markdown(arena, &text), expected);
    arena_close(arena);
}

static void odd_text_is_text(void **state)
{
    static const char *const rows[] = {"",   "{",  "}", "a{b",  "{a\n}", "####### x",
                                       "#x", "-x", "|", "|--|", "\n\n\n"};
    Arena *arena = arena_open();
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        BriefingText text = briefing_parse(arena, str_from_c(rows[i]));
        assert_int_equal(text.slots.n, i == 4 ? 1 : 0); /* a paragraph joins lines */
        (void)briefing_markdown(arena, &text);
    }
    arena_close(arena);
}

/* ---- drafts ---- */

static BriefingQuery query_of(City *city, const char *zh, const char *en)
{
    BriefingTemplate *template = NEW(city->arena, BriefingTemplate);
    *template = (BriefingTemplate){.name = S("yearly"),
                                   .label = {S("年报"), S("Yearly")},
                                   .period = PERIOD_YEAR,
                                   .zh = str_from_c(zh),
                                   .en = str_from_c(en)};
    return (BriefingQuery){.template = template,
                           .from = city_day("2023-01-01"),
                           .to = city_day("2023-12-31"),
                           .today = city_day("2024-01-05"),
                           .tree_size = 42};
}

static BriefingDraft draft_of(City *city, const BriefingQuery *query)
{
    BriefingDraft draft;
    Err err = {0};
    assert_true(briefing_draft(city->arena, city->db, &city->office, query, &draft, &err));
    return draft;
}

/* 478 accepted in 2023, of which 129 in May with 120 of them closed; 7 the year before. */
static City *city_full(void)
{
    City *city = city_open();
    city_matters(city, 120, 2, "2023-05-10", "2023-06-01");
    city_matters(city, 9, 3, "2023-05-11", NULL);
    city_matters(city, 345, 3, "2023-12-20", NULL);
    city_matters(city, 4, 0, "2023-12-20", NULL);
    city_matters(city, 7, 2, "2022-12-31", NULL);
    return city;
}

static void slots_say_what_the_records_say(void **state)
{
    static const struct {
        const char *source, *zh, *en;
        bool is_true;
    } rows[] = {
        {"{year_accepted}", "478", "478", true},
        {"{year_accepted round 10 余}", "470余", "more than 470", true},
        {"{year_accepted round 1 余}", "478余", "more than 478", false},
        {"{year_accepted near 100}", "近500", "nearly 500", true},
        {"{year_accepted round 500 超}", "超478", "over 478", false},
        {"{year_closed of year_accepted}", "25.1%（120/478）", "25.1% (120/478)", true},
        {"{year_accepted of year_closed}", "398.3%（478/120）", "398.3% (478/120)", false},
        {"{year_closure}", "25.1%（120/478）", "25.1% (120/478)", true},
        {"{year_closed full of year_closed}", "全覆盖", "full coverage", true},
        {"{year_closed full of year_accepted}", "全覆盖", "full coverage", false},
        {"{month_accepted}", "349", "349", true},
        {"{all_accepted}", "485", "485", true},
        {"{east_accepted}", "120", "120", true},
        {"{period}", "2023年", "2023", true},
        {"{year_closure of year_accepted}", NULL, NULL, false},
        {"{year_closed of year_closure}", NULL, NULL, false},
        {"{year_closure full of year_closure}", NULL, NULL, false},
        {"{year_accepted at WEST}", "354", "354", true},
        {"{east_accepted at WEST}", "354", "354", true},
        {"{year_accepted in month}", "349", "349", true},
        {"{year_accepted in quarter at EAST}", "0", "0", true},
        {"{year_accepted in 2023-05}", "129", "129", true},
        {"{year_accepted in 2023-Q2}", "129", "129", true},
        {"{year_accepted in 2022}", "7", "7", true},
        {"{year_closed of year_accepted in 2023-06}", "无法计算（120/0）", NULL, false},
        {"{year_accepted in 2024}", "{year_accepted in 2024}", "{year_accepted in 2024}", false},
        {"{year_accepted at SOUTH}", "{year_accepted at SOUTH}", "{year_accepted at SOUTH}", false},
        {"{nothing}", "{nothing}", "{nothing}", false},
        {"{west_accepted of year_accepted}", "74.1%（354/478）", "74.1% (354/478)", true},
        {"{east_accepted of west_accepted}", "33.9%（120/354）", "33.9% (120/354)", false},
        {"{year_accepted full}", "全覆盖", "full coverage", false},
        {"{year_accepted round}", "{year_accepted round}", "{year_accepted round}", false},
    };
    City *city = city_full();
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        BriefingQuery query = query_of(city, rows[i].source, rows[i].source);
        for (int language = 0; language < LANGUAGE__COUNT; language++) {
            query.language = (Language)language;
            BriefingDraft draft = draft_of(city, &query);
            const BriefingSlot *slot = &draft.text.slots.p[0];
            const char *expected = language == LANGUAGE_ZH ? rows[i].zh : rows[i].en;
            if (expected)
                assert_text(city->arena, slot->text, expected);
            assert_int_equal(slot->is_true, rows[i].is_true);
            assert_int_equal(slot->problem.n > 0, !rows[i].is_true);
            assert_int_equal(draft.can_publish, rows[i].is_true);
        }
    }
    city_close(city);
}

static int64_t opened_matter(City *city, const char *title)
{
    int64_t id = city_matter(city, 2, "2023-02-01", NULL);
    city_set(city, id, S("opened_on"), value_int(city_day("2023-02-01")));
    city_set(city, id, S("title"), value_text(str_from_c(title)));
    return id;
}

static void follow(City *city, int64_t elder)
{
    int64_t id = city_matter(city, 3, "2023-03-01", NULL);
    city_set(city, id, S("elder"), value_ids(city->arena, &elder, 1));
}

static BriefingDraft draft_full(City *city)
{
    BriefingQuery query =
        query_of(city, "{followed}件{followed full}", "{followed} {followed full}");
    return draft_of(city, &query);
}

static void full_coverage_is_refused_and_names_who_is_missing(void **state)
{
    City *city = city_open();
    int64_t first = opened_matter(city, "甲"), second = opened_matter(city, "乙");
    (void)state;
    follow(city, first);
    follow(city, first);
    BriefingDraft draft = draft_full(city);
    assert_false(draft.can_publish);
    assert_text(city->arena, draft.text.slots.p[0].text, "1");
    assert_text(city->arena, draft.text.slots.p[1].problem,
                "还有 1 个没有覆盖（乙），不能写“全覆盖”");
    follow(city, second);
    draft = draft_full(city);
    assert_true(draft.can_publish);
    assert_text(city->arena, draft.text.slots.p[0].text, "2");
    assert_text(city->arena, draft.text.slots.p[1].text, "全覆盖");
    (void)opened_matter(city, "丙");
    assert_false(draft_full(city).can_publish);
    city_close(city);
}

static void nothing_to_be_covered_is_no_full_coverage(void **state)
{
    City *city = city_open();
    (void)state;
    assert_false(draft_full(city).can_publish);
    city_close(city);
}

static void a_ratio_without_denominator_is_refused(void **state)
{
    City *city = city_open();
    BriefingQuery query = query_of(city, "办结率{year_closure}", "Rate {year_closure}");
    BriefingDraft draft = draft_of(city, &query);
    (void)state;
    assert_false(draft.can_publish);
    assert_text(city->arena, draft.text.slots.p[0].text, "无法计算（0/0）");
    city_close(city);
}

static bool can_publish(City *city, const char *zh, Day to, Day today)
{
    BriefingQuery query = query_of(city, zh, zh);
    query.to = to;
    query.today = today;
    return draft_of(city, &query).can_publish;
}

static void a_running_period_must_say_so(void **state)
{
    City *city = city_full();
    Day end = city_day("2023-12-31"), autumn = city_day("2023-09-30");
    (void)state;
    assert_true(can_publish(city, "受理{year_accepted}件", end, end + 1));
    assert_false(can_publish(city, "受理{year_accepted}件", end, end)); /* the day is not over */
    assert_false(can_publish(city, "受理{year_accepted}件", autumn, autumn + 5));
    assert_true(can_publish(city, "{period}受理{year_accepted}件", autumn, autumn + 5));
    assert_true(can_publish(city, "截至9月底受理{year_accepted}件", autumn, autumn + 5));
    assert_false(can_publish(city, "{period}受理{year_accepted}件", end, end - 1));
    city_close(city);
}

/* A claim stands only in the words of a record that is not voided. */
static void claims_need_evidence(void **state)
{
    City *city = city_full();
    Day end = city_day("2023-12-31"), after = end + 1;
    const char *claim = "建成全省首家调解中心，受理{year_accepted}件。";
    const char *two = "建成全省首家调解中心。率先受理{year_accepted}件。";
    Values proof = {0};
    int64_t id;
    (void)state;
    assert_false(can_publish(city, claim, end, after));
    values_set(city->arena, &proof, S("title"), value_text(S("全市首家调解中心")));
    id = city_store(city, &proof);
    city_set(city, id, S("kind"), value_text(S("proof")));
    assert_false(can_publish(city, claim, end, after)); /* of the city, not of the province */
    city_set(city, id, S("title"), value_text(S("全省首家调解中心")));
    assert_true(can_publish(city, claim, end, after));
    assert_false(can_publish(city, two, end, after));
    assert_false(can_publish(city, "- 全省首\n- 率先受理{year_accepted}件", end, after));
    city_set(city, id, S("voided_at"), value_int(city_noon("2023-06-01")));
    assert_false(can_publish(city, claim, end, after));
    city_close(city);
}

static void one_figure_reads_the_same_everywhere(void **state)
{
    City *city = city_full();
    Day end = city_day("2023-12-31");
    (void)state;
    assert_true(can_publish(city, "# {year_accepted}件\n\n受理{year_accepted}件", end, end + 1));
    assert_false(can_publish(city, "# {year_accepted round 10 余}件\n\n受理{year_accepted}件", end,
                             end + 1));
    assert_true(
        can_publish(city, "受理{year_accepted}件，占{year_closed of year_accepted}", end, end + 1));
    city_close(city);
}

static void a_wrong_name_says_which_was_meant(void **state)
{
    City *city = city_full();
    BriefingQuery query = query_of(city, "{year_acepted}", "{year_acepted}");
    (void)state;
    assert_true(str_has(draft_of(city, &query).text.slots.p[0].problem, S("year_accepted")));
    city_close(city);
}

/* A text of its own needs no template; figures count over its days, or from the beginning. */
static BriefingQuery written_of(City *city, const char *zh, const char *en)
{
    BriefingQuery query = query_of(city, "", "");
    query.template = NULL;
    query.title = (Label){S("简报"), S("简报")};
    query.written[LANGUAGE_ZH] = str_from_c(zh);
    query.written[LANGUAGE_EN] = str_from_c(en);
    return query;
}

static void a_text_can_be_written_without_a_template(void **state)
{
    City *city = city_full();
    BriefingQuery query = written_of(city, "受理{year_accepted}件，历年{all_accepted}件", "");
    (void)state;
    query.from = city_day("2023-05-01");
    query.to = city_day("2023-05-31");
    BriefingDraft draft = draft_of(city, &query);
    assert_true(draft.can_publish);
    assert_text(city->arena, draft.text.slots.p[0].text, "129");
    assert_text(city->arena, draft.text.slots.p[1].text, "136");
    query.language = LANGUAGE_EN; /* everyone reads the Chinese */
    query.written[LANGUAGE_ZH] = S("{period}{year_accepted near 100}");
    draft = draft_of(city, &query);
    assert_text(city->arena, briefing_markdown(city->arena, &draft.text), "2023年5月近200\n");
    query.written[LANGUAGE_EN] = S("{period}: {year_accepted near 100}");
    draft = draft_of(city, &query);
    assert_text(city->arena, briefing_markdown(city->arena, &draft.text), "May 2023: nearly 200\n");
    query.written[LANGUAGE_ZH] = query.written[LANGUAGE_EN] = S("\n");
    assert_false(draft_of(city, &query).can_publish);
    city_close(city);
}

/* A template's text gives way to the record's own. */
static void a_record_says_what_is_asked(void **state)
{
    City *city = city_full();
    BriefingQuery query;
    Values record = {0};
    (void)state;
    assert_false(briefing_query(&city->office, &record, &query));
    values_set(city->arena, &record, S("title"), value_text(S("月报")));
    values_set(city->arena, &record, S("text"), value_text(S("{year_accepted}")));
    values_set(city->arena, &record, S("correction"), value_text(S("漏计")));
    values_set(city->arena, &record, S("org"), value_int(1));
    assert_true(briefing_query(&city->office, &record, &query));
    assert_int_equal(query.org, 0); /* the root is the whole site */
    assert_int_equal(query.reason.n, 0);
    values_set(city->arena, &record, S("editions"), value_int(1));
    values_set(city->arena, &record, S("org"), value_int(2));
    assert_true(briefing_query(&city->office, &record, &query));
    assert_int_equal(query.org, 2);
    assert_text(city->arena, query.reason, "漏计");
    city_close(city);
}

/* ---- editions ---- */

static Str frozen_of(City *city, const BriefingQuery *query)
{
    Str frozen;
    Err err = {0};
    assert_true(briefing_freeze(city->arena, city->db, &city->office, query, &frozen, &err));
    return frozen;
}

static BriefingEdition edition_of(City *city, Str frozen)
{
    BriefingEdition edition;
    Err err = {0};
    assert_true(briefing_edition_parse(city->arena, frozen, &edition, &err));
    return edition;
}

static BriefingChanges changes_of(City *city, Str frozen)
{
    BriefingEdition edition = edition_of(city, frozen);
    BriefingChanges changes = {0};
    Err err = {0};
    assert_true(briefing_changes(city->arena, city->db, &city->office, &edition, &changes, &err));
    return changes;
}

#define REPORT_ZH "# 受理{year_accepted round 10 余}件\n\n办结率{year_closure}。"
#define REPORT_EN "# {year_accepted round 10 over} accepted\n\nRate {year_closure}."

static void an_edition_says_what_the_draft_said(void **state)
{
    City *city = city_full();
    BriefingQuery query = query_of(city, REPORT_ZH, REPORT_EN);
    Str frozen = frozen_of(city, &query), again = frozen_of(city, &query);
    BriefingEdition edition = edition_of(city, frozen);
    (void)state;
    assert_true(str_eq(frozen, again));
    assert_int_equal(edition.tree_size, 42);
    assert_int_equal(edition.from, query.from);
    assert_text(city->arena, briefing_markdown(city->arena, &edition.text[LANGUAGE_ZH]),
                "# 受理470余件\n\n办结率25.1%（120/478）。\n");
    assert_text(city->arena, briefing_markdown(city->arena, &edition.text[LANGUAGE_EN]),
                "# over 470 accepted\n\nRate 25.1% (120/478).\n");
    assert_int_equal(edition.figures.n, 2);
    assert_int_equal(edition.figures.p[0].value.value, 478);
    assert_int_equal(edition.figures.p[0].records.count, 478);
    assert_non_null(edition.figures.p[0].records.ids);
    assert_int_equal(edition.figures.p[1].value.numerator, 120);
    assert_int_equal(edition.figures.p[1].counted.count, 120);
    assert_int_equal(edition.figures.p[1].records.count, 478);
    assert_text(city->arena, edition.figures.p[0].define.zh, "口径");
    assert_int_equal(edition.text[LANGUAGE_ZH].slots.p[1].figure, 1);
    assert_int_equal(edition.text[LANGUAGE_EN].language, LANGUAGE_EN);
    city_close(city);
}

static void an_untrue_draft_cannot_be_frozen(void **state)
{
    City *city = city_full();
    BriefingQuery query = query_of(city, "{year_accepted round 500 超}", "{year_accepted}");
    Str frozen;
    Err err = {0};
    (void)state;
    assert_false(briefing_freeze(city->arena, city->db, &city->office, &query, &frozen, &err));
    assert_int_equal(err.code, ERR_CONFLICT);
    city_close(city);
}

static void late_changes_are_listed(void **state)
{
    City *city = city_full();
    BriefingQuery query = query_of(city, REPORT_ZH, REPORT_EN);
    Str frozen = frozen_of(city, &query);
    (void)state;
    assert_int_equal(changes_of(city, frozen).n, 0);
    (void)city_matter(city, 2, "2022-01-05", NULL); /* another year */
    assert_int_equal(changes_of(city, frozen).n, 0);
    int64_t late = city_matter(city, 2, "2023-08-05", NULL);
    city_set(city, 100, S("voided_at"), value_int(city_noon("2024-02-01")));
    BriefingChanges changes = changes_of(city, frozen);
    assert_int_equal(changes.n, 2); /* the number is as before, the records are not */
    assert_int_equal(changes.p[0].now.value, 478);
    assert_int_equal(changes.p[0].added, 1);
    assert_int_equal(changes.p[0].removed, 1);
    assert_int_equal(changes.p[1].now.numerator, 119);
    assert_int_equal(changes.p[1].removed, 2); /* of the denominator and of the numerator */
    city_set(city, 100, S("voided_at"), VALUE_NOTHING);
    city_set(city, late, S("voided_at"), value_int(city_noon("2024-02-01")));
    assert_int_equal(changes_of(city, frozen).n, 0);
    city_close(city);
}

/* Beyond what may be kept, a set is a count and a root. */
static void a_large_set_is_a_root(void **state)
{
    City *city = city_full();
    BriefingQuery query = query_of(city, "{year_closed}", "{year_closed}");
    BriefingEdition edition = edition_of(city, frozen_of(city, &query));
    BriefingFigure figure = edition.figures.p[0];
    BriefingChanges changes;
    RecordSet small, large;
    int64_t budget = 130;
    Err err = {0};
    (void)state;
    figure.figure = profile_figure(city->office.profile, S("year_closed"));
    assert_true(record_set_read(city->arena, city->db, &city->office, &figure, false, &budget,
                                &small, &err));
    assert_int_equal(budget, 10);
    assert_true(record_set_read(city->arena, city->db, &city->office, &figure, false, &budget,
                                &large, &err));
    assert_int_equal(budget, 10);
    assert_non_null(small.ids);
    assert_null(large.ids);
    assert_int_equal(large.count, 120);
    assert_true(str_eq(large.root, small.root));
    assert_true(str_eq(large.root, edition.figures.p[0].records.root));
    edition.figures.p[0].records = large;
    assert_true(briefing_changes(city->arena, city->db, &city->office, &edition, &changes, &err));
    assert_int_equal(changes.n, 0);
    city_set(city, 100, S("voided_at"), value_int(city_noon("2024-02-01")));
    (void)city_matter(city, 2, "2023-05-05", "2023-05-06");
    assert_true(briefing_changes(city->arena, city->db, &city->office, &edition, &changes, &err));
    assert_int_equal(changes.n, 1);
    assert_true(changes.p[0].records_changed);
    assert_int_equal(changes.p[0].added, 0);
    assert_int_equal(changes.p[0].now.value, 120);
    city_close(city);
}

static void another_sum_of_the_same_records_is_a_change(void **state)
{
    City *city = city_open();
    BriefingQuery query = query_of(city, "{year_heads}", "{year_heads}");
    int64_t id = city_matter(city, 2, "2023-05-05", "2023-05-06");
    (void)state;
    city_set(city, id, S("heads"), value_int(30));
    Str frozen = frozen_of(city, &query);
    assert_int_equal(changes_of(city, frozen).n, 0);
    city_set(city, id, S("heads"), value_int(31));
    BriefingChanges changes = changes_of(city, frozen);
    assert_int_equal(changes.n, 1);
    assert_int_equal(changes.p[0].now.value, 31);
    assert_false(changes.p[0].records_changed);
    city_close(city);
}

static void another_definition_is_a_change(void **state)
{
    City *city = city_full();
    BriefingQuery query = query_of(city, "{year_accepted}", "{year_accepted}");
    Str frozen = frozen_of(city, &query);
    Profile *next = arena_copy(city->arena, city->office.profile, sizeof(Profile));
    (void)state;
    next->n_figures = 0;
    city->office.profile = next;
    BriefingChanges changes = changes_of(city, frozen);
    assert_int_equal(changes.n, 1);
    assert_true(changes.p[0].definition_changed);
    city_close(city);
}

/* What two editions of one briefing say differently, figure by figure. */
static void a_correction_lists_both_values(void **state)
{
    City *city = city_full();
    BriefingQuery query =
        written_of(city, "{year_accepted}件，{year_closed}件，{month_accepted}", "");
    BriefingEdition first = edition_of(city, frozen_of(city, &query));
    (void)state;
    assert_int_equal(briefing_corrections(city->arena, &first, &first).n, 0);
    (void)city_matter(city, 2, "2023-08-05", NULL);
    query.written[LANGUAGE_ZH] = S("{year_accepted}件，{year_closed}件，{year_accepted at EAST}");
    query.reason = S("漏计一件");
    BriefingEdition second = edition_of(city, frozen_of(city, &query));
    BriefingCorrections all = briefing_corrections(city->arena, &first, &second);
    assert_text(city->arena, second.reason, "漏计一件");
    assert_text(city->arena, second.label.zh, "简报");
    assert_int_equal(second.text[LANGUAGE_EN].language, LANGUAGE_ZH); /* there is no English */
    assert_int_equal(all.n, 3);
    assert_text(city->arena, first.figures.p[all.p[0].before].number, "478");
    assert_text(city->arena, second.figures.p[all.p[0].after].number, "479");
    assert_int_equal(all.p[1].before, -1); /* the east has come */
    assert_text(city->arena, second.figures.p[all.p[1].after].number, "121");
    assert_int_equal(all.p[2].after, -1); /* the month has gone */
    /* Other days: one figure, where the days before are no longer there. */
    query.to = city_day("2023-06-30");
    query.written[LANGUAGE_ZH] = S("{year_accepted}");
    BriefingEdition third = edition_of(city, frozen_of(city, &query));
    all = briefing_corrections(city->arena, &second, &third);
    assert_int_equal(all.n, 3);
    assert_text(city->arena, second.figures.p[all.p[0].before].number, "479");
    assert_text(city->arena, third.figures.p[all.p[0].after].number, "129");
    /* One figure at two places in the tree is two figures, also when it was frozen. */
    assert_int_equal(second.text[LANGUAGE_ZH].slots.p[0].figure, 0);
    assert_int_equal(second.text[LANGUAGE_ZH].slots.p[2].figure, 2);
    city_close(city);
}

static void a_damaged_edition_is_refused(void **state)
{
    static const char *const rows[] = {
        "", "{}", "[]", "{\"template\":1}", "{\"from\":1,", "{\"template\":\"a\"} "};
    Arena *arena = arena_open();
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        BriefingEdition edition;
        Err err = {0};
        assert_false(briefing_edition_parse(arena, str_from_c(rows[i]), &edition, &err));
        assert_int_equal(err.code, ERR_WRONG);
    }
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slots_have_their_forms),
        cmocka_unit_test(markdown_becomes_blocks_and_comes_back),
        cmocka_unit_test(odd_text_is_text),
        cmocka_unit_test(slots_say_what_the_records_say),
        cmocka_unit_test(full_coverage_is_refused_and_names_who_is_missing),
        cmocka_unit_test(nothing_to_be_covered_is_no_full_coverage),
        cmocka_unit_test(a_ratio_without_denominator_is_refused),
        cmocka_unit_test(a_running_period_must_say_so),
        cmocka_unit_test(claims_need_evidence),
        cmocka_unit_test(one_figure_reads_the_same_everywhere),
        cmocka_unit_test(a_wrong_name_says_which_was_meant),
        cmocka_unit_test(a_text_can_be_written_without_a_template),
        cmocka_unit_test(a_record_says_what_is_asked),
        cmocka_unit_test(an_edition_says_what_the_draft_said),
        cmocka_unit_test(an_untrue_draft_cannot_be_frozen),
        cmocka_unit_test(late_changes_are_listed),
        cmocka_unit_test(a_large_set_is_a_root),
        cmocka_unit_test(another_sum_of_the_same_records_is_a_change),
        cmocka_unit_test(another_definition_is_a_change),
        cmocka_unit_test(a_correction_lists_both_values),
        cmocka_unit_test(a_damaged_edition_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
