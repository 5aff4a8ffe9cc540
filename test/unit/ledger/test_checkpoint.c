/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/base64.h"
#include "ledger/checkpoint.h"
#include "support.h"
#include "vectors.h"

static SigningKey vector_key(void)
{
    uint8_t seed[SEED_SIZE];
    for (uint8_t i = 0; i < SEED_SIZE; i++)
        seed[i] = i;
    return signing_key(seed);
}

static VerifyKey vector_verifier(Arena *arena)
{
    VerifyKey key = {0};
    assert_true(verify_key_parse(arena, S(VECTOR_published_key), &key, NULL));
    return key;
}

static Checkpoint vector_checkpoint(void)
{
    return (Checkpoint){
        .origin = S("tongxin.example/site"),
        .head = {7, hash_from_hex(VECTOR_root_sha256)},
        .has_sm3 = true,
        .sm3_root = hash_from_hex(VECTOR_root_sm3),
    };
}

/* RFC 8032 7.1, test 2. */
static void signs_the_published_vector(void **state)
{
    Arena *arena = *state;
    Str seed = from_hex(arena, "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    SigningKey key = signing_key((const uint8_t *)seed.p);
    assert_bytes(arena, (Str){(const char *)key.public_key, PUBLIC_KEY_SIZE},
                 "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    uint8_t signature[SIGNATURE_SIZE];
    sign_bytes(&key, S("\x72"), signature);
    assert_bytes(arena, (Str){(const char *)signature, SIGNATURE_SIZE},
                 "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                 "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    assert_true(sign_check(key.public_key, S("\x72"), signature));
    assert_false(sign_check(key.public_key, S("\x73"), signature));
    signing_key_close(&key);
    assert_int_equal(key.secret[0], 0);
}

/* The example of golang.org/x/mod/sumdb/note, where the format comes from. */
static void checks_the_published_note(void **state)
{
    Arena *arena = *state;
    VerifyKey key = {0};
    Str text = {0};
    Str published = S("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    assert_true(verify_key_parse(arena, published, &key, NULL));
    Str note = S("If you think cryptography is the answer to your problem,\n"
                 "then you don't know what your problem is.\n\n"
                 "\xE2\x80\x94 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1"
                 "FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n");
    assert_true(note_check(arena, note, &key, &text, NULL));
    assert_true(str_ends(text, S("problem is.\n")));
}

static void makes_the_documented_checkpoint(void **state)
{
    Arena *arena = *state;
    SigningKey key = vector_key();
    Checkpoint checkpoint = vector_checkpoint(), back = {0};
    VerifyKey verifier = {.name = checkpoint.origin};
    memcpy(verifier.public_key, key.public_key, PUBLIC_KEY_SIZE);
    assert_true(str_eq(verify_key_text(arena, &verifier), S(VECTOR_published_key)));
    Str note = checkpoint_sign(arena, &checkpoint, &key);
    assert_string_equal(str_c(arena, note), VECTOR_checkpoint);
    assert_true(checkpoint_check(arena, note, &verifier, &back, NULL));
    assert_int_equal(back.head.size, 7);
    assert_true(hash_eq(&back.head.root, &checkpoint.head.root));
    assert_true(back.has_sm3 && hash_eq(&back.sm3_root, &checkpoint.sm3_root));
    assert_true(str_eq(back.origin, checkpoint.origin));
}

static void one_wrong_bit_breaks_a_checkpoint(void **state)
{
    Arena *arena = *state;
    VerifyKey key = vector_verifier(arena);
    Str note = S(VECTOR_checkpoint);
    for (size_t i = 0; i < note.n * 8; i++) {
        ArenaMark mark = arena_mark(arena);
        char *bytes = arena_copy(arena, note.p, note.n);
        bytes[i / 8] = (char)(bytes[i / 8] ^ (1 << i % 8));
        Checkpoint back = {0};
        assert_false(checkpoint_check(arena, (Str){bytes, note.n}, &key, &back, NULL));
        arena_rewind(arena, mark);
    }
    for (size_t cut = 0; cut < note.n; cut++) {
        Checkpoint back = {0};
        assert_false(checkpoint_check(arena, str_slice(note, 0, cut), &key, &back, NULL));
    }
}

static void passes_over_other_signatures(void **state)
{
    Arena *arena = *state;
    VerifyKey key = vector_verifier(arena);
    Checkpoint back = {0};
    Err err = {0};
    Str other = S("\xE2\x80\x94 witness.example AAAAAAECAwQFBgcI\n");
    assert_true(checkpoint_check(arena, STR(arena, VECTOR_checkpoint, other), &key, &back, NULL));
    Str lone = STR(arena, checkpoint_text(arena, &back), "\n", other);
    assert_false(checkpoint_check(arena, lone, &key, &back, &err));
    assert_int_equal(err.message, MSG_ledger_signature_missing);
    Buf many = buf_open(arena);
    TEXT(&many, VECTOR_checkpoint);
    for (int i = 0; i < NOTE_SIGNATURES_MAX; i++)
        buf_add(&many, other);
    assert_false(checkpoint_check(arena, buf_str(&many), &key, &back, &err));
    assert_int_equal(err.message, MSG_ledger_note_unreadable);
}

static void refuses_another_origin(void **state)
{
    Arena *arena = *state;
    SigningKey secret = vector_key();
    VerifyKey key = vector_verifier(arena);
    Checkpoint checkpoint = vector_checkpoint(), back = {0};
    checkpoint.origin = S("other.example/site");
    Str text = checkpoint_text(arena, &checkpoint);
    Err err = {0};
    Str note = note_sign(arena, text, key.name, &secret);
    assert_false(checkpoint_check(arena, note, &key, &back, &err));
    assert_int_equal(err.message, MSG_ledger_other_origin);
}

static void reads_only_well_formed_texts(void **state)
{
    Arena *arena = *state;
    Checkpoint back = {0};
#define ROOT "sMxPAM2JMz7vEeYpo00cdGqm5NZJO7VT5NrDaHGrAOU="
    static const char *const bad[] = {
        "",
        "o\n",
        "o\n7\n",
        "\n7\n" ROOT "\n",
        "o\n07\n" ROOT "\n",
        "o\n+7\n" ROOT "\n",
        "o\n-7\n" ROOT "\n",
        "o\n7 \n" ROOT "\n",
        "o\n99999999999999999999\n" ROOT "\n",
        "o\n7\nAAAA\n",
        "o\n7\n" ROOT,
        "o\n7\n" ROOT "\n\n",
        "o\n7\n" ROOT "\nsm3 AAAA\n",
        "o\n7\n" ROOT "\nsm3 " ROOT "\nsm3 " ROOT "\n",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(checkpoint_parse(arena, str_from_c(bad[i]), &back, NULL));
    assert_true(checkpoint_parse(arena, S("o\n0\n" ROOT "\nfuture line\n"), &back, NULL));
    assert_false(back.has_sm3);
}

static void refuses_wrong_published_keys(void **state)
{
    Arena *arena = *state;
    VerifyKey key = {0};
    static const char *const bad[] = {
        "",
        "a",
        "a+b",
        "+bef4ac53+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "tongxin.example/site+bef4ac54+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "tongxin.example/site+bef4ac53+AgOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "tongxin.example/site+bef4ac53+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG",
        "tongxin example/site+bef4ac53+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(verify_key_parse(arena, str_from_c(bad[i]), &key, NULL));
}

/* RFC 4648 section 10, and strictness. */
static void base64_is_strict(void **state)
{
    Arena *arena = *state;
    static const char *const pairs[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        Buf buf = buf_open(arena);
        Str back = {0};
        base64_write(&buf, str_from_c(pairs[i][0]));
        assert_true(str_eq(buf_str(&buf), str_from_c(pairs[i][1])));
        assert_true(base64_parse(arena, str_from_c(pairs[i][1]), &back));
        assert_true(str_eq(back, str_from_c(pairs[i][0])));
    }
    static const char *const bad[] = {
        "Z", "Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zm9v\n", "Zg==Zg==", "Zm-v", "Zm 9"};
    Str back = {0};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(base64_parse(arena, str_from_c(bad[i]), &back));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_the_published_vector),
        cmocka_unit_test(checks_the_published_note),
        cmocka_unit_test(makes_the_documented_checkpoint),
        cmocka_unit_test(one_wrong_bit_breaks_a_checkpoint),
        cmocka_unit_test(passes_over_other_signatures),
        cmocka_unit_test(refuses_another_origin),
        cmocka_unit_test(reads_only_well_formed_texts),
        cmocka_unit_test(refuses_wrong_published_keys),
        cmocka_unit_test(base64_is_strict),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
