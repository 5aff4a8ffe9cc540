/* SPDX-License-Identifier: Apache-2.0 */
/* new_site.h - a site that is there whole or not at all.
 *
 * It is made in a hidden folder inside the one that was asked for (who may write there may not
 * always write beside it, and it may be a mount point), and moved out when it is whole, its keys
 * last: before they stand there, the folder is no site. A run that was killed leaves only the
 * hidden folder.
 */
#ifndef TONGXIN_CLI_NEW_SITE_H
#define TONGXIN_CLI_NEW_SITE_H

#include "base/err.h"

typedef struct NewSite {
    Str dir;     /* that was asked for */
    Str folder;  /* where to make it; the site must be closed before it is kept */
    bool is_new; /* `dir` was made for it */
} NewSite;

/* Makes both folders. ERR_CONFLICT when `dir` holds a site or part of one, ERR_ENVIRONMENT when it
 * cannot be written. Texts live in `arena`. */
NODISCARD bool new_site_begin(Arena *arena, Str dir, NewSite *ret_new, Err *err);
/* Moves what was made into `dir`. After a failure new_site_drop is still owed. */
NODISCARD bool new_site_keep(Arena *arena, const NewSite *new, Err *err);
/* Removes what was made since new_site_begin and nothing else. */
void new_site_drop(Arena *arena, const NewSite *new);

#endif
