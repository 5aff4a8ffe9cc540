/* SPDX-License-Identifier: Apache-2.0 */
/* Who sees what of a record, and what can be done with it. */
#include "visitor.h"

static Town town;

static int open_town(void **state)
{
    (void)state;
    town = town_open();
    return 0;
}

static int close_town(void **state)
{
    (void)state;
    town_close(&town);
    return 0;
}

static const FieldView *field_of(const FieldView *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (str_is(fields[i].field->name, name))
            return &fields[i];
    return NULL;
}

static const MoveView *move_of(const MoveView *moves, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (str_is(moves[i].name, name))
            return &moves[i];
    return NULL;
}

static Str number_of(int64_t id)
{
    return str_dup(town.arena, town_text(&town, id, "number"));
}

static RecordView must_see(const char *login, const char *kind, Str number)
{
    Visit *visit = visit_as(&town, login, "");
    RecordView view;
    Err err = {0};
    if (!record_view(visit, str_from_c(kind), number, &view, &err))
        fail_msg("%s may not see it: %s", login ? login : "the public", err.detail);
    return view;
}

static bool may_see(const char *login, const char *kind, Str number)
{
    Visit *visit = visit_as(&town, login, "");
    RecordView view;
    Err err = {0};
    bool seen = record_view(visit, str_from_c(kind), number, &view, &err);
    assert_true(seen || err.code == ERR_NOT_FOUND);
    return seen;
}

static void test_a_request_is_seen_by_its_unit_and_not_by_another(void **state)
{
    Str number = number_of(town_request(&town, ""));
    (void)state;
    assert_true(may_see("unit", "enterprise_request", number));
    assert_true(may_see("intake", "enterprise_request", number));
    assert_false(may_see("unit_b", "enterprise_request", number));
    assert_false(may_see("admin", "enterprise_request", number));
    assert_false(may_see(NULL, "enterprise_request", number));
    assert_false(may_see("intake", "suggestion", number));
}

static void test_fields_are_in_words_and_typed(void **state)
{
    RecordView view = must_see("unit", "enterprise_request", number_of(town_request(&town, "")));
    const FieldView *category = field_of(view.fields, view.n_fields, "category");
    const FieldView *lead = field_of(view.fields, view.n_fields, "lead");
    const FieldView *open = field_of(view.fields, view.n_fields, "agree_public");
    (void)state;
    assert_non_null(category);
    assert_true(str_is(category->value.text, "utilities"));
    assert_false(str_is(category->text, "utilities"));
    assert_true(str_is(lead->text, "甲局"));
    assert_true(str_is(open->text, "yes"));
    assert_null(field_of(view.fields, view.n_fields, "contact_phone"));
}

static void test_the_clock_says_what_is_left_and_shows_the_days(void **state)
{
    RecordView view = must_see("unit", "enterprise_request", number_of(town_request(&town, "")));
    int counted = 0, due = 0;
    (void)state;
    assert_true(view.clock.runs);
    assert_int_equal(view.clock.light, LIGHT_ON_COURSE);
    assert_true(str_is(view.clock.within, "10 workdays"));
    assert_true(str_is(view.clock.left, "10 workdays left"));
    for (size_t i = 0; i < view.clock.n_days; i++) {
        counted += view.clock.days[i].counted;
        due += view.clock.days[i].due;
    }
    assert_int_equal(counted, 10);
    assert_int_equal(due, 1);
}

static void test_moves_are_those_of_the_desk(void **state)
{
    Str number = number_of(town_request(&town, ""));
    RecordView unit = must_see("unit", "enterprise_request", number);
    RecordView intake = must_see("intake", "enterprise_request", number);
    (void)state;
    assert_non_null(move_of(unit.moves, unit.n_moves, "reply"));
    assert_null(move_of(unit.moves, unit.n_moves, "close"));
    assert_null(move_of(intake.moves, intake.n_moves, "reply"));
    assert_true(unit.moves[0].move->primary);
    assert_true(str_eq(unit.row.next_move, unit.moves[0].name));
}

