/* SPDX-License-Identifier: Apache-2.0 */
/* expect: unused-result */
#include "base/value.h"

void forget(Arena *arena, Value *value, Err *err);
void forget(Arena *arena, Value *value, Err *err)
{
    value_parse(arena, S("1"), value, err);
}
