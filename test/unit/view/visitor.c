/* SPDX-License-Identifier: Apache-2.0 */
#include "visitor.h"

static void drop(void *office)
{
    office_drop(office);
}

Visit *visit_as(Town *town, const char *login, const char *query)
{
    Visit *visit = NEW(town->arena, Visit);
    HttpRequest *request = NEW(town->arena, HttpRequest);
    Err err = {0};
    request->arena = town->arena;
    request->path = S("/list");
    assert_true(form_parse_query(town->arena, str_from_c(query), &request->query, &err));
    *visit = (Visit){.arena = town->arena,
                     .site = town->site,
                     .office = site_office(town->site),
                     .db = town_reader(town),
                     .actor = {.type = ACTOR_PUBLIC, .name = S("public")},
                     .language = LANGUAGE_EN,
                     .now = site_now(town->site),
                     .request = request,
                     .names = map_open(town->arena),
                     .ranked = map_open(town->arena)};
    arena_defer(town->arena, drop, visit->office);
    if (login && strcmp(login, "cli") == 0) {
        visit->actor = (Actor){.type = ACTOR_CLI, .name = S("cli:test")};
    } else if (login) {
        visit->account = office_account_by_login(visit->office, str_from_c(login));
        assert_non_null(visit->account);
        visit->actor = (Actor){.type = ACTOR_ACCOUNT,
                               .account = visit->account->id,
                               .name = STR(town->arena, "account:", visit->account->id)};
    }
    return visit;
}

const Kind *visit_kind(const Visit *visit, const char *name)
{
    const Kind *kind = profile_kind(visit->office->profile, str_from_c(name));
    assert_non_null(kind);
    return kind;
}

bool str_is(Str text, const char *expected)
{
    return str_eq(text, str_from_c(expected));
}
