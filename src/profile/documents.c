/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/documents.h"

#include "profile/merge.h"
#include "profile/read.h"
#include "profile/yaml.h"

#define DOCUMENTS_MAX 3000

static const Str head_names[HEAD__COUNT] = {
    [HEAD_PROFILE] = S_CONST("profile"),     [HEAD_CHOICES] = S_CONST("choices"),
    [HEAD_KIND] = S_CONST("kind"),           [HEAD_FLOW] = S_CONST("flow"),
    [HEAD_ROLE] = S_CONST("role"),           [HEAD_ROUTING] = S_CONST("routing"),
    [HEAD_INDICATOR] = S_CONST("indicator"), [HEAD_FIGURE] = S_CONST("figure"),
    [HEAD_BRIEFING] = S_CONST("briefing"),   [HEAD_SCAN] = S_CONST("scan"),
    [HEAD_PLAN_LIST] = S_CONST("plan_list"), [HEAD_MENU] = S_CONST("menu"),
    [HEAD_COVERAGE] = S_CONST("coverage"),   [HEAD_ASSESSMENT] = S_CONST("assessment"),
};

const Document *document_find(const Load *load, Head head, Str name)
{
    for (size_t i = 0; i < load->documents[head].n; i++) {
        if (str_eq(load->documents[head].p[i].name, name))
            return &load->documents[head].p[i];
    }
    return NULL;
}

StrVec document_names(const Load *load, Head head)
{
    StrVec names = {0};
    for (size_t i = 0; i < load->documents[head].n; i++)
        *vec_push(load->scratch, &names) = load->documents[head].p[i].name;
    return names;
}

static bool layer_known(const Load *load, Str name)
{
    for (size_t i = 0; i < load->sources.n; i++) {
        if (str_eq(load->sources.p[i].layer, name))
            return true;
    }
    return false;
}

/* `extend:` for `extends:` */
static bool is_misspelt(Load *load, Str key)
{
    StrVec known = {0};
    *vec_push(load->scratch, &known) = S("extends");
    return suggest(key, &known).n > 0;
}

/* Without its base nearly everything in a profile is unknown: then only this is said. */
static void check_extends(Load *load, const Node *node)
{
    Str extends = read_text(load, node, S("extends"));
    if (extends.n > 0 && !layer_known(load, extends)) {
        fault(load, key_position(node, S("extends")), MSG_profile_no_base, extends);
        load->baseless = true;
    }
    for (size_t i = 0; i < node->n && extends.n == 0; i++) {
        if (!is_misspelt(load, node->pairs[i].key))
            continue;
        check_profile_keys(load, node);
        load->baseless = true;
    }
}

/* Neither is a profile complete without a part it names. */
static void check_parts(Load *load, const Node *node)
{
    NodeVec parts = read_scalars(load, node, S("parts"));
    for (size_t i = 0; i < parts.n; i++) {
        Str layer = STR(load->scratch, PARTS_FOLDER "/", parts.p[i]->text);
        if (layer_known(load, layer))
            continue;
        fault(load, parts.p[i]->position, MSG_profile_no_part, parts.p[i]->text);
        load->baseless = true;
    }
}

static bool find_head(Load *load, const Node *node, Head *ret_head)
{
    StrVec known = {0};
    if (!check_map(load, node) || node->n == 0)
        return false;
    for (Head head = 0; head < HEAD__COUNT; head++) {
        *vec_push(load->scratch, &known) = head_names[head];
        if (str_eq(node->pairs[0].key, head_names[head])) {
            *ret_head = head;
            return true;
        }
    }
    fault_unknown(load, node->pairs[0].position, MSG_profile_unknown_head, node->pairs[0].key,
                  (Str){0}, &known);
    return false;
}

/* A city's profile document goes over its base's whatever they are called: there is one profile. */
static Document *merge_target(Load *load, Head head, Str name)
{
    DocumentVec *all = &load->documents[head];
    for (size_t i = 0; i < all->n; i++) {
        if (head == HEAD_PROFILE || str_eq(all->p[i].name, name))
            return &all->p[i];
    }
    return NULL;
}

static bool is_part(Str layer)
{
    return str_starts(layer, S(PARTS_FOLDER "/"));
}

