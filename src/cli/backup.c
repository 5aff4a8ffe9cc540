/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <unistd.h>

#include "cli/access.h"
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/options.h"
#include "cli/tar.h"

static bool add_attachments(Cli *cli, Tar *tar, Str dir, Err *err)
{
    Str folder = path_join(cli->arena, dir, S("attachments"));
    DIR *open_dir = opendir(str_c(cli->arena, folder));
    struct dirent *entry;
    bool good = true;
    while (good && open_dir && (entry = readdir(open_dir))) {
        Str name = str_from_c(entry->d_name);
        if (name.p[0] != '.')
            good = tar_add(cli->arena, tar, STR(cli->arena, "attachments/", name),
                           path_join(cli->arena, folder, name), err);
    }
    if (open_dir)
        closedir(open_dir);
    return good;
}

/* One state of the database, copied beside the archive first, then everything it names. Attachments
 * are written before the record that names them, so none is missing. */
static bool backup_run(Cli *cli, const Access *access, Str file, Err *err)
{
    Str copy = STR(cli->arena, file, ".part");
    Tar tar;
    bool done;
    if (file_exists(cli->arena, file))
        return err_set(err, ERR_CONFLICT, MSG_db_backup_exists, file);
    if (!db_backup(access->db, copy, err))
        return false;
    done = tar_create(cli->arena, file, &tar, err);
    if (done) {
        done = tar_add(cli->arena, &tar, S("site.db"), copy, err) &&
               add_attachments(cli, &tar, access->site->dir, err);
        if (done)
            done = tar_finish(&tar, err);
        else
            tar_close(&tar);
        if (!done)
            (void)unlink(str_c(cli->arena, file));
    }
    (void)unlink(str_c(cli->arena, copy));
    return done;
}

int command_backup(Cli *cli, int argc, char **argv)
{
    Str dir = {0}, file = {0};
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION(TEXT, "out", &file, cli_word_file, cli_option_backup_file, .letter = 'o',
               .required = true),
        OPTION_END,
    };
    const Usage usage = {"backup --site DIR -o FILE", MSG_cli_backup_about, options, 0, 0};
    StrVec words;
    Access access;
    Err err = {0};
    bool done;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (!access_read(cli, dir, &access, &err))
        return cli_fail(cli, &err);
    done = backup_run(cli, &access, file, &err);
    access_close(&access);
    if (!done)
        return cli_fail(cli, &err);
    cli_say(cli, MSG_cli_backup_done, file, path_join(cli->arena, dir, S("keys")), S(""));
    return 0;
}
