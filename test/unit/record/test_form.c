/* SPDX-License-Identifier: Apache-2.0 */
/* What each type of field takes, and what it says when it does not. */
#include "../org/town.h"
#include "record/form.h"

static const Kind *kind_of(const Town *town, const char *name)
{
    return profile_kind(town->office->profile, str_from_c(name));
}

static int64_t lookup_record(void *context, const Kind *kind, Str reference)
{
    (void)context;
    if (str_eq(kind->name, S("enterprise")))
        return str_eq(reference, S("91350100M000100Y43")) ? 500 : 0;
    return str_eq(reference, S("M-2026-001")) ? 1000 : 0;
}

static const FormLookup lookup = {lookup_record, NULL};

/* Binds the creating move of matters with a title and the pairs. */
static bool bind(Town *town, const FormPair *pairs, size_t count, bool is_public, BoundForm *form)
{
    const Kind *kind = kind_of(town, "matter");
    FormInput input = {pairs, count};
    err_clear(&town->err);
    return form_bind(town->arena, town->office, kind, flow_move(kind->flow, S("submit")), &input,
                     is_public, &lookup, form, &town->err);
}

static bool bind_one(Town *town, const char *name, const char *text, BoundForm *form)
{
    FormPair pairs[] = {{S("title"), S("桥")}, {str_from_c(name), str_from_c(text)}};
    size_t count = str_eq(pairs[1].name, S("title")) ? 1 : 2;
    return bind(town, count == 1 ? pairs + 1 : pairs, count, false, form);
}

typedef struct Good {
    const char *field, *text, *shown;
} Good;

