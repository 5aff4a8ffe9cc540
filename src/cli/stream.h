/* SPDX-License-Identifier: Apache-2.0 */
/* stream.h - many changes handed to the writer without waiting for each: an office's organisations,
 * a demo site's year. At most STREAM_SLOTS are under way; the writer takes them in the order sent.
 *
 * Threads: one thread sends; results are written by the writer's thread and read after
 * stream_wait or stream_wait_for.
 */
#ifndef TONGXIN_CLI_STREAM_H
#define TONGXIN_CLI_STREAM_H

#include "change/writer.h"

#define STREAM_SLOTS 256

typedef struct Stream Stream;

/* What a later change needs to know of an earlier one. */
typedef struct StreamResult {
    int64_t record; /* 0: not answered yet */
    Str number;
} StreamResult;

typedef struct StreamSlot {
    Arena *arena;         /* for the change and its form; emptied when the slot is used again */
    Change change;        /* filled in by the sender */
    Instant clock;        /* the site's clock stands here when it is decided; 0: as it goes */
    StreamResult *result; /* where the answer goes; NULL: nowhere. Lives as long as the stream */
    /* of the stream: */
    Stream *stream;
    Job job;
    bool busy;
} StreamSlot;

/* `site` is open for writing; the stream must be closed before it. What fails is told in `arena`,
 * so that an Err outlives the stream. */
Stream *stream_open(Arena *arena, Site *site);
/* Waits for what is under way. Errors that stream_wait did not report are lost. */
void stream_close(Stream *stream);

/* A free slot with an empty change; waits for one. NULL when an earlier change failed. */
StreamSlot *stream_slot(Stream *stream, Err *err);
NODISCARD bool stream_send(Stream *stream, StreamSlot *slot, Err *err);
/* Until everything sent was answered; false with the first error. */
NODISCARD bool stream_wait(Stream *stream, Err *err);
/* Until this result is there. */
NODISCARD bool stream_wait_for(Stream *stream, const StreamResult *result, Err *err);

/* Adds a pair to the slot's form; texts live in the slot's arena or longer. At most 40. */
void slot_form(StreamSlot *slot, Str name, Str text);

#endif
