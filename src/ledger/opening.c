/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/opening.h"

#include "base/vec.h"
#include "ledger/bytes.h"

#define LEAF_FORMAT 1

typedef VEC(LeafField) LeafFieldVec;

static const EntryField *find_field(const Entry *entry, bool text, Str name)
{
    for (size_t i = 0; i < entry->field_count; i++) {
        const EntryField *field = &entry->fields[i];
        if (field->text == text && str_eq(field->name, name))
            return field;
    }
    return NULL;
}

bool entry_open_field(Arena *arena, const Entry *entry, bool text, Str name, Opening *ret, Err *err)
{
    const EntryField *field = find_field(entry, text, name);
    if (!field)
        return err_set(err, ERR_NOT_FOUND, MSG_ledger_no_such_field, name);
    if (field->form == FIELD_ERASED)
        return err_set(err, ERR_WRONG, MSG_ledger_field_erased, name);
    Str salt = {(const char *)(text ? entry->text_salt : entry->plain_salt), SALT_SIZE};
    Opening opening = {.text = text, .name = field->name, .value = field->value};
    opening.key = field->form == FIELD_KEYED ? field->hash : hmac_sha256(salt, name);
    opening.leaf_input = entry_leaf_input(arena, entry);
    *ret = opening;
    return true;
}

static void read_header(ByteReader *reader, EntryHeader *header)
{
    reader->failed = take_u8(reader) != LEAF_FORMAT || reader->failed;
    header->sequence = take_i64(reader);
    header->recorded_at = take_i64(reader);
    header->at = take_i64(reader);
    header->actor = take_text(reader, ENTRY_HEADER_MAX);
    header->action = take_text(reader, ENTRY_HEADER_MAX);
    header->profile = take_text(reader, ENTRY_HEADER_MAX);
}

static LeafField read_leaf_field(ByteReader *reader, bool text)
{
    LeafField field = {.text = text};
    reader->failed = take_u8(reader) != (text ? 1 : 0) || reader->failed;
    field.name = take_text(reader, ENTRY_NAME_MAX);
    field.commitment = take_hash(reader);
    return field;
}

bool leaf_input_parse(Arena *arena, Str bytes, LeafInput *ret, Err *err)
{
    ByteReader reader = {.rest = bytes};
    LeafInput input = {0};
    LeafFieldVec fields = {0};
    read_header(&reader, &input.header);
    uint64_t plain = take_u32(&reader), total = plain + take_u32(&reader);
    reader.failed |= total > ENTRY_FIELDS_MAX;
    for (uint64_t i = 0; i < total && !reader.failed; i++)
        *vec_push(arena, &fields) = read_leaf_field(&reader, i >= plain);
    if (!take_done(&reader))
        return err_set(err, ERR_WRONG, MSG_ledger_leaf_unreadable);
    input.fields = fields.p;
    input.field_count = fields.n;
    *ret = input;
    return true;
}

bool opening_check(Arena *scratch, const Opening *opening, const Hash *leaf, Err *err)
{
    LeafInput input = {0};
    Leaf actual = leaf_of_input(opening->leaf_input);
    if (!hash_eq(&actual.sha256, leaf))
        return err_set(err, ERR_WRONG, MSG_ledger_opening_other_leaf);
    if (!leaf_input_parse(scratch, opening->leaf_input, &input, err))
        return false;
    EntryField field = {.name = opening->name,
                        .value = opening->value,
                        .text = opening->text,
                        .form = FIELD_KEYED,
                        .hash = opening->key};
    Hash committed = entry_commitment(&(Entry){0}, &field);
    for (size_t i = 0; i < input.field_count; i++) {
        const LeafField *known = &input.fields[i];
        if (known->text == opening->text && str_eq(known->name, opening->name) &&
            hash_eq(&known->commitment, &committed))
            return true;
    }
    return err_set(err, ERR_WRONG, MSG_ledger_opening_other_value, opening->name);
}
