/* SPDX-License-Identifier: Apache-2.0 */
/* crypto.h - what the site keeps secret: sealed contacts, password hashes, keyed codes. Adapter of
 * libsodium. Threads: any. */
#ifndef TONGXIN_CRYPTO_H
#define TONGXIN_CRYPTO_H

#include "base/random.h"
#include "base/str.h"

#define SECRET_SIZE 32 /* bytes of every key here */

/* XSalsa20-Poly1305 with a random nonce in front. */
Str crypto_seal(Arena *arena, const uint8_t key[SECRET_SIZE], RandomSource *random, Str text);
/* False when the box was not sealed with this key or was changed. */
bool crypto_open(Arena *arena, const uint8_t key[SECRET_SIZE], Str sealed, Str *ret_text);

/* Argon2id with libsodium's interactive limits (64 MiB, some 50 ms): for the pool, never a loop. */
NODISCARD bool crypto_password_hash(Arena *arena, Str password, Str *ret_hash);
bool crypto_password_check(Arena *arena, Str hash, Str password);

/* `size` (1..32) random bytes in hex: what a browser keeps. */
Str crypto_token(Arena *arena, RandomSource *random, size_t size);

/* HMAC-SHA-256 cut to its first `size` (1..32) bytes. */
void crypto_keyed_hash(const uint8_t key[SECRET_SIZE], Str text, uint8_t *ret_bytes, size_t size);

/* SHA-256 (FIPS 180-4), for names of contents: a profile, a definition, a token. The journal's own
 * hashing, with its second algorithm, is in ledger/digest.h. */
void crypto_sha256(Str text, uint8_t ret_digest[SECRET_SIZE]);

/* ---- Ed25519 (RFC 8032). Keys are made from 32 random bytes and kept in the site's key file,
 * never in the journal. ---- */

#define SEED_SIZE       32
#define PUBLIC_KEY_SIZE 32
#define SIGNATURE_SIZE  64

typedef struct SigningKey {
    uint8_t secret[64]; /* seed and public key, as libsodium keeps them */
    uint8_t public_key[PUBLIC_KEY_SIZE];
} SigningKey;

/* The pair of keys that follows from a seed. */
SigningKey signing_key(const uint8_t seed[SEED_SIZE]);
/* Cannot fail; the signature is the same for the same key and bytes. */
void sign_bytes(const SigningKey *key, Str bytes, uint8_t ret_signature[SIGNATURE_SIZE]);
/* True when `signature` was made over `bytes` with the key that belongs to `public_key`. */
bool sign_check(const uint8_t public_key[PUBLIC_KEY_SIZE], Str bytes,
                const uint8_t signature[SIGNATURE_SIZE]);
/* Overwrites the secret. */
void signing_key_close(SigningKey *key);

/* Overwrites, also where the compiler thinks nobody looks. */
void crypto_forget(void *bytes, size_t size);

#endif
