/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"
#include "vectors.h"

static void makes_the_documented_bytes(void **state)
{
    Arena *arena = *state;
    Entry entry = vector_entry(arena);
    assert_true(entry_check(&entry, NULL));
    assert_true(str_eq(entry.fields[3].name, S("1024.note")));
    assert_hash(arena, entry_commitment(&entry, &entry.fields[3]), VECTOR_commitment);
    assert_bytes(arena, entry_leaf_input(arena, &entry), VECTOR_leaf_input);
    Leaf leaf = entry_leaf(arena, &entry);
    assert_hash(arena, leaf.sha256, VECTOR_leaf_sha256);
    assert_hash(arena, leaf.sm3, VECTOR_leaf_sm3);
    assert_bytes(arena, entry_write_part(arena, &entry, false), VECTOR_part_plain);
    assert_bytes(arena, entry_write_part(arena, &entry, true), VECTOR_part_text);
}

/* Reads `plain` and `text` back into an entry with the header and salts of `entry`. */
static Entry read_back(Arena *arena, const Entry *entry)
{
    Entry copy = *entry;
    copy.fields = NULL;
    copy.field_count = 0;
    Str plain = entry_write_part(arena, entry, false), text = entry_write_part(arena, entry, true);
    assert_true(entry_read_parts(arena, &copy, plain, text, NULL));
    return copy;
}

static void assert_same_leaf(Arena *arena, const Entry *a, const Entry *b)
{
    Leaf left = entry_leaf(arena, a), right = entry_leaf(arena, b);
    assert_true(hash_eq(&left.sha256, &right.sha256));
    assert_true(hash_eq(&left.sm3, &right.sm3));
}

static void reads_back_what_it_wrote(void **state)
{
    Arena *arena = *state;
    Entry entry = vector_entry(arena);
    Entry copy = read_back(arena, &entry);
    assert_int_equal(copy.field_count, 5);
    assert_true(str_eq(copy.fields[4].value, S("\"路灯\"")));
    assert_true(copy.fields[4].text);
    assert_same_leaf(arena, &entry, &copy);
}

static void an_entry_may_have_no_fields(void **state)
{
    Entry entry = {.header = {.sequence = 1}}, copy = read_back(*state, &entry);
    assert_int_equal(copy.field_count, 0);
}

static void erasing_keeps_the_leaf(void **state)
{
    Arena *arena = *state;
    Entry entry = vector_entry(arena), before = vector_entry(arena);
    static const uint8_t zeros[SALT_SIZE];
    assert_int_equal(entry_erase(&entry, S("1024.")), 1);
    assert_memory_equal(entry.text_salt, zeros, SALT_SIZE);
    assert_bytes(arena, entry_write_part(arena, &entry, true), VECTOR_part_erased);
    assert_same_leaf(arena, &entry, &before);
    Entry copy = read_back(arena, &entry);
    assert_same_leaf(arena, &copy, &before);
    assert_int_equal(copy.fields[3].form, FIELD_ERASED);
    assert_int_equal(copy.fields[3].value.n, 0);
    assert_true(str_eq(copy.fields[4].value, S("\"路灯\"")));
    /* Again for the other record, then nothing is left to erase. */
    assert_int_equal(entry_erase(&copy, S("")), 1);
    assert_same_leaf(arena, &copy, &before);
    assert_int_equal(entry_erase(&copy, S("")), 0);
    assert_false(str_has(entry_write_part(arena, &copy, true), S("路灯")));
}

static void erasing_nothing_keeps_the_salt(void **state)
{
    Entry entry = vector_entry(*state);
    assert_int_equal(entry_erase(&entry, S("9.")), 0);
    assert_int_equal(entry.text_salt[0], SALT_SIZE);
    assert_int_equal(entry.fields[3].form, FIELD_VALUE);
}

