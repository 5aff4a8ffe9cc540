/* SPDX-License-Identifier: Apache-2.0 */
/* yaml.h - text to nodes. yaml.c is the only file that knows libfyaml.
 *
 * Of YAML 1.2 (https://yaml.org/spec/1.2.2/) profiles use maps, lists and scalars. Anchors,
 * aliases, tags and keys that are not scalars are refused: they would make a file mean more than it
 * shows, and aliases can grow a small text without bound.
 */
#ifndef TONGXIN_PROFILE_YAML_H
#define TONGXIN_PROFILE_YAML_H

#include "profile/fault.h"

#define YAML_DEPTH_MAX 32     /* maps and lists within each other */
#define YAML_KEYS_MAX  200    /* keys of one map */
#define YAML_ITEMS_MAX 2000   /* items of one list */
#define NODES_MAX      200000 /* of one load */

/* Parses every document of `source` into `ret_documents` (nodes in the arena of `load`). Duplicate
 * keys are reported and the first kept. False when the text cannot be read: reported once, and the
 * documents are incomplete. */
NODISCARD bool yaml_parse(Load *load, const Source *source, NodeVec *ret_documents);

#endif
