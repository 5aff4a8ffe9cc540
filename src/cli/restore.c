/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/stat.h>

#include "change/site.h"
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/new_site.h"
#include "cli/options.h"
#include "cli/tar.h"

typedef struct Restore {
    Str dir, file, keys;
} Restore;

static bool folder_make(Arena *arena, Str path, Err *err)
{
    return mkdir(str_c(arena, path), 0700) == 0 ||
           err_set(err, ERR_ENVIRONMENT, MSG_cannot_write_file, path);
}

/* The database, and attachments by name; nothing of an archive may leave the folder. */
static bool name_is_ours(Str name)
{
    Str plain =
        str_starts(name, S("attachments/")) ? str_slice(name, S("attachments/").n, name.n) : S("");
    return str_eq(name, S("site.db")) ||
           (plain.n && !str_has(plain, S("/")) && !str_starts(plain, S(".")));
}

static bool files_take(Cli *cli, const Restore *restore, Tar *tar, Err *err)
{
    bool found;
    do {
        Str name;
        uint64_t size;
        if (!tar_next(cli->arena, tar, &name, &size, &found, err))
            return false;
        if (found && !name_is_ours(name))
            return err_set(err, ERR_WRONG, MSG_cli_not_a_backup, restore->file);
        if (found &&
            !tar_take(cli->arena, tar, size, path_join(cli->arena, restore->dir, name), err))
            return false;
    } while (found);
    return true;
}

static bool keys_copy(Cli *cli, const Restore *restore, Err *err)
{
    Str to = path_join(cli->arena, restore->dir, S("keys"));
    return file_copy_private(cli->arena, restore->keys, to, sizeof(SiteKeys), err);
}

/* Keys of another site are named as the file that was given. */
static bool restored_opens(const Restore *restore, Err *err)
{
    Site *site;
    if (site_open(restore->dir, &site, err)) {
        site_close(site);
        return true;
    }
    if (err->message == MSG_keys_not_of_site)
        err_set(err, ERR_ENVIRONMENT, MSG_keys_not_of_site, restore->keys);
    return false;
}

static bool restore_into(Cli *cli, const Restore *restore, Err *err)
{
    Tar tar;
    bool taken;
    if (!keys_copy(cli, restore, err) || !tar_open(cli->arena, restore->file, &tar, err))
        return false;
    taken = folder_make(cli->arena, path_join(cli->arena, restore->dir, S("attachments")), err) &&
            files_take(cli, restore, &tar, err);
    tar_close(&tar);
    if (taken && !file_exists(cli->arena, path_join(cli->arena, restore->dir, S("site.db"))))
        return err_set(err, ERR_WRONG, MSG_cli_not_a_backup, restore->file);
    return taken && restored_opens(restore, err);
}

static bool restore_run(Cli *cli, const Restore *restore, Err *err)
{
    Restore making = *restore;
    NewSite new;
    if (!new_site_begin(cli->arena, restore->dir, &new, err))
        return false;
    making.dir = new.folder;
    if (restore_into(cli, &making, err) && new_site_keep(cli->arena, &new, err))
        return true;
    new_site_drop(cli->arena, &new);
    return false;
}

int command_restore(Cli *cli, int argc, char **argv)
{
    Restore restore = {0};
    const Option options[] = {
        OPTION(TEXT, "site", &restore.dir, cli_word_dir, cli_option_new_site, .required = true),
        OPTION(TEXT, "keys", &restore.keys, cli_word_file, cli_option_keys, .required = true),
        OPTION_END,
    };
    const Usage usage = {"restore FILE --site DIR --keys FILE", MSG_cli_restore_about, options, 1,
                         1};
    StrVec words;
    Err err = {0};
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    restore.file = words.p[0];
    if (!restore_run(cli, &restore, &err))
        return cli_fail(cli, &err);
    cli_say(cli, MSG_cli_restore_done, restore.dir, S(""), S(""));
    return 0;
}
