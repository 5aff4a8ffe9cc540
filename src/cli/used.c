/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/used.h"

#include "record/record.h"

struct Used {
    Arena *arena;
    Arena *scratch;
    const Profile *profile;
    Map seen; /* "kind\nwhat\ncode" */
};

static void used_add(Used *used, Str kind, Str what, Str code)
{
    Str key = STR(used->scratch, kind, "\n", what, "\n", code);
    if (!map_find(&used->seen, key))
        map_set(&used->seen, str_dup(used->arena, key), used);
}

static void used_value(Used *used, const Kind *kind, const NamedValue *named)
{
    const Field *field = kind_field(kind, named->name);
    if (!field)
        return;
    used_add(used, kind->name, field->name, S(""));
    if (field->type == FIELD_CHOICE && named->value.type == VALUE_TEXT)
        used_add(used, kind->name, field->name, named->value.text);
    if (field->type == FIELD_CHOICES && named->value.type == VALUE_CODES)
        for (size_t i = 0; i < named->value.count; i++)
            used_add(used, kind->name, field->name, named->value.codes[i]);
}

static bool used_record(void *context, const Record *record, Err *err)
{
    Used *used = context;
    const Kind *kind = profile_kind(used->profile, values_text(&record->values, S("kind")));
    (void)err;
    if (!kind)
        return true;
    used_add(used, kind->name, S("state"), values_text(&record->values, S("status")));
    used_add(used, kind->name, S("state"), S(""));
    for (size_t i = 0; i < record->values.n; i++)
        used_value(used, kind, &record->values.p[i]);
    arena_reset(used->scratch);
    return true;
}

bool used_read(Arena *arena, Db *db, const Profile *profile, Used **ret_used, Err *err)
{
    Used *used = NEW(arena, Used);
    bool read;
    *used = (Used){arena, arena_open(), profile, map_open(arena)};
    read = record_each(db, used_record, used, err);
    arena_close(used->scratch);
    used->scratch = arena;
    *ret_used = used;
    return read;
}

bool used_is(void *context, Str kind, Str what, Str code)
{
    Used *used = context;
    return map_find(&used->seen, STR(used->arena, kind, "\n", what, "\n", code)) != NULL;
}
