/* SPDX-License-Identifier: Apache-2.0 */
/* guard.h - what visit_guard asks of a request; for the files of this room. */
#ifndef TONGXIN_VIEW_GUARD_H
#define TONGXIN_VIEW_GUARD_H

#include "view/visit.h"

/* The visitor may use the route. ERR_SIGN_IN_REQUIRED or ERR_FORBIDDEN. */
NODISCARD bool guard_route(const Visit *visit, Err *err);
/* A write carries its form token, or needs none. ERR_FORBIDDEN. */
NODISCARD bool guard_write(Visit *visit, Err *err);
/* Sends a browser to the page where one signs in, and from there back. */
void guard_to_sign_in(const Visit *visit, HttpResponse *response);

#endif
