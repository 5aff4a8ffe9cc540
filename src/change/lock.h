/* SPDX-License-Identifier: Apache-2.0 */
/* lock.h - figures of a locked period stay as they are.
 *
 * A lock (a record of a kind with `locks`) names an organisation and days. What a change would
 * alter is known exactly where it is counted: the cells and refs that differ. A flow's cell is of
 * its day; a stock's is of that day and of every later one until it is taken back.
 */
#ifndef TONGXIN_CHANGE_LOCK_H
#define TONGXIN_CHANGE_LOCK_H

#include "figure/cell.h"
#include "org/office.h"

/* True when no figure of a locked period below the lock's organisation would change, in the tree of
 * those days. Otherwise ERR_CONFLICT that names the lock. Pure. */
NODISCARD bool locks_allow(Arena *arena, const Office *office, const CellDeltas *deltas, Err *err);

#endif
