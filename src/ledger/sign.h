/* SPDX-License-Identifier: Apache-2.0 */
/* sign.h - Ed25519 (RFC 8032). Keys are made by the caller from 32 random bytes and kept in the
 * site's key file, never in the journal. */
#ifndef TONGXIN_SIGN_H
#define TONGXIN_SIGN_H

#include "base/str.h"

#define SEED_SIZE       32
#define PUBLIC_KEY_SIZE 32
#define SIGNATURE_SIZE  64

typedef struct SigningKey {
    uint8_t secret[64]; /* seed and public key, as libsodium keeps them */
    uint8_t public_key[PUBLIC_KEY_SIZE];
} SigningKey;

/* The key of a seed; the same seed gives the same key. */
SigningKey signing_key(const uint8_t seed[SEED_SIZE]);
/* Signs `bytes`; checks such a signature, false when it is not by the owner of the key. */
void sign_bytes(const SigningKey *key, Str bytes, uint8_t ret_signature[SIGNATURE_SIZE]);
bool sign_check(const uint8_t public_key[PUBLIC_KEY_SIZE], Str bytes,
                const uint8_t signature[SIGNATURE_SIZE]);
/* Overwrites the secret. */
void signing_key_close(SigningKey *key);

#endif