static void test_who_asked_does_not_decide(void **state)
{
    int64_t id = town_request(&town, "");
    Str number = number_of(id);
    RecordView unit, head;
    (void)state;
    if (!town_move(&town, "unit", id, "reply", "reply=已经答复;result=resolved"))
        fail_msg("reply: %s %s", message_key(town.err.message).p, town.err.detail);
    if (!town.result.pending)
        return; /* the profile asks for no second person here */
    unit = must_see("unit", "enterprise_request", number);
    head = must_see("head", "enterprise_request", number);
    assert_false(unit.may_decide);
    assert_true(head.may_decide);
    assert_true(head.pending_label.n > 0);
    assert_non_null(field_of(head.pending_fields, head.n_pending_fields, "reply"));
    assert_true(str_is(head.row.next_move, "approve"));
    for (size_t i = 0; i < unit.n_moves; i++)
        assert_true(unit.moves[i].blocked.n > 0);
}

static int64_t new_dispute(void)
{
    if (!town_create(&town, "intake", "dispute", "register",
                     "title=货款争议;category=;applicant=某甲公司;respondent=某乙公司;"
                     "body=货款一年未付。;place=CITY;lead=CITY-C") &&
        !town_create(&town, "intake", "dispute", "register",
                     "title=货款争议;category=contract;applicant=某甲公司;respondent=某乙公司;"
                     "body=货款一年未付。;place=CITY;lead=CITY-C"))
        fail_msg("register: %s %s %s", message_key(town.err.message).p,
                 town.err.fields ? town.err.fields->field.p : "", town.err.detail);
    return town.result.record;
}

static void test_parties_of_a_confidential_kind_are_a_and_b(void **state)
{
    Str number = number_of(new_dispute());
    RecordView intake = must_see("intake", "dispute", number);
    RecordView mediator = must_see("mediator", "dispute", number);
    RecordView reviewer = must_see("reviewer", "dispute", number);
    (void)state;
    assert_true(str_is(field_of(intake.fields, intake.n_fields, "applicant")->text, "Party A"));
    assert_true(str_is(field_of(intake.fields, intake.n_fields, "respondent")->text, "Party B"));
    assert_true(field_of(intake.fields, intake.n_fields, "applicant")->masked);
    assert_true(str_is(field_of(intake.fields, intake.n_fields, "body")->text, "货款一年未付。"));
    assert_true(
        str_is(field_of(mediator.fields, mediator.n_fields, "applicant")->text, "某甲公司"));
    assert_true(
        str_is(field_of(reviewer.fields, reviewer.n_fields, "body")->text, "(confidential)"));
    assert_true(str_is(reviewer.row.title, "(confidential)"));
    assert_false(may_see("unit", "dispute", number));
}

static const InputView *input_of(const RecordView *view, const char *move, const char *name)
{
    const MoveView *found = move_of(view->moves, view->n_moves, move);
    for (size_t i = 0; found && i < found->n_inputs; i++)
        if (str_is(found->inputs[i].name, name))
            return &found->inputs[i];
    return NULL;
}

static void test_a_form_does_not_ask_for_what_is_masked(void **state)
{
    int64_t id = new_dispute();
    Str number = number_of(id);
    RecordView intake = must_see("intake", "dispute", number), mediator;
    (void)state;
    assert_null(input_of(&intake, "edit", "applicant"));
    assert_null(input_of(&intake, "edit", "respondent"));
    assert_true(str_is(input_of(&intake, "edit", "title")->text, "货款争议"));
    for (size_t i = 0; i < intake.n_moves; i++)
        for (size_t j = 0; j < intake.moves[i].n_inputs; j++)
            assert_false(str_has(intake.moves[i].inputs[j].text, S("某甲公司")));
    assert_true(town_move(&town, "intake", id, "edit", "title=货款"));
    mediator = must_see("mediator", "dispute", number);
    assert_true(str_is(input_of(&mediator, "edit", "applicant")->text, "某甲公司"));
    assert_true(
        str_is(field_of(mediator.fields, mediator.n_fields, "applicant")->text, "某甲公司"));
}

