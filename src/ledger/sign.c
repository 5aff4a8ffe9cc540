/* SPDX-License-Identifier: Apache-2.0 */
/* sign.c - the only file that sees libsodium's signatures. They need no sodium_init: nothing here
 * is random or picked by processor. */
#include <sodium/crypto_sign.h>

#include "base/crypto.h"
#include "ledger/sign.h"

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
