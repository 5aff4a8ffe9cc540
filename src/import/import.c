/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/map.h"
#include "change/rehearse.h"
#include "import/import_internal.h"
#include "write/piece.h"

#define KEY_BYTES 20

/* A row as the binder and the keys see it. */
typedef VEC(FormPair) FormPairs;

/* ---- what is wrong ---- */

void import_problem(Import *import, int64_t row, size_t column, Str title, Str sentence)
{
    *vec_push(import->ask.arena, &import->problems) = (ImportProblem){row, column, title, sentence};
}

Str import_say_args(const Import *import, MessageId id, const Str args[3])
{
    return message_fill(import->ask.arena, id, import->ask.language, args, 3);
}

Str import_problem_text(const Import *import, const ImportProblem *problem)
{
    Arena *arena = import->ask.arena;
    Str row = STR(arena, problem->row), place;
    if (problem->column > 0 && problem->title.n == 0)
        place = import_say(import, MSG_import_at_column, row, sheet_column(arena, problem->column));
    else if (problem->column > 0)
        place = import_say(import, MSG_import_at_cell, row, sheet_column(arena, problem->column),
                           problem->title);
    else if (problem->title.n > 0)
        place = import_say(import, MSG_import_at_field, row, problem->title);
    else
        place = import_say(import, MSG_import_at_row, row);
    return import_say(import, MSG_import_problem_is, place, problem->sentence);
}

static int row_order(const void *number, const void *row)
{
    int64_t wanted = *(const int64_t *)number, is = ((const GridRow *)row)->number;
    return (wanted > is) - (wanted < is);
}

Str import_problem_cell(const Import *import, const ImportProblem *problem)
{
    const Grid *grid = import->ask.grid;
    const GridRow *row = bsearch(&problem->row, grid->rows.p, grid->rows.n, sizeof *row, row_order);
    return row && problem->column > 0 && problem->column <= row->n ? row->cells[problem->column - 1]
                                                                   : S("");
}

/* The column of the field that an Err names; 0 when the sheet has none. */
static size_t column_of(const Import *import, Str name)
{
    for (size_t i = 0; i < import->columns.n; i++) {
        const ImportColumn *column = &import->columns.p[i];
        if (column->is_parent ? str_eq(name, S("parent"))
                              : column->field && str_eq(column->field->name, name))
            return i + 1;
    }
    return 0;
}

static Str title_of(const Import *import, Str name, size_t column)
{
    const Field *field = kind_field(import->ask.kind, name);
    if (column > 0)
        return import->columns.p[column - 1].title;
    return field ? label_text(field->label, import->ask.language) : name;
}

static void fate_set(Import *import, ImportRow *row, ImportFate fate)
{
    import->counts[row->fate]--;
    row->fate = fate;
    import->counts[fate]++;
}

void import_wrong(Import *import, ImportRow *row, size_t column, Str sentence)
{
    fate_set(import, row, IMPORT_WRONG);
    *vec_push(import->ask.arena, &row->told) = column;
    import_problem(import, row->number, column, import->columns.p[column - 1].title, sentence);
}

static bool is_told(const ImportRow *row, size_t column)
{
    for (size_t i = 0; i < row->told.n && column > 0; i++)
        if (row->told.p[i] == column)
            return true;
    return false;
}

static void row_refused(Import *import, ImportRow *row, const Err *err)
{
    Arena *arena = import->ask.arena;
    Language language = import->ask.language;
    Str hint = err_hint_text(arena, err, language);
    Str sentence = err_message(arena, err, language);
    fate_set(import, row, IMPORT_WRONG);
    for (const ErrField *field = err->fields; field; field = field->next) {
        size_t column = column_of(import, field->field);
        if (!is_told(row, column))
            import_problem(import, row->number, column, title_of(import, field->field, column),
                           err_field_text(arena, field, language));
    }
    if (!err->fields && row->told.n == 0)
        import_problem(import, row->number, 0, S(""),
                       hint.n ? STR(arena, sentence, "\n", hint) : sentence);
}

/* ---- a row as a change ---- */

static bool add_cell(Import *import, int64_t row, size_t at, Str text, FormPairs *pairs)
{
    Arena *arena = import->ask.arena;
    const ImportColumn *column = &import->columns.p[at];
    StrVec texts = {0};
    if (column->is_parent) {
        *vec_push(arena, pairs) = (FormPair){S("parent"), text};
        return true;
    }
    if (column->is_later || (column->field && column->field->type == FIELD_ATTACHMENT)) {
        import_problem(
            import, row, at + 1, column->title,
            import_say(import, column->is_later ? MSG_import_cell_later : MSG_import_cell_file));
        return false;
    }
    if (!column->field)
        return true;
    if (!import_cell(import, row, at + 1, text, &texts))
        return false;
    for (size_t i = 0; i < texts.n; i++)
        *vec_push(arena, pairs) = (FormPair){column->field->name, texts.p[i]};
    return true;
}

