/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz.h - what the fuzz targets share.
 *
 * Each fuzz_<name>.c takes the bytes of one kind that come from outside and says what must hold of
 * whatever comes out. `test/run.py libfuzzer` runs all of them with clang and libFuzzer; one alone:
 *     CC=clang meson setup build-fuzz -Db_sanitize=address,undefined -Db_lundef=false \
 *         -Dc_args=-fsanitize=fuzzer-no-link    (lets the fuzzer see into the libraries)
 *     ninja -C build-fuzz test/fuzz/fuzz_form
 *     build-fuzz/test/fuzz/fuzz_form test/fuzz/corpus/form
 * Linked with fuzz_regress.c instead, the same function runs its corpus and mutations of it in
 * every test run, with any compiler.
 */
#ifndef TONGXIN_FUZZ_H
#define TONGXIN_FUZZ_H

#include "base/err.h"
#include "base/vec.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* What each target defines: tries one input, a copy of the bytes that ends where they end, with an
 * arena of its own. */
void fuzz_one(Arena *arena, Str input);

#endif
