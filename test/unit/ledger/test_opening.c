/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/opening.h"
#include "support.h"
#include "vectors.h"

static void opens_one_field(void **state)
{
    Arena *arena = *state;
    Entry entry = vector_entry(arena);
    Hash leaf = entry_leaf(arena, &entry).sha256;
    Opening opening = {0};
    assert_true(entry_open_field(arena, &entry, true, S("1024.note"), &opening, NULL));
    assert_hash(arena, opening.key, VECTOR_key);
    assert_bytes(arena, opening.leaf_input, VECTOR_leaf_input);
    assert_true(opening_check(arena, &opening, &leaf, NULL));
    assert_false(str_has(opening.leaf_input, S("路灯")));
    assert_true(entry_open_field(arena, &entry, false, S("1024.lead"), &opening, NULL));
    assert_true(opening_check(arena, &opening, &leaf, NULL));
}

static void opens_what_an_erasure_left(void **state)
{
    Arena *arena = *state;
    Entry entry = vector_entry(arena);
    Hash leaf = entry_leaf(arena, &entry).sha256;
    Opening opening = {0};
    Err err = {0};
    entry_erase(&entry, S("1024."));
    assert_true(entry_open_field(arena, &entry, true, S("1025.title"), &opening, NULL));
    assert_true(opening_check(arena, &opening, &leaf, NULL));
    assert_false(entry_open_field(arena, &entry, true, S("1024.note"), &opening, &err));
    assert_int_equal(err.message, MSG_ledger_field_erased);
    assert_false(entry_open_field(arena, &entry, true, S("1024.lead"), &opening, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
}

static void refuses_another_value_name_or_leaf(void **state)
{
    Arena *arena = *state;
    Entry entry = vector_entry(arena);
    Hash leaf = entry_leaf(arena, &entry).sha256;
    Opening opening = {0}, changed;
    assert_true(entry_open_field(arena, &entry, false, S("1024.lead"), &opening, NULL));
    Err err = {0};
    changed = opening;
    changed.value = S("32");
    assert_false(opening_check(arena, &changed, &leaf, &err));
    assert_int_equal(err.message, MSG_ledger_opening_other_value);
    changed = opening;
    changed.name = S("1024.due_on");
    assert_false(opening_check(arena, &changed, &leaf, &err));
    changed = opening;
    changed.text = true;
    assert_false(opening_check(arena, &changed, &leaf, &err));
    changed = opening;
    changed.key.bytes[31] ^= 1;
    assert_false(opening_check(arena, &changed, &leaf, &err));
    leaf.bytes[0] ^= 1;
    assert_false(opening_check(arena, &opening, &leaf, &err));
    assert_int_equal(err.message, MSG_ledger_opening_other_leaf);
}

static void takes_a_leaf_input_apart(void **state)
{
    Arena *arena = *state;
    LeafInput input = {0};
    Str bytes = from_hex(arena, VECTOR_leaf_input);
    assert_true(leaf_input_parse(arena, bytes, &input, NULL));
    assert_int_equal(input.header.sequence, 7);
    assert_int_equal(input.header.at, 1699999999000000);
    assert_true(str_eq(input.header.action, S("enterprise_request.assign")));
    assert_int_equal(input.field_count, 5);
    assert_true(str_eq(input.fields[3].name, S("1024.note")));
    assert_hash(arena, input.fields[3].commitment, VECTOR_commitment);
    for (size_t cut = 0; cut < bytes.n; cut++)
        assert_false(leaf_input_parse(arena, str_slice(bytes, 0, cut), &input, NULL));
    assert_false(leaf_input_parse(arena, STR(arena, bytes, "x"), &input, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_one_field),
        cmocka_unit_test(opens_what_an_erasure_left),
        cmocka_unit_test(refuses_another_value_name_or_leaf),
        cmocka_unit_test(takes_a_leaf_input_apart),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
