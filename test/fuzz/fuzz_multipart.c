/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as whole Content-Type headers with their bodies: a clean result or an error with a
 * sentence. */
#include "check_fields.h"
#include "fuzz.h"

void fuzz_one(Arena *arena, Str input)
{
    /* The first line is the Content-Type, the rest the body. */
    size_t end = MIN(str_find(input, S("\n"), 0), input.n);
    Str type = str_slice(input, 0, end);
    Str rest = str_slice(input, end + 1, input.n);
    Form form;
    Err err = {0};
    if (!form_parse(arena, type, rest, true, &form, &err)) {
        ASSERT(err.message != MSG_none);
        return;
    }
    check_fields(&form.fields);
    ASSERT(form.files.n <= FORM_FILES_MAX);
    for (size_t i = 0; i < form.files.n; i++) {
        FormFile file = form.files.p[i];
        ASSERT(utf8_is_clean(file.name) && utf8_is_clean(file.file_name));
        ASSERT(!str_has(file.file_name, S("/")) && file.file_name.n <= FORM_FILE_NAME_MAX);
        ASSERT(file.bytes.p >= rest.p && file.bytes.p + file.bytes.n <= rest.p + rest.n);
    }
}
