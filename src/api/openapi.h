/* SPDX-License-Identifier: Apache-2.0 */
/* openapi.h - the parts of the description of the interface; for the files of this room. */
#ifndef TONGXIN_API_OPENAPI_H
#define TONGXIN_API_OPENAPI_H

#include "api/operation.h"
#include "view/visit.h"
#include "write/json.h"

/* "$ref" to a part of the components, as the members of an open object. */
void openapi_reference(Json *json, const char *part, Str name);
/* What a value of this type is (operation.h), as the members of an open object. */
void openapi_type(Json *json, Str type);
/* Every shape as a schema, named members of an open object. */
void openapi_shapes(Json *json);

/* The same for every form of the profile: "{kind}.{move}" for staff, "public.{kind}.{move}". */
void openapi_forms(Json *json, const Visit *visit);
/* References to the forms of the set, as elements of an open array. */
void openapi_form_references(Json *json, const Visit *visit, FormSet set);
/* Fields that lists are filtered by, each once, as elements of an open array of parameters. */
void openapi_filters(Json *json, const Visit *visit);

#endif
