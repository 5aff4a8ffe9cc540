/* SPDX-License-Identifier: Apache-2.0 */
/* check_profile DIR [zh|en] - bundles and loads a profile and prints every mistake in it.
 * Exit: 0 no mistakes, 1 mistakes, 3 the folder could not be read. */
#include "base/moment.h"
#include "profile/load.h"

static void print(Str text)
{
    fwrite(text.p, 1, text.n, stdout);
}

static void print_summary(Arena *arena, const Profile *profile, int64_t took_us)
{
    print(STR(arena, profile->name, ": ", (int64_t)profile->n_kinds, " kinds, ",
              (int64_t)profile->n_roles, " roles, ", (int64_t)profile->n_indicators,
              " indicators, ", (int64_t)profile->n_figures, " figures, no mistakes\n"));
    fprintf(stderr, "%.1f ms\n", (double)took_us / 1000);
}

static int check(Arena *arena, Str folder, Language language)
{
    Str bundle;
    const Profile *profile;
    Diagnostics diagnostics;
    Err err = {0};
    Buf buf = buf_open(arena);
    int64_t start = monotonic_us();
    if (!profile_bundle(arena, folder, &bundle, &err)) {
        print(STR(arena, err_message(arena, &err, language), "\n"));
        return 3;
    }
    if (profile_load(arena, bundle, &profile, &diagnostics, &err)) {
        print_summary(arena, profile, monotonic_us() - start);
        return 0;
    }
    profile_hint_parts(arena, folder, &diagnostics);
    diagnostics_write(&buf, &diagnostics, language);
    TEXT(&buf, err_message(arena, &err, language), "\n");
    print(buf_str(&buf));
    return 1;
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3) {
        fputs("check_profile DIR [zh|en]\n", stderr);
        return 2;
    }
    bool chinese = argc == 3 && str_eq(str_from_c(argv[2]), S("zh"));
    Arena *arena = arena_open();
    int code = check(arena, str_from_c(argv[1]), chinese ? LANGUAGE_ZH : LANGUAGE_EN);
    arena_close(arena);
    return code;
}
