/* SPDX-License-Identifier: Apache-2.0 */
/* tree.h - the office's organisations and where each stands, today and on any day.
 *
 * An OrgTree is an immutable picture loaded from the tables `org` (places in the tree, by day) and
 * `record` (code, name, type). Permission uses the tree of today; a figure uses the tree of the day
 * it counts on (architecture.md, "Data"). Organisations are pointed at by permanent id, never by
 * path: a merged township neither rewrites the past nor vanishes.
 */
#ifndef TONGXIN_ORG_TREE_H
#define TONGXIN_ORG_TREE_H

#include "base/map.h"
#include "base/message.h"
#include "base/moment.h"
#include "base/vec.h"
#include "db/db.h"
#include "profile/profile.h"
#include "rule/selection.h"

typedef struct Org {
    int64_t id; /* record id */
    Str code;
    Label title;
    Str type;                 /* code of choice list org_type: city, township, department … */
    Str division_code;        /* 12 digits or empty */
    bool is_virtual;          /* counted in no denominator: 虚拟社区 */
    Day opened_on, closed_on; /* 0: unknown, still open */
    int64_t successor;        /* 0 or the organisation that took over */
    int64_t parent;           /* today; 0 = root */
    int depth;                /* 0 = root */
    IdVec children;           /* today, in order of code */
} Org;

/* `org` stood under `parent` on the days [from, to). to = INT32_MAX: still. */
typedef struct OrgPeriod {
    int64_t org;
    int64_t parent;
    Day from, to;
} OrgPeriod;

typedef struct OrgTree {
    Map by_id;                  /* Org* */
    Map by_code;                /* Org* */
    const OrgPeriod *periods;   /* ordered by org, from */
    const OrgPeriod *by_parent; /* the same, ordered by parent, org, from */
    size_t n_periods;
    const Profile *profile; /* whose kinds stand in it; org_tree_load leaves it NULL */
    int64_t root; /* the oldest without a parent; 0 when the site has no organisations yet */
} OrgTree;

/* No organisation stands deeper than this. */
#define ORG_DEPTH_MAX 32

/* An organisation without a period is a root, and so is one that stands nowhere today. ERR_WRONG
 * when one stands below itself. */
NODISCARD bool org_tree_load(Arena *arena, Db *db, OrgTree *ret_tree, Err *err);

/* NULL when there is none. */
const Org *org_find(const OrgTree *tree, int64_t id);
const Org *org_by_code(const OrgTree *tree, Str code);
/* True when `id` is `ancestor` or stands below it today. */
bool org_is_within(const OrgTree *tree, int64_t id, int64_t ancestor);
/* `id` and everything above it today, nearest first; nothing for an id that is not in the tree. */
IdVec org_ancestors(Arena *arena, const OrgTree *tree, int64_t id);
/* `id` and everything below it today, parents first. */
IdVec org_subtree(Arena *arena, const OrgTree *tree, int64_t id);
/* Of these, in that order, the open ones that have `words` in a name or code; capitals and small
 * letters are the same. */
IdVec org_matching(Arena *arena, const OrgTree *tree, int64_t id, Str words);

typedef VEC(SelectionSpan) OrgSpans;

/* For figures: every organisation that stood below `root` (or is it) at some time in the days
 * [from, to], with the days it did, clipped to the range. Adjacent spans are joined. */
OrgSpans org_spans(Arena *arena, const OrgTree *tree, int64_t root, Day from, Day to);

#endif
