/* SPDX-License-Identifier: Apache-2.0 */
/* profile_folder.h - where a profile's folder is, and loading it with every mistake shown. */
#ifndef TONGXIN_CLI_PROFILE_FOLDER_H
#define TONGXIN_CLI_PROFILE_FOLDER_H

#include "cli/cli.h"
#include "profile/load.h"

/* The folder of a profile given as NAME or DIR. A name is looked for in TONGXIN_PROFILES, then from
 * the program's own folder upwards as profiles/NAME and share/tongxin/profiles/NAME.
 * ERR_ENVIRONMENT when there is none. */
NODISCARD bool profile_folder(Cli *cli, Str name, Str *ret_folder, Err *err);
/* Loads it into cli->arena. Mistakes are written to standard error; then ERR_WRONG. */
NODISCARD bool profile_open(Cli *cli, Str folder, const Profile **ret_profile, Err *err);
/* The same with the lists beside it, from which a site is made. */
NODISCARD bool profile_open_whole(Cli *cli, Str folder, const Profile **ret_profile, Err *err);

#endif
