/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_http.h - what the fuzz targets of src/http share.
 *
 * Each fuzz_<name>.c defines LLVMFuzzerTestOneInput. With clang and libFuzzer:
 *     ninja fuzz_http_form && test/unit/http/fuzz_http_form test/fuzz/corpus/form
 * (a target of test/unit/http/meson.build, in a build directory set up with clang and
 * -Db_sanitize=address,undefined -Db_lundef=false -Dc_args=-fsanitize=fuzzer-no-link; the last lets
 * the fuzzer see into the libraries). Linked with fuzz_regress.c instead, the same
 * function runs its corpus and mutations of it in every test run, with any compiler.
 */
#ifndef TONGXIN_FUZZ_HTTP_H
#define TONGXIN_FUZZ_HTTP_H

#include "http/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Runs `try_one` on a copy of the bytes that ends where they end, with an arena of its own. */
int fuzz_run(void (*try_one)(Arena *arena, Str input), const uint8_t *bytes, size_t size);
/* Within the limits, and clean text. */
void fuzz_check_fields(const FormFields *fields);

#endif
