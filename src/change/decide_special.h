/* SPDX-License-Identifier: Apache-2.0 */
/* decide_special.h - the few actions that every kind has and no profile defines: a second person
 * approves or refuses what is pending; a contact is read; text is erased; the task recomputes a
 * deadline when a calendar year was loaded, or notes that a contact was erased; an administrator
 * grants an account a role; a password is set. */
#ifndef TONGXIN_CHANGE_DECIDE_SPECIAL_H
#define TONGXIN_CHANGE_DECIDE_SPECIAL_H

#include "change/decide.h"

/* approve, refuse, reveal_contact, erase_contact, erase_text, recompute_due, grant, password_set */
bool decide_is_special(Str move);
NODISCARD bool decide_special(Draft *draft, const Change *change, DraftRecord *record, Err *err);

/* What waits is dropped, with its form. */
void pending_clear(Draft *draft, DraftRecord *record);
/* The move waits, with its form, for somebody else. */
NODISCARD bool pending_set(Draft *draft, const Move *move, DraftRecord *record,
                           const BoundForm *form, Err *err);
NODISCARD bool pending_approve(Draft *draft, DraftRecord *record, Err *err);
/* `reason`: 1 to 500 characters. */
NODISCARD bool pending_refuse(Draft *draft, DraftRecord *record, Str reason, Err *err);

#endif
