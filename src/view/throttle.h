/* SPDX-License-Identifier: Apache-2.0 */
/* throttle.h - how often one address may write without an account, or guess a query code.
 *
 * A token bucket per address: `burst` at once, then one every `every_us`. Addresses share a table
 * of fixed size; when it is crowded the one that has waited longest is forgotten. IPv6 addresses
 * count by their first 64 bits, which one subscriber has to itself. Any thread. */
#ifndef TONGXIN_VIEW_THROTTLE_H
#define TONGXIN_VIEW_THROTTLE_H

#include "base/arena.h"
#include "base/str.h"

#define THROTTLE_BURST    30
#define THROTTLE_EVERY_US 2000000 /* 30 a minute */

typedef struct Throttle Throttle;

/* `burst` at least 1, `every_us` above 0. It ends with the arena. */
Throttle *throttle_open(Arena *arena, int burst, int64_t every_us);
/* Takes a token. Returns 0, or the seconds after which there will be one; nothing is taken then.
 * `now_us` is monotonic_us(). Loopback is not counted: it is the machine itself, or a proxy that
 * does not say whom it speaks for, and then all would wait for one. */
int throttle_take(Throttle *throttle, Str client, int64_t now_us);
/* The same without taking. */
int throttle_wait(Throttle *throttle, Str client, int64_t now_us);

#endif
