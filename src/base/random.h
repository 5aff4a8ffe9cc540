/* SPDX-License-Identifier: Apache-2.0 */
/* random.h - the source of ids, salts and tokens, injected so that a test can repeat a run.
 *
 * The system source is getrandom(2). The seeded source (xoshiro256**) repeats
 * exactly and is for demo sites and tests only. Threads: a RandomSource belongs to one thread. */
#ifndef TONGXIN_RANDOM_H
#define TONGXIN_RANDOM_H

#include "base/base.h"

typedef struct RandomSource {
    bool seeded;
    uint64_t state[4]; /* xoshiro256**, seeded by splitmix64 */
} RandomSource;

/* The system source. */
RandomSource random_system(void);
/* A source that repeats: the same seed gives the same run on every machine. */
RandomSource random_seeded(uint64_t seed);
/* Fills `size` bytes; aborts when the system has no randomness. */
void random_bytes(RandomSource *source, void *bytes, size_t size);
/* Uniform in all 64 bits. */
uint64_t random_u64(RandomSource *source);
/* Uniform in [0, limit); limit > 0. */
uint64_t random_below(RandomSource *source, uint64_t limit);

#endif
