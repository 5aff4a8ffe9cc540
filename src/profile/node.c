/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/node.h"

const NodePair *node_pair(const Node *map, Str key)
{
    if (map == NULL || map->type != NODE_MAP)
        return NULL;
    for (size_t i = 0; i < map->n; i++) {
        if (str_eq(map->pairs[i].key, key))
            return &map->pairs[i];
    }
    return NULL;
}

const Node *node_get(const Node *map, Str key)
{
    const NodePair *pair = node_pair(map, key);
    return pair == NULL ? NULL : pair->value;
}

Str node_text(const Node *map, Str key)
{
    const Node *value = node_get(map, key);
    return value == NULL || value->type != NODE_SCALAR ? (Str){0} : value->text;
}
