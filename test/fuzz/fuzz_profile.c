/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a bundle: a whole profile, or mistakes that can be shown in both languages. */
#include "fuzz.h"
#include "profile/load.h"
#include "profile/redline.h"

const char *__lsan_default_suppressions(void);

/* libfyaml 0.7.12 loses 1 KB of its own when a quoted scalar never ends. */
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml";
}

static void show(Arena *arena, const Diagnostics *diagnostics)
{
    Buf buf = buf_open(arena);
    ASSERT(diagnostics->n > 0);
    diagnostics_write(&buf, diagnostics, LANGUAGE_ZH);
    diagnostics_write(&buf, diagnostics, LANGUAGE_EN);
    for (size_t i = 0; i < diagnostics->n; i++)
        ASSERT(diagnostics->p[i].position.line >= 1 && diagnostics->p[i].position.column >= 1);
}

/* What everybody may rely on without asking. */
static void check_whole(const Profile *profile)
{
    for (size_t i = 0; i < profile->n_kinds; i++) {
        const Kind *kind = &profile->kinds[i];
        ASSERT(kind->flow != NULL && kind->label.zh.n > 0 && kind->label.en.n > 0);
        for (size_t j = 0; j < kind->n_fields; j++) {
            const Field *field = kind->fields[j];
            ASSERT(field->type < FIELD_TYPE__COUNT && field->label.zh.n > 0);
            ASSERT(!redline_refuses(field->name, NULL));
            ASSERT((field->type != FIELD_CHOICE) == (field->choices == NULL) ||
                   field->type == FIELD_CHOICES);
        }
    }
    for (size_t i = 0; i < profile->n_indicators; i++)
        ASSERT(profile->indicators[i].kind != NULL && profile->indicators[i].where != NULL);
    for (size_t i = 0; i < profile->n_figures; i++)
        ASSERT(profile->figures[i].of != NULL);
}

static bool all_used(void *context UNUSED, Str kind UNUSED, Str what UNUSED, Str code UNUSED)
{
    return true;
}

void fuzz_one(Arena *arena, Str input)
{
    Diagnostics diagnostics, lost = {0};
    const Profile *profile = NULL;
    Err err = {0};
    Str text = str_starts(input, S("%%% ")) ? input : STR(arena, "%%% a/a.yaml\n", input);
    if (profile_load(arena, text, &profile, &diagnostics, &err)) {
        check_whole(profile);
        profile_compare(arena, profile, profile, all_used, NULL, &lost);
        ASSERT(lost.n == 0);
    } else {
        show(arena, &diagnostics);
    }
    (void)redline_refuses(input, NULL);
}
