/* SPDX-License-Identifier: Apache-2.0 */
#include <sodium.h>

#include "base/buf.h"
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

Str crypto_token(Arena *arena, RandomSource *random, size_t size)
{
    uint8_t bytes[SECRET_SIZE];
    Buf text = buf_open(arena);
    ASSERT(size <= sizeof bytes);
    random_bytes(random, bytes, size);
    buf_hex(&text, bytes, size);
    crypto_forget(bytes, sizeof bytes);
    return buf_str(&text);
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

void crypto_sha256(Str text, uint8_t ret_digest[SECRET_SIZE])
{
    ASSERT(crypto_hash_sha256(ret_digest, (const unsigned char *)text.p, text.n) == 0);
}

/* ---- Ed25519 ---- */

_Static_assert(crypto_sign_SEEDBYTES == SEED_SIZE, "seed");
_Static_assert(crypto_sign_PUBLICKEYBYTES == PUBLIC_KEY_SIZE, "public key");
_Static_assert(crypto_sign_SECRETKEYBYTES == sizeof(((SigningKey *)0)->secret), "secret key");
_Static_assert(crypto_sign_BYTES == SIGNATURE_SIZE, "signature");

SigningKey signing_key(const uint8_t seed[SEED_SIZE])
{
    SigningKey key;
    ASSERT(crypto_sign_seed_keypair(key.public_key, key.secret, seed) == 0);
    return key;
}

void sign_bytes(const SigningKey *key, Str bytes, uint8_t ret_signature[SIGNATURE_SIZE])
{
    const uint8_t *message = (const uint8_t *)bytes.p;
    ASSERT(crypto_sign_detached(ret_signature, NULL, message, bytes.n, key->secret) == 0);
}

bool sign_check(const uint8_t public_key[PUBLIC_KEY_SIZE], Str bytes,
                const uint8_t signature[SIGNATURE_SIZE])
{
    const uint8_t *message = (const uint8_t *)bytes.p;
    return crypto_sign_verify_detached(signature, message, bytes.n, public_key) == 0;
}

void signing_key_close(SigningKey *key)
{
    crypto_forget(key, sizeof(*key));
}
