/* SPDX-License-Identifier: Apache-2.0 */
/* note.h - C2SP signed-note: a text and signatures under it that anyone can read and check.
 *
 *     text, ends in a newline
 *                                             (an empty line)
 *     U+2014 <key name> <base64 of key id and signature>
 *
 * Key id: the first 4 bytes of SHA-256(key name || LF || 0x01 || public key); 0x01 is Ed25519.
 */
#ifndef TONGXIN_NOTE_H
#define TONGXIN_NOTE_H

#include "base/crypto.h"
#include "base/err.h"

#define NOTE_MAX            65536 /* bytes */
#define NOTE_SIGNATURES_MAX 100
#define NOTE_NAME_MAX       200 /* bytes of a key name */

/* Who signs: name and public key. `name` belongs to the caller. */
typedef struct VerifyKey {
    Str name; /* no white space, no '+' */
    uint8_t public_key[PUBLIC_KEY_SIZE];
} VerifyKey;

/* "<name>+<key id in hex>+<base64 of 0x01 and public key>": how a key is published. */
Str verify_key_text(Arena *arena, const VerifyKey *key);
/* Reads that form; the key id must be right. `name` is a view into `text`. */
NODISCARD bool verify_key_parse(Arena *scratch, Str text, VerifyKey *ret, Err *err);

/* The note: `text` with one signature by `key` under the name. `text` ends in a newline; ASSERT. */
Str note_sign(Arena *arena, Str text, Str name, const SigningKey *key);
/* Gives the signed text (a view into `note`, with its last newline) when one signature line is by
 * `key` and right. Lines of other keys are passed over; a wrong signature by `key` is ERR_WRONG, as
 * is a note that is not UTF-8, too large, or not made like this. */
NODISCARD bool note_check(Arena *scratch, Str note, const VerifyKey *key, Str *ret_text, Err *err);

#endif
