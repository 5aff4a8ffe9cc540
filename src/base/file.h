/* SPDX-License-Identifier: Apache-2.0 */
/* file.h - bytes into a file, and what to say when they did not get there. */
#ifndef TONGXIN_FILE_H
#define TONGXIN_FILE_H

#include "base/err.h"
#include "base/str.h"

/* Writes all of it, going on after signals and short writes. False with errno. */
NODISCARD bool file_put(int file, Str bytes);
/* The folder's names are on disk. False with errno. */
NODISCARD bool file_sync_folder(const char *folder);
/* For errno of a write, sync, rename or mkdir: false with the sentence (`argument` fills its {0}),
 * ERR_DISK_FULL with the hint for it, or ERR_ENVIRONMENT. */
bool file_put_failed(MessageId sentence, Str argument, Err *err);

#endif
