/* SPDX-License-Identifier: Apache-2.0 */
/* fold.h - an entry's assignments, applied to a state.
 *
 * An entry is a list of assignments "<record id>.<name> = value". Folding one is assigning them:
 * no profile, no clock, no randomness, so the same entries always give the same state, whatever
 * profiles and grants came later. Four kinds of name go elsewhere than into the record's values:
 *
 *   1.counter.<name>        the counter table (record 1 is the site)
 *   <id>.edition.<n>        a frozen edition of a briefing
 *   <id>.file.<id>          what the record was given, as attachment_facts says it: kept with the
 *                           entry and in no row, verify compares files with it
 *   <id>.parent_org         also begins a place of the organisation in the tree, on `moved_on` or
 *                           the day of the entry; the first one begins on `opened_on`, or has
 *                           always been
 */
#ifndef TONGXIN_CHANGE_FOLD_H
#define TONGXIN_CHANGE_FOLD_H

#include "change/state.h"
#include "ledger/entry.h"

#define COUNTER_PREFIX S("counter.")
#define EDITION_PREFIX S("edition.")
#define FILE_PREFIX    S("file.")

/* Every record the entry names gets the entry's sequence as version. ERR_WRONG when a name or value
 * cannot be read: the journal is damaged. Erased values (EntryField.erased) become the text
 * ERASED_TEXT. */
NODISCARD bool fold_entry(SiteState *state, const Entry *entry, Err *err);

/* Stands where erased text stood, in every language the same. */
#define ERASED_TEXT S("□□□")

#endif
