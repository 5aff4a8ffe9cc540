/* SPDX-License-Identifier: Apache-2.0 */
#include "change/keep.h"

#include "change/journal.h"

#include "query.h"

/* Record, name and phone in one box, a newline between: none can hold one. The record is in it so
 * that a box moved to another record's row does not open there. */
static bool keep_contact(Site *site, Db *db, const Draft *draft, Err *err)
{
    Str text = STR(draft->arena, draft->contact_record, "\n", draft->contact_name, "\n",
                   draft->contact_phone);
    /* Never the site's own source: a demo's repeats, and a nonce must not. */
    RandomSource random = random_system();
    Str sealed = crypto_seal(draft->arena, site->keys.contact, &random, text);
    return q_contact_put(db, draft->contact_record, sealed, err);
}

static bool keep_claim(Db *db, const DraftRecord *record, Str name, Value value, Err *err)
{
    const Field *field = kind_field(record->kind, name);
    return !field || field->type != FIELD_ATTACHMENT || value.type != VALUE_TEXT ||
           q_attachment_claim(db, value.text, record->id, err);
}

/* What waits for a second person belongs to the record already: the second person reads it, and it
 * is not tidied away while they take their time. */
static bool keep_pending(Db *db, Arena *arena, const DraftRecord *record, Str form, Err *err)
{
    Values values = {0};
    if (!values_parse(arena, form, &values, NULL))
        return true; /* erased */
    for (size_t i = 0; i < values.n; i++)
        if (!keep_claim(db, record, values.p[i].name, values.p[i].value, err))
            return false;
    return true;
}

static bool keep_attachments(Db *db, const Draft *draft, Err *err)
{
    for (size_t i = 0; i < draft->assignments.n; i++) {
        const Assignment *assignment = &draft->assignments.p[i];
        const DraftRecord *record = map_find_id(&draft->records, assignment->record);
        bool waits = str_eq(assignment->name, S("pending_form"));
        if (!record || !record->kind || assignment->value.type != VALUE_TEXT)
            continue;
        if (!(waits ? keep_pending(db, draft->arena, record, assignment->value.text, err)
                    : keep_claim(db, record, assignment->name, assignment->value, err)))
            return false;
    }
    return true;
}

/* Every text the record ever had becomes its commitment; leaves, proofs and figures stand. */
static bool keep_erasure(Db *db, const Draft *draft, int64_t record, Err *err)
{
    Arena *arena = draft->arena;
    Str prefix = STR(arena, record, ".");
    QEntryRow *rows;
    size_t count;
    if (!q_entry_of_record_all(db, arena, record, &rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        Entry entry;
        if (!journal_read(arena, &rows[i], &entry, err))
            return false;
        if (entry_erase(&entry, prefix) > 0 &&
            !q_entry_erase_text(db, entry.header.sequence, entry_write_part(arena, &entry, true),
                                (Str){(const char *)entry.text_salt, SALT_SIZE}, err))
            return false;
    }
    return q_attachment_release(db, record, err);
}

bool keep_draft(Site *site, Db *db, const Draft *draft, Err *err)
{
    if (draft->erases_contact && !q_contact_remove(db, draft->contact_record, err))
        return false;
    if (!draft->erases_contact && draft->contact_record && !keep_contact(site, db, draft, err))
        return false;
    for (size_t i = 0; i < draft->erased.n; i++)
        if (!keep_erasure(db, draft, draft->erased.p[i], err))
            return false;
    return keep_attachments(db, draft, err);
}

bool contact_open(Arena *arena, const Site *site, Db *db, int64_t record, Contact *ret_contact,
                  Err *err)
{
    QContactGet row;
    bool found;
    Str text, owner = {0}, name = {0}, phone = {0};
    if (!q_contact_get(db, arena, record, &row, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, MSG_no_contact);
    if (!crypto_open(arena, site->keys.contact, row.sealed, &text) ||
        !str_next(&text, '\n', &owner) || !str_eq(owner, STR(arena, record)))
        return err_set(err, ERR_WRONG, MSG_contact_unreadable);
    (void)(str_next(&text, '\n', &name) && str_next(&text, '\n', &phone));
    *ret_contact = (Contact){name, phone};
    return true;
}
