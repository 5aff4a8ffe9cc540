/* SPDX-License-Identifier: Apache-2.0 */
/* The components of doc/ui.md as HTML: what a style sheet, a screen reader and a test rely on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "page/ui.h"

typedef struct Bench {
    Arena *arena;
    HttpRequest request;
    HttpResponse response;
    Page page;
} Bench;

static int bench_open(void **state)
{
    Arena *arena = arena_open();
    Bench *bench = NEW(arena, Bench);
    bench->arena = arena;
    bench->response.body = buf_open(arena);
    bench->request = (HttpRequest){.arena = arena, .path = S("/records/request")};
    bench->page = (Page){.html = html_open(&bench->response.body, LANGUAGE_EN),
                         .arena = arena,
                         .request = &bench->request,
                         .response = &bench->response,
                         .language = LANGUAGE_EN};
    *state = bench;
    return 0;
}

static int bench_close(void **state)
{
    arena_close(((Bench *)*state)->arena);
    return 0;
}

static Str written(Bench *bench)
{
    return buf_str(&bench->response.body);
}

static void assert_written(Bench *bench, Str expected)
{
    Str text = written(bench);
    assert_string_equal(str_c(bench->arena, text), str_c(bench->arena, expected));
}

static bool has(Bench *bench, Str piece)
{
    return str_has(written(bench), piece);
}

/* ---- small parts ---- */

static void a_light_is_never_colour_alone(void **state)
{
    Bench *bench = *state;
    ui_light(&bench->page, LIGHT_LATE, false);
    ui_light(&bench->page, LIGHT_STANDING, true);
    ui_light(&bench->page, LIGHT_NONE, false);
    assert_written(bench, S("<span class=\"light light-red\">Late</span>"
                            "<span class=\"light light-paused light-large\">Paused</span>"));
}

static void a_notice_escapes_and_keeps_lines(void **state)
{
    Bench *bench = *state;
    ui_notice(&bench->page, NOTICE_WRONG, S("<b>\ntwo"));
    assert_written(bench, S("<div class=\"notice notice-wrong\" role=\"alert\"><span>&lt;b&gt;<br>"
                            "two</span></div>\n"));
}

static void the_last_crumb_is_the_page(void **state)
{
    Bench *bench = *state;
    ui_crumbs(&bench->page, (Crumb[]){{S("Requests"), S("/records/request")}, {S("1"), {0}}}, 2);
    assert_written(bench, S("<nav class=\"crumbs\" aria-label=\"You are here\"><ol><li>"
                            "<a href=\"/records/request\">Requests</a></li>"
                            "<li aria-current=\"page\">1</li></ol></nav>\n"));
}

/* ---- inputs ---- */

static const Field title_field = {.name = S_CONST("title"), .type = FIELD_TEXT};
static const Field phone_field = {.name = S_CONST("phone"), .type = FIELD_PHONE};
static const Field choice_field = {.name = S_CONST("result"), .type = FIELD_CHOICE};
static const Field money_field = {.name = S_CONST("amount"), .type = FIELD_MONEY, .wan = true};

static void an_error_stands_beside_its_input(void **state)
{
    Bench *bench = *state;
    InputView input = {.field = &title_field,
                       .name = S("title"),
                       .label = S("Title"),
                       .required = true,
                       .text = S("\"x\""),
                       .look_alike = true,
                       .error = S("Write a title")};
    ui_inputs(&bench->page, &input, 1, S("edit-"));
    assert_written(bench,
                   S("<div class=\"field field-wrong\"><label for=\"edit-title\">Title</label>"
                     "<p class=\"error\" id=\"edit-title-error\">Write a title</p>"
                     "<input class=\"input\" id=\"edit-title\" name=\"title\" data-similar-text "
                     "aria-describedby=\"edit-title-error\" aria-invalid=\"true\" "
                     "value=\"&quot;x&quot;\"></div>\n"));
}

static void contacts_are_never_kept_in_the_browser(void **state)
{
    Bench *bench = *state;
    InputView input = {.field = &phone_field, .name = S("phone"), .label = S("Phone")};
    ui_inputs(&bench->page, &input, 1, (Str){0});
    assert_true(has(bench, S("type=\"tel\"")));
    assert_true(has(bench, S("data-no-draft")));
    assert_true(has(bench, S("optional")));
}

static void few_required_choices_are_radio_buttons(void **state)
{
    Bench *bench = *state;
    OptionView options[] = {{S("a"), S("Done"), {0}, {0}, true},
                            {S("b"), S("Not"), {0}, {0}, false}};
    InputView input = {.field = &choice_field,
                       .name = S("result"),
                       .label = S("Result"),
                       .required = true,
                       .options = options,
                       .n_options = 2};
    ui_inputs(&bench->page, &input, 1, (Str){0});
    assert_true(has(bench, S("<fieldset class=\"field\"><legend>Result</legend>")));
    assert_true(has(bench, S("type=\"radio\" id=\"result\" name=\"result\" value=\"a\" checked")));
    assert_true(has(bench, S("type=\"radio\" name=\"result\" value=\"b\">")));
}

static void an_optional_choice_can_be_left_out(void **state)
{
    Bench *bench = *state;
    OptionView options[] = {{S("a"), S("Done"), {0}, {0}, false}};
    InputView input = {.field = &choice_field,
                       .name = S("result"),
                       .label = S("Result"),
                       .options = options,
                       .n_options = 1};
    ui_inputs(&bench->page, &input, 1, (Str){0});
    assert_true(has(bench, S("<select class=\"input\" id=\"result\" name=\"result\">"
                             "<option value=\"\">Not chosen</option><option value=\"a\">Done")));
}

