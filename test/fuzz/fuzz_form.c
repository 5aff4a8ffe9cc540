/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as application/x-www-form-urlencoded bodies: a clean result or an error with a
 * sentence. */
#include "check_fields.h"
#include "fuzz.h"

void fuzz_one(Arena *arena, Str input)
{
    Form form;
    Err err = {0};
    if (form_parse_urlencoded(arena, input, &form, &err))
        check_fields(&form.fields);
    else
        ASSERT(err.message != MSG_none);
}
