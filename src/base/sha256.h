/* SPDX-License-Identifier: Apache-2.0 */
/* sha256.h - SHA-256 (FIPS 180-4) for names of contents: a profile, a definition, an attachment.
 * The journal's own hashing, with its second algorithm, is in ledger/. Adapter of libsodium. */
#ifndef TONGXIN_SHA256_H
#define TONGXIN_SHA256_H

#include "base/str.h"

#define SHA256_SIZE 32

/* The digest of the bytes of `text`. */
void sha256(Str text, uint8_t ret_digest[SHA256_SIZE]);

#endif
