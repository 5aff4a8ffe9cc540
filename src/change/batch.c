/* SPDX-License-Identifier: Apache-2.0 */
#include "change/batch.h"

#include "change/adopt.h"
#include "change/flush.h"
#include "change/fold.h"
#include "change/keep.h"
#include "change/recount_bridge.h"
#include "ledger/digest.h"

#include "query.h"

typedef struct Pass {
    Batch *batch;
    const Office *office;
    SiteState state;
    Journal journal; /* a copy until the commit */
    Map keys;        /* actor and key → Job*, of this batch */
    VEC(JournalEntry) entries;
    VEC(const Draft *) drafts;
    bool office_changes;
    Office *next; /* as it will stand; NULL when nothing changes it */
    bool renames; /* records take the words of another profile: nothing happens to them */
    bool undone;  /* housekeeping was refused: nothing to commit */
    bool broken;  /* a decided change could not be folded: nothing may be committed */
} Pass;

/* A file that is sent again is stored again and gets another id: what the bytes are counts. */
static Str pair_digest_text(const Pass *pass, Str text)
{
    Arena *arena = pass->batch->arena;
    QAttachmentRow row;
    bool found = false;
    Err ignored = {0};
    if (text.n != ATTACHMENT_ID_SIZE ||
        !q_attachment_get(pass->batch->db, arena, text, &row, &found, &ignored) || !found)
        return text;
    return attachment_facts(arena, &row);
}

/* Keyed: a form may hold a contact, and few enough telephone numbers exist that a plain hash beside
 * the journal would give it away, also after it was erased. */
static Str form_digest(const Pass *pass, const Change *change)
{
    Arena *arena = pass->batch->arena;
    char *keyed = arena_alloc(arena, SECRET_SIZE);
    Sha256 digest = sha256_begin();
    Hash hash;
    sha256_add(&digest, STR(arena, change->kind, " ", change->record, " ", change->move, " ",
                            change->version, " ", change->at, " ", change->frozen.n, "\n"));
    for (size_t i = 0; i < change->form.n; i++) {
        const FormPair *pair = &change->form.pairs[i];
        Str text = pair_digest_text(pass, pair->text);
        if (pair->name.n && pair->name.p[0] != '_')
            sha256_add(&digest, STR(arena, pair->name, "=", text.n, ":", text, "\n"));
    }
    hash = sha256_end(&digest);
    crypto_keyed_hash(pass->batch->site->keys.code, STR(arena, "repeat:", hash_bytes(&hash)),
                      (uint8_t *)keyed, SECRET_SIZE);
    return (Str){keyed, SECRET_SIZE};
}

static bool result_fill(Pass *pass, Job *job, int64_t record_id, int64_t sequence, Err *err)
{
    StateRecord *record = state_find(&pass->state, record_id, err);
    const Values *values;
    if (!record)
        return false;
    values = &record->now.values;
    job->result.record = record_id;
    job->result.sequence = sequence;
    job->result.number = str_dup(job->arena, values_text(values, S("number")));
    job->result.status = str_dup(job->arena, values_text(values, S("status")));
    job->result.pending = values_text(values, S("pending")).n > 0;
    if (job->change->actor.type == ACTOR_PUBLIC)
        job->result.code = site_query_code(job->arena, pass->batch->site, record_id);
    return true;
}

static Str key_name(Arena *arena, const Change *change)
{
    return STR(arena, change->key_is_shared ? S("") : change->actor.name, "\n", change->key);
}

typedef struct FirstAnswer {
    int64_t record;
    int64_t sequence;
    Str form_hash;
} FirstAnswer;

/* What the change under this key came to, in this batch or before it. */
static bool first_answer(Pass *pass, const Change *change, FirstAnswer *ret_first, bool *ret_found,
                         Err *err)
{
    Arena *arena = pass->batch->arena;
    const Job *job = map_find(&pass->keys, key_name(arena, change));
    QEntryByKey own;
    QEntryBySharedKey shared;
    *ret_found = job != NULL;
    if (job) {
        *ret_first =
            (FirstAnswer){job->result.record, job->result.sequence, form_digest(pass, job->change)};
        return true;
    }
    if (change->key_is_shared) {
        if (!q_entry_by_shared_key(pass->batch->db, arena, change->key, &shared, ret_found, err))
            return false;
        if (*ret_found)
            *ret_first = (FirstAnswer){shared.record, shared.sequence, shared.form_hash};
        return true;
    }
    if (!q_entry_by_key(pass->batch->db, arena, change->actor.name, change->key, &own, ret_found,
                        err))
        return false;
    if (*ret_found)
        *ret_first = (FirstAnswer){own.record, own.sequence, own.form_hash};
    return true;
}

