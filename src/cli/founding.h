/* SPDX-License-Identifier: Apache-2.0 */
/* founding.h - a new site with all that an office needs before its first matter: the profile,
 * calendar years, organisations. Everything passes the door as the owner of the folder. */
#ifndef TONGXIN_CLI_FOUNDING_H
#define TONGXIN_CLI_FOUNDING_H

#include "change/site.h"
#include "cli/cli.h"
#include "cli/stream.h"
#include "profile/profile.h"

typedef struct Founding {
    Str dir;
    Str folder; /* of the profile */
    const Profile *profile;
    bool is_demo;
    Instant clock; /* demo: when it is founded; else 0 */
    uint64_t seed; /* demo: ids, salts and numbers repeat; else 0 */
} Founding;

/* The site, open for writing. When it fails the folder is left as far as it came: it is made in one
 * of new_site.h. */
NODISCARD bool site_found(Cli *cli, const Founding *founding, Site **ret_site, Err *err);

/* The owner of the folder, at the machine: "cli:<user>". */
Actor cli_actor(Arena *arena);

/* Title of the record that holds a year of working days. */
Str calendar_title(Arena *arena, int year);

#endif
