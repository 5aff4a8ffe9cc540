/* SPDX-License-Identifier: Apache-2.0 */
/* lists.h - the tables beside a profile's YAML: organisations.tsv and accounts.tsv.
 *
 * They are read once, when a site is made, so a mistake in them has to be found before. */
#ifndef TONGXIN_PROFILE_LISTS_H
#define TONGXIN_PROFILE_LISTS_H

#include "profile/load.h"

/* A table: the first line names the columns, tabs between cells, # begins a remark. */
typedef struct ListText {
    Str file; /* for the diagnostic: "tongling/organisations.tsv"; empty: the profile has none */
    Str text;
    bool is_missing; /* the profile names it but there is no such file */
} ListText;

/* Names every mistake at its place: columns, short rows, codes that stand twice, parents, types,
 * days, roles and organisations that do not exist. ERR_WRONG and at least one diagnostic, in
 * `arena`, or none. */
NODISCARD bool profile_lists_check(Arena *arena, const Profile *profile,
                                   const ListText *organisations, const ListText *accounts,
                                   Diagnostics *ret_diagnostics, Err *err);

#endif
