/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/profile_folder.h"

#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "cli/file.h"
#include "profile/lists.h"

#define PATH_SIZE 4096

static bool is_profile(Arena *arena, Str folder)
{
    return file_exists(arena, path_join(arena, folder, S("profile.yaml")));
}

static bool found_in(Arena *arena, Str parent, Str name, Str *ret_folder)
{
    Str folder = path_join(arena, parent, name);
    if (!is_profile(arena, folder))
        return false;
    *ret_folder = folder;
    return true;
}

/* From the program upwards: a checkout has profiles/ above build/src/cli, an installed program has
 * share/tongxin/profiles beside bin. */
static bool found_above(Arena *arena, Str name, Str *ret_folder)
{
    char path[PATH_SIZE];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path);
    size_t end = n > 0 ? (size_t)n : 0;
    while (end > 0) {
        Str folder;
        while (end > 0 && path[end - 1] != '/')
            end--;
        folder = (Str){path, end};
        if (end == 0)
            break;
        if (found_in(arena, STR(arena, folder, "profiles"), name, ret_folder) ||
            found_in(arena, STR(arena, folder, "share/tongxin/profiles"), name, ret_folder))
            return true;
        end--;
    }
    return false;
}

bool profile_folder(Cli *cli, Str name, Str *ret_folder, Err *err)
{
    Arena *arena = cli->arena;
    const char *folders = getenv("TONGXIN_PROFILES");
    bool plain = !str_has(name, S("/")) && !str_starts(name, S("."));
    while (name.n > 1 && str_ends(name, S("/")))
        name.n--;
    if (plain && folders && found_in(arena, str_from_c(folders), name, ret_folder))
        return true;
    if (plain && found_above(arena, name, ret_folder))
        return true;
    if (is_profile(arena, name)) {
        *ret_folder = name;
        return true;
    }
    return err_set(err, ERR_ENVIRONMENT, plain ? MSG_cli_no_profile : MSG_profile_no_folder, name);
}

static bool mistakes_show(Cli *cli, Str folder, Diagnostics *diagnostics)
{
    Buf buf = buf_open(cli->arena);
    profile_hint_parts(cli->arena, folder, diagnostics);
    diagnostics_write(&buf, diagnostics, cli->language);
    (void)fwrite(buf_str(&buf).p, 1, buf_str(&buf).n, stderr);
    return false;
}

bool profile_open(Cli *cli, Str folder, const Profile **ret_profile, Err *err)
{
    Diagnostics diagnostics = {0};
    Str bundle;
    return profile_bundle(cli->arena, folder, &bundle, err) &&
           (profile_load(cli->arena, bundle, ret_profile, &diagnostics, err) ||
            mistakes_show(cli, folder, &diagnostics));
}

static bool list_take(Cli *cli, Str folder, Str file, ListText *ret_list, Err *err)
{
    Str path = path_join(cli->arena, folder, file);
    size_t slash = folder.n;
    while (slash > 0 && folder.p[slash - 1] != '/')
        slash--;
    *ret_list = (ListText){0};
    if (file.n == 0)
        return true;
    ret_list->file = path_join(cli->arena, str_slice(folder, slash, folder.n), file);
    ret_list->is_missing = !file_exists(cli->arena, path);
    return ret_list->is_missing || file_read(cli->arena, path, SHEET_MAX, &ret_list->text, err);
}

bool profile_open_whole(Cli *cli, Str folder, const Profile **ret_profile, Err *err)
{
    Diagnostics diagnostics = {0};
    ListText organisations, accounts;
    if (!profile_open(cli, folder, ret_profile, err) ||
        !list_take(cli, folder, (*ret_profile)->organisations_file, &organisations, err) ||
        !list_take(cli, folder, (*ret_profile)->accounts_file, &accounts, err))
        return false;
    return profile_lists_check(cli->arena, *ret_profile, &organisations, &accounts, &diagnostics,
                               err) ||
           mistakes_show(cli, folder, &diagnostics);
}
