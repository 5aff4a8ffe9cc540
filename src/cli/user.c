/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/utf8.h"
#include "cli/access.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "org/session.h"
#include "record/form.h"

typedef struct User {
    Str dir, title, title_en;
    StrVec grants;
    bool remove, unlock;
    StrVec words; /* of the command line, the action first */
} User;

typedef bool (*UserAction)(Cli *cli, Access *access, const User *user, Err *err);

static const Account *user_account(const Access *access, const User *user, Err *err)
{
    const Account *account = office_account_by_login(access->office, user->words.p[1]);
    if (!account)
        err_set(err, ERR_NOT_FOUND, MSG_cli_no_account, user->words.p[1]);
    return account;
}

/* ---- grants ---- */

/* Says what is wrong with a grant, before anything is changed for the sake of another. */
static bool grant_check(const Access *access, Str grant, Err *err)
{
    size_t at = str_find(grant, S("@"), 0);
    if (at == SIZE_MAX)
        return err_set(err, ERR_USAGE, MSG_cli_grant_form, grant);
    if (!profile_role(access->office->profile, str_slice(grant, 0, at)))
        return err_set(err, ERR_NOT_FOUND, MSG_cli_grant_no_role, grant, str_slice(grant, 0, at));
    if (!org_by_code(&access->office->orgs, str_slice(grant, at + 1, grant.n)))
        return err_set(err, ERR_NOT_FOUND, MSG_cli_grant_no_org, grant,
                       str_slice(grant, at + 1, grant.n));
    return true;
}

static const Role *grant_role(const Access *access, Str grant)
{
    return profile_role(access->office->profile, str_slice(grant, 0, str_find(grant, S("@"), 0)));
}

static bool excludes(const Role *role, const Role *other)
{
    for (size_t i = 0; i < role->n_excludes; i++)
        if (role->excludes[i] == other)
            return true;
    return false;
}

/* Roles that one account may not hold both. */
static bool grants_agree(const Access *access, const StrVec *grants, Err *err)
{
    for (size_t i = 0; i < grants->n; i++)
        for (size_t j = 0; j < grants->n; j++)
            if (excludes(grant_role(access, grants->p[i]), grant_role(access, grants->p[j])))
                return err_set(err, ERR_CONFLICT, MSG_cli_grants_exclude, grants->p[i],
                               grants->p[j]);
    return true;
}

static bool grants_check(const Access *access, const StrVec *grants, Err *err)
{
    for (size_t i = 0; i < grants->n; i++)
        if (!grant_check(access, grants->p[i], err))
            return false;
    return grants_agree(access, grants, err);
}

static bool grant_one(Cli *cli, Access *access, int64_t account, Str grant, bool remove, Err *err)
{
    size_t at = str_find(grant, S("@"), 0);
    FormPair pairs[] = {{S("role"), str_slice(grant, 0, at)},
                        {S("org"), str_slice(grant, at + 1, grant.n)},
                        {S("remove"), S("1")}};
    Change change = {.record = account, .move = S("grant"), .form = {pairs, remove ? 3 : 2}};
    ChangeResult result;
    return access_change(cli, access, &change, &result, err);
}

static bool holds(const Access *access, const Account *account, Str grant)
{
    for (size_t i = 0; i < account->n_grants; i++) {
        const Org *org = org_find(&access->office->orgs, account->grants[i].org);
        size_t role = account->grants[i].role->name.n;
        if (org && str_eq(account->grants[i].role->name, str_slice(grant, 0, role)) &&
            str_eq(str_slice(grant, role, role + 1), S("@")) &&
            str_eq(org->code, str_slice(grant, role + 1, grant.n)))
            return true;
    }
    return false;
}

static bool user_grant(Cli *cli, Access *access, const User *user, Err *err)
{
    const Account *account = user_account(access, user, err);
    StrVec grants = {.p = user->words.p + 2, .n = user->words.n - 2};
    if (!account || !grants_check(access, &grants, err))
        return false;
    for (size_t i = 0; user->remove && i < grants.n; i++)
        if (!holds(access, account, grants.p[i]))
            return err_set(err, ERR_NOT_FOUND, MSG_cli_grant_not_held, user->words.p[1],
                           grants.p[i]);
    for (size_t i = 0; i < grants.n; i++)
        if (!grant_one(cli, access, account->id, grants.p[i], user->remove, err))
            return false;
    return true;
}

/* ---- accounts ---- */

static bool user_add(Cli *cli, Access *access, const User *user, Err *err)
{
    FormPair pairs[] = {{S("login"), user->words.p[1]},
                        {S("title"), user->title.n ? user->title : user->words.p[1]},
                        {S("title_en"), user->title_en}};
    Change change = {
        .kind = S("account"), .move = S("create"), .form = {pairs, user->title_en.n ? 3 : 2}};
    ChangeResult result;
    if (office_account_by_login(access->office, user->words.p[1]))
        return err_set(err, ERR_CONFLICT, MSG_cli_account_exists, user->words.p[1]);
    if (!grants_check(access, &user->grants, err) ||
        !access_change(cli, access, &change, &result, err))
        return false;
    for (size_t i = 0; i < user->grants.n; i++)
        if (!grant_one(cli, access, result.record, user->grants.p[i], false, err))
            return false;
    return true;
}

