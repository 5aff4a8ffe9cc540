/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/founding.h"

#include <dirent.h>
#include <unistd.h>

#include "base/buf.h"
#include "calendar/calendar.h"
#include "cli/file.h"
#include "view/visit.h"

typedef struct Found {
    Cli *cli;
    const Founding *founding;
    Site *site;
    Stream *stream;
} Found;

Actor cli_actor(Arena *arena)
{
    return visit_owner(arena, (int64_t)getuid());
}

static StreamSlot *found_slot(Found *found, Str kind, int64_t record, Str move, Err *err)
{
    StreamSlot *slot = stream_slot(found->stream, err);
    if (!slot)
        return NULL;
    slot->clock = found->founding->clock;
    slot->change.actor = cli_actor(slot->arena);
    slot->change.kind = kind;
    slot->change.record = record;
    slot->change.move = move;
    return slot;
}

/* Record 1 is the site, record 2 the profile that it adopts. */
static bool found_site(Found *found, Err *err)
{
    const Profile *profile = found->founding->profile;
    StreamResult version = {0};
    StreamSlot *slot = found_slot(found, S("site"), 0, S("create"), err);
    if (!slot)
        return false;
    slot_form(slot, S("title"), profile->office.zh);
    if (!stream_send(found->stream, slot, err))
        return false;
    slot = found_slot(found, S("profile_version"), 0, S("activate"), err);
    if (!slot)
        return false;
    slot->result = &version;
    slot_form(slot, S("title"), profile->label.zh);
    slot_form(slot, S("profile_hash"), profile->hash_hex);
    slot_form(slot, S("bundle"), profile->bundle);
    if (!stream_send(found->stream, slot, err) || !stream_wait_for(found->stream, &version, err))
        return false;
    slot = found_slot(found, S("site"), RECORD_SITE, S("adopt"), err);
    if (!slot)
        return false;
    slot_form(slot, S("profile"), STR(slot->arena, "#", version.record));
    return stream_send(found->stream, slot, err) && stream_wait(found->stream, err);
}

/* ---- calendar ---- */

Str calendar_title(Arena *arena, int year)
{
    Str args[] = {STR(arena, year)};
    return message_fill(arena, MSG_cli_calendar_title, LANGUAGE_ZH, args, 1);
}

static StrVec folder_files(Arena *arena, Str folder)
{
    StrVec names = {0};
    DIR *dir = opendir(str_c(arena, folder));
    struct dirent *entry;
    while (dir && (entry = readdir(dir)))
        if (str_ends(str_from_c(entry->d_name), S(".tsv")))
            *vec_push(arena, &names) =
                path_join(arena, folder, str_dup(arena, str_from_c(entry->d_name)));
    if (dir)
        closedir(dir);
    if (names.n)
        qsort(names.p, names.n, sizeof *names.p, str_compare_pointers);
    return names;
}

/* The city's own files, else those of the base profile beside it. */
static bool found_calendar(Found *found, Err *err)
{
    Arena *arena = found->cli->arena;
    StrVec files = folder_files(arena, path_join(arena, found->founding->folder, S("calendar")));
    if (files.n == 0)
        files =
            folder_files(arena, path_join(arena, found->founding->folder, S("../base/calendar")));
    for (size_t i = 0; i < files.n; i++) {
        StreamSlot *slot = found_slot(found, S("calendar_year"), 0, S("load"), err);
        Str tsv;
        if (!slot || !file_read(slot->arena, files.p[i], CALENDAR_FILE_MAX, &tsv, err))
            return false;
        slot_form(slot, S("title"), calendar_title(slot->arena, calendar_file_year(tsv)));
        slot_form(slot, S("year"), STR(slot->arena, calendar_file_year(tsv)));
        slot_form(slot, S("tsv"), tsv);
        if (!stream_send(found->stream, slot, err))
            return false;
    }
    return stream_wait(found->stream, err);
}

/* ---- organisations ---- */

static void org_form(StreamSlot *slot, const Sheet *sheet, size_t row)
{
    static const struct {
        Str field, column;
    } pairs[] = {
        {S_CONST("title"), S_CONST("name_zh")},
        {S_CONST("title_en"), S_CONST("name_en")},
        {S_CONST("code"), S_CONST("code")},
        {S_CONST("parent_org"), S_CONST("parent")},
        {S_CONST("org_type"), S_CONST("type")},
        {S_CONST("division_code"), S_CONST("division_code")},
        {S_CONST("virtual"), S_CONST("virtual")},
        {S_CONST("opened_on"), S_CONST("opened_on")},
    };
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        Str text = sheet_cell(sheet, row, pairs[i].column);
        if (text.n)
            slot_form(slot, pairs[i].field, text);
    }
}

/* One level of the tree after the other: an organisation's parent must stand before it is named. */
static bool found_level(Found *found, const Sheet *sheet, Map *stands, size_t *ret_sent, Err *err)
{
    StrVec sent = {0};
    for (size_t i = 0; i < sheet->rows.n; i++) {
        Str code = sheet_cell(sheet, i, S("code")), parent = sheet_cell(sheet, i, S("parent"));
        StreamSlot *slot;
        if (map_find(stands, code) || (parent.n && !map_find(stands, parent)))
            continue;
        slot = found_slot(found, S("org"), 0, S("create"), err);
        if (!slot)
            return false;
        org_form(slot, sheet, i);
        if (!stream_send(found->stream, slot, err))
            return false;
        *vec_push(found->cli->arena, &sent) = code;
    }
    for (size_t i = 0; i < sent.n; i++)
        map_set(stands, sent.p[i], found);
    *ret_sent = sent.n;
    return stream_wait(found->stream, err);
}

static bool found_orgs(Found *found, Err *err)
{
    Arena *arena = found->cli->arena;
    Str file = found->founding->profile->organisations_file;
    Map stands = map_open(arena);
    Sheet sheet;
    size_t sent, done = 0;
    if (file.n == 0)
        return true;
    if (!sheet_read(arena, path_join(arena, found->founding->folder, file), &sheet, err))
        return false;
    do {
        if (!found_level(found, &sheet, &stands, &sent, err))
            return false;
        done += sent;
    } while (sent > 0);
    return done == sheet.rows.n || err_set(err, ERR_WRONG, MSG_cli_orgs_without_parent, file);
}

bool site_found(Cli *cli, const Founding *founding, Site **ret_site, Err *err)
{
    Found found = {.cli = cli, .founding = founding};
    bool made;
    if (!site_create(founding->dir, founding->is_demo, err) ||
        !site_open(founding->dir, &found.site, err))
        return false;
    found.site->clock_fixed = founding->clock;
    if (founding->seed)
        found.site->random = random_seeded(founding->seed);
    found.stream = stream_open(cli->arena, found.site);
    made = site_bootstrap(found.site, founding->profile->bundle, err) && found_site(&found, err) &&
           found_calendar(&found, err) && found_orgs(&found, err);
    stream_close(found.stream);
    if (made)
        *ret_site = found.site;
    else
        site_close(found.site);
    return made;
}
