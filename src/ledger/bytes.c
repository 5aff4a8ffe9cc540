/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/bytes.h"

void bytes_u32(Buf *buf, uint32_t number)
{
    uint8_t bytes[4];
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(number >> (24 - 8 * i));
    buf_bytes(buf, bytes, sizeof(bytes));
}

void bytes_u64(Buf *buf, uint64_t number)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(number >> (56 - 8 * i));
    buf_bytes(buf, bytes, sizeof(bytes));
}

void bytes_i64(Buf *buf, int64_t number)
{
    bytes_u64(buf, (uint64_t)number);
}

void bytes_text(Buf *buf, Str text)
{
    ASSERT(text.n <= UINT32_MAX);
    bytes_u32(buf, (uint32_t)text.n);
    buf_add(buf, text);
}

void bytes_hash(Buf *buf, const Hash *hash)
{
    buf_bytes(buf, hash->bytes, HASH_SIZE);
}

Str bytes_number(char room[BYTES_NUMBER_MAX], int64_t number)
{
    /* A Buf that is as large as it may become never asks its arena. */
    Buf buf = {.p = room, .capacity = BYTES_NUMBER_MAX, .max = BYTES_NUMBER_MAX};
    buf_int(&buf, number);
    return buf_str(&buf);
}

static Str take(ByteReader *reader, size_t size)
{
    if (reader->failed || reader->rest.n < size) {
        reader->failed = true;
        return (Str){0};
    }
    Str taken = {reader->rest.p, size};
    reader->rest = (Str){reader->rest.p + size, reader->rest.n - size};
    return taken;
}

static uint64_t read_number(ByteReader *reader, size_t size)
{
    Str bytes = take(reader, size);
    uint64_t number = 0;
    for (size_t i = 0; i < bytes.n; i++)
        number = number << 8 | (uint8_t)bytes.p[i];
    return number;
}

uint8_t take_u8(ByteReader *reader)
{
    return (uint8_t)read_number(reader, 1);
}

uint32_t take_u32(ByteReader *reader)
{
    return (uint32_t)read_number(reader, 4);
}

uint64_t take_u64(ByteReader *reader)
{
    return read_number(reader, 8);
}

int64_t take_i64(ByteReader *reader)
{
    return (int64_t)read_number(reader, 8);
}

Str take_text(ByteReader *reader, size_t max)
{
    uint32_t size = take_u32(reader);
    if (size > max)
        reader->failed = true;
    return take(reader, size);
}

Hash take_hash(ByteReader *reader)
{
    Hash hash = {{0}};
    Str bytes = take(reader, HASH_SIZE);
    if (bytes.n == HASH_SIZE)
        memcpy(hash.bytes, bytes.p, HASH_SIZE);
    return hash;
}

bool take_done(const ByteReader *reader)
{
    return !reader->failed && reader->rest.n == 0;
}
