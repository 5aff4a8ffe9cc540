/* SPDX-License-Identifier: Apache-2.0 */
#include "base/random.h"

#include <errno.h>
#include <sys/random.h>

RandomSource random_system(void)
{
    return (RandomSource){0};
}

static uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

RandomSource random_seeded(uint64_t seed)
{
    RandomSource source = {.seeded = true};
    for (size_t i = 0; i < COUNT_OF(source.state); i++)
        source.state[i] = splitmix64(&seed);
    return source;
}

static uint64_t rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

/* xoshiro256** 1.0, Blackman and Vigna. */
static uint64_t xoshiro(uint64_t state[4])
{
    uint64_t result = rotate(state[1] * 5, 7) * 9;
    uint64_t t = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= t;
    state[3] = rotate(state[3], 45);
    return result;
}

static void system_bytes(unsigned char *out, size_t size)
{
    while (size > 0) {
        ssize_t got = getrandom(out, size, 0);
        /* Without randomness no token is safe; there is nothing to fall back to. */
        ASSERT(got > 0 || (got < 0 && errno == EINTR));
        if (got > 0) {
            out += got;
            size -= (size_t)got;
        }
    }
}

void random_bytes(RandomSource *source, void *bytes, size_t size)
{
    unsigned char *out = bytes;
    if (!source->seeded) {
        system_bytes(out, size);
        return;
    }
    /* Byte by byte, so that a seed gives the same run on every machine. */
    uint64_t word = 0;
    for (size_t i = 0; i < size; i++) {
        if (i % 8 == 0)
            word = xoshiro(source->state);
        out[i] = (unsigned char)(word >> (8 * (i % 8)));
    }
}

uint64_t random_u64(RandomSource *source)
{
    if (source->seeded)
        return xoshiro(source->state);
    uint64_t number = 0;
    system_bytes((unsigned char *)&number, sizeof(number));
    return number;
}

uint64_t random_below(RandomSource *source, uint64_t limit)
{
    ASSERT(limit > 0);
    /* 2^64 mod limit: numbers below it would make the first results likelier. */
    uint64_t refused = (0 - limit) % limit;
    uint64_t number = 0;
    do {
        number = random_u64(source);
    } while (number < refused);
    return number % limit;
}
