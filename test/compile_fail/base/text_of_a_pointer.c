/* expect: int-conversion */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

void show(Buf *buf, void *pointer);
void show(Buf *buf, void *pointer)
{
    TEXT(buf, pointer);
}
