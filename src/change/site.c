/* SPDX-License-Identifier: Apache-2.0 */
#include "change/site.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/moment.h"
#include "base/number.h"
#include "change/writer.h"

#include "query.h"

#define CODE_LENGTH 10

static Str site_path(Arena *arena, Str dir, Str name)
{
    return STR(arena, dir, "/", name);
}

/* ---- keys ---- */

static bool keys_write(Arena *arena, Str dir, const SiteKeys *keys, Err *err)
{
    Str path = site_path(arena, dir, S("keys"));
    int file = open(str_c(arena, path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool written;
    if (file < 0)
        return err_set(err, ERR_ENVIRONMENT, MSG_cannot_write_file, path);
    written = write(file, keys, sizeof *keys) == (ssize_t)sizeof *keys && fsync(file) == 0;
    written = close(file) == 0 && written;
    return written || err_set(err, ERR_ENVIRONMENT, MSG_cannot_write_file, path);
}

static bool keys_take(int file, Str path, SiteKeys *ret_keys, Err *err)
{
    struct stat status;
    if (fstat(file, &status) != 0)
        return err_set(err, ERR_ENVIRONMENT, MSG_cannot_read_file, path);
    if (status.st_mode & (S_IRWXG | S_IRWXO))
        return err_set(err, ERR_ENVIRONMENT, MSG_keys_open_to_others, path);
    if (status.st_size != (off_t)sizeof *ret_keys)
        return err_set(err, ERR_ENVIRONMENT, MSG_keys_not_of_site, path);
    return read(file, ret_keys, sizeof *ret_keys) == (ssize_t)sizeof *ret_keys ||
           err_set(err, ERR_ENVIRONMENT, MSG_cannot_read_file, path);
}

static bool keys_read(Arena *arena, Str dir, SiteKeys *ret_keys, Err *err)
{
    Str path = site_path(arena, dir, S("keys"));
    int file = open(str_c(arena, path), O_RDONLY | O_CLOEXEC);
    bool taken;
    if (file < 0)
        return err_set(err, ERR_ENVIRONMENT,
                       errno == ENOENT ? MSG_not_a_site : MSG_cannot_read_file,
                       errno == ENOENT ? dir : path);
    taken = keys_take(file, path, ret_keys, err);
    close(file);
    return taken;
}

/* By this the database knows its keys again. It tells nothing of them. */
static Str keys_check(Arena *arena, const SiteKeys *keys)
{
    uint8_t code[SECRET_SIZE];
    Buf hex = buf_open(arena);
    Str contact = {(const char *)keys->contact, SECRET_SIZE};
    Str sign = {(const char *)keys->sign, SECRET_SIZE};
    crypto_keyed_hash(keys->code, STR(arena, "keys:", contact, sign), code, sizeof code);
    buf_hex(&hex, code, sizeof code);
    return buf_str(&hex);
}

/* Served with other keys, a site would seal contacts and sign heads that its own cannot read. */
static bool keys_are_of_site(Arena *arena, const Site *site, Db *db, Err *err)
{
    QSettingGet row;
    bool found;
    if (!q_setting_get(db, arena, S("keys_check"), &row, &found, err))
        return false;
    return (found && str_eq(row.value, keys_check(arena, &site->keys))) ||
           err_set(err, ERR_ENVIRONMENT, MSG_keys_not_of_site,
                   site_path(arena, site->dir, S("keys")));
}

/* ---- making and opening ---- */

static bool folder_make(Arena *arena, Str path, Err *err)
{
    if (mkdir(str_c(arena, path), 0700) == 0 || errno == EEXIST)
        return true;
    return err_set(err, ERR_ENVIRONMENT, MSG_cannot_write_file, path);
}

static bool site_prepare(Arena *arena, Str dir, bool is_demo, Err *err)
{
    RandomSource random = random_system();
    SiteKeys keys;
    bool made;
    Db *db;
    if (!folder_make(arena, dir, err) ||
        !folder_make(arena, site_path(arena, dir, S("attachments")), err))
        return false;
    if (access(str_c(arena, site_path(arena, dir, S("keys"))), F_OK) == 0)
        return err_set(err, ERR_CONFLICT, MSG_site_exists, dir);
    random_bytes(&random, &keys, sizeof keys);
    made = db_open_writer(arena, site_path(arena, dir, S("site.db")), &db, err) &&
           db_migrate(db, err) && q_setting_put(db, S("demo"), is_demo ? S("1") : S("0"), err) &&
           q_setting_put(db, S("keys_check"), keys_check(arena, &keys), err) &&
           keys_write(arena, dir, &keys, err);
    crypto_forget(&keys, sizeof keys);
    return made;
}

bool site_create(Str dir, bool is_demo, Err *err)
{
    Arena *arena = arena_open();
    bool made = site_prepare(arena, dir, is_demo, err);
    arena_close(arena);
    return made;
}

static bool setting_int(Arena *arena, Db *db, Str name, int64_t *ret_value, Err *err)
{
    QSettingGet row;
    bool found;
    if (!q_setting_get(db, arena, name, &row, &found, err))
        return false;
    if (found)
        (void)int_parse(row.value, ret_value);
    return true;
}

void site_swap(Site *site, Office *next)
{
    Office *old;
    next->is_demo = site->is_demo;
    pthread_mutex_lock(&site->office_lock);
    old = site->office;
    site->office = next;
    pthread_mutex_unlock(&site->office_lock);
    office_drop(old);
}

static bool site_settings(Site *site, Db *db, Err *err)
{
    int64_t demo = 0;
    Arena *scratch = arena_open();
    bool read = keys_are_of_site(scratch, site, db, err) &&
                setting_int(scratch, db, S("demo"), &demo, err) &&
                setting_int(scratch, db, S("clock_offset"), &site->clock_offset, err);
    arena_close(scratch);
    site->is_demo = demo == 1;
    return read;
}

bool site_load(Site *site, Db *db, Err *err)
{
    Office *office;
    if (!site_settings(site, db, err))
        return false;
    if (office_load(db, NULL, &office, err)) {
        site_swap(site, office);
        return true;
    }
    if (err->message != MSG_office_no_site)
        return false;
    err_clear(err);
    return true;
}

static bool site_begin(Arena *arena, Str dir, Site **ret_site, Err *err)
{
    Site *site = NEW(arena, Site);
    site->arena = arena;
    site->dir = str_dup(arena, dir);
    site->db_path = site_path(arena, dir, S("site.db"));
    site->random = random_system();
    pthread_mutex_init(&site->office_lock, NULL);
    *ret_site = site;
    return keys_read(arena, dir, &site->keys, err);
}

bool site_open(Str dir, Site **ret_site, Err *err)
{
    Arena *arena = arena_open();
    Site *site;
    if (site_begin(arena, dir, &site, err) && site_lock_take(dir, &site->lock, err)) {
        if (!site->lock.held)
            err_set(err, ERR_UNAVAILABLE, MSG_site_is_served, dir);
        else if (writer_open(site, &site->writer, err)) {
            *ret_site = site;
            return true;
        }
        site_lock_release(&site->lock);
        office_drop(site->office);
    }
    arena_close(arena);
    return false;
}

static bool site_open_with(Str dir, bool (*load)(Site *site, Db *db, Err *err), Site **ret_site,
                           Err *err)
{
    Arena *arena = arena_open();
    Site *site;
    Db *db;
    if (site_begin(arena, dir, &site, err) && site_reader(arena, site, &db, err) &&
        load(site, db, err)) {
        db_close(db);
        *ret_site = site;
        return true;
    }
    arena_close(arena);
    return false;
}

bool site_open_reader(Str dir, Site **ret_site, Err *err)
{
    return site_open_with(dir, site_load, ret_site, err);
}

bool site_open_audit(Str dir, Site **ret_site, Err *err)
{
    return site_open_with(dir, site_settings, ret_site, err);
}

void site_close(Site *site)
{
    if (!site)
        return;
    writer_close(site->writer);
    site_lock_release(&site->lock);
    office_drop(site->office);
    crypto_forget(&site->keys, sizeof site->keys);
    arena_close(site->arena);
}

/* ---- looking ---- */

Instant site_now(const Site *site)
{
    return site->clock_fixed ? site->clock_fixed : instant_now() + site->clock_offset;
}

Office *site_office(Site *site)
{
    Office *office;
    pthread_mutex_lock(&site->office_lock);
    office = site->office ? office_hold(site->office) : NULL;
    pthread_mutex_unlock(&site->office_lock);
    return office;
}

bool site_reader(Arena *arena, const Site *site, Db **ret_db, Err *err)
{
    Db *db;
    if (!db_open_reader(arena, site->db_path, &db, err) ||
        !db_schema_check(db, db_site_migrations, err))
        return false;
    *ret_db = db;
    return true;
}

/* ---- query codes ---- */

Str site_query_code(Arena *arena, const Site *site, int64_t id)
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint8_t hash[8];
    uint64_t bits = 0;
    char *code = arena_alloc(arena, CODE_LENGTH);
    crypto_keyed_hash(site->keys.code, STR(arena, "code ", id), hash, sizeof hash);
    for (size_t i = 0; i < sizeof hash; i++)
        bits = bits << 8 | hash[i];
    for (int i = 0; i < CODE_LENGTH; i++)
        code[i] = digits[(bits >> (59 - 5 * i)) & 31];
    return (Str){code, CODE_LENGTH};
}

/* Codes are typed from paper: in small letters, with O for 0, with I or L for 1. */
static char code_letter(char typed)
{
    if (typed >= 'a' && typed <= 'z')
        typed = (char)(typed - 'a' + 'A');
    if (typed == 'O')
        return '0';
    if (typed == 'I' || typed == 'L')
        return '1';
    return typed;
}

bool site_query_code_is(const Site *site, int64_t id, Str code)
{
    Arena *arena = arena_open();
    char plain[CODE_LENGTH];
    size_t n = 0;
    bool same;
    for (size_t i = 0; i < code.n && n <= CODE_LENGTH; i++) {
        if (code.p[i] == ' ' || code.p[i] == '-')
            continue;
        if (n < CODE_LENGTH)
            plain[n] = code_letter(code.p[i]);
        n++;
    }
    same = n == CODE_LENGTH &&
           str_eq_secret(site_query_code(arena, site, id), (Str){plain, CODE_LENGTH});
    arena_close(arena);
    return same;
}

/* ---- changes ---- */

bool site_change(Site *site, Arena *arena, const Change *change, ChangeResult *ret_result, Err *err)
{
    Job job = {.change = change, .arena = arena};
    if (!writer_run(site->writer, &job, err))
        return false;
    *ret_result = job.result;
    return true;
}
