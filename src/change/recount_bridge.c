/* SPDX-License-Identifier: Apache-2.0 */
#include "change/recount_bridge.h"

#include "record/record.h"

typedef struct Walk {
    RecountVisit visit;
    void *visitor;
} Walk;

static bool walk_record(void *context, const Record *record, Err *err)
{
    const Walk *walk = context;
    return walk->visit(walk->visitor, record->id, &record->values, err);
}

static bool source_each(void *context, RecountVisit visit, void *visitor, Err *err)
{
    Walk walk = {visit, visitor};
    return record_each(context, walk_record, &walk, err);
}

static bool source_get(void *context, Arena *arena, int64_t id, Values *ret_values, bool *ret_found,
                       Err *err)
{
    Record record;
    *ret_found = record_get(arena, context, id, &record, err);
    if (*ret_found)
        *ret_values = record.values;
    else if (err->code == ERR_NOT_FOUND)
        *err = (Err){0};
    return *ret_found || err->code == ERR_NONE;
}

RecountSource recount_source(Db *db)
{
    return (RecountSource){.context = db, .each = source_each, .get = source_get};
}
