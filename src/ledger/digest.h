/* SPDX-License-Identifier: Apache-2.0 */
/* digest.h - SHA-256 (FIPS 180-4), SM3 (GB/T 32905-2016) and HMAC-SHA-256 (RFC 2104).
 *
 * Everything is by value and needs no arena; a Str is used here as bytes. Threads: any; a Sha256
 * belongs to one thread at a time. Nothing fails: a library without SHA-256 or SM3 aborts.
 */
#ifndef TONGXIN_DIGEST_H
#define TONGXIN_DIGEST_H

#include "base/buf.h"

#define HASH_SIZE 32 /* bytes, of both functions */

typedef struct Hash {
    uint8_t bytes[HASH_SIZE];
} Hash;

/* The hash of `bytes`. */
Hash hash_sha256(Str bytes);
Hash hash_sm3(Str bytes);
/* Of all pieces in a row. */
Hash hash_sm3_pieces(const Str *pieces, size_t count);

/* ---- SHA-256 piece by piece; on the stack, copied freely ---- */

typedef struct Sha256 {
    uint64_t state[14];
} Sha256;

/* Starts a hash, adds to it. */
Sha256 sha256_begin(void);
void sha256_add(Sha256 *digest, Str bytes);
/* Ends it; begin again before further use. */
Hash sha256_end(Sha256 *digest);

/* ---- HMAC with a key prepared once ---- */

typedef struct HmacKey {
    Sha256 inner;
    Sha256 outer;
} HmacKey;

/* `secret` of any length. */
HmacKey hmac_key(Str secret);
/* The code of `bytes` under the key; then both steps in one. */
Hash hmac_with(const HmacKey *key, Str bytes);
Hash hmac_sha256(Str secret, Str bytes);

/* ---- hashes as values ---- */

/* Not for secrets: stops at the first difference. */
bool hash_eq(const Hash *a, const Hash *b);
/* A view of the 32 bytes; lives as long as `hash`. */
Str hash_bytes(const Hash *hash);
/* 64 lower-case hexadecimal digits. */
Str hash_text(Arena *arena, const Hash *hash);
/* 64 hexadecimal digits, lower case only; anything else is refused. */
bool hash_parse(Str hex, Hash *ret_hash);

#endif
