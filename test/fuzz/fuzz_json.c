/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the body of a call: clean members within the limit, or an error with a sentence. */
#include "api/json_in.h"
#include "base/utf8.h"
#include "fuzz.h"

static void check_members(const InMembers *members)
{
    for (size_t i = 0; i < members->n; i++) {
        const InMember *member = &members->p[i];
        ASSERT(member->type <= IN_NESTED);
        ASSERT(utf8_is_clean(member->name) && utf8_is_clean(member->text));
        ASSERT(member->type != IN_TEXT || !str_has(member->text, S("\r")));
        ASSERT(json_in_find(members, member->name) != NULL);
    }
}

void fuzz_one(Arena *arena, Str input)
{
    JsonIn in;
    Err err = {0};
    if (!json_in_parse(arena, input, &in, &err)) {
        ASSERT(err.message != MSG_none);
        return;
    }
    ASSERT(in.members.n + in.form.n <= JSON_IN_MEMBERS_MAX && (in.has_form || in.form.n == 0));
    check_members(&in.members);
    check_members(&in.form);
}
