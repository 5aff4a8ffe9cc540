/* SPDX-License-Identifier: Apache-2.0 */
#include "change/keep.h"

#include "base/number.h"
#include "change/fold.h"
#include "change/journal.h"
#include "org/session.h"

#include "query.h"

/* In one box, a newline between: none can hold one. With the record in it a box moved to another
 * record's row does not open there; with the entry, verify knows an earlier box put back. */
static bool keep_contact(Site *site, Db *db, const Draft *draft, int64_t sequence, Err *err)
{
    Str text = STR(draft->arena, draft->contact_record, "\n", sequence, "\n", draft->contact_name,
                   "\n", draft->contact_phone);
    /* Never the site's own source: a demo's repeats, and a nonce must not. */
    RandomSource random = random_system();
    Str sealed = crypto_seal(draft->arena, site->keys.contact, &random, text);
    return q_contact_put(db, draft->contact_record, sealed, err);
}

/* The entry says whose it is; a table that says something else would never agree with it. */
static bool keep_attachment(Db *db, Arena *arena, Str id, int64_t record, Err *err)
{
    QAttachmentClaim row;
    bool found;
    if (!q_attachment_claim(db, arena, id, record, &row, &found, err))
        return false;
    if (found)
        return true;
    (void)err_set(err, ERR_INTERNAL, MSG_internal_error);
    return err_detail(err, STR(arena, "file ", id, " cannot be of record ", record));
}

/* Named by the record, in a field or in a form that waits for a second person: not tidied away. */
static bool keep_attachments(Db *db, const Draft *draft, Err *err)
{
    for (size_t i = 0; i < draft->assignments.n; i++) {
        const Assignment *assignment = &draft->assignments.p[i];
        Str id = str_slice(assignment->name, FILE_PREFIX.n, assignment->name.n);
        if (str_starts(assignment->name, FILE_PREFIX) &&
            !keep_attachment(db, draft->arena, id, assignment->record, err))
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

bool keep_draft(Site *site, Db *db, const Draft *draft, int64_t sequence, Err *err)
{
    if (draft->erases_contact && !q_contact_remove(db, draft->contact_record, err))
        return false;
    if (!draft->erases_contact && draft->contact_record &&
        !keep_contact(site, db, draft, sequence, err))
        return false;
    for (size_t i = 0; i < draft->erased.n; i++)
        if (!keep_erasure(db, draft, draft->erased.p[i], err))
            return false;
    if (draft->password_account &&
        !password_store(db, draft->password_account, draft->password, err))
        return false;
    return keep_attachments(db, draft, err);
}

bool contact_unseal(Arena *arena, const Site *site, int64_t record, Str sealed,
                    Contact *ret_contact)
{
    Str text, owner, sequence;
    Contact contact = {0};
    if (!crypto_open(arena, site->keys.contact, sealed, &text) || !str_next(&text, '\n', &owner) ||
        !str_eq(owner, STR(arena, record)) || !str_next(&text, '\n', &sequence) ||
        !int_parse(sequence, &contact.sequence))
        return false;
    (void)(str_next(&text, '\n', &contact.name) && str_next(&text, '\n', &contact.phone));
    *ret_contact = contact;
    return true;
}

bool contact_open(Arena *arena, const Site *site, Db *db, int64_t record, Contact *ret_contact,
                  Err *err)
{
    QContactGet row;
    bool found;
    if (!q_contact_get(db, arena, record, &row, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, MSG_no_contact);
    return contact_unseal(arena, site, record, row.sealed, ret_contact) ||
           err_set(err, ERR_WRONG, MSG_contact_unreadable);
}
