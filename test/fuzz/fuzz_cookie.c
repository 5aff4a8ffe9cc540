/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as Cookie and Accept-Language headers: a clean result or an error with a sentence. */
#include "fuzz_http.h"

#include "base/utf8.h"
#include "http/limits.h"

static void try_one(Arena *arena, Str input)
{
    FormFields cookies;
    form_parse_cookies(arena, input, &cookies);
    fuzz_check_fields(&cookies);
    Language language = http_accept_language(input);
    ASSERT(language == LANGUAGE_ZH || language == LANGUAGE_EN);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    return fuzz_run(try_one, bytes, size);
}
