/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as what a journal, or somebody who shows a part of one, may hand to `verify`: refused,
 * or written again to the same bytes. */
#include "fuzz.h"
#include "ledger/checkpoint.h"
#include "ledger/opening.h"

/* A leaf input is that of an entry of which only the commitments are left. */
static void try_leaf(Arena *arena, Str input)
{
    LeafInput leaf;
    Err err = {0};
    if (!leaf_input_parse(arena, input, &leaf, &err)) {
        ASSERT(err.message != MSG_none);
        return;
    }
    EntryField *fields = NEW_ARRAY(arena, EntryField, leaf.field_count);
    Entry entry = {.header = leaf.header, .fields = fields, .field_count = leaf.field_count};
    for (size_t i = 0; i < leaf.field_count; i++)
        fields[i] = (EntryField){.name = leaf.fields[i].name,
                                 .text = leaf.fields[i].text,
                                 .form = FIELD_ERASED,
                                 .hash = leaf.fields[i].commitment};
    ASSERT(str_eq(entry_leaf_input(arena, &entry), input));
}

/* The first byte says where the plain part ends. Erasing leaves the leaf as it was. */
static void try_parts(Arena *arena, Str input)
{
    size_t cut = input.n ? 1 + (size_t)(uint8_t)input.p[0] : 0;
    Str plain = str_slice(input, 1, cut), text = str_slice(input, cut, input.n);
    Entry entry = {.header = {.sequence = 1}};
    Err err = {0};
    if (!entry_read_parts(arena, &entry, plain, text, &err)) {
        ASSERT(err.message != MSG_none && entry.fields == NULL);
        return;
    }
    ASSERT(str_eq(entry_write_part(arena, &entry, false), plain));
    ASSERT(str_eq(entry_write_part(arena, &entry, true), text));
    Leaf before = entry_leaf(arena, &entry);
    (void)entry_erase(&entry, S("1."));
    Leaf after = entry_leaf(arena, &entry);
    ASSERT(hash_eq(&before.sha256, &after.sha256) && hash_eq(&before.sm3, &after.sm3));
}

static void try_checkpoint(Arena *arena, Str input)
{
    VerifyKey key = {.name = S("example.org/journal")};
    Checkpoint head, again;
    Err err = {0};
    if (checkpoint_parse(arena, input, &head, &err)) {
        ASSERT(checkpoint_parse(arena, checkpoint_text(arena, &head), &again, &err));
        ASSERT(again.head.size == head.head.size && hash_eq(&again.head.root, &head.head.root) &&
               str_eq(again.origin, head.origin) && again.has_sm3 == head.has_sm3);
    }
    if (verify_key_parse(arena, input, &key, &err))
        ASSERT(str_eq(verify_key_text(arena, &key), input));
    ASSERT(!checkpoint_check(arena, input, &key, &head, &err) && err.message != MSG_none);
}

static void try_frontier(Arena *arena, Str input)
{
    Frontier frontier;
    Buf buf = buf_open(arena);
    Err err = {0};
    if (!frontier_parse(input, TREE_SM3, &frontier, &err))
        return;
    frontier_write(&buf, &frontier);
    ASSERT(str_eq(buf_str(&buf), input));
    (void)frontier_root(&frontier);
}

void fuzz_one(Arena *arena, Str input)
{
    try_leaf(arena, input);
    try_parts(arena, input);
    try_checkpoint(arena, input);
    try_frontier(arena, input);
}
