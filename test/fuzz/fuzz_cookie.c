/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as Cookie and Accept-Language headers: a clean result or an error with a sentence. */
#include "check_fields.h"
#include "fuzz.h"
#include "http/request.h"

void fuzz_one(Arena *arena, Str input)
{
    FormFields cookies;
    form_parse_cookies(arena, input, &cookies);
    check_fields(&cookies);
    Language language = http_accept_language(input);
    ASSERT(language == LANGUAGE_ZH || language == LANGUAGE_EN);
}
