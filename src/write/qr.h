/* SPDX-License-Identifier: Apache-2.0 */
/* qr.h - a short text as a QR code (ISO/IEC 18004, level M): for a page one <svg> of one path,
 * nothing inline; for a printed document its modules. The only texts it gets are addresses of this
 * site (ADR 0010). */
#ifndef TONGXIN_QR_H
#define TONGXIN_QR_H

#include "write/html.h"

#define QR_TEXT_MAX 512 /* bytes; a denser code is hard to read from a phone's screen */

/* Writes the code with the four empty modules around it that readers need; `label` is its name for
 * screen readers. Writes nothing when the text is empty or longer than QR_TEXT_MAX: callers show
 * what it says in letters too. Any thread. */
void html_qr(Html *h, Str text, Str label);

#define QR_QUIET 4 /* empty modules on each side (section 9.1) */

typedef struct QrModules {
    int size;            /* of a side, without the empty modules; 0: none */
    const char *is_dark; /* size x size, row by row */
} QrModules;

/* None when the text is empty or longer than QR_TEXT_MAX. In `arena`. Any thread. */
QrModules qr_modules(Arena *arena, Str text);

#endif
