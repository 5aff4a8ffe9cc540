/* SPDX-License-Identifier: Apache-2.0 */
/* merge.h - one rule for reuse: merge by name (doc/profile-format.md).
 *
 * Maps merge key by key. Lists whose items are all maps with a `name`, or all with a `code`, merge
 * item by item: known items are merged, new ones appended, `remove: true` takes one out. A list
 * under `KEY+` is appended to the one under KEY. Anything else is replaced. Nodes of both sides are
 * shared, never changed.
 */
#ifndef TONGXIN_PROFILE_MERGE_H
#define TONGXIN_PROFILE_MERGE_H

#include "profile/fault.h"

/* `over` merged over `under`. Reports items to remove that are not there. */
const Node *merge(Load *load, const Node *under, const Node *over);
/* A map without one of its keys. */
const Node *without_key(Load *load, const Node *map, Str key);
/* Reports items of named lists below `node` that say the same name twice. */
void merge_check(Load *load, const Node *node);

#endif
