/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/checkpoint.h"

#include "base/number.h"
#include "ledger/base64.h"

Str checkpoint_text(Arena *arena, const Checkpoint *checkpoint)
{
    Buf buf = buf_open(arena);
    TEXT(&buf, checkpoint->origin, "\n", (int64_t)checkpoint->head.size, "\n");
    base64_write(&buf, hash_bytes(&checkpoint->head.root));
    if (checkpoint->has_sm3) {
        TEXT(&buf, "\nsm3 ");
        base64_write(&buf, hash_bytes(&checkpoint->sm3_root));
    }
    buf_byte(&buf, '\n');
    return buf_str(&buf);
}

Str checkpoint_sign(Arena *arena, const Checkpoint *checkpoint, const SigningKey *key)
{
    return note_sign(arena, checkpoint_text(arena, checkpoint), checkpoint->origin, key);
}

/* Decimal without sign or leading zeros. */
static bool parse_size(Str text, uint64_t *ret)
{
    int64_t size = 0;
    bool plain = text.n > 0 && text.p[0] >= '0' && text.p[0] <= '9';
    bool canonical = text.n == 1 || (text.n > 1 && text.p[0] != '0');
    if (!plain || !canonical || !int_parse(text, &size) || (uint64_t)size >= TREE_SIZE_MAX)
        return false;
    *ret = (uint64_t)size;
    return true;
}

static bool parse_hash(Arena *scratch, Str text, Hash *ret)
{
    Str bytes = {0};
    if (!base64_parse(scratch, text, &bytes) || bytes.n != HASH_SIZE)
        return false;
    memcpy(ret->bytes, bytes.p, HASH_SIZE);
    return true;
}

static bool parse_extensions(Arena *scratch, Str rest, Checkpoint *checkpoint)
{
    Str line = {0}, prefix = S("sm3 ");
    while (str_next(&rest, '\n', &line)) {
        if (line.n == 0)
            return false;
        if (!str_starts(line, prefix))
            continue;
        if (checkpoint->has_sm3 ||
            !parse_hash(scratch, str_slice(line, prefix.n, line.n), &checkpoint->sm3_root))
            return false;
        checkpoint->has_sm3 = true;
    }
    return true;
}

bool checkpoint_parse(Arena *scratch, Str text, Checkpoint *ret, Err *err)
{
    Checkpoint checkpoint = {0};
    Str rest = str_slice(text, 0, text.n ? text.n - 1 : 0), size = {0}, root = {0};
    bool lines = str_ends(text, S("\n")) && !str_ends(text, S("\n\n"));
    bool good = text.n <= NOTE_MAX && lines && str_next(&rest, '\n', &checkpoint.origin) &&
                str_next(&rest, '\n', &size) && str_next(&rest, '\n', &root) &&
                checkpoint.origin.n > 0 && parse_size(size, &checkpoint.head.size) &&
                parse_hash(scratch, root, &checkpoint.head.root) &&
                parse_extensions(scratch, rest, &checkpoint);
    if (!good)
        return err_set(err, ERR_WRONG, MSG_ledger_checkpoint_unreadable);
    *ret = checkpoint;
    return true;
}

bool checkpoint_check(Arena *scratch, Str note, const VerifyKey *key, Checkpoint *ret, Err *err)
{
    Str text = {0};
    Checkpoint checkpoint = {0};
    if (!note_check(scratch, note, key, &text, err) ||
        !checkpoint_parse(scratch, text, &checkpoint, err))
        return false;
    if (!str_eq(checkpoint.origin, key->name))
        return err_set(err, ERR_WRONG, MSG_ledger_other_origin, checkpoint.origin, key->name);
    *ret = checkpoint;
    return true;
}
