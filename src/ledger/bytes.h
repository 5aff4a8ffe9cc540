/* SPDX-License-Identifier: Apache-2.0 */
/* bytes.h - the byte forms of the journal: big-endian numbers and length-prefixed texts. Not for
 * other rooms; doc/ledger-format.md says what is written where. */
#ifndef TONGXIN_LEDGER_BYTES_H
#define TONGXIN_LEDGER_BYTES_H

#include "ledger/digest.h"

/* Big-endian numbers. */
void bytes_u32(Buf *buf, uint32_t number);
void bytes_u64(Buf *buf, uint64_t number);
void bytes_i64(Buf *buf, int64_t number); /* two's complement */
/* u32 length, then the bytes. */
void bytes_text(Buf *buf, Str text);
/* The 32 bytes. */
void bytes_hash(Buf *buf, const Hash *hash);

#define BYTES_NUMBER_MAX 24
/* `number` in decimal, in `room`: for the words of an error where there is no arena. */
Str bytes_number(char room[BYTES_NUMBER_MAX], int64_t number);

/* Takes things off `rest`; `failed` is sticky, and after it everything reads as zero. */
typedef struct ByteReader {
    Str rest;
    bool failed;
} ByteReader;

/* Big-endian numbers. */
uint8_t take_u8(ByteReader *reader);
uint32_t take_u32(ByteReader *reader);
uint64_t take_u64(ByteReader *reader);
int64_t take_i64(ByteReader *reader);
/* A view into the bytes; fails past `max` bytes. */
Str take_text(ByteReader *reader, size_t max);
/* The next 32 bytes. */
Hash take_hash(ByteReader *reader);
/* True when nothing failed and nothing is left. */
bool take_done(const ByteReader *reader);

#endif
