/* SPDX-License-Identifier: Apache-2.0 */
/* links.h - what holds records together when one of them goes. A voided record takes its children
 * along. What a directory lists is there to be named: while a record that stands names it, it is
 * not voided but corrected there first or, when it is a double, absorbed by the one that is kept.
 */
#ifndef TONGXIN_CHANGE_LINKS_H
#define TONGXIN_CHANGE_LINKS_H

#include "change/decide.h"

/* Links that one merge moves at most: they are the assignments of one entry. */
#define ABSORB_LINKS_MAX 5000

/* The links of a form lead to records that stand; where `absorbs` names one of them, to another
 * record than this one. A link that only stands there again is not looked at. Errors name the
 * field. */
NODISCARD bool links_check_form(Draft *draft, const Move *move, DraftRecord *record,
                                const Values *form, Err *err);
/* May the record and its children be voided? Not while a record that stays names one of them that a
 * directory lists. */
NODISCARD bool links_check_void(Draft *draft, const DraftRecord *record, Err *err);
/* What follows from a move that voids: children are voided with it, or, where it `absorbs`, every
 * link to the record leads to the one that is kept. */
NODISCARD bool links_follow(Draft *draft, const Step *step, Err *err);

#endif
