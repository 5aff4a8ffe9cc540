/* SPDX-License-Identifier: Apache-2.0 */
/* message.h - every sentence and word a person reads, in both languages.
 *
 * The catalogue is one .tsv file a room in locale/: key, Chinese, English; {0} {1} {2} are holes
 * for arguments. tools/localegen.py turns it into the MSG_… constants (message_ids.h), so a missing
 * key does not compile and a missing translation does not build.
 */
#ifndef TONGXIN_MESSAGE_H
#define TONGXIN_MESSAGE_H

#include "base/str.h"
#include "message_ids.h"

typedef enum Language { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGE__COUNT } Language;

/* The raw sentence with its holes. */
Str message(MessageId id, Language language);
/* The sentence with `args` put into the holes; a hole without an argument shows nothing. */
Str message_fill(Arena *arena, MessageId id, Language language, const Str *args, size_t count);
/* The key of the catalogue: "no_such_record". */
Str message_key(MessageId id);
/* The sentence with that key; false when there is none. */
bool message_find(Str key, MessageId *ret_id);

/* A name that a profile gives in both languages. */
typedef struct Label {
    Str zh;
    Str en;
} Label;

/* The label in the language; falls back to the other when one is missing. */
Str label_text(Label label, Language language);

#endif
