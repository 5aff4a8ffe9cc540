/* SPDX-License-Identifier: Apache-2.0 */
/* read.h - typed values out of nodes; what does not fit is reported where it stands.
 *
 * Each function looks up `key` in `map` and says nothing when the key is missing, except where
 * `required` is part of its name. `map` may be NULL or no map: then everything is missing.
 */
#ifndef TONGXIN_PROFILE_READ_H
#define TONGXIN_PROFILE_READ_H

#include "profile/fault.h"

#define NAME_MAX_BYTES  60
#define LABEL_MAX_BYTES 1500 /* 500 Chinese characters: labels, helps, sentences */
#define TEXT_MAX_BYTES  65536

/* [a-z][a-z0-9_]*, at most NAME_MAX_BYTES. */
bool name_is_good(Str name);
/* Reports a name of another shape; true when it is good. */
bool check_name(Load *load, Position position, Str name);
/* Reports when the node is no map; true when it is one. NULL is none and not reported. */
bool check_map(Load *load, const Node *node);
/* Reports keys of a map that are not among `keys`, words separated by one space. */
void check_keys(Load *load, const Node *map, Str keys);

/* The words of "a b c" as a vector. */
StrVec words_of(Arena *arena, Str text);
/* Where the value under the key stands; the map's own place when it is missing. */
Position key_position(const Node *map, Str key);

/* A scalar; empty when missing. */
Str read_text(Load *load, const Node *map, Str key);
/* The same; a missing or empty one is reported. */
Str read_required_text(Load *load, const Node *map, Str key);
/* {zh: …, en: …}: both are required where the label is given at all. */
Label read_label(Load *load, const Node *map, Str key);
/* The same; a missing one is reported. */
Label read_required_label(Load *load, const Node *map, Str key);
/* yes, no, true, false; false when missing. */
bool read_flag(Load *load, const Node *map, Str key);
/* Reads "yes" and the like; false when the text is none of them. */
bool flag_parse(Str text, bool *ret_flag);

typedef struct IntRange {
    int64_t min, max, preset; /* preset: when the key is missing */
} IntRange;

/* An integer within the range. */
int64_t read_int(Load *load, const Node *map, Str key, IntRange range);
/* A list, or NULL when missing (or reported). */
const Node *read_list(Load *load, const Node *map, Str key);
/* A list of scalars, with their places. */
NodeVec read_scalars(Load *load, const Node *map, Str key);
/* A list of scalars as text. */
StrVec read_words(Load *load, const Node *map, Str key);
/* A map, or NULL when missing (or reported). */
const Node *read_map(Load *load, const Node *map, Str key);

#endif
