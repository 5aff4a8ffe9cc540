/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/new_site.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/vec.h"
#include "cli/file.h"

static bool holds_site(Arena *arena, Str dir)
{
    static const Str names[] = {S_CONST("keys"), S_CONST("site.db"), S_CONST("attachments")};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (file_exists(arena, path_join(arena, dir, names[i])))
            return true;
    return false;
}

bool new_site_begin(Arena *arena, Str dir, NewSite *ret_new, Err *err)
{
    NewSite new = {.dir = dir, .is_new = mkdir(str_c(arena, dir), 0700) == 0};
    char *folder;
    if (!new.is_new && errno != EEXIST)
        return err_set(err, ERR_ENVIRONMENT, MSG_cannot_write_file, dir);
    if (holds_site(arena, dir))
        return err_set(err, ERR_CONFLICT, MSG_site_exists, dir);
    new.folder = path_join(arena, dir, S(".new-XXXXXX"));
    folder = (char *)(uintptr_t)str_c(arena, new.folder);
    if (!mkdtemp(folder)) {
        if (new.is_new)
            (void)rmdir(str_c(arena, dir));
        return err_set(err, ERR_ENVIRONMENT, MSG_cannot_write_file, dir);
    }
    new.folder = str_from_c(folder);
    *ret_new = new;
    return true;
}

static bool move_out(Arena *arena, const NewSite *new, Str name)
{
    return rename(str_c(arena, path_join(arena, new->folder, name)),
                  str_c(arena, path_join(arena, new->dir, name))) == 0;
}

static StrVec names_made(Arena *arena, const NewSite *new)
{
    StrVec names = {0};
    DIR *dir = opendir(str_c(arena, new->folder));
    struct dirent *entry;
    while (dir && (entry = readdir(dir)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            *vec_push(arena, &names) = str_dup(arena, str_from_c(entry->d_name));
    if (dir)
        closedir(dir);
    return names;
}

/* The names are on disk before the keys are, and the keys before we say so. */
bool new_site_keep(Arena *arena, const NewSite *new, Err *err)
{
    StrVec names = names_made(arena, new);
    bool moved = true;
    for (size_t i = 0; moved && i < names.n; i++)
        moved = str_eq(names.p[i], S("keys")) || move_out(arena, new, names.p[i]);
    moved = moved && file_sync_folder(str_c(arena, new->dir)) && move_out(arena, new, S("keys")) &&
            file_sync_folder(str_c(arena, new->dir));
    if (moved) {
        (void)rmdir(str_c(arena, new->folder));
        return true;
    }
    /* Back to where new_site_drop finds it. */
    for (size_t i = 0; i < names.n; i++)
        (void)rename(str_c(arena, path_join(arena, new->dir, names.p[i])),
                     str_c(arena, path_join(arena, new->folder, names.p[i])));
    return err_set(err, ERR_ENVIRONMENT, MSG_cannot_write_file, new->dir);
}

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *walk)
{
    (void)about;
    (void)type;
    (void)walk;
    return remove(path);
}

void new_site_drop(Arena *arena, const NewSite *new)
{
    (void)nftw(str_c(arena, new->folder), remove_one, 8, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
    if (new->is_new)
        (void)rmdir(str_c(arena, new->dir));
}
