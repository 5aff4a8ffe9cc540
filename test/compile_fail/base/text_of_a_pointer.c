/* SPDX-License-Identifier: Apache-2.0 */
/* expect: int-conversion */
#include "base/buf.h"

void show(Buf *buf, void *pointer);
void show(Buf *buf, void *pointer)
{
    TEXT(buf, pointer);
}
