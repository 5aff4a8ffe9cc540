/* SPDX-License-Identifier: Apache-2.0 */
/* The description of this interface (OpenAPI 3.1), from the dispatch table and the active profile,
 * so that it cannot say anything else than what is served. */
#include "api/handlers.h"
#include "api/record_json.h"

#define ROUTES_MAX 300

typedef struct Listed {
    const Route *routes[ROUTES_MAX];
    size_t n;
} Listed;

static void list_route(const Route *route, void *context)
{
    Listed *listed = context;
    Str pattern = str_from_c(route->pattern);
    bool ours = str_starts(pattern, S(API "/")) || str_eq(pattern, S("/healthz")) ||
                str_eq(pattern, S("/metrics"));
    if (ours && !(route->flags & ROUTE_CONTROL) && listed->n < ROUTES_MAX)
        listed->routes[listed->n++] = route;
}

static Str method_word(const Visit *visit, const Route *route)
{
    return str_lower(visit->arena, str_from_c(http_method_name(route->method)));
}

static void write_holes(Json *json, const Route *route)
{
    Str rest = str_from_c(route->pattern), part;
    json_field_array_begin(json, S("parameters"));
    while (str_next(&rest, '/', &part)) {
        if (part.n < 3 || part.p[0] != '{')
            continue;
        json_object_begin(json);
        json_field_str(json, S("name"), str_slice(part, 1, part.n - 1));
        json_field_str(json, S("in"), S("path"));
        json_field_bool(json, S("required"), true);
        json_field_object_begin(json, S("schema"));
        json_field_str(json, S("type"), S("string"));
        json_object_end(json);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_reference(Json *json, Str schema, const Visit *visit)
{
    json_field_object_begin(json, S("schema"));
    json_field_str(json, S("$ref"), STR(visit->arena, "#/components/schemas/", schema));
    json_object_end(json);
}

static void write_body(Json *json, const Visit *visit, const Route *route)
{
    bool json_body = (route->flags & ROUTE_JSON) != 0;
    if (!json_body && !(route->flags & ROUTE_UPLOAD))
        return;
    json_field_object_begin(json, S("requestBody"));
    json_field_bool(json, S("required"), true);
    json_field_object_begin(json, S("content"));
    json_field_object_begin(json, json_body ? S("application/json") : S("multipart/form-data"));
    write_reference(json, json_body ? S("Request") : S("Upload"), visit);
    json_object_end(json);
    json_object_end(json);
    json_object_end(json);
}

static void write_responses(Json *json, const Visit *visit, const Route *route)
{
    json_field_object_begin(json, S("responses"));
    json_field_object_begin(json, S("2XX"));
    json_field_str(json, S("description"), str_from_c(route->summary));
    json_object_end(json);
    json_field_object_begin(json, S("default"));
    json_field_str(json, S("description"), S("What is wrong and what to do"));
    json_field_object_begin(json, S("content"));
    json_field_object_begin(json, S("application/json"));
    write_reference(json, S("Error"), visit);
    json_object_end(json);
    json_object_end(json);
    json_object_end(json);
    json_object_end(json);
}

static void write_operation(Json *json, const Visit *visit, const Route *route)
{
    bool open = (route->flags & ROUTE_PUBLIC) != 0 || !route->roles;
    json_field_object_begin(json, method_word(visit, route));
    json_field_str(json, S("summary"), str_from_c(route->summary));
    json_field_array_begin(json, S("security"));
    if (!open) {
        json_object_begin(json);
        json_field_array_begin(json, S("bearer"));
        json_array_end(json);
        json_object_end(json);
    }
    json_array_end(json);
    if (!open)
        json_field_str(json, S("x-roles"), str_from_c(route->roles));
    write_holes(json, route);
    write_body(json, visit, route);
    write_responses(json, visit, route);
    json_object_end(json);
}

static bool is_first(const Listed *listed, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(listed->routes[i]->pattern, listed->routes[at]->pattern) == 0)
            return false;
    return true;
}

static void write_paths(Json *json, const Visit *visit, const Listed *listed)
{
    json_field_object_begin(json, S("paths"));
    for (size_t i = 0; i < listed->n; i++) {
        if (!is_first(listed, i))
            continue;
        json_field_object_begin(json, str_from_c(listed->routes[i]->pattern));
        for (size_t j = i; j < listed->n; j++)
            if (strcmp(listed->routes[i]->pattern, listed->routes[j]->pattern) == 0)
                write_operation(json, visit, listed->routes[j]);
        json_object_end(json);
    }
    json_object_end(json);
}

/* ---- schemas ---- */

static Str schema_type(const Field *field)
{
    switch (field->type) {
    case FIELD_NUMBER:
        return S("integer");
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        return S("number");
    case FIELD_YES_NO:
        return S("boolean");
    case FIELD_CHOICES:
    case FIELD_ORGANISATIONS:
        return S("array");
    default:
        return S("string");
    }
}

static void write_property(Json *json, const Visit *visit, const Field *field)
{
    json_field_object_begin(json, field->name);
    json_field_str(json, S("type"), schema_type(field));
    json_field_str(json, S("title"), label_text(field->label, visit->language));
    if ((field->type == FIELD_TEXT || field->type == FIELD_LONG_TEXT) && field->max > 0)
        json_field_int(json, S("maxLength"), field->max);
    if (field->type == FIELD_DATE)
        json_field_str(json, S("format"), S("date"));
    if (field->type == FIELD_CHOICE && field->choices) {
        json_field_array_begin(json, S("enum"));
        for (size_t i = 0; i < field->choices->n; i++)
            json_str(json, field->choices->items[i].code);
        json_array_end(json);
    }
    json_object_end(json);
}

static void write_kind_schema(Json *json, const Visit *visit, const Kind *kind)
{
    json_field_object_begin(json, STR(visit->arena, "fields_", kind->name));
    json_field_str(json, S("type"), S("object"));
    json_field_str(json, S("title"), label_text(kind->label, visit->language));
    json_field_object_begin(json, S("properties"));
    for (size_t i = 0; i < kind->n_fields; i++)
        write_property(json, visit, kind->fields[i]);
    json_object_end(json);
    json_object_end(json);
}

static void write_plain_property(Json *json, Str name, Str type)
{
    json_field_object_begin(json, name);
    json_field_str(json, S("type"), type);
    json_object_end(json);
}

static void write_error_schema(Json *json)
{
    json_field_object_begin(json, S("Error"));
    json_field_str(json, S("type"), S("object"));
    json_field_object_begin(json, S("properties"));
    json_field_object_begin(json, S("error"));
    json_field_str(json, S("type"), S("object"));
    json_field_object_begin(json, S("properties"));
    write_plain_property(json, S("code"), S("string"));
    write_plain_property(json, S("message"), S("string"));
    write_plain_property(json, S("hint"), S("string"));
    write_plain_property(json, S("field"), S("string"));
    write_plain_property(json, S("fields"), S("array"));
    json_object_end(json);
    json_object_end(json);
    json_object_end(json);
    json_object_end(json);
}

static void write_request_schemas(Json *json)
{
    json_field_object_begin(json, S("Request"));
    json_field_str(json, S("type"), S("object"));
    json_field_object_begin(json, S("properties"));
    write_plain_property(json, S("form"), S("object"));
    write_plain_property(json, S("version"), S("integer"));
    write_plain_property(json, S("at"), S("string"));
    write_plain_property(json, S("code"), S("string"));
    json_object_end(json);
    json_object_end(json);
    json_field_object_begin(json, S("Upload"));
    json_field_str(json, S("type"), S("object"));
    json_field_object_begin(json, S("properties"));
    json_field_object_begin(json, S("file"));
    json_field_str(json, S("type"), S("string"));
    json_field_str(json, S("format"), S("binary"));
    json_object_end(json);
    json_object_end(json);
    json_object_end(json);
}

static void write_components(Json *json, const Visit *visit)
{
    const Profile *profile = visit->office->profile;
    json_field_object_begin(json, S("components"));
    json_field_object_begin(json, S("securitySchemes"));
    json_field_object_begin(json, S("bearer"));
    json_field_str(json, S("type"), S("http"));
    json_field_str(json, S("scheme"), S("bearer"));
    json_object_end(json);
    json_object_end(json);
    json_field_object_begin(json, S("schemas"));
    write_error_schema(json);
    write_request_schemas(json);
    for (size_t i = 0; i < profile->n_kinds; i++)
        write_kind_schema(json, visit, &profile->kinds[i]);
    json_object_end(json);
    json_object_end(json);
}

HttpOutcome api_openapi(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Listed listed = {0};
    Json json = answer_open(response, 200);
    router_each(visit->app->router, list_route, &listed);
    json_object_begin(&json);
    json_field_str(&json, S("openapi"), S("3.1.0"));
    json_field_object_begin(&json, S("info"));
    json_field_str(&json, S("title"), S("Tongxin"));
    json_field_str(&json, S("version"), S("1"));
    json_object_end(&json);
    write_paths(&json, visit, &listed);
    write_components(&json, visit);
    json_object_end(&json);
    return answer_close(response, &json);
}