static void test_history_tells_who_and_what_and_no_contact(void **state)
{
    RecordView view;
    bool found = false;
    (void)state;
    assert_true(town_create(&town, NULL, "suggestion", "submit",
                            "title=公交站牌看不清;body=夜里看不清站牌上的字。;place=CITY;"
                            "agree_public=1;contact_name=王先生;contact_phone=13900001111"));
    assert_true(town.result.code.n == 10);
    assert_true(
        town_move(&town, "intake", town.result.record, "accept", "category=traffic;place=CITY"));
    view = must_see("intake", "suggestion", number_of(town.result.record));
    assert_int_equal(view.n_history, 2);
    assert_true(str_is(view.history[0].who, "the public"));
    assert_true(str_is(view.history[0].move, "submit"));
    assert_true(str_is(view.history[1].move, "accept"));
    assert_true(view.history[1].who.n > 0);
    assert_true(view.has_contact && view.may_reveal);
    for (size_t i = 0; i < view.n_history; i++)
        for (size_t j = 0; j < view.history[i].n_changes; j++) {
            assert_false(str_has(view.history[i].changes[j].text, S("13900001111")));
            found = found || str_is(view.history[i].changes[j].field->name, "title");
        }
    assert_true(found);
}

static void submit_bench(void)
{
    assert_true(town_create(&town, NULL, "suggestion", "submit",
                            "title=公园缺少长椅;body=老人没有地方坐。;place=CITY;agree_public=0"));
}