/* One cell of the row; false when it is left out, and why is noted. */
static bool row_cell(Import *import, const GridRow *cells, size_t at, FormPairs *pairs)
{
    if (at < import->columns.n && import->columns.p[at].title.n > 0)
        return add_cell(import, cells->number, at, cells->cells[at], pairs);
    import_problem(import, cells->number, at + 1, S(""),
                   import_say(import, MSG_import_cell_untitled));
    return false;
}

static void row_form(Import *import, const GridRow *cells, ImportRow *row)
{
    Arena *arena = import->ask.arena;
    FormPairs pairs = {0};
    VEC(size_t) columns = {0};
    for (size_t i = 0; i < cells->n; i++) {
        if (cells->cells[i].n == 0)
            continue;
        if (!row_cell(import, cells, i, &pairs)) {
            row->fate = IMPORT_WRONG;
            *vec_push(arena, &row->told) = i + 1;
        }
        while (columns.n < pairs.n)
            *vec_push(arena, &columns) = i + 1;
    }
    row->pairs = pairs.p;
    row->columns = columns.p;
    row->change.form = (FormInput){pairs.p, pairs.n};
}

/* Nothing below the titles, or nothing but what an export adds to the fields: its last line. */
static bool row_says_nothing(const Import *import, const GridRow *cells)
{
    for (size_t i = 0; i < cells->n; i++)
        if (cells->cells[i].n > 0 && (i >= import->columns.n || import->columns.p[i].title.n == 0 ||
                                      import->columns.p[i].field || import->columns.p[i].is_parent))
            return false;
    return true;
}

static void row_add(Import *import, const GridRow *cells)
{
    ImportRow row = {.number = cells->number};
    row.change = (Change){.actor = import->ask.actor,
                          .kind = import->ask.kind->name,
                          .move = import->ask.move->name,
                          .key_is_shared = true,
                          .version = -1};
    if (row_says_nothing(import, cells))
        return;
    row_form(import, cells, &row);
    *vec_push(import->ask.arena, &import->rows) = row;
}

/* A template's explanations stand right below the titles. */
static void rows_add(Import *import, const Grid *grid)
{
    for (size_t i = 1; i < grid->rows.n; i++)
        if (i > 1 || !str_starts(grid->rows.p[i].cells[0], IMPORT_EXPLAINS))
            row_add(import, &grid->rows.p[i]);
    if (import->rows.n == 0)
        import_problem(import, grid->rows.p[0].number, 0, S(""),
                       import_say(import, MSG_import_no_rows));
}

/* ---- keys ---- */

static Str row_text(Arena *arena, const FormInput *form)
{
    Buf buf = buf_open(arena);
    for (size_t i = 0; i < form->n; i++)
        TEXT(&buf, form->pairs[i].name, "=", form->pairs[i].text.n, ":", form->pairs[i].text, "\n");
    return buf_str(&buf);
}

/* Keyed: a row may hold a contact, and its hash stands beside the journal for good. */
static Str keyed(const Import *import, Str text)
{
    char *bytes = arena_alloc(import->ask.arena, SECRET_SIZE);
    crypto_keyed_hash(import->ask.secret, text, (uint8_t *)bytes, SECRET_SIZE);
    return (Str){bytes, SECRET_SIZE};
}

static Str sheet_hash(const Import *import, const StrVec *hashes)
{
    Arena *arena = import->ask.arena;
    Buf buf = buf_open(arena);
    TEXT(&buf, "import:", import->ask.kind->name, ".", import->ask.move->name, "\n");
    for (size_t i = 0; i < hashes->n; i++)
        buf_add(&buf, hashes->p[i]);
    return keyed(import, buf_str(&buf));
}

static void rows_key(Import *import)
{
    Arena *arena = import->ask.arena;
    Map seen = map_open(arena);
    StrVec hashes = {0};
    Str sheet;
    for (size_t i = 0; i < import->rows.n; i++)
        *vec_push(arena, &hashes) =
            keyed(import, STR(arena, "row:", row_text(arena, &import->rows.p[i].change.form)));
    sheet = sheet_hash(import, &hashes);
    for (size_t i = 0; i < import->rows.n; i++) {
        Buf key = buf_open(arena);
        int64_t *times = map_find(&seen, hashes.p[i]);
        if (!times) {
            times = NEW(arena, int64_t);
            map_set(&seen, hashes.p[i], times);
        }
        buf_add(&key, S("import-"));
        buf_hex(&key, keyed(import, STR(arena, "key:", sheet, hashes.p[i], ":", (*times)++)).p,
                KEY_BYTES);
        import->rows.p[i].change.key = buf_str(&key);
    }
}

/* ---- the preview ---- */

