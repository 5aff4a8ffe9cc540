/* SPDX-License-Identifier: Apache-2.0 */
#include <sodium.h>

#include "base/crypto.h"

#define NONCE crypto_secretbox_NONCEBYTES
#define MAC   crypto_secretbox_MACBYTES

_Static_assert(crypto_secretbox_KEYBYTES == SECRET_SIZE, "key of a box");
_Static_assert(crypto_auth_hmacsha256_KEYBYTES == SECRET_SIZE, "key of a code");

Str crypto_seal(Arena *arena, const uint8_t key[SECRET_SIZE], RandomSource *random, Str text)
{
    uint8_t *sealed = arena_alloc(arena, NONCE + MAC + text.n);
    ASSERT(sodium_init() >= 0);
    random_bytes(random, sealed, NONCE);
    ASSERT(crypto_secretbox_easy(sealed + NONCE, (const uint8_t *)text.p, text.n, sealed, key) ==
           0);
    return (Str){(char *)sealed, NONCE + MAC + text.n};
}

bool crypto_open(Arena *arena, const uint8_t key[SECRET_SIZE], Str sealed, Str *ret_text)
{
    const uint8_t *bytes = (const uint8_t *)sealed.p;
    uint8_t *text;
    ASSERT(sodium_init() >= 0);
    if (sealed.n < NONCE + MAC)
        return false;
    text = arena_alloc(arena, sealed.n);
    if (crypto_secretbox_open_easy(text, bytes + NONCE, sealed.n - NONCE, bytes, key) != 0)
        return false;
    *ret_text = (Str){(char *)text, sealed.n - NONCE - MAC};
    return true;
}

bool crypto_password_hash(Arena *arena, Str password, Str *ret_hash)
{
    char *hash = arena_alloc(arena, crypto_pwhash_STRBYTES);
    ASSERT(sodium_init() >= 0);
    if (crypto_pwhash_str(hash, password.p, password.n, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return false;
    *ret_hash = str_from_c(hash);
    return true;
}

bool crypto_password_check(Arena *arena, Str hash, Str password)
{
    ASSERT(sodium_init() >= 0);
    return crypto_pwhash_str_verify(str_c(arena, hash), password.p, password.n) == 0;
}

void crypto_keyed_hash(const uint8_t key[SECRET_SIZE], Str text, uint8_t *ret_bytes, size_t size)
{
    uint8_t whole[crypto_auth_hmacsha256_BYTES];
    ASSERT(size <= sizeof whole);
    crypto_auth_hmacsha256(whole, (const uint8_t *)text.p, text.n, key);
    memcpy(ret_bytes, whole, size);
}

void crypto_forget(void *bytes, size_t size)
{
    sodium_memzero(bytes, size);
}
