/* SPDX-License-Identifier: Apache-2.0 */
/* check_fields.h - what holds of every list of fields that src/http has read. */
#ifndef TONGXIN_FUZZ_CHECK_FIELDS_H
#define TONGXIN_FUZZ_CHECK_FIELDS_H

#include "base/utf8.h"
#include "http/form.h"
#include "http/limits.h"

/* Within the limits, and clean text. */
static inline void check_fields(const FormFields *fields)
{
    ASSERT(fields->n <= FORM_FIELDS_MAX);
    for (size_t i = 0; i < fields->n; i++) {
        FormField field = fields->p[i];
        ASSERT(field.name.n <= FORM_NAME_MAX && field.value.n <= FORM_FIELD_MAX);
        ASSERT(utf8_is_clean(field.name) && utf8_is_clean(field.value));
        ASSERT(!str_has(field.value, S("\r")));
    }
}

#endif