static bool user_lock(Cli *cli, Access *access, const User *user, Err *err)
{
    const Account *account = user_account(access, user, err);
    Change change = {.move = user->unlock ? S("enable") : S("disable")};
    ChangeResult result;
    if (!account)
        return false;
    if (account->disabled != user->unlock)
        return err_set(err, ERR_CONFLICT,
                       user->unlock ? MSG_cli_not_locked : MSG_cli_locked_already, account->login);
    change.record = account->id;
    return access_change(cli, access, &change, &result, err);
}

/* ---- passwords ---- */

/* One line of standard input, so that it stands in no list of processes and no history. */
static bool password_read(Cli *cli, Str *ret_password, Err *err)
{
    char line[PASSWORD_MAX + 3];
    Str text;
    if (!fgets(line, sizeof line, stdin))
        return err_set(err, ERR_USAGE, MSG_cli_password_missing);
    text = str_from_c(line);
    while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
        text.n--;
    *ret_password = str_dup(cli->arena, text);
    crypto_forget(line, sizeof line);
    return utf8_is_clean(*ret_password) || err_set(err, ERR_USAGE, MSG_cli_password_missing);
}

static bool user_password(Cli *cli, Access *access, const User *user, Err *err)
{
    const Account *account = user_account(access, user, err);
    Str password;
    return account && password_read(cli, &password, err) &&
           access_password(cli, access, account->id, password, err);
}

/* ---- looking ---- */

static bool user_list(Cli *cli, Access *access, const User *user, Err *err)
{
    Buf buf = buf_open(cli->arena);
    (void)user;
    (void)err;
    for (size_t i = 0; i < access->office->accounts.n; i++) {
        const Account *account = access->office->accounts.slots[i].value;
        TEXT(&buf, account->login, "\t", label_text(account->title, cli->language), "\t",
             account->disabled ? message(MSG_cli_disabled, cli->language) : S(""), "\t");
        for (size_t j = 0; j < account->n_grants; j++) {
            const Org *org = org_find(&access->office->orgs, account->grants[j].org);
            TEXT(&buf, j ? " " : "", account->grants[j].role->name, "@", org ? org->code : S("?"));
        }
        buf_byte(&buf, '\n');
    }
    cli_print(buf_str(&buf));
    return true;
}

static const struct {
    const char *name;
    UserAction run;
    size_t least, most; /* words with the action */
    bool writes;
} actions[] = {
    {"add", user_add, 2, 2, true},      {"password", user_password, 2, 2, true},
    {"grant", user_grant, 3, 20, true}, {"lock", user_lock, 2, 2, true},
    {"list", user_list, 1, 1, false},
};

static int user_run(Cli *cli, const User *user, size_t action)
{
    Access access;
    Err err = {0};
    bool done = actions[action].writes ? access_write(cli, user->dir, &access, &err)
                                       : access_read(cli, user->dir, &access, &err);
    if (!done)
        return cli_fail(cli, &err);
    done = actions[action].run(cli, &access, user, &err);
    access_close(&access);
    if (!done)
        return cli_fail(cli, &err);
    if (actions[action].writes)
        cli_say(cli, MSG_cli_done, S(""), S(""), S(""));
    return 0;
}

int command_user(Cli *cli, int argc, char **argv)
{
    User user = {0};
    const Option options[] = {
        OPTION(TEXT, "site", &user.dir, cli_word_dir, cli_option_site, .required = true),
        OPTION(TEXT, "title", &user.title, cli_word_text, cli_option_title),
        OPTION(TEXT, "title-en", &user.title_en, cli_word_text, cli_option_title_en),
        OPTION(TEXTS, "grant", &user.grants, cli_word_grant, cli_option_grant),
        OPTION(FLAG, "remove", &user.remove, none, cli_option_remove),
        OPTION(FLAG, "unlock", &user.unlock, none, cli_option_unlock),
        OPTION_END,
    };
    const Usage usage = {"user add LOGIN --site DIR --title TEXT [--grant ROLE@CODE]…\n"
                         "user password LOGIN --site DIR\n"
                         "user grant LOGIN ROLE@CODE… --site DIR [--remove]\n"
                         "user lock LOGIN --site DIR [--unlock]\n"
                         "user list --site DIR",
                         MSG_cli_user_about, options, 1, 20};
    if (!options_parse(cli, &usage, argc, argv, &user.words))
        return cli->exit;
    size_t action = 0;
    while (!str_eq(str_from_c(actions[action].name), user.words.p[0])) {
        action++;
        ASSERT(action < COUNT_OF(actions)); /* the synopsis names them */
    }
    if (user.words.n < actions[action].least)
        return usage_wrong(cli, MSG_cli_words_few, S(""), S(""));
    if (user.words.n > actions[action].most)
        return usage_wrong(cli, MSG_cli_words_many, user.words.p[actions[action].most], S(""));
    return user_run(cli, &user, action);
}
