/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stream.h"

#define FORM_MAX 40

struct Stream {
    Site *site;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    StreamSlot slots[STREAM_SLOTS];
    size_t next; /* slots are used in a ring, so the oldest is the next free one */
    size_t busy;
    Arena *arena; /* of the numbers; under the lock */
    Err err;      /* the first failure */
    Arena *opener;
};

Stream *stream_open(Arena *arena, Site *site)
{
    Stream *stream = NEW(arena, Stream);
    stream->site = site;
    stream->arena = arena_open();
    stream->opener = arena;
    pthread_mutex_init(&stream->lock, NULL);
    pthread_cond_init(&stream->wake, NULL);
    for (size_t i = 0; i < STREAM_SLOTS; i++)
        stream->slots[i] = (StreamSlot){.arena = arena_open(), .stream = stream};
    return stream;
}

void stream_close(Stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    while (stream->busy > 0)
        pthread_cond_wait(&stream->wake, &stream->lock);
    pthread_mutex_unlock(&stream->lock);
    for (size_t i = 0; i < STREAM_SLOTS; i++)
        arena_close(stream->slots[i].arena);
    arena_close(stream->arena);
}

static bool failed(Stream *stream, Err *err)
{
    if (stream->err.code == ERR_NONE)
        return false;
    err_copy(stream->opener, err, &stream->err);
    return true;
}

StreamSlot *stream_slot(Stream *stream, Err *err)
{
    StreamSlot *slot = &stream->slots[stream->next];
    bool stop;
    pthread_mutex_lock(&stream->lock);
    while (slot->busy)
        pthread_cond_wait(&stream->wake, &stream->lock);
    stop = failed(stream, err);
    pthread_mutex_unlock(&stream->lock);
    if (stop)
        return NULL;
    stream->next = (stream->next + 1) % STREAM_SLOTS;
    arena_reset(slot->arena);
    slot->change = (Change){.version = -1};
    slot->change.form.pairs = NEW_ARRAY(slot->arena, FormPair, FORM_MAX);
    slot->clock = 0;
    slot->result = NULL;
    return slot;
}

void slot_form(StreamSlot *slot, Str name, Str text)
{
    FormInput *form = &slot->change.form;
    ASSERT(form->n < FORM_MAX);
    ((FormPair *)(uintptr_t)form->pairs)[form->n++] = (FormPair){name, text};
}

/* On the writer's thread, just before the change is decided. */
static bool slot_set_clock(Db *db, void *context, Err *err)
{
    const StreamSlot *slot = context;
    (void)db;
    (void)err;
    if (slot->clock)
        slot->stream->site->clock_fixed = slot->clock;
    return true;
}

static void slot_keep_error(Stream *stream, const StreamSlot *slot)
{
    const Change *change = &slot->change;
    err_copy(stream->arena, &stream->err, &slot->job.err);
    (void)err_detail(&stream->err, STR(stream->arena, change->kind, " #", change->record, " ",
                                       change->move, " by ", change->actor.name, " at ",
                                       instant_text(stream->arena, change->at)));
}

static void slot_done(Job *job)
{
    StreamSlot *slot = job->waiter;
    Stream *stream = slot->stream;
    pthread_mutex_lock(&stream->lock);
    if (!job->ok && stream->err.code == ERR_NONE)
        slot_keep_error(stream, slot);
    if (job->ok && slot->result) {
        slot->result->number = str_dup(stream->arena, job->result.number);
        slot->result->record = job->result.record;
    }
    slot->busy = false;
    stream->busy--;
    pthread_cond_signal(&stream->wake);
    pthread_mutex_unlock(&stream->lock);
}

bool stream_send(Stream *stream, StreamSlot *slot, Err *err)
{
    slot->job = (Job){.change = &slot->change,
                      .check = slot_set_clock,
                      .context = slot,
                      .arena = slot->arena,
                      .done = slot_done,
                      .waiter = slot};
    pthread_mutex_lock(&stream->lock);
    slot->busy = true;
    stream->busy++;
    pthread_mutex_unlock(&stream->lock);
    if (writer_submit(stream->site->writer, &slot->job, err))
        return true;
    pthread_mutex_lock(&stream->lock);
    slot->busy = false;
    stream->busy--;
    pthread_mutex_unlock(&stream->lock);
    return false;
}

bool stream_wait(Stream *stream, Err *err)
{
    bool stop;
    pthread_mutex_lock(&stream->lock);
    while (stream->busy > 0)
        pthread_cond_wait(&stream->wake, &stream->lock);
    stop = failed(stream, err);
    pthread_mutex_unlock(&stream->lock);
    return !stop;
}

bool stream_wait_for(Stream *stream, const StreamResult *result, Err *err)
{
    bool stop;
    pthread_mutex_lock(&stream->lock);
    while (result->record == 0 && stream->busy > 0 && stream->err.code == ERR_NONE)
        pthread_cond_wait(&stream->wake, &stream->lock);
    stop = failed(stream, err);
    pthread_mutex_unlock(&stream->lock);
    if (stop)
        return false;
    return result->record != 0 || err_set(err, ERR_INTERNAL, MSG_internal_error);
}
