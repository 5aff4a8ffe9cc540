/* SPDX-License-Identifier: Apache-2.0 */
/* recount_bridge.h - the records of a database as figure/recount.h wants to see them. */
#ifndef TONGXIN_CHANGE_RECOUNT_BRIDGE_H
#define TONGXIN_CHANGE_RECOUNT_BRIDGE_H

#include "figure/recount.h"

/* Walks all records of `db`, which must outlive the source. */
RecountSource recount_source(Db *db);

#endif
