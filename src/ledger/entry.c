/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/entry.h"
#include "ledger/bytes.h"

#define LEAF_FORMAT 1

/* ---- order and limits ---- */

static int compare_fields(const void *a, const void *b)
{
    const EntryField *left = a, *right = b;
    if (left->text != right->text)
        return left->text ? 1 : -1;
    return str_cmp(left->name, right->name);
}

static bool header_fits(const EntryHeader *header)
{
    return header->sequence >= 1 && header->actor.n <= ENTRY_HEADER_MAX &&
           header->action.n <= ENTRY_HEADER_MAX && header->profile.n <= ENTRY_HEADER_MAX;
}

static bool field_fits(const EntryField *field)
{
    return field->name.n >= 1 && field->name.n <= ENTRY_NAME_MAX &&
           field->value.n <= ENTRY_VALUE_MAX && (field->form != FIELD_ERASED || !field->value.n);
}

bool entry_check(const Entry *entry, Err *err)
{
    bool fits = header_fits(&entry->header) && entry->field_count <= ENTRY_FIELDS_MAX;
    for (size_t i = 0; fits && i < entry->field_count; i++) {
        fits = field_fits(&entry->fields[i]);
        if (i > 0)
            fits = fits && compare_fields(&entry->fields[i - 1], &entry->fields[i]) < 0;
    }
    if (fits)
        return true;
    char room[BYTES_NUMBER_MAX];
    return err_set(err, ERR_WRONG, MSG_ledger_entry_wrong,
                   bytes_number(room, entry->header.sequence));
}

/* ---- leaf ---- */

static Str salt_bytes(const uint8_t *salt)
{
    return (Str){(const char *)salt, SALT_SIZE};
}

/* A commitment when the key of the part is prepared. */
static Hash commitment(const HmacKey *part, const EntryField *field)
{
    if (field->form == FIELD_ERASED)
        return field->hash;
    Hash key = field->form == FIELD_KEYED ? field->hash : hmac_with(part, field->name);
    Sha256 digest = sha256_begin();
    sha256_add(&digest, hash_bytes(&key));
    sha256_add(&digest, field->value);
    return sha256_end(&digest);
}

Hash entry_commitment(const Entry *entry, const EntryField *field)
{
    HmacKey part = hmac_key(salt_bytes(field->text ? entry->text_salt : entry->plain_salt));
    return commitment(&part, field);
}

static size_t count_text(const Entry *entry)
{
    size_t count = 0;
    for (size_t i = 0; i < entry->field_count; i++)
        count += entry->fields[i].text;
    return count;
}

static void write_header(Buf *buf, const Entry *entry)
{
    const EntryHeader *header = &entry->header;
    size_t text = count_text(entry);
    buf_byte(buf, LEAF_FORMAT);
    bytes_i64(buf, header->sequence);
    bytes_i64(buf, header->recorded_at);
    bytes_i64(buf, header->at);
    bytes_text(buf, header->actor);
    bytes_text(buf, header->action);
    bytes_text(buf, header->profile);
    bytes_u32(buf, (uint32_t)(entry->field_count - text));
    bytes_u32(buf, (uint32_t)text);
}

Str entry_leaf_input(Arena *arena, const Entry *entry)
{
    Buf buf = buf_open(arena);
    HmacKey plain = hmac_key(salt_bytes(entry->plain_salt));
    HmacKey text = hmac_key(salt_bytes(entry->text_salt));
    write_header(&buf, entry);
    for (size_t i = 0; i < entry->field_count; i++) {
        const EntryField *field = &entry->fields[i];
        Hash committed = commitment(field->text ? &text : &plain, field);
        buf_byte(&buf, field->text ? 1 : 0);
        bytes_text(&buf, field->name);
        bytes_hash(&buf, &committed);
    }
    return buf_str(&buf);
}

Leaf leaf_of_input(Str leaf_input)
{
    static const char zero[1] = {0};
    Str pieces[] = {{zero, 1}, leaf_input};
    Sha256 digest = sha256_begin();
    sha256_add(&digest, pieces[0]);
    sha256_add(&digest, pieces[1]);
    return (Leaf){.sha256 = sha256_end(&digest), .sm3 = hash_sm3_pieces(pieces, COUNT_OF(pieces))};
}

Leaf entry_leaf(Arena *scratch, const Entry *entry)
{
    ArenaMark mark = arena_mark(scratch);
    Leaf leaf = leaf_of_input(entry_leaf_input(scratch, entry));
    arena_rewind(scratch, mark);
    return leaf;
}