/* The same key again: the first answer, or 409 when the form is another. */
static bool repeat_answer(Pass *pass, Job *job, Str digest, bool *ret_repeated, Err *err)
{
    FirstAnswer first;
    *ret_repeated = false;
    if (job->change->key.n == 0)
        return true;
    if (!first_answer(pass, job->change, &first, ret_repeated, err))
        return false;
    if (!*ret_repeated)
        return true;
    if (!str_eq(first.form_hash, digest))
        return err_set(err, ERR_CONFLICT, MSG_key_with_other_form);
    job->result.repeated = true;
    return result_fill(pass, job, first.record, first.sequence, err);
}

/* Setting up an office from a list: what is added looks at what was added a moment before it
 * through the batch's own state. The owner of the folder may therefore add many in one batch;
 * everybody else's next change sees a new office. */
static bool change_needs_no_office(const Office *office, const Change *change)
{
    const Kind *kind = profile_kind(office->profile, change->kind);
    if (change->actor.type != ACTOR_CLI)
        return false;
    if (change->record == 0)
        return kind && kind->makes_office;
    return str_eq(change->move, S("grant"));
}

static bool draft_changes_office(const Draft *draft)
{
    for (size_t i = 0; i < draft->records.n; i++) {
        const DraftRecord *record = draft->records.slots[i].value;
        if (record->kind && record->kind->makes_office)
            return true;
    }
    return false;
}

static bool pass_append(Pass *pass, Draft *draft, const Decision *decision, Str key, Str digest,
                        Err *err)
{
    JournalEntry entry;
    if (!journal_append(&pass->journal, draft, decision, &entry, err))
        return false;
    entry.entry.header.key = key;
    entry.entry.header.form_hash = key.n ? digest : S("");
    *vec_push(pass->batch->arena, &pass->entries) = entry;
    *vec_push(pass->batch->arena, &pass->drafts) = draft;
    return fold_entry(&pass->state, &entry.entry, err);
}

static bool pass_change(Pass *pass, Job *job, Err *err)
{
    Arena *arena = pass->batch->arena;
    Site *site = pass->batch->site;
    const Change *change = job->change;
    Draft *draft = NEW(arena, Draft);
    Str digest = change->key.n ? form_digest(pass, change) : S("");
    Decision decision;
    bool repeated;
    if (!pass->office)
        return err_set(err, ERR_ENVIRONMENT, MSG_office_no_site);
    if (!repeat_answer(pass, job, digest, &repeated, err) || repeated)
        return err->code == ERR_NONE;
    if (job->check && !job->check(pass->batch->db, job->context, err))
        return false;
    *draft = (Draft){.arena = arena,
                     .state = &pass->state,
                     .office = pass->office,
                     .random = &site->random,
                     .now = site_now(site),
                     .records = map_open(arena)};
    if (!decide(draft, change, &decision, err))
        return false;
    if (!pass_append(pass, draft, &decision, change->key, digest, err) ||
        !result_fill(pass, job, decision.record, pass->journal.sequence, err)) {
        pass->broken = true;
        return false;
    }
    if (change->key.n)
        map_set(&pass->keys, key_name(arena, change), job);
    pass->office_changes |= draft_changes_office(draft);
    return true;
}

static bool pass_flush(Pass *pass, Err *err)
{
    Batch *batch = pass->batch;
    if (pass->entries.n == 0)
        return true;
    if (!flush_state(&pass->state, batch->db, &pass->office->orgs, err) ||
        !count_state(&pass->state, batch->db, pass->office->profile,
                     pass->renames ? NULL : pass->office, err))
        return false;
    for (size_t i = 0; i < pass->entries.n; i++) {
        const JournalEntry *entry = &pass->entries.p[i];
        if (!journal_put(batch->arena, batch->db, batch->site->keys.code, entry, err) ||
            !keep_draft(batch->site, batch->db, pass->drafts.p[i], entry->entry.header.sequence,
                        err))
            return false;
    }
    return journal_put_state(batch->arena, batch->db, &pass->journal, err);
}

/* One entry's worth of records, written in the words of the profile to come. What it takes of
 * memory goes with it: there may be a hundred thousand. */
