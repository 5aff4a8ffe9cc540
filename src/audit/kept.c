/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept beside the journal and follows from it: sealed contacts, files that people sent. */
#include <fcntl.h>
#include <unistd.h>

#include "audit/audit_internal.h"
#include "base/number.h"
#include "change/fold.h"
#include "change/keep.h"

#include "query.h"

#define PIECE_SIZE 65536

/* What the journal says of one file. */
typedef struct FileFacts {
    int64_t record;
    Str facts; /* empty: erased */
    bool seen;
} FileFacts;

/* What it says of one record's contact. */
typedef struct ContactFacts {
    int64_t sequence; /* of the entry that gave it; 0: erased */
    bool seen;
} ContactFacts;

static void take_contact(Arena *arena, Journalled *journal, int64_t record, int64_t sequence)
{
    ContactFacts *known = map_find_id(&journal->contacts, record);
    if (!known) {
        known = NEW(arena, ContactFacts);
        map_set_id(&journal->contacts, record, known);
    }
    known->sequence = sequence;
}

static void take_file(Arena *arena, Journalled *journal, int64_t record, Str id,
                      const EntryField *field)
{
    FileFacts *known = map_find(&journal->files, id);
    Value value = VALUE_NOTHING;
    if (!known) {
        known = NEW(arena, FileFacts);
        map_set(&journal->files, str_dup(arena, id), known);
    }
    if (field->form != FIELD_ERASED && !value_parse(arena, field->value, &value, NULL))
        return; /* which the fold tells */
    known->record = record;
    known->facts = value.text;
}

void audit_kept_take(Arena *arena, Journalled *journal, const Entry *entry)
{
    for (size_t i = 0; i < entry->field_count; i++) {
        const EntryField *field = &entry->fields[i];
        size_t dot = str_find(field->name, S("."), 0);
        Str name;
        int64_t record;
        if (dot == SIZE_MAX || !int_parse(str_slice(field->name, 0, dot), &record))
            continue;
        name = str_slice(field->name, dot + 1, field->name.n);
        if (str_eq(name, S("has_contact")))
            take_contact(arena, journal, record,
                         str_eq(field->value, S("null")) ? 0 : entry->header.sequence);
        else if (str_starts(name, FILE_PREFIX))
            take_file(arena, journal, record, str_slice(name, FILE_PREFIX.n, name.n), field);
    }
}

/* ---- comparing ---- */

typedef struct KeptAudit {
    Arena *arena;
    Arena *scratch;
    const AuditSource *source;
    const Journalled *journal;
    AuditReport *report;
} KeptAudit;

static void kept_finding(KeptAudit *audit, Str table, Str row, MessageId message, Str a)
{
    finding_add(audit->arena, audit->report, table, str_dup(audit->arena, row), message, a, S(""));
}

static void contact_compare(KeptAudit *audit, const QContactEvery *row)
{
    ContactFacts *known = map_find_id(&audit->journal->contacts, row->record);
    Str name = STR(audit->scratch, row->record);
    Contact contact;
    if (!known || known->sequence == 0) {
        kept_finding(audit, S("record_contact"), name, MSG_audit_row_extra, S(""));
        return;
    }
    known->seen = true;
    if (!contact_unseal(audit->scratch, audit->source->site, row->record, row->sealed, &contact) ||
        contact.sequence != known->sequence)
        kept_finding(audit, S("record_contact"), name, MSG_audit_contact, S(""));
}

static bool contacts_compare(KeptAudit *audit, Err *err)
{
    const Map *contacts = &audit->journal->contacts;
    QContactEvery row;
    DbRows rows;
    if (!q_contact_every_open(audit->source->db, &rows, err))
        return false;
    while (q_contact_every_next(&rows, &row)) {
        contact_compare(audit, &row);
        arena_reset(audit->scratch);
    }
    for (size_t i = 0; i < contacts->n; i++) {
        const ContactFacts *known = contacts->slots[i].value;
        if (known->sequence && !known->seen)
            kept_finding(audit, S("record_contact"), STR(audit->scratch, contacts->slots[i].number),
                         MSG_audit_row_missing, S(""));
    }
    return db_rows_close(&rows, err);
}

/* False when the file cannot be read whole. */
static bool file_hash(KeptAudit *audit, Str id, Str *ret_hex)
{
    char *piece = arena_alloc(audit->scratch, PIECE_SIZE);
    Str path = STR(audit->scratch, audit->source->site->dir, "/attachments/", id);
    int file = open(str_c(audit->scratch, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    Sha256 digest = sha256_begin();
    Hash hash;
    ssize_t n;
    if (file < 0)
        return false;
    while ((n = read(file, piece, PIECE_SIZE)) > 0)
        sha256_add(&digest, (Str){piece, (size_t)n});
    close(file);
    hash = sha256_end(&digest);
    *ret_hex = hash_text(audit->scratch, &hash);
    return n == 0;
}

static void file_compare(KeptAudit *audit, const QAttachmentRow *row)
{
    FileFacts *known = map_find(&audit->journal->files, row->id);
    Str hex;
    if (!known || known->facts.n == 0) {
        kept_finding(audit, S("attachment"), row->id, MSG_audit_row_extra, S(""));
        return;
    }
    known->seen = true;
    if (known->record != row->record)
        kept_finding(audit, S("attachment"), row->id, MSG_audit_row_differs, S("record"));
    else if (!str_eq(known->facts, attachment_facts(audit->scratch, row)))
        kept_finding(audit, S("attachment"), row->id, MSG_audit_attachment, S(""));
    else if (!file_hash(audit, row->id, &hex) || !str_eq(hex, row->sha256))
        kept_finding(audit, S("attachment"), row->id, MSG_audit_file, S(""));
}

static bool files_compare(KeptAudit *audit, Err *err)
{
    const Map *files = &audit->journal->files;
    QAttachmentRow row;
    DbRows rows;
    if (!q_attachment_claimed_open(audit->source->db, &rows, err))
        return false;
    while (q_attachment_claimed_next(&rows, &row)) {
        file_compare(audit, &row);
        arena_reset(audit->scratch);
    }
    for (size_t i = 0; i < files->n; i++) {
        const FileFacts *known = files->slots[i].value;
        if (known->facts.n && !known->seen)
            kept_finding(audit, S("attachment"), files->slots[i].key, MSG_audit_row_missing, S(""));
    }
    return db_rows_close(&rows, err);
}

bool audit_kept(Arena *arena, const AuditSource *source, const Journalled *journal,
                AuditReport *report, Err *err)
{
    KeptAudit audit = {arena, arena_open(), source, journal, report};
    bool done = contacts_compare(&audit, err) && files_compare(&audit, err);
    arena_close(audit.scratch);
    return done;
}
