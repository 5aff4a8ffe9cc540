/* SPDX-License-Identifier: Apache-2.0 */
/* guard.h - what visit_guard asks of a request; for the files of this room. */
#ifndef TONGXIN_VIEW_GUARD_H
#define TONGXIN_VIEW_GUARD_H

#include "view/visit.h"

/* The visitor may use the route. ERR_SIGN_IN_REQUIRED or ERR_FORBIDDEN. */
NODISCARD bool guard_route(const Visit *visit, Err *err);
/* A write carries its form token, or needs none. ERR_FORBIDDEN. */
NODISCARD bool guard_write(Visit *visit, Err *err);
/* The public writes, and follows by query code, only so often from one address. ERR_TOO_MANY, and
 * *ret_seconds after which to try again. */
NODISCARD bool guard_rate(const Visit *visit, int *ret_seconds, Err *err);
/* A query code was wrong: counts against the address. */
void guard_miss(const Visit *visit);
/* Sends a browser to the page where one signs in, and from there back. */
void guard_to_sign_in(const Visit *visit, HttpResponse *response);

#endif
