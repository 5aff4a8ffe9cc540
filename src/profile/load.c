/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/load.h"

#include "base/crypto.h"
#include "profile/build.h"

static void build_all(Load *load)
{
    declare_all(load);
    build_profile(load);
    build_choices(load);
    build_roles(load);
    build_menus(load);
    build_kinds(load);
    build_flows(load);
    build_moves(load);
    build_routing(load);
    build_indicators(load);
    build_figures(load);
    build_briefings(load);
    build_scans(load);
    build_plan(load);
    build_assessments(load);
    check_counting(load);
    check_profile(load);
}

/* The nodes take more room than what is made of them, and go with `scratch`. */
bool profile_load(Arena *arena, Str bundle, const Profile **ret, Diagnostics *diagnostics, Err *err)
{
    Arena *scratch = arena_open();
    Load *load = NEW(scratch, Load);
    const Profile *profile;
    Buf hex = buf_open(arena);
    *diagnostics = (Diagnostics){0};
    *load = (Load){.arena = arena,
                   .scratch = scratch,
                   .profile = NEW(arena, Profile),
                   .diagnostics = diagnostics};
    /* Names and positions point into the text; the caller's copy need not outlive this call. */
    bundle = str_dup(arena, bundle);
    load->profile->bundle = bundle;
    crypto_sha256(bundle, load->profile->hash);
    buf_hex(&hex, load->profile->hash, sizeof load->profile->hash);
    load->profile->hash_hex = buf_str(&hex);
    if (documents_read(load, bundle))
        build_all(load);
    profile = load->profile;
    arena_close(scratch);
    faults_sort(diagnostics);
    if (diagnostics->n > 0)
        return err_set(err, ERR_WRONG, MSG_profile_has_mistakes,
                       STR(arena, (int64_t)diagnostics->n));
    *ret = profile;
    return true;
}
