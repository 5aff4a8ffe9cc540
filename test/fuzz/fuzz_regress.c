/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target without libFuzzer: every file of the folder given, every prefix of it, and
 * some thousand mutations. `fuzz_regress FOLDER [SEED]`; says how many inputs ran, fails when the
 * folder is empty. A crash found by a real fuzzer is put into the folder and stays there for ever.
 * With FUZZ_SECONDS in the environment it goes on that long, from a seed of its own. */
#include <dirent.h>
#include <inttypes.h>

#include "base/moment.h"
#include "base/number.h"
#include "base/random.h"
#include "fuzz.h"

#define FILE_MAX  65536
#define MUTATIONS 2000 /* of each file */

static uint64_t runs;

static void run(const uint8_t *bytes, size_t size)
{
    runs++;
    (void)LLVMFuzzerTestOneInput(bytes, size);
}

static void mutate(RandomSource *random, uint8_t *bytes, size_t *size)
{
    static const uint8_t interesting[] = "\r\n-=&;%\"\\: \0\xff\xc0\xe8";
    for (uint64_t n = 1 + random_below(random, 4); n > 0 && *size > 0; n--) {
        size_t at = random_below(random, *size);
        size_t length = 1 + random_below(random, MIN(*size - at, 16));
        switch (random_below(random, 4)) {
        case 0:
            bytes[at] = interesting[random_below(random, sizeof(interesting) - 1)];
            break;
        case 1:
            bytes[at] ^= (uint8_t)(1U << random_below(random, 8));
            break;
        case 2: /* cut out */
            memmove(bytes + at, bytes + at + length, *size - at - length);
            *size -= length;
            break;
        case 3: /* double */
            if (*size + length > FILE_MAX)
                break;
            memmove(bytes + at + length, bytes + at, *size - at);
            *size += length;
            break;
        }
    }
}

static void run_file(RandomSource *random, const char *path)
{
    static uint8_t original[FILE_MAX];
    static uint8_t changed[FILE_MAX];
    FILE *in = fopen(path, "rb");
    ASSERT(in != NULL);
    size_t size = fread(original, 1, sizeof(original), in);
    fclose(in);
    for (size_t n = 0; n <= MIN(size, 4096); n++)
        run(original, n);
    run(original, size);
    for (int i = 0; i < MUTATIONS; i++) {
        size_t now = size;
        memcpy(changed, original, size);
        mutate(random, changed, &now);
        run(changed, now);
    }
}

/* Returns how many files there are. */
static int run_folder(RandomSource *random, const char *name)
{
    Arena *arena = arena_open();
    DIR *folder = opendir(name);
    int files = 0;
    ASSERT(folder != NULL);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] == '.')
            continue;
        files++;
        run_file(random, str_c(arena, STR(arena, name, "/", (const char *)entry->d_name)));
    }
    closedir(folder);
    arena_close(arena);
    return files;
}

int main(int count, char **arguments)
{
    const char *longer = getenv("FUZZ_SECONDS");
    int64_t seed = 1, seconds = 0, end;
    if (count < 2 || (count > 2 && !int_parse(str_from_c(arguments[2]), &seed)) ||
        (longer && !int_parse(str_from_c(longer), &seconds)))
        return 2;
    end = monotonic_us() + seconds * SECOND_US;
    RandomSource random = random_seeded((uint64_t)seed);
    int files = run_folder(&random, arguments[1]);
    if (files > 0 && monotonic_us() < end) {
        seed = instant_now();
        printf("goes on with seed %" PRId64 "\n", seed);
        fflush(stdout);
        random = random_seeded((uint64_t)seed);
        do
            (void)run_folder(&random, arguments[1]);
        while (monotonic_us() < end);
    }
    printf("%d files, %" PRIu64 " inputs, seed %" PRId64 "\n", files, runs, seed);
    return files > 0 ? 0 : 1;
}
