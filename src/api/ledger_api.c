/* SPDX-License-Identifier: Apache-2.0 */
/* Tree heads and proofs, for anyone. Proofs are over what a signed head covers; hashes are in
 * lower-case hexadecimal. */
#include "api/answer.h"
#include "api/handlers.h"
#include "base/number.h"
#include "change/journal.h"
#include "ledger/checkpoint.h"
#include "ledger/proof.h"

#include "query.h"

#define HEADS_DEFAULT 20
#define HEADS_MAX     200

static bool last_head(Visit *visit, QTreeHeadRow *ret_head, Err *err)
{
    bool found = false;
    if (!q_tree_head_last(visit->db, visit->arena, ret_head, &found, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, MSG_api_no_checkpoint);
}

HttpOutcome api_ledger_checkpoint(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    QTreeHeadRow head;
    Err err = {0};
    if (!last_head(visit, &head, &err))
        return http_fail(request, response, &err);
    response->content_type = S("text/plain; charset=utf-8");
    buf_add(&response->body, head.note);
    return HTTP_DONE;
}

static Str hex(Arena *arena, Str bytes)
{
    Buf text = buf_open(arena);
    buf_hex(&text, bytes.p, bytes.n);
    return buf_str(&text);
}

static void write_head(Json *json, Arena *arena, const QTreeHeadRow *head)
{
    json_object_begin(json);
    json_field_int(json, S("size"), head->size);
    json_field_str(json, S("root"), hex(arena, head->root));
    json_field_str(json, S("root_sm3"), hex(arena, head->root_sm3));
    json_field_instant(json, S("signed_at"), head->signed_at);
    json_field_str(json, S("note"), head->note);
    json_object_end(json);
}

static int64_t number_of(const HttpRequest *request, Str name, int64_t otherwise)
{
    int64_t number;
    return int_parse(http_query(request, name), &number) ? number : otherwise;
}

HttpOutcome api_ledger_heads(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    int64_t limit = MAX(1, MIN(number_of(request, S("limit"), HEADS_DEFAULT), HEADS_MAX));
    QTreeHeadRow *heads;
    size_t count;
    Err err = {0};
    Json json;
    if (!q_tree_head_list_all(visit->db, visit->arena, limit, &heads, &count, &err))
        return http_fail(request, response, &err);
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_array_begin(&json, S("heads"));
    for (size_t i = 0; i < count; i++)
        write_head(&json, visit->arena, &heads[i]);
    json_array_end(&json);
    json_object_end(&json);
    return answer_close(response, &json);
}

HttpOutcome api_ledger_key(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    SigningKey key = signing_key(visit->site->keys.sign);
    VerifyKey verify = {0};
    Checkpoint checkpoint;
    QTreeHeadRow head;
    Err err = {0};
    memcpy(verify.public_key, key.public_key, sizeof verify.public_key);
    signing_key_close(&key);
    /* The note's text: what stands before the empty line, with its last newline. */
    if (!last_head(visit, &head, &err))
        return http_fail(request, response, &err);
    if (!checkpoint_parse(visit->arena,
                          str_slice(head.note, 0, str_find(head.note, S("\n\n"), 0) + 1),
                          &checkpoint, &err))
        return http_fail(request, response, &err);
    verify.name = checkpoint.origin;
    response->content_type = S("text/plain; charset=utf-8");
    TEXT(&response->body, verify_key_text(visit->arena, &verify), "\n");
    return HTTP_DONE;
}

/* ---- proofs ---- */

static void write_proof(Json *json, Arena *arena, const Proof *proof)
{
    json_field_array_begin(json, S("proof"));
    for (size_t i = 0; i < proof->n; i++)
        json_str(json, hash_text(arena, &proof->p[i]));
    json_array_end(json);
}

/* The last entry of the record with that number, if the head covers it. */
static bool sequence_of_number(Visit *visit, Str number, int64_t size, int64_t *ret_sequence,
                               Err *err)
{
    Record record;
    QRecordEntries *rows;
    size_t count;
    bool found;
    if (!record_find(visit->arena, visit->db, number, &record, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, MSG_view_no_such_record);
    if (!q_record_entries_all(visit->db, visit->arena, record.id, &rows, &count, err))
        return false;
    *ret_sequence = 0;
    for (size_t i = 0; i < count; i++)
        if (rows[i].sequence <= size)
            *ret_sequence = rows[i].sequence;
    return true;
}

static bool size_asked(const HttpRequest *request, const QTreeHeadRow *head, int64_t *ret_size,
                       Err *err)
{
    *ret_size = number_of(request, S("size"), head->size);
    return (*ret_size >= 1 && *ret_size <= head->size) ||
           err_set(err, ERR_BAD_REQUEST, MSG_api_proof_size, STR(request->arena, head->size));
}

static bool write_inclusion(Visit *visit, HttpResponse *response, const QTreeHeadRow *head,
                            Err *err)
{
    const HttpRequest *request = visit->request;
    JournalTiles tiles = {visit->db, visit->arena};
    TileSource source = journal_tiles(&tiles);
    Str number = http_query(request, S("number"));
    int64_t sequence = number_of(request, S("sequence"), 0), size;
    QEntryRow entry;
    bool found = false;
    Proof proof;
    Hash root;
    Json json;
    if (!size_asked(request, head, &size, err) ||
        (number.n && !sequence_of_number(visit, number, size, &sequence, err)))
        return false;
    if (sequence >= 1 && sequence <= size &&
        !q_entry_get(visit->db, visit->arena, sequence, &entry, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, MSG_api_no_such_entry, STR(visit->arena, sequence));
    if (!proof_inclusion(visit->arena, &source, (uint64_t)sequence - 1, (uint64_t)size, &proof,
                         err) ||
        !proof_root(visit->arena, &source, (uint64_t)size, &root, err))
        return false;
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_str(&json, S("type"), S("inclusion"));
    json_field_int(&json, S("sequence"), sequence);
    json_field_int(&json, S("leaf_index"), sequence - 1);
    json_field_int(&json, S("tree_size"), size);
    json_field_str(&json, S("leaf"), hex(visit->arena, entry.leaf));
    json_field_str(&json, S("root"), hash_text(visit->arena, &root));
    write_proof(&json, visit->arena, &proof);
    json_object_end(&json);
    answer_close(response, &json);
    return true;
}

static bool write_consistency(Visit *visit, HttpResponse *response, const QTreeHeadRow *head,
                              Err *err)
{
    const HttpRequest *request = visit->request;
    JournalTiles tiles = {visit->db, visit->arena};
    TileSource source = journal_tiles(&tiles);
    int64_t from = number_of(request, S("from"), -1);
    int64_t to = number_of(request, S("to"), head->size);
    Proof proof;
    Hash first, second;
    Json json;
    if (from < 0 || from > to || to > head->size)
        return err_set(err, ERR_BAD_REQUEST, MSG_api_proof_size, STR(visit->arena, head->size));
    if (!proof_consistency(visit->arena, &source, (uint64_t)from, (uint64_t)to, &proof, err) ||
        !proof_root(visit->arena, &source, (uint64_t)from, &first, err) ||
        !proof_root(visit->arena, &source, (uint64_t)to, &second, err))
        return false;
    json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_str(&json, S("type"), S("consistency"));
    json_field_int(&json, S("from"), from);
    json_field_int(&json, S("to"), to);
    json_field_str(&json, S("from_root"), hash_text(visit->arena, &first));
    json_field_str(&json, S("to_root"), hash_text(visit->arena, &second));
    write_proof(&json, visit->arena, &proof);
    json_object_end(&json);
    answer_close(response, &json);
    return true;
}

HttpOutcome api_ledger_proof(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    bool entry = http_query(request, S("sequence")).n || http_query(request, S("number")).n;
    bool range = http_query(request, S("from")).n > 0;
    QTreeHeadRow head;
    Err err = {0};
    if (entry == range) {
        err_set(&err, ERR_BAD_REQUEST, MSG_api_proof_query);
        return http_fail(request, response, &err);
    }
    if (!last_head(visit, &head, &err) ||
        !(entry ? write_inclusion(visit, response, &head, &err)
                : write_consistency(visit, response, &head, &err)))
        return http_fail(request, response, &err);
    return HTTP_DONE;
}
