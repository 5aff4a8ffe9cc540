/* SPDX-License-Identifier: Apache-2.0 */
#include "view/lockout.h"

#include "base/crypto.h"
#include "view/throttle.h"

struct Lockout {
    uint8_t secret[SECRET_SIZE]; /* or logins could be chosen that count as one */
    Throttle *near;              /* a login at an address */
    Throttle *afar;              /* a login, from where it is not known */
    Throttle *known;             /* empty for a login at an address where it signed in of late */
};

Lockout *lockout_open(Arena *arena)
{
    Lockout *lockout = NEW(arena, Lockout);
    RandomSource random = random_system();
    random_bytes(&random, lockout->secret, sizeof lockout->secret);
    lockout->near = throttle_open(arena, LOCKOUT_TRIES, LOCKOUT_EVERY_US);
    lockout->afar = throttle_open(arena, LOCKOUT_AFAR_TRIES, LOCKOUT_AFAR_EVERY_US);
    lockout->known = throttle_open(arena, 1, LOCKOUT_KNOWN_US);
    return lockout;
}

/* The loopback is an address as any other here: behind a proxy that does not say whom it speaks for
 * a login is then counted for all, which is still better than not at all. */
static uint64_t key_of(const Lockout *lockout, Str login, uint64_t address)
{
    struct {
        uint8_t login[SECRET_SIZE];
        uint64_t address;
    } both = {.address = address};
    uint64_t key;
    crypto_keyed_hash(lockout->secret, login, both.login, sizeof both.login);
    crypto_keyed_hash(lockout->secret, (Str){(const char *)&both, sizeof both}, (uint8_t *)&key,
                      sizeof key);
    return key | 1; /* 0 is not counted */
}

int lockout_try(Lockout *lockout, Str login, Str client, int64_t now_us)
{
    uint64_t here = key_of(lockout, login, throttle_address(client));
    uint64_t afar = key_of(lockout, login, UINT64_MAX);
    bool known = throttle_wait(lockout->known, here, now_us) != 0;
    int seconds = known ? 0 : throttle_wait(lockout->afar, afar, now_us);
    if (seconds == 0)
        seconds = throttle_take(lockout->near, here, now_us);
    return seconds || known ? seconds : throttle_take(lockout->afar, afar, now_us);
}

void lockout_clear(Lockout *lockout, Str login, Str client, int64_t now_us)
{
    uint64_t here = key_of(lockout, login, throttle_address(client));
    throttle_forget(lockout->near, here);
    throttle_forget(lockout->known, here);
    (void)throttle_take(lockout->known, here, now_us);
}
