/* SPDX-License-Identifier: Apache-2.0 */
/* import.h - a sheet of new records of one kind: looked at whole, then made step by step.
 *
 *     import_preview   titles → fields, rows → changes; every row is rehearsed; nothing is written
 *     import_step      the next changes to be made, through the one door, by whoever can wait
 *     import_answer    what became of one of them
 *
 * A row's idempotency key is made of the site's secret, the kind, the contents of the whole sheet,
 * of the row, and which of several equal rows it is (doc/adr/0011-import.md): the same sheet again
 * adds nothing, also in another encoding, and one that was interrupted goes on where it was.
 * Threads: the caller's; nothing is shared.
 */
#ifndef TONGXIN_IMPORT_H
#define TONGXIN_IMPORT_H

#include "base/crypto.h"
#include "base/map.h"
#include "change/writer.h"
#include "db/db.h"
#include "import/grid.h"
#include "write/table.h"

#define IMPORT_STEP 64 /* changes that are handed to the door at once: one batch of the writer */

/* What stands in a column of the sheet. */
typedef struct ImportColumn {
    Str title;
    const Field *field; /* NULL: `parent`, or nothing that a new record takes */
    bool is_parent;
    bool is_later; /* a field that another move fills in: its cells must be empty */
} ImportColumn;

typedef enum ImportFate {
    IMPORT_NEW,    /* can be made */
    IMPORT_BEFORE, /* was made by an earlier run with this sheet */
    IMPORT_WRONG,  /* cannot be made; problems say why */
    IMPORT_MADE,
    IMPORT_FATE__COUNT
} ImportFate;

/* A cell that names what another row of the sheet makes. */
typedef struct ImportLink {
    size_t pair; /* of the form */
    size_t row;  /* in Import.rows, further up */
} ImportLink;

typedef struct ImportRow {
    int64_t number; /* as in GridRow */
    ImportFate fate;
    Change change;
    FormPair *pairs;       /* of change.form */
    const size_t *columns; /* which column each pair is from, from 1 */
    VEC(size_t) told;      /* columns that have their problem already */
    VEC(ImportLink) links;
    int64_t record; /* 0: not made yet */
    Str record_number;
} ImportRow;

typedef struct ImportProblem {
    int64_t row;
    size_t column; /* from 1; 0: the row as a whole, or a field without a column */
    Str title;     /* of the column or field; empty: of the row as a whole */
    Str sentence;  /* in the language asked for */
} ImportProblem;

typedef struct ImportAsk {
    Arena *arena;
    Db *db; /* for reading */
    const Office *office;
    const uint8_t *secret; /* SiteKeys.code, SECRET_SIZE bytes */
    Instant now;           /* the site's clock */
    Actor actor;
    Language language;
    const Kind *kind;
    const Move *move; /* one that creates */
    const Grid *grid;
} ImportAsk;

typedef struct Import {
    ImportAsk ask;
    VEC(ImportColumn) columns;
    VEC(ImportRow) rows;         /* none when the titles are wrong */
    Map names;                   /* kind → what its records are called; see reference.c */
    Map made;                    /* what rows call their records → place in `rows` */
    VEC(ImportProblem) problems; /* in order of rows, of the titles first */
    size_t counts[IMPORT_FATE__COUNT];
    size_t next;                  /* where import_step goes on */
    ImportRow *step[IMPORT_STEP]; /* to be made now */
    size_t given;                 /* how many */
} Import;

/* Looks at every row. False only when the database cannot be read; what is wrong with the sheet is
 * in `problems`. */
NODISCARD bool import_preview(const ImportAsk *ask, Import *ret_import, Err *err);

/* Puts the next rows to be made into `step`, at most IMPORT_STEP; false: all are done. */
bool import_step(Import *import);
/* What the door said about each row of the step: as many jobs, in its order. What is returned is
 * not NULL when it is the door that failed and not a row; then the rest is for the same sheet
 * later. */
const Err *import_answers(Import *import, const Job *jobs);

/* What stands in the cell that is meant, as it was read; empty when none is. */
Str import_problem_cell(const Import *import, const ImportProblem *problem);
/* "row 17, column F "Amount": …", in the language asked for. */
Str import_problem_text(const Import *import, const ImportProblem *problem);

/* A sheet to be filled in: a row of titles and a row that explains each, which the preview knows
 * and skips. As TABLE_CELLS, for a workbook, its columns are typed and have lists to choose from.
 */
Str import_template(Arena *arena, const Kind *kind, const Move *move, Language language,
                    TableFormat format);

#endif
