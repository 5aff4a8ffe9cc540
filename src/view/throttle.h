/* SPDX-License-Identifier: Apache-2.0 */
/* throttle.h - how often one may do something: write without an account, guess a query code, try a
 * password (lockout.h).
 *
 * A token bucket per key: `burst` at once, then one every `every_us`. Keys share a table of fixed
 * size; when it is crowded the one that has waited longest is forgotten. Any thread. */
#ifndef TONGXIN_VIEW_THROTTLE_H
#define TONGXIN_VIEW_THROTTLE_H

#include "base/arena.h"
#include "base/str.h"

#define THROTTLE_BURST    30
#define THROTTLE_EVERY_US 2000000 /* 30 a minute */

typedef struct Throttle Throttle;

/* `burst` at least 1, `every_us` above 0. It ends with the arena. */
Throttle *throttle_open(Arena *arena, int burst, int64_t every_us);
/* The key of an address; IPv6 addresses count by their first 64 bits, which one subscriber has to
 * itself. 0, which is not counted, for the loopback: it is the machine itself, or a proxy that does
 * not say whom it speaks for, and then all would wait for one. */
uint64_t throttle_address(Str client);
/* Takes a token. Returns 0, or the seconds after which there will be one; nothing is taken then.
 * `now_us` is monotonic_us(). */
int throttle_take(Throttle *throttle, uint64_t key, int64_t now_us);
/* The same without taking. */
int throttle_wait(Throttle *throttle, uint64_t key, int64_t now_us);
/* The bucket is full again. */
void throttle_forget(Throttle *throttle, uint64_t key);

#endif
