/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz_http.h"

#include "base/utf8.h"
#include "http/limits.h"

int fuzz_run(void (*try_one)(Arena *arena, Str input), const uint8_t *bytes, size_t size)
{
    static Arena *arena;
    if (arena == NULL)
        arena = arena_open();
    arena_reset(arena);
    try_one(arena, (Str){arena_copy(arena, bytes, size), size});
    return 0;
}

void fuzz_check_fields(const FormFields *fields)
{
    ASSERT(fields->n <= FORM_FIELDS_MAX);
    for (size_t i = 0; i < fields->n; i++) {
        FormField field = fields->p[i];
        ASSERT(field.name.n <= FORM_NAME_MAX && field.value.n <= FORM_FIELD_MAX);
        ASSERT(utf8_is_clean(field.name) && utf8_is_clean(field.value));
        ASSERT(!str_has(field.value, S("\r")));
    }
}
