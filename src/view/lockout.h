/* SPDX-License-Identifier: Apache-2.0 */
/* lockout.h - how often a password may be tried.
 *
 * Tries are counted for a login at an address, whether there is such an account or not: nobody
 * learns which logins there are, and who guesses from elsewhere shuts out nobody at their desk,
 * even where a whole office has one address. LOCKOUT_TRIES at once, then one every
 * LOCKOUT_EVERY_US; the right password forgets them. What all addresses together try on a login
 * where nobody of that name signed in within LOCKOUT_KNOWN_US is counted too: it ends guessing from
 * many addresses, and leaves alone who always comes from the same place.
 *
 * In memory of fixed size; a restart forgets. Any thread. */
#ifndef TONGXIN_VIEW_LOCKOUT_H
#define TONGXIN_VIEW_LOCKOUT_H

#include "base/arena.h"
#include "base/moment.h"
#include "base/str.h"

#define LOCKOUT_TRIES         5
#define LOCKOUT_EVERY_US      (3 * MINUTE_US)
#define LOCKOUT_AFAR_TRIES    100 /* of all addresses that are not known for the login */
#define LOCKOUT_AFAR_EVERY_US (INT64_C(36) * SECOND_US)
#define LOCKOUT_KNOWN_US      (INT64_C(30) * DAY_US)

typedef struct Lockout Lockout;

/* It ends with the arena. */
Lockout *lockout_open(Arena *arena);
/* Takes a try before the password is looked at. Returns 0, or the seconds after which there will be
 * one; nothing is taken then. `client` is HttpRequest.client, `now_us` monotonic_us(). */
int lockout_try(Lockout *lockout, Str login, Str client, int64_t now_us);
/* The password was right: tries are forgotten and the address is known. */
void lockout_clear(Lockout *lockout, Str login, Str client, int64_t now_us);

#endif