/* The row was refused, and not for what is wrong with disk, database or writer. */
static bool is_of_row(const Err *err)
{
    return err->code != ERR_UNAVAILABLE && err->code != ERR_OUTCOME_UNKNOWN &&
           err->code != ERR_ENVIRONMENT && err->code != ERR_DISK_FULL && err->code != ERR_INTERNAL;
}

static void row_made(ImportRow *row, const Rehearsed *made)
{
    row->record = made->record;
    row->record_number = made->number;
}

/* Also without the cells that are known to be wrong: the others may be too. */
static bool rehearse_row(Import *import, Rehearsal *rehearsal, ImportRow *row, Err *err)
{
    Arena *arena = import->ask.arena;
    Rehearsed made;
    Err why = {0};
    if (!import_refer(import, row, err))
        return false;
    (void)import_linked(import, row);
    if (rehearse(arena, rehearsal, &row->change, &made, &why)) {
        if (row->fate != IMPORT_WRONG)
            row_made(row, &made);
        return true;
    }
    if (is_of_row(&why))
        row_refused(import, row, &why);
    else
        err_copy(arena, err, &why);
    return is_of_row(&why);
}

/* What was made before is not looked at again: much may have changed since. */
static bool look_at_row(Import *import, Rehearsal *rehearsal, ImportRow *row, Err *err)
{
    Rehearsed made;
    if (!rehearse_known(import->ask.arena, rehearsal, row->change.key, &made, err))
        return false;
    if (made.record == 0)
        return rehearse_row(import, rehearsal, row, err);
    row->fate = IMPORT_BEFORE;
    row_made(row, &made);
    return true;
}

static bool rehearse_rows(Import *import, Err *err)
{
    Rehearsal rehearsal;
    bool good = true;
    rehearsal_open(&rehearsal, import->ask.db, import->ask.office, import->ask.now);
    for (size_t i = 0; i < import->rows.n && good; i++) {
        good = look_at_row(import, &rehearsal, &import->rows.p[i], err);
        import_made(import, i);
    }
    rehearsal_close(&rehearsal);
    for (size_t i = 0; i < import->rows.n; i++)
        if (import->rows.p[i].fate != IMPORT_BEFORE)
            import->rows.p[i].record = 0;
    return good;
}

static int problem_order(const void *a, const void *b)
{
    const ImportProblem *first = a, *second = b;
    if (first->row != second->row)
        return first->row < second->row ? -1 : 1;
    return (first->column > second->column) - (first->column < second->column);
}

static void count_fates(Import *import)
{
    memset(import->counts, 0, sizeof import->counts);
    for (size_t i = 0; i < import->rows.n; i++)
        import->counts[import->rows.p[i].fate]++;
}

bool import_preview(const ImportAsk *ask, Import *ret_import, Err *err)
{
    Import import = {.ask = *ask, .names = map_open(ask->arena), .made = map_open(ask->arena)};
    const Grid *grid = ask->grid;
    ASSERT(grid->rows.n > 0);
    import_columns(&import, &grid->rows.p[0]);
    if (import.problems.n == 0) {
        rows_add(&import, grid);
        rows_key(&import);
        if (!rehearse_rows(&import, err))
            return false;
    }
    if (import.problems.n > 1)
        qsort(import.problems.p, import.problems.n, sizeof *import.problems.p, problem_order);
    count_fates(&import);
    *ret_import = import;
    return true;
}

/* ---- step by step ---- */

/* What the row names is among those that are given out now. */
static bool waits(const Import *import, const ImportRow *row)
{
    for (size_t i = 0; i < row->links.n; i++)
        if (import->rows.p[row->links.p[i].row].fate == IMPORT_NEW)
            return true;
    return false;
}

bool import_step(Import *import)
{
    import->given = 0;
    for (; import->next < import->rows.n && import->given < IMPORT_STEP; import->next++) {
        ImportRow *row = &import->rows.p[import->next];
        if (row->fate != IMPORT_NEW)
            continue;
        if (waits(import, row))
            break;
        if (import_linked(import, row))
            import->step[import->given++] = row;
    }
    return import->given > 0;
}

static void row_answer(Import *import, ImportRow *row, const Job *job)
{
    if (!job->ok) {
        row_refused(import, row, &job->err);
        return;
    }
    fate_set(import, row, job->result.repeated ? IMPORT_BEFORE : IMPORT_MADE);
    row->record = job->result.record;
    row->record_number = str_dup(import->ask.arena, job->result.number);
}

const Err *import_answers(Import *import, const Job *jobs)
{
    for (size_t i = 0; i < import->given; i++) {
        if (!jobs[i].ok && !is_of_row(&jobs[i].err))
            return &jobs[i].err;
        row_answer(import, import->step[i], &jobs[i]);
    }
    return NULL;
}
