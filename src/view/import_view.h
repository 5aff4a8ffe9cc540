/* SPDX-License-Identifier: Apache-2.0 */
/* import_view.h - a sheet that a visitor sent: looked at, and recorded step by step; what page/ and
 * api/ share.
 */
#ifndef TONGXIN_VIEW_IMPORT_VIEW_H
#define TONGXIN_VIEW_IMPORT_VIEW_H

#include "import/import.h"
#include "view/visit.h"

typedef struct ImportSheet {
    const Kind *kind;
    const Move *move; /* creates records of the kind, for this visitor; not NULL */
    Str bytes;
    GridEncoding encoding;
} ImportSheet;

/* The preview of the sheet. ERR_FORBIDDEN for whoever may not import; else the errors of
 * grid_read_csv and import_preview. */
NODISCARD bool import_look(Visit *visit, const ImportSheet *sheet, Import *ret_import, Err *err);
/* Hands the next rows to the writer, and `then` goes on with request->result (Jobs for
 * import_answers, which have the context); false when all are done and nothing was handed. */
NODISCARD bool import_hand(Visit *visit, HttpResponse *response, Import *import, void *context,
                           HttpHandler then, HttpOutcome *ret_outcome);

#endif
