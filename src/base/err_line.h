/* SPDX-License-Identifier: Apache-2.0 */
/* err_line.h - an Err as one line of text, so that it can cross from one program of ours to the
 * other: code, key of the catalogue and arguments, with tabs between. The sentence itself is made
 * where the reader's language is known. */
#ifndef TONGXIN_ERR_LINE_H
#define TONGXIN_ERR_LINE_H

#include "base/err.h"

#define ERR_LINE_MAX 1024 /* bytes, with its line end */

/* "wrong<TAB>key<TAB>first<TAB>second<LF>"; tabs and line ends in arguments become spaces. `err`
 * must have failed. */
Str err_line_write(Arena *arena, const Err *err);
/* Reads what err_line_write wrote, its line end included, from a program that is not trusted:
 * anything else (an unknown code or key, no UTF-8, more than a line) is false and leaves `ret` as
 * it is. The hint and wrong fields do not travel. */
bool err_line_parse(Str line, Err *ret);

#endif