static void every_part_of_an_entry_is_in_its_leaf(void **state)
{
    Arena *arena = *state;
    Entry plain = vector_entry(arena);
    Leaf leaf = entry_leaf(arena, &plain);
    for (int change = 0; change < 11; change++) {
        Entry entry = vector_entry(arena);
        switch (change) {
        case 0:
            entry.header.sequence++;
            break;
        case 1:
            entry.header.recorded_at++;
            break;
        case 2:
            entry.header.at--;
            break;
        case 3:
            entry.header.actor = S("account:13");
            break;
        case 4:
            entry.header.action = S("enterprise_request.accept");
            break;
        case 5:
            entry.header.profile = S("");
            break;
        case 6:
            entry.plain_salt[15] ^= 1;
            break;
        case 7:
            entry.text_salt[0] ^= 1;
            break;
        case 8:
            entry.fields[0].value = S("20543");
            break;
        case 9:
            entry.fields[4].name = S("1025.titlf");
            break;
        default:
            entry.field_count--;
            break;
        }
        Leaf other = entry_leaf(arena, &entry);
        assert_false(hash_eq(&leaf.sha256, &other.sha256));
        assert_false(hash_eq(&leaf.sm3, &other.sm3));
    }
    Entry kept = vector_entry(arena);
    kept.header.key = S("another");
    kept.header.form_hash = S("another");
    assert_same_leaf(arena, &kept, &plain);
}

static void refuses_entries_out_of_order_or_size(void **state)
{
    Arena *arena = *state;
    for (int change = 0; change < 7; change++) {
        Entry entry = vector_entry(arena);
        char *large = arena_alloc(arena, ENTRY_VALUE_MAX + 1);
        switch (change) {
        case 0:
            entry.header.sequence = 0;
            break;
        case 1:
            entry.fields[1].name = entry.fields[0].name;
            break;
        case 2:
            entry.fields[1].name = S("1");
            break;
        case 3:
            entry.fields[0].text = true;
            break;
        case 4:
            entry.fields[0].name = S("");
            break;
        case 5:
            entry.header.actor = (Str){large, ENTRY_HEADER_MAX + 1};
            break;
        default:
            entry.fields[0].value = (Str){large, ENTRY_VALUE_MAX + 1};
            break;
        }
        Err err = {0};
        assert_false(entry_check(&entry, &err));
        assert_int_equal(err.message, MSG_ledger_entry_wrong);
    }
}

/* Whatever the columns hold, reading gives an entry that is in order or an error. */
static void damaged_columns_never_break_the_reader(void **state)
{
    Arena *arena = *state;
    Entry entry = vector_entry(arena);
    assert_int_equal(entry_erase(&entry, S("1024.")), 1);
    Leaf leaf = entry_leaf(arena, &entry);
    Str plain = entry_write_part(arena, &entry, false),
        text = entry_write_part(arena, &entry, true);
    for (size_t i = 0; i < text.n * 8; i++) {
        ArenaMark mark = arena_mark(arena);
        char *bytes = arena_copy(arena, text.p, text.n);
        bytes[i / 8] = (char)(bytes[i / 8] ^ (1 << i % 8));
        Entry copy = entry;
        if (entry_read_parts(arena, &copy, plain, (Str){bytes, text.n}, NULL)) {
            Leaf other = entry_leaf(arena, &copy);
            assert_false(hash_eq(&leaf.sha256, &other.sha256));
        }
        arena_rewind(arena, mark);
    }
    for (size_t cut = 0; cut < text.n; cut++) {
        Entry copy = entry;
        assert_false(entry_read_parts(arena, &copy, plain, str_slice(text, 0, cut), NULL));
    }
    Entry copy = entry;
    assert_false(entry_read_parts(arena, &copy, plain, STR(arena, text, "x"), NULL));
    /* Plain values are never erased. */
    assert_false(entry_read_parts(arena, &copy, text, plain, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_the_documented_bytes),
        cmocka_unit_test(reads_back_what_it_wrote),
        cmocka_unit_test(an_entry_may_have_no_fields),
        cmocka_unit_test(erasing_keeps_the_leaf),
        cmocka_unit_test(erasing_nothing_keeps_the_salt),
        cmocka_unit_test(every_part_of_an_entry_is_in_its_leaf),
        cmocka_unit_test(refuses_entries_out_of_order_or_size),
        cmocka_unit_test(damaged_columns_never_break_the_reader),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
