/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sha256.h"

#include <sodium/crypto_hash_sha256.h>

_Static_assert(SHA256_SIZE == crypto_hash_sha256_BYTES, "the size of a digest");

void sha256(Str text, uint8_t ret_digest[SHA256_SIZE])
{
    /* Fails for no input; the return value exists for symmetry with other libsodium calls. */
    ASSERT(crypto_hash_sha256(ret_digest, (const unsigned char *)text.p, text.n) == 0);
}
