/* SPDX-License-Identifier: Apache-2.0 */
/* build.h - the builders: each turns merged documents of one head into structs, linked by pointer.
 *
 * Order matters and is kept in load.c: first everything that has a name is declared, so that any
 * definition may name any other; then choices, roles, the fields and states of all kinds, the moves
 * of all kinds, and what stands on facts.
 */
#ifndef TONGXIN_PROFILE_BUILD_H
#define TONGXIN_PROFILE_BUILD_H

#include "profile/documents.h"
#include "profile/fact.h"
#include "profile/read.h"

/* Makes the arrays of kinds, choice lists, roles and indicators with their names. */
void declare_all(Load *load);

/* Fills the city's own settings. */
void build_profile(Load *load);
/* Fills the choice lists. */
void build_choices(Load *load);
/* Fills the roles. */
void build_roles(Load *load);
/* The menus. */
void build_menus(Load *load);
/* Labels, settings and `fields` of every kind. */
void build_kinds(Load *load);
/* States, names, milestones and forms' own fields of every kind's flow: then facts are known. */
void build_flows(Load *load);
/* Everything else a move says. */
void build_moves(Load *load);
/* Routing rules. */
void build_routing(Load *load);
/* Indicators, with the hidden ones that ratios need. */
void build_indicators(Load *load);
/* Figures, with the hidden indicators that their `where` makes. */
void build_figures(Load *load);
/* Briefing templates and their slots. */
void build_briefings(Load *load);
/* Scan rules. */
void build_scans(Load *load);
/* Which kind is which part of the plan, with the fields it needs, and the plan's lists. */
void build_plan(Load *load);
/* Assessments, and the kind that their rounds are. */
void build_assessments(Load *load);
/* Whether kinds that counting reads by name have what it reads. */
void check_counting(Load *load);
/* Checks over the finished whole: reachable states, numbering, who may move. */
void check_profile(Load *load);

/* ---- shared by several builders ---- */

/* A field definition. The result has type FIELD_TYPE__COUNT when its type was reported. */
Field *field_build(Load *load, const Node *node);
/* A value of the fact's type from a scalar; false when reported. `name` is the fact's. */
bool value_build(Load *load, const Kind *kind, Str name, const Fact *fact, const Node *node,
                 Value *ret_value);
/* A condition over facts of `kind`; mistakes are reported. Never NULL; no node gives "always". */
const Condition *condition_build(Load *load, const Kind *kind, const Node *node);
/* Both conditions together; either may be NULL. */
const Condition *condition_both(Arena *arena, const Condition *a, const Condition *b);
/* The condition as canonical text, for the key of a definition. */
void condition_write(Buf *buf, const Condition *condition);
/* The role, or NULL and reported. */
const Role *role_named(Load *load, const Node *name);
/* The menu that a kind names under `menu`, or NULL; one that is not there is reported. */
const Menu *menu_read(Load *load, const Node *kind);
/* The kind, or NULL and reported. */
const Kind *kind_named(Load *load, const Node *name);
/* Reports a name or label that the red lines refuse (redline.h). */
void check_redline(Load *load, Position position, Str name);
/* Reports a label under `key` that the red lines refuse. */
void check_label_redline(Load *load, const Node *map, Str key, Label label);
/* The value of the key `plan` of a kind. */
PlanPart plan_part_read(Load *load, const Node *node);
/* The names of one list of states or choices, and those its items had in earlier profiles. */
typedef struct FormerNames {
    Load *load;
    Map seen; /* present and former names */
} FormerNames;
/* First every present name … */
void former_add_present(FormerNames *former, Str name);
/* … then each item: reports a former name that is a present one, or another item's. */
void former_check(FormerNames *former, const Node *item);

/* A mutable flow of a kind under construction. */
Move *flow_moves(const Flow *flow);

#endif