static void test_a_submitter_follows_with_number_and_code(void **state)
{
    Visit *visit;
    TrackView view;
    Str number, code;
    Err err = {0};
    (void)state;
    submit_bench();
    number = town.result.number;
    code = town.result.code;
    visit = visit_as(&town, NULL, "");
    assert_false(track_view(visit, number, S("0000000000"), &view, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    err_clear(&err);
    assert_false(track_view(visit, S("JY-2023-99999"), code, &view, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    err_clear(&err);
    assert_true(track_view(visit, number, code, &view, &err));
    assert_true(str_is(view.title, "公园缺少长椅"));
    assert_int_equal(view.n_steps, 1);
    assert_true(view.next.n > 0);
    assert_true(view.reply.n == 0);
    assert_non_null(move_of(view.moves, view.n_moves, "withdraw"));
    assert_null(move_of(view.moves, view.n_moves, "rate"));
    /* A correction stays inside, a step that the profile tells is shown. */
    assert_true(town_move(&town, "intake", town.result.record, "edit", "title=公园缺长椅"));
    assert_true(
        town_move(&town, "intake", town.result.record, "accept", "category=traffic;place=CITY"));
    visit = visit_as(&town, NULL, "");
    assert_true(track_view(visit, number, code, &view, &err));
    assert_int_equal(view.n_steps, 2);
    assert_true(str_is(view.steps[1].move, "accept"));
}

/* The number is right and so is the code; why it was voided stays inside. */
static void test_a_submitter_learns_that_it_was_voided(void **state)
{
    Visit *visit;
    TrackView view;
    Str number, code;
    Err err = {0};
    (void)state;
    submit_bench();
    number = town.result.number;
    code = town.result.code;
    assert_true(town_move(&town, "cli", town.result.record, "void", "void_reason=重复登记。"));
    visit = visit_as(&town, NULL, "");
    assert_true(track_view(visit, number, code, &view, &err));
    assert_true(view.voided);
    assert_true(str_is(view.status_label, "Voided"));
    assert_true(str_has(view.next, S("voided")));
    assert_false(str_has(view.next, S("重复登记")));
    assert_int_equal(view.n_moves, 0);
    assert_int_equal(view.reply.n, 0);
    assert_false(track_view(visit, number, S("0000000000"), &view, &err));
}

static const HistoryView *step_of(const RecordView *view, const char *move)
{
    for (size_t i = 0; i < view->n_history; i++)
        if (str_is(view->history[i].move, move))
            return &view->history[i];
    return NULL;
}

static void test_an_extension_says_to_which_day(void **state)
{
    int64_t id = town_request(&town, "");
    Str number = number_of(id);
    RecordView view = must_see("unit", "enterprise_request", number);
    const HistoryView *asked;
    (void)state;
    assert_true(str_has(move_of(view.moves, view.n_moves, "extend")->says, S("the date entered")));
    assert_true(
        town_move(&town, "unit", id, "extend", "new_due_on=2023-03-22;extend_reason=设备未到货。"));
    view = must_see("dispatcher", "enterprise_request", number);
    assert_true(str_has(view.pending_says, S("2023")));
    assert_true(str_has(view.pending_says, S("22")));
    assert_true(town_move(&town, "dispatcher", id, "refuse", "reason=期限内可以办完。"));
    /* Whatever became of it, the history tells what was asked. */
    view = must_see("unit", "enterprise_request", number);
    asked = step_of(&view, "extend");
    assert_non_null(field_of(asked->changes, asked->n_changes, "new_due_on"));
    assert_true(
        str_is(field_of(asked->changes, asked->n_changes, "extend_reason")->text, "设备未到货。"));
    assert_non_null(field_of(step_of(&view, "refuse")->changes, step_of(&view, "refuse")->n_changes,
                             "refused_reason"));
}

static void test_what_is_late_is_counted_like_its_limit(void **state)
{
    int64_t id = town_request(&town, "");
    RecordView view;
    (void)state;
    /* Due Wednesday 15 March; the Monday after is three working days and five days later. */
    town_clock(&town, "2023-03-20T09:00:00+08:00");
    view = must_see("unit", "enterprise_request", number_of(id));
    assert_true(str_is(view.clock.left, "3 workdays late"));
}

static void test_a_form_starts_with_the_only_organisation(void **state)
{
    Visit *visit = visit_as(&town, "mediator", "");
    MoveView view;
    Err err = {0};
    bool found = false;
    (void)state;
    assert_true(new_view(visit, visit_kind(visit, "dispute"), S(""), &view, &err));
    for (size_t i = 0; i < view.n_inputs; i++)
        if (str_is(view.inputs[i].name, "lead"))
            found = str_is(view.inputs[i].text, "CITY-C");
    assert_true(found);
    /* Left empty it is the field that is missing, not the permission. */
    assert_false(town_create(&town, "mediator", "dispute", "register",
                             "title=货款争议;category=payment;applicant=某甲公司;"
                             "respondent=某乙公司;body=货款一年未付。;place=CITY"));
    assert_int_equal(town.err.code, ERR_INVALID_FORM);
    assert_true(str_is(town.err.fields->field, "lead"));
    /* No field of the form would permit a reviewer. */
    assert_false(town_create(&town, "reviewer", "dispute", "register",
                             "title=货款争议;category=payment;applicant=某甲公司;"
                             "respondent=某乙公司;body=货款一年未付。;place=CITY"));
    assert_int_equal(town.err.code, ERR_FORBIDDEN);
}

static void test_a_refused_approver_reads_what_was_refused(void **state)
{
    int64_t id = town_request(&town, "");
    (void)state;
    assert_true(town_move(&town, "unit", id, "reply", "reply=已经答复;result=resolved"));
    assert_false(town_move(&town, "intake", id, "approve", ""));
    assert_int_equal(town.err.message, MSG_approval_not_permitted);
}

/* The help of a field promises no other limit than the clock of the kind gives. */
static void assert_complexity_is_explained(Str number)
{
    RecordView view = must_see("dispatcher", "suggestion", number);
    const MoveView *assign = move_of(view.moves, view.n_moves, "assign");
    for (size_t i = 0; i < assign->n_inputs; i++)
        if (str_is(assign->inputs[i].name, "complexity"))
            assert_true(str_has(assign->inputs[i].help, S("within 15 working days")));
}

static void test_a_submitter_reads_steps_as_done(void **state)
{
    Visit *visit;
    TrackView view;
    Str number, code;
    int64_t id;
    Err err = {0};
    (void)state;
    assert_true(town_create(&town, NULL, "suggestion", "submit",
                            "title=公园缺少长椅;body=老人没有地方坐。;place=CITY;agree_public=0"));
    id = town.result.record;
    number = town.result.number;
    code = town.result.code;
    assert_true(town_move(&town, "intake", id, "accept", "category=traffic;place=CITY"));
    assert_complexity_is_explained(number);
    assert_true(town_move(&town, "dispatcher", id, "assign", "lead=CITY-A;complexity=general"));
    town_clock(&town, "2023-03-21T10:00:00+08:00");
    assert_true(town_move(&town, "unit", id, "acknowledge", ""));
    town_clock(&town, "2023-03-22T11:00:00+08:00");
    assert_true(
        town_move(&town, "unit", id, "reply", "reply=已经增设。;result=resolved;adoption=adopted"));
    assert_true(town_move(&town, "head", id, "approve", ""));
    visit = visit_as(&town, NULL, "");
    assert_true(track_view(visit, number, code, &view, &err));
    assert_int_equal(view.n_steps, 5);
    assert_true(str_is(view.steps[3].what, "Received by the unit"));
    assert_true(str_is(view.steps[4].what, "Answered"));
}

static void test_the_public_form_asks_only_what_is_public(void **state)
{
    Visit *visit = visit_as(&town, NULL, "");
    MoveView view;
    Err err = {0};
    (void)state;
    assert_true(new_view(visit, visit_kind(visit, "suggestion"), S(""), &view, &err));
    for (size_t i = 0; i < view.n_inputs; i++)
        assert_true(view.inputs[i].field->public_form);
    assert_true(view.n_inputs > 5);
    assert_false(new_view(visit, visit_kind(visit, "reception_session"), S(""), &view, &err));
    assert_int_equal(err.code, ERR_FORBIDDEN);
}

static void test_inputs_keep_what_was_sent_and_say_what_is_wrong(void **state)
{
    Visit *visit = visit_as(&town, NULL, "");
    FormPair pairs[] = {{S("title"), S("kept")}, {S("category"), S("traffic")}};
    FormInput sent = {pairs, 2};
    MoveView view;
    Err err = {0}, wrong = {0};
    bool title = false, body = false, category = false;
    (void)state;
    assert_true(new_view(visit, visit_kind(visit, "suggestion"), S(""), &view, &err));
    err_field(&wrong, town.arena, S("body"), MSG_form_required, S(""), S(""));
    inputs_fill(visit, &view, &sent, &wrong);
    for (size_t i = 0; i < view.n_inputs; i++) {
        const InputView *input = &view.inputs[i];
        title = title || (str_is(input->name, "title") && str_is(input->text, "kept") &&
                          input->error.n == 0);
        body = body || (str_is(input->name, "body") && input->error.n > 0);
        for (size_t j = 0; str_is(input->name, "category") && j < input->n_options; j++)
            category = category ||
                       (input->options[j].selected && str_is(input->options[j].value, "traffic"));
    }
    assert_true(title && body && category);
}

static void test_lights(void **state)
{
    Values values = {0};
    (void)state;
    assert_int_equal(light_of(&values, 10), LIGHT_NONE);
    values_set(town.arena, &values, S("open"), value_int(1));
    assert_int_equal(light_of(&values, 10), LIGHT_NONE);
    values_set(town.arena, &values, S("yellow_at"), value_int(20));
    values_set(town.arena, &values, S("red_at"), value_int(30));
    assert_int_equal(light_of(&values, 19), LIGHT_ON_COURSE);
    assert_int_equal(light_of(&values, 20), LIGHT_NEAR);
    assert_int_equal(light_of(&values, 30), LIGHT_LATE);
    values_set(town.arena, &values, S("paused_on"), value_int(1));
    assert_int_equal(light_of(&values, 30), LIGHT_STANDING);
    values_set(town.arena, &values, S("open"), value_int(0));
    assert_int_equal(light_of(&values, 30), LIGHT_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_request_is_seen_by_its_unit_and_not_by_another),
        cmocka_unit_test(test_fields_are_in_words_and_typed),
        cmocka_unit_test(test_the_clock_says_what_is_left_and_shows_the_days),
        cmocka_unit_test(test_moves_are_those_of_the_desk),
        cmocka_unit_test(test_who_asked_does_not_decide),
        cmocka_unit_test(test_parties_of_a_confidential_kind_are_a_and_b),
        cmocka_unit_test(test_a_form_does_not_ask_for_what_is_masked),
        cmocka_unit_test(test_history_tells_who_and_what_and_no_contact),
        cmocka_unit_test(test_a_submitter_follows_with_number_and_code),
        cmocka_unit_test(test_a_submitter_learns_that_it_was_voided),
        cmocka_unit_test(test_an_extension_says_to_which_day),
        cmocka_unit_test(test_what_is_late_is_counted_like_its_limit),
        cmocka_unit_test(test_a_form_starts_with_the_only_organisation),
        cmocka_unit_test(test_a_refused_approver_reads_what_was_refused),
        cmocka_unit_test(test_a_submitter_reads_steps_as_done),
        cmocka_unit_test(test_the_public_form_asks_only_what_is_public),
        cmocka_unit_test(test_inputs_keep_what_was_sent_and_say_what_is_wrong),
        cmocka_unit_test(test_lights),
    };
    return cmocka_run_group_tests(tests, open_town, close_town);
}
