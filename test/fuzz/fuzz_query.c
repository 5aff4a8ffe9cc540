/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as queries and parts of paths: a clean result or an error with a sentence. */
#include "fuzz_http.h"

#include "base/utf8.h"
#include "http/limits.h"

static void try_one(Arena *arena, Str input)
{
    FormFields fields;
    Str path;
    Err err = {0};
    if (form_parse_query(arena, input, &fields, &err))
        fuzz_check_fields(&fields);
    else
        ASSERT(err.message != MSG_none);
    if (form_decode(arena, input, false, &path, &err))
        ASSERT(utf8_is_clean(path));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    return fuzz_run(try_one, bytes, size);
}
