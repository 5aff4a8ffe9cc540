/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/merge.h"

#include "profile/read.h"

static bool items_have(const Node *list, Str key)
{
    for (size_t i = 0; i < list->n; i++) {
        if (node_text(list->items[i], key).n == 0)
            return false;
    }
    return true;
}

/* "name" or "code" when the items of both lists can be told apart by it, else empty. */
static Str list_key(const Node *a, const Node *b)
{
    static const Str keys[] = {S_CONST("name"), S_CONST("code")};
    for (size_t i = 0; i < COUNT_OF(keys) && a->n + b->n > 0; i++) {
        if (items_have(a, keys[i]) && items_have(b, keys[i]))
            return keys[i];
    }
    return (Str){0};
}

static const Node *map_of(Load *load, Position position, const NodePairVec *pairs)
{
    Node *node = NEW(load->scratch, Node);
    *node = (Node){.type = NODE_MAP, .position = position, .pairs = pairs->p, .n = pairs->n};
    return node;
}

/* A list stays a list: losing it would only report everything that named its items. */
static bool lost_list(Load *load, NodePair under, const Node *over)
{
    if (under.value->type != NODE_LIST || over->type == NODE_LIST)
        return false;
    fault(load, over->position, MSG_profile_list_expected, under.key);
    return true;
}

static const Node *list_of(Load *load, Position position, const NodeVec *items)
{
    Node *node = NEW(load->scratch, Node);
    *node = (Node){.type = NODE_LIST, .position = position, .items = items->p, .n = items->n};
    return node;
}

static bool has_scalar(const NodeVec *items, const Node *item)
{
    for (size_t i = 0; i < items->n; i++) {
        if (item->type == NODE_SCALAR && items->p[i]->type == NODE_SCALAR &&
            str_eq(items->p[i]->text, item->text))
            return true;
    }
    return false;
}

/* The items of `over` after those of `under`; words that stand there already are not repeated. */
static const Node *append(Load *load, const Node *under, const Node *over)
{
    NodeVec items = {0};
    for (size_t i = 0; i < under->n; i++)
        *vec_push(load->scratch, &items) = under->items[i];
    for (size_t i = 0; i < over->n; i++) {
        if (!has_scalar(&items, over->items[i]))
            *vec_push(load->scratch, &items) = over->items[i];
    }
    return list_of(load, over->position, &items);
}

static bool appends(Str key)
{
    return str_ends(key, S("+"));
}

/* What `over` says under `KEY+` to a list that stands under KEY, or NULL. */
static const NodePair *addition(Load *load, NodePair under, const Node *over)
{
    Str key = appends(under.key) ? under.key : STR(load->scratch, under.key, "+");
    const NodePair *pair = node_pair(over, key);
    bool lists = pair != NULL && under.value->type == NODE_LIST && pair->value->type == NODE_LIST;
    return lists ? pair : NULL;
}

/* A pair of `over` that has found its place among those of `under`. */
static bool is_placed(const Node *under, const Node *over, const NodePair *pair)
{
    Str plain = str_slice(pair->key, 0, pair->key.n - appends(pair->key));
    const NodePair *list = node_pair(under, plain);
    if (node_pair(under, pair->key) != NULL)
        return true;
    return appends(pair->key) && list != NULL && node_pair(over, plain) == NULL &&
           list->value->type == NODE_LIST && pair->value->type == NODE_LIST;
}

static const Node *merge_maps(Load *load, const Node *under, const Node *over)
{
    NodePairVec pairs = {0};
    for (size_t i = 0; i < under->n; i++) {
        NodePair pair = under->pairs[i];
        const NodePair *newer = node_pair(over, pair.key);
        const NodePair *added = addition(load, pair, over);
        if (newer != NULL && lost_list(load, pair, newer->value))
            newer = NULL;
        if (added != NULL && (newer == NULL || newer == added))
            pair.value = append(load, pair.value, added->value);
        else if (newer != NULL)
            pair = (NodePair){pair.key, newer->position, merge(load, pair.value, newer->value)};
        *vec_push(load->scratch, &pairs) = pair;
    }
    for (size_t i = 0; i < over->n; i++) {
        if (!is_placed(under, over, &over->pairs[i]))
            *vec_push(load->scratch, &pairs) = over->pairs[i];
    }
    return map_of(load, over->position, &pairs);
}

static size_t item_index(const NodeVec *items, Str key, Str name)
{
    for (size_t i = 0; i < items->n; i++) {
        if (str_eq(node_text(items->p[i], key), name))
            return i;
    }
    return SIZE_MAX;
}

static void remove_item(Load *load, NodeVec *items, size_t at, const Node *item, Str name)
{
    check_keys(load, item, S("name code remove"));
    if (at == SIZE_MAX) {
        fault(load, item->position, MSG_profile_nothing_to_remove, name);
        return;
    }
    for (size_t i = at; i + 1 < items->n; i++)
        items->p[i] = items->p[i + 1];
    items->n--;
}

static const Node *merge_lists(Load *load, const Node *under, const Node *over, Str key)
{
    NodeVec items = {0};
    for (size_t i = 0; i < under->n; i++)
        *vec_push(load->scratch, &items) = under->items[i];
    for (size_t i = 0; i < over->n; i++) {
        const Node *item = over->items[i];
        Str name = node_text(item, key);
        size_t at = item_index(&items, key, name);
        if (node_get(item, S("remove")) != NULL)
            remove_item(load, &items, at, item, name);
        else if (at == SIZE_MAX)
            *vec_push(load->scratch, &items) = item;
        else {
            ASSERT(at < items.n);
            items.p[at] = merge(load, items.p[at], item);
        }
    }
    return list_of(load, over->position, &items);
}

const Node *merge(Load *load, const Node *under, const Node *over)
{
    if (under->type == NODE_MAP && over->type == NODE_MAP)
        return merge_maps(load, under, over);
    if (under->type == NODE_LIST && over->type == NODE_LIST) {
        Str key = list_key(under, over);
        if (key.n > 0)
            return merge_lists(load, under, over, key);
    }
    return over;
}

const Node *without_key(Load *load, const Node *map, Str key)
{
    NodePairVec pairs = {0};
    for (size_t i = 0; i < map->n; i++) {
        if (!str_eq(map->pairs[i].key, key))
            *vec_push(load->scratch, &pairs) = map->pairs[i];
    }
    return map_of(load, map->position, &pairs);
}

static void check_named_list(Load *load, const Node *list, Str key)
{
    Map seen = map_open(load->scratch);
    for (size_t i = 0; i < list->n; i++) {
        const Node *item = list->items[i];
        Str name = node_text(item, key);
        const Node *first = map_find(&seen, name);
        if (first != NULL)
            fault(load, key_position(item, key), MSG_profile_duplicate_item, name,
                  STR(load->arena, first->position.line));
        map_set(&seen, name, (void *)(uintptr_t)item);
    }
}

void merge_check(Load *load, const Node *node)
{
    for (size_t i = 0; node->type == NODE_MAP && i < node->n; i++)
        merge_check(load, node->pairs[i].value);
    if (node->type != NODE_LIST)
        return;
    Str key = list_key(node, node);
    if (key.n > 0)
        check_named_list(load, node, key);
    for (size_t i = 0; i < node->n; i++)
        merge_check(load, node->items[i]);
}
