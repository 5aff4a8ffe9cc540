/* SPDX-License-Identifier: Apache-2.0 */
/* The description of this interface (OpenAPI 3.1), from the dispatch table and the active profile,
 * so that it cannot say anything else than what is served. */
#include "api/openapi.h"

#include "api/answer.h"
#include "api/handlers.h"

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

/* ---- parameters ---- */

static void write_parameter_reference(Json *json, Str key)
{
    json_object_begin(json);
    openapi_reference(json, "parameters", key);
    json_object_end(json);
}

static void write_holes(Json *json, const Route *route)
{
    Str rest = str_from_c(route->pattern), part;
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
}

static void write_route_parameters(Json *json, const Visit *visit, const Route *route,
                                   const Operation *operation)
{
    Str rest = str_from_c(operation->query ? operation->query : ""), key;
    json_field_array_begin(json, S("parameters"));
    write_holes(json, route);
    while (rest.n > 0 && str_next(&rest, ' ', &key))
        write_parameter_reference(json, key);
    if (operation->filters)
        openapi_filters(json, visit);
    if (operation->body && !str_eq(str_from_c(operation->body), S("SignIn")))
        write_parameter_reference(json, S("idempotency_key"));
    json_array_end(json);
}

static void write_words(Json *json, Str name, const char *words)
{
    Str rest = str_from_c(words), word;
    json_field_array_begin(json, name);
    while (rest.n > 0 && str_next(&rest, ' ', &word))
        json_str(json, word);
    json_array_end(json);
}

static void write_parameter(Json *json, const Parameter *parameter)
{
    json_field_object_begin(json, str_from_c(parameter->key));
    json_field_str(json, S("name"), str_from_c(parameter->name));
    json_field_str(json, S("in"), str_from_c(parameter->in));
    json_field_str(json, S("description"), str_from_c(parameter->says));
    json_field_object_begin(json, S("schema"));
    openapi_type(json, str_from_c(parameter->type));
    if (parameter->words)
        write_words(json, S("enum"), parameter->words);
    if (parameter->max > 0) {
        json_field_int(json, S("minimum"), 1);
        json_field_int(json, S("maximum"), parameter->max);
    }
    json_object_end(json);
    json_object_end(json);
}

/* ---- bodies ---- */

static void write_form(Json *json, const Visit *visit, const Operation *operation)
{
    json_object_begin(json);
    json_field_str(json, S("type"), S("object"));
    json_field_object_begin(json, S("properties"));
    json_field_object_begin(json, S("form"));
    json_field_str(json, S("description"),
                   S("The form of the kind and the move: {kind}.{move}, public.{kind}.{move} "
                     "without an account, every.{move} for what every kind has"));
    json_field_array_begin(json, S("anyOf"));
    openapi_form_references(json, visit, operation->forms);
    json_array_end(json);
    json_object_end(json);
    json_object_end(json);
    if (operation->forms == FORMS_CREATE || operation->forms == FORMS_PUBLIC_CREATE)
        write_words(json, S("required"), "form");
    json_object_end(json);
}

static void write_json_body(Json *json, const Visit *visit, const Operation *operation)
{
    json_field_object_begin(json, S("application/json"));
    json_field_object_begin(json, S("schema"));
    if (operation->forms == FORMS_NONE) {
        openapi_reference(json, "schemas", str_from_c(operation->body));
    } else {
        json_field_array_begin(json, S("allOf"));
        json_object_begin(json);
        openapi_reference(json, "schemas", str_from_c(operation->body));
        json_object_end(json);
        write_form(json, visit, operation);
        json_array_end(json);
    }
    json_object_end(json);
    json_object_end(json);
}

static void file_schema(Json *json)
{
    json_field_str(json, S("type"), S("object"));
    json_field_object_begin(json, S("properties"));
    json_field_object_begin(json, S("file"));
    json_field_str(json, S("type"), S("string"));
    json_field_str(json, S("format"), S("binary"));
    json_object_end(json);
    json_object_end(json);
    write_words(json, S("required"), "file");
}

/* A file, beside the members of the body where there are some. */
static void write_upload(Json *json, const Operation *operation)
{
    json_field_object_begin(json, S("multipart/form-data"));
    json_field_object_begin(json, S("schema"));
    if (operation->body) {
        json_field_array_begin(json, S("allOf"));
        json_object_begin(json);
        openapi_reference(json, "schemas", str_from_c(operation->body));
        json_object_end(json);
        json_object_begin(json);
    }
    file_schema(json);
    if (operation->body) {
        json_object_end(json);
        json_array_end(json);
    }
    json_object_end(json);
    json_object_end(json);
}

static void write_body(Json *json, const Visit *visit, const Route *route,
                       const Operation *operation)
{
    bool upload = (route->flags & ROUTE_UPLOAD) != 0;
    if (!upload && !operation->body)
        return;
    json_field_object_begin(json, S("requestBody"));
    json_field_bool(json, S("required"), true);
    json_field_object_begin(json, S("content"));
    if (upload)
        write_upload(json, operation);
    else
        write_json_body(json, visit, operation);
    json_object_end(json);
    json_object_end(json);
}

/* ---- answers ---- */

static void write_answer(Json *json, Str status, Str says, const char *media, Str shape)
{
    json_field_object_begin(json, status);
    json_field_str(json, S("description"), says);
    if (media || shape.n > 0) {
        json_field_object_begin(json, S("content"));
        json_field_object_begin(json, media ? str_from_c(media) : S("application/json"));
        if (shape.n > 0) {
            json_field_object_begin(json, S("schema"));
            openapi_reference(json, "schemas", shape);
            json_object_end(json);
        }
        json_object_end(json);
        json_object_end(json);
    }
    json_object_end(json);
}

static void write_responses(Json *json, const Route *route, const Operation *operation)
{
    json_field_object_begin(json, S("responses"));
    write_answer(json, str_from_c(operation->status), str_from_c(route->summary), operation->media,
                 str_from_c(operation->answer ? operation->answer : ""));
    write_answer(json, S("default"), S("What is wrong and what to do"), NULL, S("Error"));
    json_object_end(json);
}

static void write_operation(Json *json, const Visit *visit, const Route *route)
{
    const Operation *operation = operation_of(route->handler);
    bool open = (route->flags & ROUTE_PUBLIC) != 0 || !route->roles;
    ASSERT(operation);
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
    write_route_parameters(json, visit, route, operation);
    write_body(json, visit, route, operation);
    write_responses(json, route, operation);
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

/* ---- components ---- */

static void write_components(Json *json, const Visit *visit)
{
    size_t count;
    const Parameter *parameters = operation_parameters(&count);
    json_field_object_begin(json, S("components"));
    json_field_object_begin(json, S("securitySchemes"));
    json_field_object_begin(json, S("bearer"));
    json_field_str(json, S("type"), S("http"));
    json_field_str(json, S("scheme"), S("bearer"));
    json_object_end(json);
    json_object_end(json);
    json_field_object_begin(json, S("parameters"));
    for (size_t i = 0; i < count; i++)
        write_parameter(json, &parameters[i]);
    json_object_end(json);
    json_field_object_begin(json, S("schemas"));
    openapi_shapes(json);
    openapi_forms(json, visit);
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
