/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as queries, parts of paths and addresses to go back to: a clean result or an error with
 * a sentence. */
#include "check_fields.h"
#include "fuzz.h"
#include "write/url.h"

void fuzz_one(Arena *arena, Str input)
{
    FormFields fields;
    Str path;
    Url url;
    Err err = {0};
    if (form_parse_query(arena, input, &fields, &err))
        check_fields(&fields);
    else
        ASSERT(err.message != MSG_none);
    if (form_decode(arena, input, false, &path, &err))
        ASSERT(utf8_is_clean(path));
    if (url_parse(arena, input, &url))
        ASSERT(str_eq(url_text(&url), input) && !str_starts(input, S("//")));
}