static void what_a_list_leaves_out_is_said(void **state)
{
    Bench *bench = *state;
    OptionView options[] = {{S("a"), S("Done"), {0}, {0}, false}};
    InputView input = {.field = &choice_field,
                       .name = S("result"),
                       .label = S("Result"),
                       .options = options,
                       .n_options = 1};
    ui_inputs(&bench->page, &input, 1, (Str){0});
    assert_false(has(bench, S("more are not in the list")));
    input.n_hidden = 1234;
    ui_inputs(&bench->page, &input, 1, (Str){0});
    assert_true(has(bench, S("1234 more are not in the list")));
}

static void money_is_asked_in_its_unit(void **state)
{
    Bench *bench = *state;
    InputView input = {.field = &money_field, .name = S("amount"), .label = S("Amount")};
    ui_inputs(&bench->page, &input, 1, (Str){0});
    assert_true(has(bench, S("inputmode=\"decimal\"")));
    assert_true(has(bench, S("10,000 yuan")));
}

static void the_summary_links_to_each_wrong_input(void **state)
{
    Bench *bench = *state;
    Err err = {0};
    InputView input = {.field = &title_field, .name = S("title"), .label = S("Title")};
    err_field(&err, bench->arena, S("title"), MSG_page_please_choose, S(""), S(""));
    err_field(&err, bench->arena, S("other"), MSG_page_please_choose, S(""), S(""));
    ui_error_summary(&bench->page, &err, &input, 1, S("m-"));
    assert_true(has(bench, S("Please correct: 2")));
    assert_true(has(bench, S("<a href=\"#m-title\">Title: Please choose</a>")));
    assert_true(has(bench, S("<li>other: Please choose</li>")));
}

/* ---- lists ---- */

static void a_row_links_its_title_and_escapes(void **state)
{
    Bench *bench = *state;
    Kind kind = {.name = S("request"), .title = S("title")};
    RecordRow row = {.kind = &kind,
                     .number = S("QS-2026-00001"),
                     .title = S("<script>"),
                     .status_label = S("Open"),
                     .href = S("/records/request/QS-2026-00001")};
    ui_table(&bench->page, &row, 1, &(TableOptions){.caption = S("Requests")});
    assert_true(has(bench, S("<caption class=\"sr\">Requests</caption>")));
    assert_true(has(bench, S("<td class=\"cell-title\">"
                             "<a href=\"/records/request/QS-2026-00001\">&lt;script&gt;</a>")));
    assert_false(has(bench, S("<script>")));
}

static void the_next_page_is_a_link_and_the_end_is_not(void **state)
{
    Bench *bench = *state;
    ListView view = {.count = S("128"), .next_href = S("/records/request?after=x")};
    ui_pager(&bench->page, &view);
    assert_true(has(bench, S("128 in all")));
    assert_true(has(bench, S("rel=\"next\" href=\"/records/request?after=x\"")));
    buf_clear(&bench->response.body);
    ui_pager(&bench->page, &(ListView){.count = S("128")});
    assert_false(has(bench, S("<nav")));
}

/* ---- moves ---- */

static void a_dangerous_move_asks_for_the_number(void **state)
{
    Bench *bench = *state;
    Move move = {.name = S("void"), .danger = true};
    MoveView view = {.move = &move, .name = S("void"), .label = S("Void"), .says = S("It leaves.")};
    ui_move(&bench->page, &view, &(MoveForm){.action = S("/x"), .number = S("QS-1"), .version = 7});
    assert_true(has(bench, S("<input type=\"hidden\" name=\"_version\" value=\"7\">")));
    assert_true(has(bench, S("Type the number QS-1 to confirm")));
    assert_true(has(bench, S("<p class=\"move-effect\">It leaves.</p>"
                             "<button class=\"button button-danger\">Void</button>")));
}

static void a_blocked_move_says_why_and_has_no_button(void **state)
{
    Bench *bench = *state;
    Move move = {.name = S("close")};
    MoveView view = {
        .move = &move, .name = S("close"), .label = S("Close"), .blocked = S("Not rated yet")};
    ui_move(&bench->page, &view, &(MoveForm){.action = S("/x"), .version = 1});
    assert_true(has(bench, S("Not rated yet")));
    assert_false(has(bench, S("<button")));
}

/* ---- figures ---- */

static void bars_are_lengths_in_svg_and_numbers_in_text(void **state)
{
    Bench *bench = *state;
    FigurePartView parts[] = {
        {.label = S("East"), .code = S("E"), .number = S("10"), .value = 10, .of = 20},
        {.label = S("None"), .number = S("0"), .of = 20}};
    ui_bars(&bench->page, parts, 2, S("cases"));
    assert_true(has(bench, S("<rect class=\"bar-value\" width=\"50\" height=\"14\"/>")));
    assert_true(has(bench, S("<tr class=\"split-none\">")));
    assert_true(has(bench, S("10 cases")));
    assert_false(has(bench, S("style=")));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, bench_open, bench_close)
    const struct CMUnitTest tests[] = {
        CASE(a_light_is_never_colour_alone),
        CASE(a_notice_escapes_and_keeps_lines),
        CASE(the_last_crumb_is_the_page),
        CASE(an_error_stands_beside_its_input),
        CASE(contacts_are_never_kept_in_the_browser),
        CASE(few_required_choices_are_radio_buttons),
        CASE(an_optional_choice_can_be_left_out),
        CASE(what_a_list_leaves_out_is_said),
        CASE(money_is_asked_in_its_unit),
        CASE(the_summary_links_to_each_wrong_input),
        CASE(a_row_links_its_title_and_escapes),
        CASE(the_next_page_is_a_link_and_the_end_is_not),
        CASE(a_dangerous_move_asks_for_the_number),
        CASE(a_blocked_move_says_why_and_has_no_button),
        CASE(bars_are_lengths_in_svg_and_numbers_in_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
