/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as application/x-www-form-urlencoded bodies: a clean result or an error with a
 * sentence. */
#include "fuzz_http.h"

#include "base/utf8.h"
#include "http/limits.h"

static void try_one(Arena *arena, Str input)
{
    Form form;
    Err err = {0};
    if (form_parse_urlencoded(arena, input, &form, &err))
        fuzz_check_fields(&form.fields);
    else
        ASSERT(err.message != MSG_none);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    return fuzz_run(try_one, bytes, size);
}
