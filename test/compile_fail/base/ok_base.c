/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"
#include "base/log.h"
#include "base/map.h"
#include "base/moment.h"
#include "base/number.h"
#include "base/random.h"
#include "base/utf8.h"
#include "base/value.h"
#include "base/vec.h"

static const Str table[] = {S_CONST("a"), S_CONST("b")};

bool refuse(Arena *arena, Buf *buf, Str name, Err *err);
bool refuse(Arena *arena, Buf *buf, Str name, Err *err)
{
    TEXT(buf, "a", name, 1, S("x"), table[0], true, (size_t)1, 'c');
    StrVec names = {0};
    *vec_push(arena, &names) = STR(arena, "n", names.n);
    return err_set(err, ERR_NOT_FOUND, MSG_no_such_record, name, S("b"), names.p[0]);
}
