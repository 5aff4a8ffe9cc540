/* SPDX-License-Identifier: Apache-2.0 */
/* picture.h - a QR code as a PNG, for Word, which has no vectors that every program reads. */
#ifndef TONGXIN_DOCUMENT_PICTURE_H
#define TONGXIN_DOCUMENT_PICTURE_H

#include "write/qr.h"

/* Black on white with the empty modules around, 8 pixels a module; in `arena`. Empty when the code
 * is none. */
Str picture_code(Arena *arena, QrModules code);

#endif
