/* SPDX-License-Identifier: Apache-2.0 */
/* answer.h - what the handlers of this room share: JSON out, a change from JSON, its answer. */
#ifndef TONGXIN_API_ANSWER_H
#define TONGXIN_API_ANSWER_H

#include "api/json_in.h"
#include "view/record_view.h"
#include "write/json.h"

#define API "/api/v1"

/* Starts a JSON answer with this status. */
Json answer_open(HttpResponse *response, int status);
HttpOutcome answer_close(HttpResponse *response, Json *json);

/* The body of a JSON write: 400 when it is not JSON. */
NODISCARD bool answer_body(HttpRequest *request, JsonIn *ret_in, Err *err);

/* A change with actor and idempotency key of the request, `at` and the form of the body. For a
 * move of the profile the types of the values are looked at too; every wrong field is named at
 * once, also those that the binder finds. `move` NULL: a special move (approve, refuse …). */
NODISCARD bool answer_change(Visit *visit, const Kind *kind, const Move *move, const JsonIn *in,
                             Change **ret_change, Err *err);
/* The version the caller saw; required. */
NODISCARD bool answer_version(const JsonIn *in, Arena *arena, int64_t *ret_version, Err *err);

/* {number, id, version, status, pending, …} of a change that was made. */
HttpOutcome answer_made(HttpRequest *request, HttpResponse *response, int status);
/* The same as an HttpHandler: 200 for a move, 201 for a new record. */
HttpOutcome answer_moved(HttpRequest *request, HttpResponse *response);
HttpOutcome answer_created(HttpRequest *request, HttpResponse *response);

#endif
