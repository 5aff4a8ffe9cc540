/* SPDX-License-Identifier: Apache-2.0 */
#include "change/site.h"
#include "profile/load.h"

bool site_bootstrap(Site *site, Str bundle, Err *err)
{
    Arena *arena = arena_open();
    Office *office = NEW(arena, Office), *old;
    Diagnostics diagnostics = {0};
    if (!profile_load(arena, bundle, &office->profile, &diagnostics, err)) {
        arena_close(arena);
        return false;
    }
    office->arena = arena;
    office->references = 1;
    office->is_demo = site->is_demo;
    office->calendar = calendar_open(arena);
    office->orgs = (OrgTree){.by_id = map_open(arena), .by_code = map_open(arena)};
    office->accounts = map_open(arena);
    office->accounts_by_login = map_open(arena);
    pthread_mutex_lock(&site->office_lock);
    old = site->office;
    site->office = office;
    pthread_mutex_unlock(&site->office_lock);
    office_drop(old);
    return true;
}
