/* SPDX-License-Identifier: Apache-2.0 */
/* load.h - YAML to a linked Profile, with every mistake named at its place.
 *
 * Loading is a small compiler: read all files of the base profile and the city's into nodes that
 * remember where they stand, merge by name (city over base, a flow over the one it extends),
 * build, link, check. All errors are collected; none stops the others.
 */
#ifndef TONGXIN_PROFILE_LOAD_H
#define TONGXIN_PROFILE_LOAD_H

#include "profile/profile.h"

/* One mistake. `line_text` is the offending line, for the caret. */
typedef struct Diagnostic {
    Position position;
    Str line_text;
    MessageId message;
    Str args[3];
    MessageId hint; /* MSG_none when there is none */
    Str hint_args[2];
} Diagnostic;

typedef VEC(Diagnostic) Diagnostics;

/* Reads `dir`, the profile it extends (a folder beside it, named by `extends:`) and the parts they
 * name (`parts:`, folders of parts/ beside it) into one bundle text: the YAML files in order of
 * path, each after a line "%%% path". Files are at most 1 MiB, the bundle at most 8 MiB. */
NODISCARD bool profile_bundle(Arena *arena, Str dir, Str *ret_bundle, Err *err);

/* Adds to mistakes about unknown parts which ones lie beside `dir`: a bundle alone cannot say. */
void profile_hint_parts(Arena *arena, Str dir, Diagnostics *diagnostics);

/* Loads a bundle. On success `*ret` lives in `arena` and diagnostics is empty; otherwise
 * ERR_WRONG and at least one diagnostic. */
NODISCARD bool profile_load(Arena *arena, Str bundle, const Profile **ret, Diagnostics *diagnostics,
                            Err *err);

/* file:line:column: error: sentence / the line / a caret below the column, counting Chinese
 * characters as two / the hint. */
void diagnostics_write(Buf *buf, const Diagnostics *diagnostics, Language language);

/* Whether records of `kind` use `code`. `what` is "state", or the name of a field; an empty code
 * asks whether the field has any value at all. */
typedef bool (*ProfileUsed)(void *context, Str kind, Str what, Str code);

/* What would be lost if a site running `old` changed to `next`: occupied states, used choices,
 * fields with values that go or change their type, numbering. Problems are added to `diagnostics`,
 * in `arena`, with the place in `next`. */
void profile_compare(Arena *arena, const Profile *old, const Profile *next, ProfileUsed is_used,
                     void *context, Diagnostics *diagnostics);

#endif
