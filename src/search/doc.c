/* SPDX-License-Identifier: Apache-2.0 */
/* What a record is to the index: its text and who may find it. */
#include "base/number.h"
#include "ledger/entry.h"
#include "search/search_store.h"

#include "query.h"

static bool is_indexed(const Field *field)
{
    return field->type == FIELD_TEXT || field->type == FIELD_LONG_TEXT;
}

Str store_fields(Arena *arena, const Profile *profile)
{
    Buf text = buf_open(arena);
    for (size_t i = 0; i < profile->n_kinds; i++) {
        const Kind *kind = &profile->kinds[i];
        if (!kind->searchable)
            continue;
        TEXT(&text, kind->name, ":");
        for (size_t j = 0; j < kind->n_fields; j++)
            if (is_indexed(kind->fields[j]))
                TEXT(&text, " ", kind->fields[j]->name);
        TEXT(&text, " | ", kind->public_title, " ", kind->public_body, " ", kind->public_reply,
             "\n");
    }
    return buf_str(&text);
}

/* Text values that have a column of their own; all others stand in `data`. */
static Str column_text(const QRecordRow *row, Str name)
{
    const struct {
        Str name, text;
    } columns[] = {
        {S("title"), row->title},
        {S("status"), row->status},
        {S("result"), row->result},
        {S("category"), row->category},
    };
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        if (str_eq(columns[i].name, name))
            return columns[i].text;
    return (Str){0};
}

/* What the public reads of a published record (view/mask.c shows it no other field). */
static bool is_public(const Kind *kind, const Field *field)
{
    return str_eq(field->name, kind->public_title) || str_eq(field->name, kind->public_body) ||
           str_eq(field->name, kind->public_reply);
}

static bool doc_text(Arena *arena, const Kind *kind, const QRecordRow *row, Doc *doc, Err *err)
{
    Buf text = buf_open(arena);
    Values values;
    if (!values_parse(arena, row->data, &values, err))
        return false;
    TEXT(&text, row->number, "\n");
    for (size_t i = 0; i < kind->n_fields; i++) {
        Str name = kind->fields[i]->name, value;
        if (!is_indexed(kind->fields[i]) ||
            (doc_is_public(doc->id) && !is_public(kind, kind->fields[i])))
            continue;
        value = column_text(row, name);
        TEXT(&text, value.n ? value : values_text(&values, name), "\n");
    }
    doc->text = token_normal(arena, buf_str(&text));
    return true;
}

static bool doc_scope(Arena *arena, Db *db, const QRecordRow *row, Doc *doc, Err *err)
{
    Buf scope = buf_open(arena);
    QSearchScope *orgs;
    size_t count;
    TEXT(&scope, "_k_", row->kind, " ");
    if (doc_is_public(doc->id)) {
        buf_add(&scope, S("_p "));
        doc->scope = buf_str(&scope);
        return true;
    }
    if (!q_search_scope_all(db, arena, row->id, &orgs, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        TEXT(&scope, "_o", orgs[i].org, " ");
    doc->scope = buf_str(&scope);
    return true;
}

static bool is_document(const Kind *kind, const QRecordRow *row, int64_t id)
{
    if (!kind || !kind->searchable || row->voided_at)
        return false;
    return !doc_is_public(id) || (row->published_at && kind->public_title.n && !kind->confidential);
}

bool doc_make(Arena *arena, Db *db, const Office *office, int64_t id, Doc *ret_doc, bool *ret_found,
              Err *err)
{
    QRecordRow row;
    const Kind *kind;
    Doc doc = {.id = id};
    if (!q_record_get(db, arena, doc_record(id), &row, ret_found, err))
        return false;
    kind = *ret_found ? profile_kind(office->profile, row.kind) : NULL;
    *ret_found = is_document(kind, &row, id);
    if (!*ret_found)
        return true;
    doc.version = row.version;
    if (!doc_text(arena, kind, &row, &doc, err) || !doc_scope(arena, db, &row, &doc, err))
        return false;
    *ret_doc = doc;
    return true;
}

/* ---- who may find what ---- */

bool scope_match(Buf *match, const SearchScope *scope)
{
    if (!scope->everything && !scope->published_only && scope->n_orgs == 0)
        return false;
    if (scope->kind.n)
        TEXT(match, "\"_k_", str_lower(match->arena, scope->kind), "\" AND ");
    if (scope->everything)
        return true;
    if (scope->published_only) {
        buf_add(match, S("\"_p\" AND "));
        return true;
    }
    for (size_t i = 0; i < scope->n_orgs; i++)
        TEXT(match, i ? " OR " : "(", "\"_o", scope->orgs[i], "\"");
    buf_add(match, S(") AND "));
    return true;
}

static bool token_admits(const SearchScope *scope, Str token)
{
    int64_t org;
    if (scope->published_only)
        return str_eq(token, S("_p"));
    return str_starts(token, S("_o")) && int_parse(str_slice(token, 2, token.n), &org) &&
           ids_have(scope->orgs, scope->n_orgs, org);
}

bool scope_admits(const SearchScope *scope, Str tokens)
{
    bool admits = scope->everything, of_kind = scope->kind.n == 0;
    Str token;
    while (!(admits && of_kind) && str_next(&tokens, ' ', &token)) {
        if (str_starts(token, S("_k_")))
            of_kind = of_kind || str_eq(str_slice(token, 3, token.n), scope->kind);
        else
            admits = admits || token_admits(scope, token);
    }
    return admits && of_kind;
}

/* ---- what an entry touched ---- */

bool entry_touches(Arena *arena, const QEntryRow *row, Map *touched, IdVec *moved, Err *err)
{
    Entry entry = {.header = {.sequence = row->sequence,
                              .recorded_at = row->recorded_at,
                              .at = row->at,
                              .actor = row->actor,
                              .action = row->action,
                              .profile = row->profile}};
    if (!entry_read_parts(arena, &entry, row->plain, row->text, err))
        return false;
    for (size_t i = 0; i < entry.field_count; i++) {
        Str name = entry.fields[i].name;
        size_t dot = str_find(name, S("."), 0);
        int64_t record;
        if (dot == SIZE_MAX || !int_parse(str_slice(name, 0, dot), &record))
            continue;
        map_set_id(touched, record, touched);
        if (moved && str_eq(str_slice(name, dot, name.n), S(".parent_org")))
            *vec_push(touched->arena, moved) = record;
    }
    return true;
}