static bool pass_rename(Pass *pass, const IdVec *renamed, size_t *at, Err *err)
{
    Batch batch = *pass->batch;
    Pass part = {.batch = &batch, .office = pass->next, .journal = pass->journal, .renames = true};
    Decision decision = {.action = S("site.adopt")};
    Instant now = site_now(batch.site);
    Draft draft;
    bool done;
    batch.arena = arena_open();
    part.state = state_open(batch.arena, batch.db);
    draft = (Draft){.arena = batch.arena,
                    .state = &part.state,
                    .office = part.office,
                    .actor = pass->drafts.p[pass->drafts.n - 1]->actor,
                    .random = &batch.site->random,
                    .at = now,
                    .now = now,
                    .records = map_open(batch.arena)};
    decision.record = renamed->p[*at]; /* the first of them */
    done = adopt_draft(&draft, renamed, at, err) &&
           pass_append(&part, &draft, &decision, S(""), S(""), err) && pass_flush(&part, err);
    arena_close(batch.arena);
    pass->journal = part.journal;
    return done;
}

/* The office is made from records, and some have just been written. */
static bool pass_load_again(Pass *pass, Err *err)
{
    Office *office;
    if (!office_load(pass->batch->db, pass->next, &office, err))
        return false;
    office_drop(pass->next);
    pass->next = office;
    return true;
}

/* New definitions are counted before anybody can ask for them; what is renamed after that counts
 * as any change does. */
static bool pass_adopt(Pass *pass, Err *err)
{
    const Profile *old = pass->office->profile, *next = pass->next->profile;
    Batch *batch = pass->batch;
    RecountSource source = recount_source(batch->db);
    IdVec renamed = {0};
    if (next == old)
        return true;
    if (!adopt_check(batch->arena, batch->db, old, next, &renamed, err) ||
        !recount_changed(batch->arena, batch->db, old, next, &source, err))
        return false;
    for (size_t at = 0; at < renamed.n;)
        if (!pass_rename(pass, &renamed, &at, err))
            return false;
    return renamed.n == 0 || pass_load_again(pass, err);
}

/* The office as it will stand is loaded inside the transaction: a change that would leave one that
 * cannot be loaded, or records that do not fit it, is undone. */
static bool pass_office(Pass *pass, Err *err)
{
    if (!pass->office_changes)
        return true;
    if (office_load(pass->batch->db, pass->office, &pass->next, err))
        return pass_adopt(pass, err);
    if (err->message != MSG_office_no_site)
        return false;
    err_clear(err); /* a site that is being made adopts its first profile later */
    return true;
}

/* Housekeeping has no draft to throw away: it runs in a transaction of its own, so that a refused
 * one leaves nothing behind either. */
static bool pass_stops_before(const Pass *pass, const Job *job, size_t taken)
{
    if (!job->change)
        return taken > 0;
    return pass->office_changes && !change_needs_no_office(pass->office, job->change);
}

static void pass_jobs(Pass *pass, Job *const *jobs, size_t count, size_t *ret_taken)
{
    size_t taken = 0;
    while (taken < count && !pass->broken && !pass_stops_before(pass, jobs[taken], taken)) {
        Job *job = jobs[taken++];
        Err err = {0};
        job->result = (ChangeResult){0};
        job->ok = job->change
                      ? pass_change(pass, job, &err)
                      : job->housekeep(pass->batch->db, pass->batch->arena, job->context, &err);
        err_copy(job->arena, &job->err, &err);
        if (!job->change) {
            pass->undone = !job->ok;
            break;
        }
    }
    *ret_taken = taken;
}

static bool pass_commit(Pass *pass, Err *err)
{
    if (pass->broken)
        return err_set(err, ERR_INTERNAL, MSG_internal_error);
    return pass_flush(pass, err) && pass_office(pass, err) && db_commit(pass->batch->db, err);
}

bool batch_run(Batch *batch, Job *const *jobs, size_t count, size_t *ret_taken, Err *err)
{
    Office *office = site_office(batch->site);
    Pass pass = {.batch = batch,
                 .office = office,
                 .state = state_open(batch->arena, batch->db),
                 .journal = *batch->journal,
                 .keys = map_open(batch->arena)};
    bool done = false;
    if (db_begin(batch->db, err)) {
        done = journal_follow_head(&pass.journal, batch->arena, batch->db, err);
        if (done)
            pass_jobs(&pass, jobs, count, ret_taken);
        done = done && !pass.undone && pass_commit(&pass, err);
        if (!done)
            db_rollback(batch->db);
    }
    if (done)
        *batch->journal = pass.journal;
    if (done && pass.next)
        site_swap(batch->site, pass.next);
    else
        office_drop(pass.next);
    office_drop(office);
    return done || pass.undone;
}
