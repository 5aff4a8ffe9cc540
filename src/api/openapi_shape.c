/* SPDX-License-Identifier: Apache-2.0 */
/* The shapes of operation.c as JSON Schema. */
#include "api/openapi.h"

void openapi_reference(Json *json, const char *part, Str name)
{
    char text[120];
    int n = snprintf(text, sizeof text, "#/components/%s/%.*s", part, (int)name.n, name.p);
    ASSERT(n > 0 && (size_t)n < sizeof text);
    json_field_str(json, S("$ref"), (Str){text, (size_t)n});
}

/* ---- types ---- */

static void plain_type(Json *json, Str word, bool may_be_null)
{
    if (!may_be_null) {
        json_field_str(json, S("type"), word);
        return;
    }
    json_field_array_begin(json, S("type"));
    json_str(json, word);
    json_str(json, S("null"));
    json_array_end(json);
}

static void reference_type(Json *json, Str name, bool may_be_null)
{
    if (!may_be_null) {
        openapi_reference(json, "schemas", name);
        return;
    }
    json_field_array_begin(json, S("anyOf"));
    json_object_begin(json);
    openapi_reference(json, "schemas", name);
    json_object_end(json);
    json_object_begin(json);
    json_field_str(json, S("type"), S("null"));
    json_object_end(json);
    json_array_end(json);
}

static void text_type(Json *json, Str format, bool may_be_null)
{
    plain_type(json, S("string"), may_be_null);
    json_field_str(json, S("format"), format);
}

static void object_type(Json *json, bool of_texts)
{
    json_field_str(json, S("type"), S("object"));
    json_field_object_begin(json, S("additionalProperties"));
    if (of_texts)
        json_field_str(json, S("type"), S("string"));
    json_object_end(json);
}

void openapi_type(Json *json, Str type)
{
    bool may_be_null = type.p[type.n - 1] == '?';
    Str word = str_slice(type, 0, type.n - may_be_null);
    if (str_starts(word, S("[]"))) {
        json_field_str(json, S("type"), S("array"));
        json_field_object_begin(json, S("items"));
        openapi_type(json, str_slice(word, 2, word.n));
        json_object_end(json);
    } else if (word.p[0] == '@') {
        reference_type(json, str_slice(word, 1, word.n), may_be_null);
    } else if (str_eq(word, S("day"))) {
        text_type(json, S("date"), may_be_null);
    } else if (str_eq(word, S("instant"))) {
        text_type(json, S("date-time"), may_be_null);
    } else if (str_eq(word, S("fields")) || str_eq(word, S("texts"))) {
        object_type(json, str_eq(word, S("texts")));
    } else if (!str_eq(word, S("any"))) {
        plain_type(json, word, may_be_null);
    }
}

/* ---- shapes ---- */

static void shape_members(Json *json, const Shape *shape, bool required_only)
{
    Str rest = str_from_c(shape->members), member;
    while (rest.n > 0 && str_next(&rest, ',', &member)) {
        Str name, type = str_trim(member);
        if (str_starts(type, S(".."))) {
            shape_members(json, operation_shape(str_slice(type, 2, type.n)), required_only);
            continue;
        }
        (void)str_next(&type, ' ', &name);
        bool optional = name.p[name.n - 1] == '?';
        name = str_slice(name, 0, name.n - optional);
        if (required_only) {
            if (!optional)
                json_str(json, name);
            continue;
        }
        json_field_object_begin(json, name);
        openapi_type(json, type);
        json_object_end(json);
    }
}

void openapi_shapes(Json *json)
{
    size_t count;
    const Shape *shapes = operation_shapes(&count);
    for (size_t i = 0; i < count; i++) {
        json_field_object_begin(json, str_from_c(shapes[i].name));
        json_field_str(json, S("type"), S("object"));
        json_field_object_begin(json, S("properties"));
        shape_members(json, &shapes[i], false);
        json_object_end(json);
        json_field_array_begin(json, S("required"));
        shape_members(json, &shapes[i], true);
        json_array_end(json);
        json_object_end(json);
    }
}
