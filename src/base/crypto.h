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

/* HMAC-SHA-256 cut to its first `size` (1..32) bytes. */
void crypto_keyed_hash(const uint8_t key[SECRET_SIZE], Str text, uint8_t *ret_bytes, size_t size);

/* Overwrites, also where the compiler thinks nobody looks. */
void crypto_forget(void *bytes, size_t size);

#endif
