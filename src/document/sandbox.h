/* SPDX-License-Identifier: Apache-2.0 */
/* sandbox.h - what a running verb may still ask of the kernel.
 *
 * Called once, before a byte of input is read, and never undone: no new privileges, not to be
 * traced, ended with whoever started it, and a seccomp filter that answers every call not listed
 * with EPERM. No network and no other program in any of them. Only the main thread exists yet.
 */
#ifndef TONGXIN_DOCUMENT_SANDBOX_H
#define TONGXIN_DOCUMENT_SANDBOX_H

#include "base/err.h"

typedef enum Sandbox {
    SANDBOX_PURE, /* memory and the three channels only: parsers, and writers of plain XML */
    SANDBOX_READ, /* also reads files and has threads: fonts */
    SANDBOX__COUNT
} Sandbox;

/* ERR_ENVIRONMENT when the kernel refuses: then nothing may be read. */
NODISCARD bool sandbox_enter(Sandbox sandbox, Err *err);

#endif
