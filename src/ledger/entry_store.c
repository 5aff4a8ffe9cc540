/* SPDX-License-Identifier: Apache-2.0 */
/* entry_store.c - the columns `plain` and `text` of an entry; format in doc/ledger-format.md. */
#include "base/vec.h"
#include "ledger/bytes.h"
#include "ledger/entry.h"

#define PART_FORMAT 1

typedef VEC(EntryField) FieldVec;

static void write_field(Buf *buf, const EntryField *field)
{
    buf_byte(buf, (char)field->form);
    bytes_text(buf, field->name);
    if (field->form != FIELD_VALUE)
        bytes_hash(buf, &field->hash);
    if (field->form != FIELD_ERASED)
        bytes_text(buf, field->value);
}

Str entry_write_part(Arena *arena, const Entry *entry, bool text)
{
    Buf buf = buf_open(arena);
    uint32_t count = 0;
    for (size_t i = 0; i < entry->field_count; i++)
        count += entry->fields[i].text == text;
    buf_byte(&buf, PART_FORMAT);
    bytes_u32(&buf, count);
    for (size_t i = 0; i < entry->field_count; i++) {
        if (entry->fields[i].text == text)
            write_field(&buf, &entry->fields[i]);
    }
    return buf_str(&buf);
}

static EntryField read_field(ByteReader *reader, bool text)
{
    EntryField field = {.text = text};
    uint8_t form = take_u8(reader);
    reader->failed |= form > FIELD_KEYED;
    /* Only text is ever erased. */
    reader->failed |= form != FIELD_VALUE && !text;
    field.form = (FieldForm)form;
    field.name = take_text(reader, ENTRY_NAME_MAX);
    if (field.form != FIELD_VALUE)
        field.hash = take_hash(reader);
    if (field.form != FIELD_ERASED)
        field.value = take_text(reader, ENTRY_VALUE_MAX);
    return field;
}

static bool read_part(Arena *arena, FieldVec *fields, Str bytes, bool text)
{
    ByteReader reader = {.rest = bytes};
    reader.failed = take_u8(&reader) != PART_FORMAT || reader.failed;
    uint32_t count = take_u32(&reader);
    reader.failed |= count > ENTRY_FIELDS_MAX;
    for (uint32_t i = 0; i < count && !reader.failed; i++)
        *vec_push(arena, fields) = read_field(&reader, text);
    return take_done(&reader);
}

bool entry_read_parts(Arena *arena, Entry *entry, Str plain, Str text, Err *err)
{
    FieldVec fields = {0};
    char room[BYTES_NUMBER_MAX];
    if (!read_part(arena, &fields, plain, false) || !read_part(arena, &fields, text, true))
        return err_set(err, ERR_WRONG, MSG_ledger_entry_wrong,
                       bytes_number(room, entry->header.sequence));
    Entry read = *entry;
    read.fields = fields.p;
    read.field_count = fields.n;
    if (!entry_check(&read, err))
        return false;
    *entry = read;
    return true;
}

/* ---- erasing ---- */

static bool erases(const EntryField *field, Str prefix)
{
    return field->text && field->form != FIELD_ERASED && str_starts(field->name, prefix);
}

static bool erases_any(const Entry *entry, Str prefix)
{
    for (size_t i = 0; i < entry->field_count; i++) {
        if (erases(&entry->fields[i], prefix))
            return true;
    }
    return false;
}

size_t entry_erase(Entry *entry, Str prefix)
{
    if (!erases_any(entry, prefix))
        return 0;
    size_t erased = 0;
    Str salt = {(const char *)entry->text_salt, SALT_SIZE};
    for (size_t i = 0; i < entry->field_count; i++) {
        EntryField *field = &entry->fields[i];
        if (erases(field, prefix)) {
            field->hash = entry_commitment(entry, field);
            field->form = FIELD_ERASED;
            field->value = (Str){0};
            erased++;
        } else if (field->text && field->form == FIELD_VALUE) {
            /* The salt would let anyone try short values of the erased fields: it must go, and
             * what stays readable keeps the one key it needs. */
            field->hash = hmac_sha256(salt, field->name);
            field->form = FIELD_KEYED;
        }
    }
    memset(entry->text_salt, 0, SALT_SIZE);
    return erased;
}
