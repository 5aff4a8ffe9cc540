/* SPDX-License-Identifier: Apache-2.0 */
#include "view/import_view.h"

bool import_look(Visit *visit, const ImportSheet *sheet, Import *ret_import, Err *err)
{
    Grid *grid = NEW(visit->arena, Grid);
    ImportAsk ask = {.arena = visit->arena,
                     .db = visit->db,
                     .office = visit->office,
                     .secret = visit->site->keys.code,
                     .now = visit->now,
                     .actor = visit->actor,
                     .language = visit->language,
                     .kind = sheet->kind,
                     .move = sheet->move,
                     .grid = grid};
    if (!visit_may(visit, S("import")))
        return err_set(err, ERR_FORBIDDEN, MSG_view_route_forbidden);
    return grid_read(visit->arena, sheet->bytes, sheet->encoding, grid, err) &&
           import_preview(&ask, ret_import, err);
}

bool import_hand(Visit *visit, HttpResponse *response, Import *import, void *context,
                 HttpHandler then, HttpOutcome *ret_outcome)
{
    const Change *changes[IMPORT_STEP];
    if (!import_step(import))
        return false;
    for (size_t i = 0; i < import->given; i++)
        changes[i] = &import->step[i]->change;
    *ret_outcome = visit_changes(visit, response, changes, import->given, context, then);
    return true;
}