static void add_document(Load *load, const Source *source, const Node *node)
{
    Head head;
    if (!find_head(load, node, &head))
        return;
    Document new = {.head = head, .layer = source->layer, .node = node};
    new.name = read_required_text(load, node, head_names[head]);
    new.position = node->pairs[0].value->position;
    if (new.name.n == 0 || !check_name(load, new.position, new.name))
        return;
    if (head == HEAD_PROFILE && is_part(source->layer)) {
        fault(load, new.position, MSG_profile_in_part, new.name);
        return;
    }
    merge_check(load, node);
    if (head == HEAD_PROFILE) {
        check_extends(load, node);
        check_parts(load, node);
    }
    Document *old = merge_target(load, head, new.name);
    if (old != NULL && str_eq(old->layer, new.layer)) {
        fault(load, new.position, MSG_profile_defined_twice, head_names[head], new.name,
              STR(load->arena, old->position.file, ":", old->position.line));
        return;
    }
    new.merged = old != NULL;
    if (old != NULL)
        new.node = merge(load, old->node, node);
    if (old == NULL) /* an array with room has a place: NOLINTNEXTLINE(clang-analyzer-core.*) */
        old = vec_push(load->scratch, &load->documents[head]);
    *old = new;
}

static bool add_source(Load *load, Str path, Str text)
{
    size_t slash = str_find(path, S("/"), is_part(path) ? sizeof PARTS_FOLDER : 0);
    if (slash == SIZE_MAX || path.n > 300)
        return false;
    *vec_push(load->scratch, &load->sources) =
        (Source){.file = path, .layer = str_slice(path, 0, slash), .text = text};
    return true;
}

/* The offset of the next line that begins with the marker, at or after `from`, or the end. */
static size_t next_marker(Str bundle, size_t from)
{
    size_t at = str_find(bundle, S("\n%%% "), from);
    return at == SIZE_MAX ? bundle.n : at + 1;
}

bool sources_split(Load *load, Str bundle)
{
    size_t at = 0;
    if (bundle.n > BUNDLE_BYTES_MAX || !str_starts(bundle, S("%%% ")))
        return false;
    while (at < bundle.n) {
        size_t line_end = str_find(bundle, S("\n"), at);
        if (line_end == SIZE_MAX)
            return false;
        size_t next = next_marker(bundle, line_end);
        Str path = str_slice(bundle, at + 4, line_end);
        if (!add_source(load, path, str_slice(bundle, line_end + 1, next)))
            return false;
        at = next;
    }
    return true;
}

/* ---- what goes over nothing ---- */

/* What a definition that stands alone cannot do without. */
static bool stands_alone(Head head, const Node *node)
{
    if (head == HEAD_FLOW)
        return node_get(node, S("states")) != NULL || node_get(node, S("extends")) != NULL;
    if (head == HEAD_SCAN)
        return node_get(node, S("says")) != NULL;
    return head == HEAD_ROUTING || head == HEAD_CHOICES || node_get(node, S("label")) != NULL;
}

/* A misspelt name makes a new definition out of what was meant to change one below. */
static bool is_misnamed(Load *load, Head head, const Document *document)
{
    StrVec below = {0};
    Str near;
    Diagnostic *new;
    for (size_t i = 0; i < load->documents[head].n; i++) {
        const Document *other = &load->documents[head].p[i];
        if (other->merged || !str_eq(other->layer, document->layer))
            *vec_push(load->scratch, &below) = other->name;
    }
    near = suggest(document->name, &below);
    if (document->merged || near.n == 0 || stands_alone(head, document->node))
        return false;
    new =
        fault(load, document->position, MSG_profile_over_nothing, head_names[head], document->name);
    new->hint = MSG_profile_did_you_mean;
    new->hint_args[0] = near;
    return true;
}

/* Said once, instead of all that such a definition lacks. */
static void drop_misnamed(Load *load)
{
    for (Head head = HEAD_PROFILE + 1; head < HEAD__COUNT; head++) {
        DocumentVec *all = &load->documents[head];
        size_t kept = 0;
        for (size_t i = 0; i < all->n; i++) {
            Document document = all->p[i];
            if (!is_misnamed(load, head, &document))
                all->p[kept++] = document;
        }
        all->n = kept;
    }
}

bool documents_read(Load *load, Str bundle)
{
    bool complete = true;
    size_t count = 0;
    Position start = {.file = S("-"), .line = 1, .column = 1};
    if (!sources_split(load, bundle)) {
        fault(load, start, MSG_profile_no_bundle);
        return false;
    }
    for (size_t i = 0; i < load->sources.n; i++) {
        NodeVec nodes = {0};
        complete = yaml_parse(load, &load->sources.p[i], &nodes) && complete;
        for (size_t j = 0; j < nodes.n && count < DOCUMENTS_MAX; j++, count++)
            add_document(load, &load->sources.p[i], nodes.p[j]);
    }
    if (count >= DOCUMENTS_MAX)
        fault(load, start, MSG_profile_yaml_too_large);
    if (!load->baseless)
        drop_misnamed(load);
    return complete && !load->baseless && count < DOCUMENTS_MAX;
}
