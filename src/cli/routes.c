/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/serve.h"
#include "write/json.h"

typedef struct Listing {
    Buf *buf;
    Json *json; /* NULL: text */
} Listing;

static size_t route_limit(const Route *route)
{
    return route->body_limit ? route->body_limit : HTTP_BODY_DEFAULT;
}

static const char *text_or_none(const char *text)
{
    return text ? text : "";
}

static void route_json(Json *json, const Route *route)
{
    json_object_begin(json);
    json_field_str(json, S("method"), str_from_c(http_method_name(route->method)));
    json_field_str(json, S("path"), str_from_c(route->pattern));
    json_field_bool(json, S("public"), (route->flags & ROUTE_PUBLIC) != 0);
    json_field_bool(json, S("control"), (route->flags & ROUTE_CONTROL) != 0);
    json_field_str(json, S("roles"), str_from_c(text_or_none(route->roles)));
    json_field_int(json, S("body_limit"), (int64_t)route_limit(route));
    json_field_str(json, S("summary"), str_from_c(text_or_none(route->summary)));
    json_object_end(json);
}

static void route_list(const Route *route, void *context)
{
    const Listing *listing = context;
    if (listing->json) {
        route_json(listing->json, route);
        return;
    }
    TEXT(listing->buf, http_method_name(route->method), "\t", route->pattern, "\t",
         (route->flags & ROUTE_PUBLIC) ? "public" : text_or_none(route->roles), "\t",
         route_limit(route), "\t", text_or_none(route->summary), "\n");
}

int command_routes(Cli *cli, int argc, char **argv)
{
    bool as_json = false;
    const Option options[] = {
        OPTION(FLAG, "json", &as_json, none, cli_option_json),
        OPTION_END,
    };
    const Usage usage = {"routes [--json]", MSG_cli_routes_about, options, 0, 0};
    Buf buf = buf_open(cli->arena);
    Json json = json_open(&buf);
    Listing listing = {&buf, NULL};
    StrVec words;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (as_json) {
        listing.json = &json;
        json_object_begin(&json);
        json_field_array_begin(&json, S("routes"));
    }
    router_each(serve_router(cli->arena), route_list, &listing);
    if (as_json) {
        json_array_end(&json);
        json_object_end(&json);
        buf_byte(&buf, '\n');
    }
    cli_print(buf_str(&buf));
    return 0;
}
