/* SPDX-License-Identifier: Apache-2.0 */
/* sign_in.h - signing in and out, for pages and the JSON API alike.
 *
 * A password is checked on the pool, where its 50 ms hold up nobody; the session is made by
 * the writer. How often it may be tried: lockout.h. */
#ifndef TONGXIN_VIEW_SIGN_IN_H
#define TONGXIN_VIEW_SIGN_IN_H

#include "view/visit.h"

typedef struct SignIn SignIn;
/* What answers: `sign` lives as long as the request. */
typedef HttpOutcome SignedIn(HttpRequest *request, HttpResponse *response, const SignIn *sign);

struct SignIn {
    int64_t account; /* 0: refused, and `err` says why */
    Err err;
    Str token; /* of the new session, in the request's arena */
    /* for sign_in.c */
    int wait_s; /* refused unseen: seconds until a password may be tried again; else 0 */
    Instant now;
    Arena *arena; /* the request's */
    SignedIn *then;
};

/* Checks login and password and opens a session; `then` answers, refused or not. */
HttpOutcome sign_in(Visit *visit, HttpResponse *response, Str login, Str password, SignedIn *then);
/* Asks who is signed in for the password once more, and opens no session. A wrong one counts as it
 * does at signing in, so a browser left open is no place to guess at. */
HttpOutcome sign_in_again(Visit *visit, HttpResponse *response, Str password, SignedIn *then);
/* Ends the session of who is signed in; `then` finds the Job in request->result. */
HttpOutcome sign_out(Visit *visit, HttpResponse *response, HttpHandler then);

/* Sets the password of an account (hashed here, stored by the writer) and ends its sessions.
 * False: it was refused before the writer was asked, and *err says why. */
NODISCARD bool sign_password(Visit *visit, HttpResponse *response, int64_t account, Str password,
                             HttpHandler then, HttpOutcome *ret_outcome, Err *err);

#endif
