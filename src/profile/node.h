/* SPDX-License-Identifier: Apache-2.0 */
/* node.h - a YAML document as a tree that remembers where everything stands.
 *
 * The only form in which profile text travels between yaml.c, merge.c and the builders. Nodes live
 * in the arena of the load, never change once made, and are shared freely between trees.
 */
#ifndef TONGXIN_PROFILE_NODE_H
#define TONGXIN_PROFILE_NODE_H

#include "profile/profile.h"

typedef enum NodeType { NODE_SCALAR, NODE_MAP, NODE_LIST } NodeType;

typedef struct Node Node;

typedef struct NodePair {
    Str key;
    Position position; /* of the key */
    const Node *value;
} NodePair;

struct Node {
    NodeType type;
    Position position;
    Str text;                 /* NODE_SCALAR; empty when nothing was written */
    const NodePair *pairs;    /* NODE_MAP: `n` of them, keys all different */
    const Node *const *items; /* NODE_LIST: `n` of them */
    size_t n;
};

typedef VEC(NodePair) NodePairVec;
typedef VEC(const Node *) NodeVec;

/* The pair of a map with the key, or NULL; also NULL when `map` is NULL or no map. */
const NodePair *node_pair(const Node *map, Str key);
/* Its value, or NULL. */
const Node *node_get(const Node *map, Str key);
/* The text of a scalar under the key, or empty. */
Str node_text(const Node *map, Str key);

#endif
