/* SPDX-License-Identifier: Apache-2.0 */
/* operation.h - what each route takes and answers, for the description of the interface.
 *
 * Tables of short texts; openapi.c writes them out. What a city decides is not here: the forms of
 * moves come from the profile (openapi_form.c).
 *
 * A shape's members are "name type" joined by ", ". A name that ends in '?' may be absent; all
 * others are always there. "..Other" takes over the members of another shape. Types:
 *     string integer number boolean day instant any   (day: 2026-03-05)
 *     fields   an object of values by field name      texts   an object of texts by field name
 *     @Shape   that shape                             []type  a list
 * and a '?' at the end of a type: it may be null. */
#ifndef TONGXIN_API_OPERATION_H
#define TONGXIN_API_OPERATION_H

#include "http/request.h"

#define OPERATION_EVERY "every." /* begins the names of forms that are not of the profile */

typedef struct Shape {
    const char *name;
    const char *members;
} Shape;

/* Forms of the profile that a body's `form` may be. */
typedef enum FormSet {
    FORMS_NONE,
    FORMS_CREATE,        /* moves that staff make new records by */
    FORMS_MOVE,          /* moves of staff on a record, and the ones every kind has */
    FORMS_PUBLIC_CREATE, /* without an account */
    FORMS_PUBLIC_MOVE
} FormSet;

typedef struct Parameter {
    const char *key; /* as an Operation calls it; the name of the component */
    const char *in;  /* "query" or "header" */
    const char *name;
    const char *type;  /* as in a shape */
    const char *words; /* the only ones it may be, by spaces; NULL: any */
    int64_t max;       /* integer: 1..max; 0: any */
    const char *says;
} Parameter;

typedef struct Operation {
    HttpHandler handler; /* of the route it describes */
    const char *status;  /* when all went well */
    const char *query;   /* keys of parameters, by spaces */
    const char *answer;  /* a shape; NULL: `media` says all */
    const char *media;   /* of the answer; NULL: application/json */
    const char *body;    /* a shape, beside `form`; NULL: none */
    FormSet forms;
    bool filters; /* takes the profile's filter fields as parameters */
} Operation;

/* The description of a handler, or NULL. */
const Operation *operation_of(HttpHandler handler);
const Parameter *operation_parameters(size_t *ret_count);
const Shape *operation_shapes(size_t *ret_count);
/* The shape of that name, or NULL. */
const Shape *operation_shape(Str name);

#endif
