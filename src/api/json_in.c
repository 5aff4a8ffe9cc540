/* SPDX-License-Identifier: Apache-2.0 */
#include "api/json_in.h"

#include <jansson.h>

#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"

typedef VEC(InMember) Members;

typedef struct Reading {
    Arena *arena;
    size_t count;
    Err *err;
} Reading;

static bool bad(Err *err, MessageId message, Str a, Str b)
{
    return err_set(err, ERR_BAD_REQUEST, message, a, b);
}

/* The shortest decimal that reads back as the same number: 12.5, never 12.500000000000000. */
static Str decimal_of(Arena *arena, double number)
{
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        char *end;
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, &end) == number)
            break;
    }
    return str_dup(arena, str_from_c(text));
}

static bool member_of(Reading *reading, const json_t *value, InMember *member)
{
    Str text = {0};
    switch (json_typeof(value)) {
    case JSON_STRING:
        text = (Str){json_string_value(value), json_string_length(value)};
        if (!utf8_is_clean(text))
            return bad(reading->err, MSG_api_control_character, S(""), S(""));
        member->type = IN_TEXT;
        member->text = str_newlines(reading->arena, str_dup(reading->arena, text));
        return true;
    case JSON_INTEGER:
        member->type = IN_INTEGER;
        member->number = json_integer_value(value);
        member->text = STR(reading->arena, member->number);
        return true;
    case JSON_REAL:
        member->type = IN_DECIMAL;
        member->text = decimal_of(reading->arena, json_real_value(value));
        return true;
    case JSON_TRUE:
    case JSON_FALSE:
        member->type = IN_TRUTH;
        member->number = json_is_true(value);
        member->text = json_is_true(value) ? S("1") : S("0");
        return true;
    case JSON_NULL:
        member->type = IN_NOTHING;
        return true;
    default:
        member->type = IN_NESTED;
        return true;
    }
}

/* NULL when there are too many. */
static InMember *member_add(Reading *reading, Members *members, Str name, bool in_list)
{
    InMember *member;
    if (++reading->count > JSON_IN_MEMBERS_MAX) {
        bad(reading->err, MSG_api_too_many, STR(reading->arena, JSON_IN_MEMBERS_MAX), S(""));
        return NULL;
    }
    member = vec_push(reading->arena, members);
    *member = (InMember){.name = name, .in_list = in_list};
    return member;
}

static bool read_one(Reading *reading, Members *members, Str name, const json_t *value,
                     bool in_list)
{
    InMember *member = member_add(reading, members, name, in_list);
    return member && member_of(reading, value, member);
}

static bool read_list(Reading *reading, Members *members, Str name, const json_t *list)
{
    size_t count = json_array_size(list);
    for (size_t i = 0; i < count; i++)
        if (!read_one(reading, members, name, json_array_get(list, i), true))
            return false;
    /* An empty list empties the field. */
    return count > 0 || member_add(reading, members, name, true);
}

static bool read_object(Reading *reading, json_t *object, bool is_root, Members *members)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        Str name = str_from_c(key);
        if (is_root && str_eq(name, S("form")))
            continue;
        if (!utf8_is_clean(name))
            return bad(reading->err, MSG_api_control_character, S(""), S(""));
        name = str_dup(reading->arena, name);
        if (!(json_is_array(value) && !is_root ? read_list(reading, members, name, value)
                                               : read_one(reading, members, name, value, false)))
            return false;
    }
    return true;
}

static bool read_root(Reading *reading, json_t *root, JsonIn *in)
{
    json_t *form;
    Members members = {0}, fields = {0};
    if (!json_is_object(root))
        return bad(reading->err, MSG_api_not_object, S(""), S(""));
    form = json_object_get(root, "form");
    if (form && !json_is_object(form))
        return bad(reading->err, MSG_api_form_not_object, S(""), S(""));
    if (!read_object(reading, root, true, &members) ||
        (form && !read_object(reading, form, false, &fields)))
        return false;
    *in = (JsonIn){{members.p, members.n}, {fields.p, fields.n}, form != NULL};
    return true;
}

bool json_in_parse(Arena *arena, Str body, JsonIn *ret_in, Err *err)
{
    Reading reading = {.arena = arena, .err = err};
    json_error_t error;
    json_t *root = json_loadb(body.p ? body.p : "", body.n, JSON_REJECT_DUPLICATES, &error);
    bool done;
    if (!root)
        return bad(err, MSG_api_not_json, STR(arena, error.line), STR(arena, error.column));
    done = read_root(&reading, root, ret_in);
    json_decref(root);
    return done;
}

const InMember *json_in_find(const InMembers *members, Str name)
{
    for (size_t i = 0; i < members->n; i++)
        if (str_eq(members->p[i].name, name))
            return &members->p[i];
    return NULL;
}

bool json_in_text(const JsonIn *in, Str name, Str *ret_text, Err *err)
{
    const InMember *member = json_in_find(&in->members, name);
    *ret_text = S("");
    if (!member || member->type == IN_NOTHING)
        return true;
    if (member->type != IN_TEXT)
        return err_set(err, ERR_BAD_REQUEST, MSG_api_member_type, name);
    *ret_text = member->text;
    return true;
}
