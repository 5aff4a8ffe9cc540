/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "change/used.h"
#include "cli/access.h"
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/options.h"
#include "cli/profile_folder.h"

typedef struct Activation {
    Str name; /* NAME or DIR; empty: the profile in use is shown */
    bool other_city;
} Activation;

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

/* ---- the same city ---- */

/* The code at the top of the profile's own list; empty when it has none. */
static bool root_of_list(Cli *cli, Str folder, const Profile *next, Str *ret_code, Err *err)
{
    Sheet sheet;
    *ret_code = S("");
    if (next->organisations_file.n == 0)
        return true;
    if (!sheet_read(cli->arena, path_join(cli->arena, folder, next->organisations_file), &sheet,
                    err))
        return false;
    for (size_t i = 0; i < sheet.rows.n && ret_code->n == 0; i++)
        if (sheet_cell(&sheet, i, S("parent")).n == 0)
            *ret_code = sheet_cell(&sheet, i, S("code"));
    return true;
}

static void differs_say(Cli *cli, MessageId what, Str here, Str next)
{
    if (!str_eq(here, next))
        cli_note(cli, MSG_cli_city_differs, message(what, cli->language), here, next);
}

/* A city is known by the name of its profile and the code at the top of its tree. */
static bool profile_same_city(Cli *cli, const Access *access, Str folder, const Profile *next,
                              Err *err)
{
    const Profile *here = access->office->profile;
    const Org *root = org_find(&access->office->orgs, access->office->orgs.root);
    Str here_root = root ? root->code : S(""), next_root;
    if (!root_of_list(cli, folder, next, &next_root, err))
        return false;
    if (here_root.n == 0 || next_root.n == 0)
        here_root = next_root = S("");
    if (str_eq(here->name, next->name) && str_eq(here_root, next_root))
        return true;
    differs_say(cli, MSG_cli_city_profile, here->name, next->name);
    differs_say(cli, MSG_cli_city_label, label_text(here->label, cli->language),
                label_text(next->label, cli->language));
    differs_say(cli, MSG_cli_city_root, here_root, next_root);
    (void)err_set(err, ERR_CONFLICT, MSG_cli_city_other, label_text(next->label, cli->language));
    return err_hint(err, MSG_cli_city_other_hint);
}

static bool profile_activate(Cli *cli, Access *access, const Activation *asked, Err *err)
{
    const Profile *next;
    Str folder;
    if (!profile_folder(cli, asked->name, &folder, err) || !profile_open(cli, folder, &next, err))
        return false;
    if (str_eq(next->hash_hex, access->office->profile->hash_hex)) {
        cli_say(cli, MSG_cli_profile_same, S(""), S(""), S(""));
        return true;
    }
    if (!asked->other_city && !profile_same_city(cli, access, folder, next, err))
        return false;
    if (!profile_fits(cli, access, next, err) || !profile_adopt(cli, access, next, err))
        return false;
    cli_say(cli, MSG_cli_profile_active, label_text(next->label, cli->language),
            str_slice(next->hash_hex, 0, 16), S(""));
    return true;
}

static int profile_run(Cli *cli, Str dir, const Activation *asked)
{
    bool shows = asked->name.n == 0, done = true;
    Access access;
    Err err = {0};
    if (shows ? !access_read(cli, dir, &access, &err) : !access_write(cli, dir, &access, &err))
        return cli_fail(cli, &err);
    if (shows)
        profile_show(cli, &access);
    else
        done = profile_activate(cli, &access, asked, &err);
    access_close(&access);
    return done ? 0 : cli_fail(cli, &err);
}

int command_profile(Cli *cli, int argc, char **argv)
{
    Str dir = {0};
    Activation asked = {0};
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION(FLAG, "other-city", &asked.other_city, none, cli_option_other_city),
        OPTION_END,
    };
    const Usage usage = {"profile activate DIR --site DIR [--other-city]\nprofile show --site DIR",
                         MSG_cli_profile_about, options, 1, 2};
    StrVec words;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    bool shows = str_eq(words.p[0], S("show"));
    if (!shows && words.n < 2)
        return usage_wrong(cli, MSG_cli_words_few, S(""), S(""));
    if (shows && words.n > 1)
        return usage_wrong(cli, MSG_cli_words_many, words.p[1], S(""));
    if (!shows)
        asked.name = words.p[1];
    return profile_run(cli, dir, &asked);
}
