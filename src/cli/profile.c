/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "change/used.h"
#include "cli/access.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/profile_folder.h"

static void profile_show(Cli *cli, const Access *access)
{
    const Profile *profile = access->office->profile;
    Buf buf = buf_open(cli->arena);
    TEXT(&buf, profile->name, "\t", label_text(profile->label, cli->language), "\t",
         profile->hash_hex, "\n");
    for (size_t i = 0; i < profile->n_kinds; i++)
        TEXT(&buf, "kind\t", profile->kinds[i].name, "\t",
             label_text(profile->kinds[i].label, cli->language), "\n");
    for (size_t i = 0; i < profile->n_figures; i++)
        TEXT(&buf, "figure\t", profile->figures[i].name, "\t",
             label_text(profile->figures[i].label, cli->language), "\n");
    cli_print(buf_str(&buf));
}

/* Says beforehand, with places, what the writer will look at again when it adopts the profile. */
static bool profile_fits(Cli *cli, const Access *access, const Profile *next, Err *err)
{
    Diagnostics problems = {0};
    Buf buf = buf_open(cli->arena);
    Used *used;
    if (!used_read(cli->arena, access->db, access->office->profile, next, &used, err))
        return false;
    profile_compare(cli->arena, access->office->profile, next, used_is, used, &problems);
    if (problems.n == 0)
        return true;
    diagnostics_write(&buf, &problems, cli->language);
    (void)fwrite(buf_str(&buf).p, 1, buf_str(&buf).n, stderr);
    return err_set(err, ERR_WRONG, MSG_cli_profile_loses);
}

static bool profile_adopt(Cli *cli, Access *access, const Profile *next, Err *err)
{
    FormPair version[] = {{S("title"), next->label.zh},
                          {S("profile_hash"), next->hash_hex},
                          {S("bundle"), next->bundle}};
    FormPair site[1];
    Change activate = {.kind = S("profile_version"), .move = S("activate"), .form = {version, 3}};
    Change adopt = {.record = RECORD_SITE, .move = S("adopt"), .form = {site, 1}};
    ChangeResult result;
    if (!access_change(cli, access, &activate, &result, err))
        return false;
    site[0] = (FormPair){S("profile"), STR(cli->arena, "#", result.record)};
    return access_change(cli, access, &adopt, &result, err);
}

static bool profile_activate(Cli *cli, Access *access, Str name, Err *err)
{
    const Profile *next;
    Str folder;
    if (!profile_folder(cli, name, &folder, err) || !profile_open(cli, folder, &next, err))
        return false;
    if (str_eq(next->hash_hex, access->office->profile->hash_hex)) {
        cli_say(cli, MSG_cli_profile_same, S(""), S(""), S(""));
        return true;
    }
    if (!profile_fits(cli, access, next, err) || !profile_adopt(cli, access, next, err))
        return false;
    cli_say(cli, MSG_cli_profile_active, label_text(next->label, cli->language),
            str_slice(next->hash_hex, 0, 16), S(""));
    return true;
}

static int profile_run(Cli *cli, Str dir, const StrVec *words)
{
    bool shows = str_eq(words->p[0], S("show")), done = true;
    Access access;
    Err err = {0};
    if (shows ? !access_read(cli, dir, &access, &err) : !access_write(cli, dir, &access, &err))
        return cli_fail(cli, &err);
    if (shows)
        profile_show(cli, &access);
    else
        done = profile_activate(cli, &access, words->p[1], &err);
    access_close(&access);
    return done ? 0 : cli_fail(cli, &err);
}

int command_profile(Cli *cli, int argc, char **argv)
{
    Str dir = {0};
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION_END,
    };
    const Usage usage = {"profile activate DIR --site DIR\nprofile show --site DIR",
                         MSG_cli_profile_about, options, 1, 2};
    StrVec words;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    bool shows = str_eq(words.p[0], S("show"));
    if (!shows && words.n < 2)
        return usage_wrong(cli, MSG_cli_words_few, S(""), S(""));
    if (shows && words.n > 1)
        return usage_wrong(cli, MSG_cli_words_many, words.p[1], S(""));
    return profile_run(cli, dir, &words);
}
