/* SPDX-License-Identifier: Apache-2.0 */
#include "view/throttle.h"

#include <arpa/inet.h>
#include <pthread.h>

#include "base/moment.h"
#include "base/random.h"

#define SETS      512
#define SET_SLOTS 8

/* `full_at` is when the bucket will be full again; a slot whose time has come is free. */
typedef struct Slot {
    uint64_t key;
    int64_t full_at;
} Slot;

struct Throttle {
    pthread_mutex_t lock;
    int64_t every_us, room_us;
    uint64_t seed; /* or addresses could be chosen that fall into one set */
    Slot slots[SETS][SET_SLOTS];
};

static void throttle_close(void *pointer)
{
    Throttle *throttle = pointer;
    pthread_mutex_destroy(&throttle->lock);
}

Throttle *throttle_open(Arena *arena, int burst, int64_t every_us)
{
    Throttle *throttle = NEW(arena, Throttle);
    RandomSource random = random_system();
    ASSERT(burst >= 1 && every_us > 0);
    throttle->every_us = every_us;
    throttle->room_us = burst * every_us;
    random_bytes(&random, (uint8_t *)&throttle->seed, sizeof throttle->seed);
    pthread_mutex_init(&throttle->lock, NULL);
    arena_defer(arena, throttle_close, throttle);
    return throttle;
}

uint64_t throttle_address(Str client)
{
    char text[INET6_ADDRSTRLEN] = {0};
    struct in6_addr six;
    struct in_addr four;
    uint64_t key = 0;
    if (client.n == 0 || client.n >= sizeof text)
        return 0;
    memcpy(text, client.p, client.n);
    if (inet_pton(AF_INET, text, &four) == 1) {
        uint32_t address = ntohl(four.s_addr);
        return address >> 24 == 127 ? 0 : ((uint64_t)1 << 32) + address;
    }
    if (inet_pton(AF_INET6, text, &six) != 1 || IN6_IS_ADDR_LOOPBACK(&six))
        return 0;
    if (IN6_IS_ADDR_V4MAPPED(&six)) {
        memcpy(&four, six.s6_addr + 12, sizeof four);
        return ((uint64_t)1 << 32) + ntohl(four.s_addr);
    }
    memcpy(&key, six.s6_addr, sizeof key);
    return key ? key : 1;
}

/* The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
static size_t set_of(const Throttle *throttle, uint64_t key)
{
    key ^= throttle->seed;
    key = (key ^ key >> 30) * 0xbf58476d1ce4e5b9u;
    key = (key ^ key >> 27) * 0x94d049bb133111ebu;
    return (size_t)((key ^ key >> 31) % SETS);
}

static Slot *slot_find(Throttle *throttle, uint64_t key, Slot **ret_oldest)
{
    Slot *set = throttle->slots[set_of(throttle, key)];
    *ret_oldest = &set[0];
    for (size_t i = 0; i < SET_SLOTS; i++) {
        if (set[i].key == key)
            return &set[i];
        if (set[i].full_at < (*ret_oldest)->full_at)
            *ret_oldest = &set[i];
    }
    return NULL;
}

static int throttle_ask(Throttle *throttle, uint64_t key, int64_t now_us, bool takes)
{
    int64_t full_at, wait_us;
    Slot *slot, *oldest;
    if (key == 0)
        return 0;
    pthread_mutex_lock(&throttle->lock);
    slot = slot_find(throttle, key, &oldest);
    full_at = MAX(slot ? slot->full_at : 0, now_us) + throttle->every_us;
    wait_us = full_at - now_us - throttle->room_us;
    if (takes && wait_us <= 0)
        *(slot ? slot : oldest) = (Slot){key, full_at};
    pthread_mutex_unlock(&throttle->lock);
    return wait_us > 0 ? (int)((wait_us + SECOND_US - 1) / SECOND_US) : 0;
}

int throttle_take(Throttle *throttle, uint64_t key, int64_t now_us)
{
    return throttle_ask(throttle, key, now_us, true);
}

int throttle_wait(Throttle *throttle, uint64_t key, int64_t now_us)
{
    return throttle_ask(throttle, key, now_us, false);
}

void throttle_forget(Throttle *throttle, uint64_t key)
{
    Slot *slot, *oldest;
    pthread_mutex_lock(&throttle->lock);
    slot = slot_find(throttle, key, &oldest);
    if (slot)
        *slot = (Slot){0};
    pthread_mutex_unlock(&throttle->lock);
}
