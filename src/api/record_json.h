/* SPDX-License-Identifier: Apache-2.0 */
/* record_json.h - view structs as JSON; for the files of this room. */
#ifndef TONGXIN_API_RECORD_JSON_H
#define TONGXIN_API_RECORD_JSON_H

#include "api/answer.h"
#include "view/field_view.h"
#include "view/list_view.h"

/* A text, or null for an empty one. */
void json_text_or_null(Json *json, Str name, Str text);
/* "fields": {name: value}, "texts": {name: text} */
void json_fields(Json *json, Visit *visit, const FieldView *fields, size_t count);
/* [{row}, …] under the name. */
void json_rows(Json *json, Visit *visit, Str name, const RecordRow *rows, size_t count);
/* The whole list: {records, next, count}. */
void json_list(Json *json, Visit *visit, const ListView *view);
void json_record(Json *json, Visit *visit, const RecordView *view);
void json_moves(Json *json, Visit *visit, const MoveView *moves, size_t count);
void json_extensions(Json *json, const ExtensionView *extensions, size_t count);
/* "green", "yellow", "red", "paused"; null when no clock runs. */
void json_light(Json *json, Light light);
void json_history(Json *json, Visit *visit, const HistoryView *history, size_t count);

/* One field of a kind or a form, as {name, type, label, …}. */
void json_field_definition(Json *json, const Visit *visit, const Field *field, bool required);
/* The unit of a money field's values wherever they stand, in forms as in answers: {unit, currency,
 * unit_yuan}, as members of an open object. 249.5 of unit_yuan 10000 are 2,495,000 yuan. */
void json_money_unit(Json *json, const Field *field);
void json_kind(Json *json, const Visit *visit, const Kind *kind, bool whole);

/* A figure's number in text, as a number: digits behind the point are part of it. An empty one is
 * null. */
void json_number(Json *json, Str name, Str text);

#endif
