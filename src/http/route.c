/* SPDX-License-Identifier: Apache-2.0 */
#include "http/route.h"

#include "base/buf.h"

typedef struct Node {
    Str literal; /* empty for a hole */
    struct Node *next;
    struct Node *children; /* literal parts */
    struct Node *hole;
    struct Node *tail; /* {rest*} */
    const Route *routes[HTTP_METHOD__COUNT];
    unsigned allow;
} Node;

struct Router {
    Arena *arena;
    Node root;
    const RouteTable *tables;
    size_t table_count;
};

/* One match under way. A value is kept for each hole passed on the way down; names are read from
 * the pattern of the route found, since two routes of one shape may call a hole differently. */
typedef struct Walk {
    Str segments[HTTP_SEGMENTS_MAX];
    size_t count;
    Str values[HTTP_PARAMS_MAX];
    size_t value_count;
    HttpMethod method;
    unsigned allow;
    const Route *found;
} Walk;

static const char *const method_names[HTTP_METHOD__COUNT] = {"GET",   "HEAD",   "POST",   "PUT",
                                                             "PATCH", "DELETE", "OPTIONS"};

const char *http_method_name(HttpMethod method)
{
    ASSERT(method < HTTP_METHOD__COUNT);
    return method_names[method];
}

bool http_method_parse(Str text, HttpMethod *ret)
{
    for (HttpMethod method = 0; method < HTTP_METHOD__COUNT; method++) {
        if (str_eq(text, str_from_c(method_names[method]))) {
            *ret = method;
            return true;
        }
    }
    return false;
}

Str http_allow_text(Arena *arena, unsigned allow)
{
    Buf buf = buf_open(arena);
    for (HttpMethod method = 0; method < HTTP_METHOD__COUNT; method++) {
        if ((allow & (1U << method)) == 0)
            continue;
        if (buf.n > 0)
            buf_add(&buf, S(", "));
        buf_add(&buf, str_from_c(method_names[method]));
    }
    return buf_str(&buf);
}

/* ---- building ---- */

static bool is_hole(Str part)
{
    return part.n > 2 && part.p[0] == '{' && part.p[part.n - 1] == '}';
}

static Str hole_name(Str part)
{
    Str name = str_slice(part, 1, part.n - 1);
    return str_ends(name, S("*")) ? str_slice(name, 0, name.n - 1) : name;
}

static Node *child_for(Router *router, Node *node, Str part)
{
    if (is_hole(part)) {
        Node **slot = str_ends(part, S("*}")) ? &node->tail : &node->hole;
        if (*slot == NULL)
            *slot = NEW(router->arena, Node);
        return *slot;
    }
    ASSERT(part.n > 0 && !str_has(part, S("{")));
    Node **last = &node->children;
    for (; *last != NULL; last = &(*last)->next) {
        if (str_eq((*last)->literal, part))
            return *last;
    }
    *last = NEW(router->arena, Node);
    (*last)->literal = part;
    return *last;
}

static void add_route(Router *router, const Route *route)
{
    Str rest = str_from_c(route->pattern);
    ASSERT(str_starts(rest, S("/")) && route->handler != NULL);
    ASSERT(route->method != HTTP_HEAD && route->method != HTTP_OPTIONS);
    Node *node = &router->root;
    size_t holes = 0;
    size_t parts = 0;
    Str part;
    rest = str_slice(rest, 1, rest.n);
    while (str_next(&rest, '/', &part)) {
        ASSERT(node != NULL && ++parts <= HTTP_SEGMENTS_MAX);
        node = child_for(router, node, part);
        holes += is_hole(part);
        ASSERT(holes <= HTTP_PARAMS_MAX);
        ASSERT(!str_ends(part, S("*}")) || rest.n == 0);
    }
    ASSERT(node->routes[route->method] == NULL);
    node->routes[route->method] = route;
    node->allow |= 1U << route->method | 1U << HTTP_OPTIONS;
    if (route->method == HTTP_GET)
        node->allow |= 1U << HTTP_HEAD;
}

