/* SPDX-License-Identifier: Apache-2.0 */
/* checkpoint.h - a signed tree head (C2SP tlog-checkpoint).
 *
 *     <origin>
 *     <size in decimal>
 *     <base64 of the SHA-256 root>
 *     sm3 <base64 of the SM3 root>            (extension line; other ones are passed over)
 *
 *     U+2014 <key name> <base64 of key id and signature>
 *
 * The key name is the origin.
 */
#ifndef TONGXIN_CHECKPOINT_H
#define TONGXIN_CHECKPOINT_H

#include "ledger/note.h"
#include "ledger/tree.h"

typedef struct Checkpoint {
    Str origin;    /* "<host>/<site>": which journal; valid as a key name, see VerifyKey */
    TreeHead head; /* SHA-256 */
    bool has_sm3;
    Hash sm3_root; /* of the same leaf inputs */
} Checkpoint;

/* The text that is signed. */
Str checkpoint_text(Arena *arena, const Checkpoint *checkpoint);
/* Text and signature; the key name is the origin. */
Str checkpoint_sign(Arena *arena, const Checkpoint *checkpoint, const SigningKey *key);
/* Reads the text of a checkpoint without looking at signatures; `origin` is a view into it. */
NODISCARD bool checkpoint_parse(Arena *scratch, Str text, Checkpoint *ret, Err *err);
/* Checks the note's signature by `key`, that the origin is the key's name, and reads it. */
NODISCARD bool checkpoint_check(Arena *scratch, Str note, const VerifyKey *key, Checkpoint *ret,
                                Err *err);

#endif