static void test_what_is_taken(void **state)
{
    Town *town = *state;
    static const Good cases[] = {
        {"title", "  桥\r\n", "桥"},
        {"title", "一二三四五六七八九十", "一二三四五六七八九十"},
        {"title", "a\tb\nc", "a b c"},
        {"title", "\xE3\x80\x80桥\xC2\xA0", "桥"},
        {"body", "一\r\n二\r三\n", "一\n二\n三"},
        {"body", "\xEE\x9F\x87", "\xE1\xB8\xBF"},
        {"place", "A1", "A1"},
        {"place", " Ａ１ ", "A1"},
        {"lead", "X", "X"},
        {"co_units", "X,Y", "X,Y"},
        {"co_units", "X、Y；X1，", "X,Y,X1"},
        {"category", "loans", "loans"},
        {"category", "融资", "loans"},
        {"category", "Land", "land"},
        {"tags", "land", "land"},
        {"urgent", "1", "1"},
        {"urgent", "是", "1"},
        {"urgent", "YES", "1"},
        {"urgent", "on", "1"},
        {"urgent", "否", "0"},
        {"urgent", "false", "0"},
        {"amount", "12.5", "12.5"},
        {"amount", "１２．５", "12.5"},
        {"amount", "0.000001", "0.000001"},
        {"cost", "12.50", "12.5"},
        {"cost", "-3", "-3"},
        {"share", "-1", "-1"},
        {"share", "99.99", "99.99"},
        {"heads", "500", "500"},
        {"held_on", "2026-03-05", "2026-03-05"},
        {"held_on", "2026/3/5", "2026-03-05"},
        {"held_on", "2026.3.5", "2026-03-05"},
        {"held_on", "2026年3月5日", "2026-03-05"},
        {"held_on", "2024-02-29", "2024-02-29"},
        {"credit_code", "91350100M000100Y43", "91350100M000100Y43"},
        {"credit_code", "９1350100m000100y43", "91350100M000100Y43"},
        {"credit_code", "9135 0100-M000100Y43", "91350100M000100Y43"},
        {"credit_code", "91350211M0000XUF46", "91350211M0000XUF46"}, /* wrong check, in use */
        {"paper", "铜政〔2023〕5号", "铜政〔2023〕5号"},
        {"file", "abc-DEF_123", "abc-DEF_123"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        BoundForm form;
        const Field *field = kind_field(kind_of(town, "matter"), str_from_c(cases[i].field));
        Str shown;
        if (!bind_one(town, cases[i].field, cases[i].text, &form))
            fail_msg("case %d refused", (int)i);
        shown = form_value_text(town->arena, town->office, field,
                                values_get(&form.values, field->name));
        if (!str_eq(shown, str_from_c(cases[i].shown)))
            fail_msg("case %d: %.*s", (int)i, (int)shown.n, shown.p);
    }
}

static void test_money_is_in_fen(void **state)
{
    Town *town = *state;
    BoundForm form;
    assert_true(bind_one(town, "amount", "12.5", &form));
    assert_int_equal(values_int(&form.values, S("amount")), 12500000);
    assert_true(bind_one(town, "cost", "12.5", &form));
    assert_int_equal(values_int(&form.values, S("cost")), 1250);
}

typedef struct Bad {
    const char *field, *text;
    MessageId message;
} Bad;

static void test_what_is_refused(void **state)
{
    Town *town = *state;
    static const Bad cases[] = {
        {"title", "", MSG_form_required},
        {"title", " \xE3\x80\x80 ", MSG_form_required},
        {"title", "一二三四五六七八九十一", MSG_form_too_long},
        {"title", "a\x01", MSG_form_control_character},
        {"place", "nowhere", MSG_form_no_such_organisation},
        {"co_units", "X,nowhere", MSG_form_no_such_organisation},
        {"submitter", "X", MSG_form_no_such_organisation}, /* of the tree, not of the directory */
        {"session", "M-2026-999", MSG_form_no_such_record},
        {"category", "gold", MSG_form_choice},
        {"tags", "gold", MSG_form_choice},
        {"urgent", "maybe", MSG_form_yes_no},
        {"amount", "-1", MSG_form_too_small},
        {"amount", "1e3", MSG_form_number},
        {"amount", "0.0000001", MSG_form_number},
        {"amount", "99999999999999999999", MSG_form_number},
        {"cost", "1.234", MSG_form_number},
        {"share", "-1.01", MSG_form_too_small},
        {"share", "100.01", MSG_form_too_large},
        {"heads", "1.5", MSG_form_whole_number},
        {"heads", "501", MSG_form_too_large},
        {"held_on", "2026-02-30", MSG_form_date},
        {"held_on", "2026-13-01", MSG_form_date},
        {"held_on", "26-03-05", MSG_form_date},
        {"held_on", "2026-03-05x", MSG_form_date},
        {"held_on", "45678", MSG_form_date},
        {"credit_code", "91350100M000100Y4", MSG_form_credit_code},
        {"credit_code", "91350100M000100Y4I", MSG_form_credit_code},
        {"credit_code", "9.1350100E+17", MSG_form_spreadsheet_number},
        {"paper", "3.20402E+11", MSG_form_spreadsheet_number},
        {"paper", "123456789012345678901", MSG_form_too_long},
        {"file", "../etc/passwd", MSG_form_attachment},
        {"contact_phone", "12", MSG_form_phone},
        {"contact_phone", "call me", MSG_form_phone},
        {"nonsense", "x", MSG_form_unknown_field},
        {"parent", "M-2026-001", MSG_form_unknown_field}, /* a matter is no child */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        BoundForm form = {.has_contact = true};
        if (bind_one(town, cases[i].field, cases[i].text, &form))
            fail_msg("case %d taken", (int)i);
        assert_int_equal(town->err.code, ERR_INVALID_FORM);
        assert_non_null(town->err.fields);
        if (town->err.fields->message != cases[i].message)
            fail_msg("case %d: %.*s", (int)i, (int)message_key(town->err.fields->message).n,
                     message_key(town->err.fields->message).p);
        assert_true(str_eq(town->err.fields->field, str_from_c(cases[i].field)));
        assert_null(town->err.fields->next);
        assert_true(form.has_contact); /* untouched */
    }
}

static void test_every_wrong_field_is_named(void **state)
{
    Town *town = *state;
    BoundForm form;
    static const FormPair pairs[] = {{S_CONST("nonsense"), S_CONST("1")},
                                     {S_CONST("heads"), S_CONST("x")},
                                     {S_CONST("nonsense"), S_CONST("2")},
                                     {S_CONST("place"), S_CONST("x")}};
    static const char *const named[] = {"title", "place", "heads", "nonsense"};
    const ErrField *wrong;
    size_t count = 0;
    assert_false(bind(town, pairs, COUNT_OF(pairs), false, &form));
    for (wrong = town->err.fields; wrong; wrong = wrong->next)
        assert_true(str_eq(wrong->field, str_from_c(named[count++])));
    assert_int_equal(count, COUNT_OF(named));
}

static void test_references_become_ids(void **state)
{
    Town *town = *state;
    BoundForm form;
    static const FormPair pairs[] = {
        {S_CONST("title"), S_CONST("t")},
        {S_CONST("place"), S_CONST("A1")},
        {S_CONST("lead"), S_CONST("X")},
        {S_CONST("session"), S_CONST("M-2026-001")},
        {S_CONST("co_units"), S_CONST("Y")},
        {S_CONST("co_units"), S_CONST("X1")},
        {S_CONST("submitter"), S_CONST("91350100M000100Y43")},
    };
    assert_true(bind(town, pairs, COUNT_OF(pairs), false, &form));
    assert_int_equal(values_get(&form.values, S("place")).type, VALUE_INT);
    assert_int_equal(values_int(&form.values, S("place")), TOWN_A);
    assert_int_equal(values_int(&form.values, S("lead")), BUREAU_X);
    assert_int_equal(values_int(&form.values, S("submitter")), 500);
    Value session = values_get(&form.values, S("session"));
    assert_int_equal(session.type, VALUE_IDS);
    assert_int_equal(session.ids[0], 1000);
    Value units = values_get(&form.values, S("co_units"));
    assert_int_equal(units.count, 2);
    assert_int_equal(units.ids[0], BUREAU_Y);
    assert_int_equal(units.ids[1], UNIT_X);
}

static void test_a_place_may_be_named_by_division_code(void **state)
{
    Town *town = *state;
    BoundForm form;
    Org *org = map_find_id(&town->office->orgs.by_id, TOWN_B);
    org->division_code = S("340705001000");
    assert_true(bind_one(town, "place", "340705001000", &form));
    assert_int_equal(values_int(&form.values, S("place")), TOWN_B);
}

static void test_empty_fields_are_cleared(void **state)
{
    Town *town = *state;
    BoundForm form;
    static const FormPair pairs[] = {{S_CONST("title"), S_CONST("t")},
                                     {S_CONST("body"), S_CONST("")},
                                     {S_CONST("amount"), S_CONST("0")},
                                     {S_CONST("contact_name"), S_CONST("")},
                                     {S_CONST("_token"), S_CONST("x")}};
    assert_true(bind(town, pairs, COUNT_OF(pairs), false, &form));
    assert_int_equal(form.values.n, 1);
    assert_int_equal(form.cleared.n, 2);
    assert_true(str_eq(form.cleared.p[0], S("body")));
    assert_true(str_eq(form.cleared.p[1], S("amount"))); /* 0 is none in a typed column */
    assert_false(form.has_contact);
}

static void test_several_texts(void **state)
{
    Town *town = *state;
    BoundForm form;
    static const FormPair pairs[] = {
        {S_CONST("title"), S_CONST("t")},   {S_CONST("tags"), S_CONST("tax")},
        {S_CONST("tags"), S_CONST("land")}, {S_CONST("tags"), S_CONST("")},
        {S_CONST("heads"), S_CONST("")},    {S_CONST("heads"), S_CONST("3")},
        {S_CONST("heads"), S_CONST("3")},
    };
    static const FormPair two[] = {{S_CONST("title"), S_CONST("t")},
                                   {S_CONST("title"), S_CONST("u")}};
    assert_true(bind(town, pairs, COUNT_OF(pairs), false, &form));
    assert_int_equal(values_get(&form.values, S("tags")).count, 2);
    assert_int_equal(values_int(&form.values, S("heads")), 3);
    assert_false(bind(town, two, COUNT_OF(two), false, &form));
    assert_int_equal(town->err.fields->message, MSG_form_only_one);
}

static void test_the_public_form_is_smaller(void **state)
{
    Town *town = *state;
    BoundForm form;
    static const FormPair good[] = {{S_CONST("title"), S_CONST("t")},
                                    {S_CONST("contact_name"), S_CONST(" 王 ")},
                                    {S_CONST("contact_phone"), S_CONST("＋86 138-0000-0000")}};
    static const FormPair bad[] = {{S_CONST("title"), S_CONST("t")},
                                   {S_CONST("heads"), S_CONST("1")}};
    assert_true(bind(town, good, COUNT_OF(good), true, &form));
    assert_true(form.has_contact);
    assert_true(str_eq(form.contact_name, S("王")));
    assert_true(str_eq(form.contact_phone, S("+86138-0000-0000")));
    assert_int_equal(form.values.n, 1);
    assert_false(bind(town, bad, COUNT_OF(bad), true, &form));
    assert_int_equal(town->err.fields->message, MSG_form_unknown_field);
}

static void test_a_child_names_its_parent(void **state)
{
    Town *town = *state;
    const Kind *kind = kind_of(town, "sitting");
    const Move *move = flow_move(kind->flow, S("create"));
    FormPair pairs[] = {{S("title"), S("t")}, {S("parent"), S("M-2026-001")}};
    FormInput input = {pairs, 2};
    BoundForm form;
    assert_true(form_bind(town->arena, town->office, kind, move, &input, false, &lookup, &form,
                          &town->err));
    assert_int_equal(values_int(&form.values, S("parent")), 1000);
    input.n = 1;
    assert_false(form_bind(town->arena, town->office, kind, move, &input, false, &lookup, &form,
                           &town->err));
    assert_int_equal(town->err.fields->message, MSG_form_required);
    err_clear(&town->err);
    pairs[1].text = S("M-2026-009");
    input.n = 2;
    assert_false(form_bind(town->arena, town->office, kind, move, &input, false, &lookup, &form,
                           &town->err));
    assert_int_equal(town->err.fields->message, MSG_form_no_such_record);
}

static void test_a_later_move_asks_for_its_own_form(void **state)
{
    Town *town = *state;
    const Kind *kind = kind_of(town, "matter");
    FormPair pairs[] = {{S("body"), S("because")}, {S("title"), S("")}};
    FormInput input = {pairs, 1};
    BoundForm form;
    assert_true(form_bind(town->arena, town->office, kind, flow_move(kind->flow, S("reply")),
                          &input, false, &lookup, &form, &town->err));
    input.n = 0;
    assert_false(form_bind(town->arena, town->office, kind, flow_move(kind->flow, S("reply")),
                           &input, false, &lookup, &form, &town->err));
    err_clear(&town->err);
    /* An edit may leave the title out, but not empty it. */
    assert_true(form_bind(town->arena, town->office, kind, flow_move(kind->flow, S("edit")), &input,
                          false, &lookup, &form, &town->err));
    input = (FormInput){pairs + 1, 1};
    assert_false(form_bind(town->arena, town->office, kind, flow_move(kind->flow, S("edit")),
                           &input, false, &lookup, &form, &town->err));
    assert_int_equal(town->err.fields->message, MSG_form_required);
}

static void test_form_text(void **state)
{
    const FormPair pairs[] = {{S("a"), S("1")}, {S("a"), S("2")}};
    const FormInput input = {pairs, 2};
    bool found;
    (void)state;
    assert_true(str_eq(form_text(&input, S("a"), &found), S("1")) && found);
    assert_true(form_text(&input, S("b"), &found).n == 0 && !found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOWN_TEST(test_what_is_taken),
        TOWN_TEST(test_money_is_in_fen),
        TOWN_TEST(test_what_is_refused),
        TOWN_TEST(test_every_wrong_field_is_named),
        TOWN_TEST(test_references_become_ids),
        TOWN_TEST(test_a_place_may_be_named_by_division_code),
        TOWN_TEST(test_empty_fields_are_cleared),
        TOWN_TEST(test_several_texts),
        TOWN_TEST(test_the_public_form_is_smaller),
        TOWN_TEST(test_a_child_names_its_parent),
        TOWN_TEST(test_a_later_move_asks_for_its_own_form),
        cmocka_unit_test(test_form_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