Router *router_open(Arena *arena, const RouteTable *tables, size_t count)
{
    Router *router = NEW(arena, Router);
    router->arena = arena;
    router->tables = arena_copy(arena, tables, count * sizeof(*tables));
    router->table_count = count;
    for (size_t t = 0; t < count; t++) {
        for (size_t i = 0; i < tables[t].count; i++)
            add_route(router, &tables[t].routes[i]);
    }
    return router;
}

void router_each(const Router *router, void (*visit)(const Route *route, void *context),
                 void *context)
{
    for (size_t t = 0; t < router->table_count; t++) {
        for (size_t i = 0; i < router->tables[t].count; i++)
            visit(&router->tables[t].routes[i], context);
    }
}

/* ---- matching ---- */

/* The node's route for the method, if any; what else is allowed is collected on the way. */
static bool node_accept(Walk *walk, const Node *node)
{
    HttpMethod method = walk->method == HTTP_HEAD ? HTTP_GET : walk->method;
    walk->allow |= node->allow;
    walk->found = node->routes[method];
    return walk->found != NULL;
}

static bool node_match(Walk *walk, const Node *node, size_t at);

static bool hole_match(Walk *walk, const Node *node, size_t at, Str value, size_t next)
{
    if (node == NULL || walk->segments[at].n == 0)
        return false;
    walk->values[walk->value_count++] = value;
    if (node_match(walk, node, next))
        return true;
    walk->value_count--;
    return false;
}

/* Each node of the tree is visited at most once, so this is linear in the number of routes. */
static bool node_match(Walk *walk, const Node *node, size_t at)
{
    if (at == walk->count)
        return node_accept(walk, node);
    Str part = walk->segments[at];
    for (const Node *child = node->children; child != NULL; child = child->next) {
        if (str_eq(child->literal, part) && node_match(walk, child, at + 1))
            return true;
    }
    if (hole_match(walk, node->hole, at, part, at + 1))
        return true;
    Str end = walk->segments[walk->count - 1];
    Str rest = {part.p, (size_t)(end.p + end.n - part.p)};
    return hole_match(walk, node->tail, at, rest, walk->count);
}

/* "/a/b" gives "a", "b"; "/" gives nothing; "/a/" gives "a", "". The parts are views into `path`.
 * */
static bool split_path(Str path, Walk *walk)
{
    if (path.n == 0 || path.p[0] != '/')
        return false;
    if (path.n == 1)
        return true;
    size_t from = 1;
    for (size_t i = 1; i <= path.n; i++) {
        if (i < path.n && path.p[i] != '/')
            continue;
        if (walk->count == HTTP_SEGMENTS_MAX)
            return false;
        walk->segments[walk->count++] = (Str){path.p + from, i - from};
        from = i + 1;
    }
    return true;
}

static void name_params(const Walk *walk, RouteMatch *ret)
{
    Str rest = str_from_c(walk->found->pattern);
    Str part;
    while (str_next(&rest, '/', &part)) {
        if (!is_hole(part))
            continue;
        ret->params[ret->param_count] =
            (RouteParam){hole_name(part), walk->values[ret->param_count]};
        ret->param_count++;
    }
}

RouteResult router_match(const Router *router, HttpMethod method, Str path, RouteMatch *ret)
{
    *ret = (RouteMatch){0};
    Walk walk = {.method = method};
    if (!split_path(path, &walk))
        return ROUTE_UNKNOWN;
    if (node_match(&walk, &router->root, 0)) {
        ret->route = walk.found;
        ret->allow = walk.allow;
        name_params(&walk, ret);
        return ROUTE_FOUND;
    }
    ret->allow = walk.allow;
    if (walk.allow != 0)
        return ROUTE_NO_METHOD;
    if (path.n > 1 && path.p[path.n - 1] == '/' && path.p[path.n - 2] != '/') {
        RouteMatch without;
        path.n--;
        if (router_match(router, method, path, &without) == ROUTE_FOUND)
            return ROUTE_SLASH;
    }
    return ROUTE_UNKNOWN;
}
