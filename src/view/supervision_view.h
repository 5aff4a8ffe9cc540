/* SPDX-License-Identifier: Apache-2.0 */
/* supervision_view.h - what a unit owes, on one sheet a week; and which units are late.
 *
 * Steps of following up (reminder, order …) are the records of kinds with `ladder`. What stands on
 * the sheet is computed from the records as they are now; "due in the week" and "newly overdue" go
 * by the week asked about.
 */
#ifndef TONGXIN_VIEW_SUPERVISION_VIEW_H
#define TONGXIN_VIEW_SUPERVISION_VIEW_H

#include "view/record_view.h"

#define LIGHT__COUNT (LIGHT_STANDING + 1)

/* An open record and how far it was followed up. */
typedef struct SheetRow {
    RecordRow row;
    Str left; /* 还剩3个工作日 */
    Str unit, unit_code;
    bool is_due;      /* its limit ends in the week */
    bool is_new_late; /* the limit passed in the week, or in the part of it that is over */
    /* The furthest step since its present limit began. */
    Str step, step_number, step_href;
    Instant step_at;
    const ExtensionView *extensions;
    size_t n_extensions;
} SheetRow;

typedef struct SheetRows {
    const SheetRow *p;
    size_t n;
} SheetRows;

typedef struct SheetView {
    Str unit, code;
    Day from, to; /* Monday and Sunday of the week */
    Day as_of;
    size_t lights[LIGHT__COUNT];
    size_t n_due, n_new_late;
    SheetRows matters; /* late ones first, then near ones, by due day */
    SheetRows owed;    /* steps that wait for the unit's feedback */
    size_t n_extensions;
} SheetView;

/* Query parameter: week (a day of it). ERR_NOT_FOUND for an organisation that is not there,
 * ERR_FORBIDDEN for who is neither of the unit, nor above it, nor sees the board. */
NODISCARD bool sheet_view(Visit *visit, Str unit, SheetView *ret_view, Err *err);

typedef struct UnitView {
    Str unit, code;
    int64_t red, yellow, green, paused, unlimited;
    size_t new_late, second;
} UnitView;

typedef struct SupervisionView {
    Day from, to, as_of;
    const UnitView *units; /* who is late most comes first */
    size_t n_units;
    SheetRows new_late; /* the limit passed in the week */
    SheetRows second; /* a step past its own limit, or a record late again after it was reopened */
    bool is_cut;      /* more are late than were looked at */
} SupervisionView;

/* Every unit that the visitor may have the sheet of. Query parameter: week. */
NODISCARD bool supervision_view(Visit *visit, SupervisionView *ret_view, Err *err);
/* True when the visitor has the sheet of some unit. */
bool supervision_is_seen(const Visit *visit);

#endif
