/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>

#include "support.h"
#include "vectors.h"

static void hashes_published_vectors(void **state)
{
    Arena *arena = *state;
    assert_hash(arena, hash_sha256(S("abc")),
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_hash(arena, hash_sha256(S("")),
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_hash(arena, hash_sm3(S("abc")), VECTOR_sm3_abc);
    assert_string_equal(VECTOR_sm3_abc,
                        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    assert_hash(arena,
                hash_sm3(S("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd")),
                VECTOR_sm3_64);
}

/* RFC 4231, cases 2 and 6. */
static void authenticates_published_vectors(void **state)
{
    Arena *arena = *state;
    assert_hash(arena, hmac_sha256(S("Jefe"), S("what do ya want for nothing?")),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    char key[131];
    memset(key, 0xaa, sizeof(key));
    assert_hash(arena,
                hmac_sha256((Str){key, sizeof(key)},
                            S("Test Using Larger Than Block-Size Key - Hash Key First")),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static void pieces_are_the_whole(void **state)
{
    (void)state;
    RandomSource random = random_seeded(5);
    char bytes[700];
    random_bytes(&random, bytes, sizeof(bytes));
    for (int i = 0; i < 200; i++) {
        size_t size = random_below(&random, sizeof(bytes)), cut = random_below(&random, size + 1);
        Str whole = {bytes, size}, pieces[] = {{bytes, cut}, {bytes + cut, size - cut}};
        Hash expected = hash_sha256(whole), expected3 = hash_sm3(whole);
        Sha256 digest = sha256_begin();
        sha256_add(&digest, pieces[0]);
        sha256_add(&digest, pieces[1]);
        Hash actual = sha256_end(&digest), actual3 = hash_sm3_pieces(pieces, 2);
        assert_true(hash_eq(&actual, &expected));
        assert_true(hash_eq(&actual3, &expected3));
    }
}

static void *hash_in_thread(void *ret)
{
    for (int i = 0; i < 100; i++)
        *(Hash *)ret = hash_sm3(S("abc"));
    return NULL;
}

static void each_thread_has_its_own_context(void **state)
{
    pthread_t threads[3];
    Hash hashes[3];
    for (int i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, hash_in_thread, &hashes[i]), 0);
    for (int i = 0; i < 3; i++) {
        pthread_join(threads[i], NULL);
        assert_hash(*state, hashes[i], VECTOR_sm3_abc);
    }
}

static void reads_and_writes_hex(void **state)
{
    Hash hash = hash_sha256(S("x")), back = {{0}};
    Str hex = hash_text(*state, &hash);
    assert_true(hash_parse(hex, &back));
    assert_true(hash_eq(&hash, &back));
    assert_false(hash_parse(str_slice(hex, 0, 63), &back));
    assert_false(hash_parse(STR(*state, hex, "0"), &back));
    assert_false(hash_parse(STR(*state, "G", str_slice(hex, 1, 64)), &back));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_published_vectors),
        cmocka_unit_test(authenticates_published_vectors),
        cmocka_unit_test(pieces_are_the_whole),
        cmocka_unit_test(each_thread_has_its_own_context),
        cmocka_unit_test(reads_and_writes_hex),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
