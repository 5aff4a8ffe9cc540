/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/lists.h"

#include "base/moment.h"
#include "base/utf8.h"
#include "profile/documents.h"
#include "profile/fault.h"

typedef struct Cell {
    Str text;
    Position at;
} Cell;

typedef VEC(Cell) Row;

typedef struct Column {
    Str name;
    bool required; /* a cell may not be empty */
} Column;

typedef struct List {
    const Column *known;
    size_t n_known;
    Row columns;
    VEC(Row) rows;
    Map first; /* first cell of a row → the row */
    StrVec names;
} List;

static const Column org_columns[] = {
    {S_CONST("code"), true},     {S_CONST("name_zh"), true},   {S_CONST("name_en"), false},
    {S_CONST("parent"), false},  {S_CONST("type"), true},      {S_CONST("division_code"), false},
    {S_CONST("virtual"), false}, {S_CONST("opened_on"), true},
};

static const Column account_columns[] = {
    {S_CONST("login"), true},
    {S_CONST("title_zh"), true},
    {S_CONST("title_en"), false},
    {S_CONST("grants"), false},
};

static int characters(Str text)
{
    int count = 0;
    uint32_t point;
    while (utf8_next(&text, &point))
        count++;
    return count;
}

/* Also the empty cell at the end of a line. */
static Row row_of(Arena *arena, Str line, Position at)
{
    Row row = {0};
    size_t from = 0, tab;
    do {
        tab = MIN(str_find(line, S("\t"), from), line.n);
        at.column = 1 + characters(str_slice(line, 0, from));
        *vec_push(arena, &row) = (Cell){str_slice(line, from, tab), at};
        from = tab + 1;
    } while (tab < line.n);
    return row;
}

static Cell cell_of(const List *list, const Row *row, Str column)
{
    for (size_t i = 0; i < list->columns.n && i < row->n; i++)
        if (str_eq(list->columns.p[i].text, column))
            return row->p[i];
    return (Cell){.at = row->p[0].at};
}

/* ---- any table ---- */

static bool columns_check(Load *load, const List *list)
{
    StrVec known = {0};
    size_t before = load->diagnostics->n;
    for (size_t i = 0; i < list->n_known; i++) {
        bool there = false;
        *vec_push(load->scratch, &known) = list->known[i].name;
        for (size_t j = 0; j < list->columns.n; j++)
            there = there || str_eq(list->columns.p[j].text, list->known[i].name);
        if (!there)
            fault(load, list->columns.p[0].at, MSG_profile_list_no_column, list->known[i].name);
    }
    for (size_t i = 0; i < list->columns.n; i++) {
        Cell column = list->columns.p[i];
        bool there = false;
        for (size_t j = 0; j < known.n; j++)
            there = there || str_eq(column.text, known.p[j]);
        if (!there && column.text.n)
            fault_unknown(load, column.at, MSG_profile_list_unknown_column, column.text, S(""),
                          &known);
    }
    return load->diagnostics->n == before;
}

/* The first column is what others name a row by. */
static void row_check(Load *load, List *list, const Row *row)
{
    Cell key = row->p[0];
    const Row *before = map_find(&list->first, key.text);
    if (row->n != list->columns.n)
        fault(load, row->p[MIN(row->n - 1, list->columns.n)].at, MSG_profile_list_cells,
              STR(load->arena, row->n), STR(load->arena, list->columns.n));
    for (size_t i = 0; i < list->n_known; i++) {
        Cell cell = cell_of(list, row, list->known[i].name);
        if (list->known[i].required && cell.text.n == 0 && row->n == list->columns.n)
            fault(load, cell.at, MSG_profile_list_empty, list->known[i].name);
    }
    if (before)
        fault(load, key.at, MSG_profile_list_twice, key.text,
              STR(load->arena, before->p[0].at.line));
    else if (key.text.n) {
        map_set(&list->first, key.text, (void *)(uintptr_t)row);
        *vec_push(load->scratch, &list->names) = key.text;
    }
}

/* Lines as positions count them; false when the columns are wrong, so that no row can be judged. */
static bool list_read(Load *load, const ListText *from, List *list)
{
    Source source = {.file = from->file, .layer = S(""), .text = from->text};
    Position at = {.file = from->file, .line = 0, .column = 1};
    Str rest = from->text, line;
    *vec_push(load->scratch, &load->sources) = source;
    list->first = map_open(load->scratch);
    while (str_next(&rest, '\n', &line)) {
        at.line++;
        if (str_ends(line, S("\r")))
            line.n--;
        if (line.n == 0 || str_starts(line, S("#")))
            continue;
        if (list->columns.n == 0)
            list->columns = row_of(load->scratch, line, at);
        else
            *vec_push(load->scratch, &list->rows) = row_of(load->scratch, line, at);
    }
    at = (Position){.file = from->file, .line = 1, .column = 1};
    if (list->columns.n == 0)
        *vec_push(load->scratch, &list->columns) = (Cell){.at = at};
    if (!columns_check(load, list))
        return false;
    for (size_t i = 0; i < list->rows.n; i++)
        row_check(load, list, &list->rows.p[i]);
    return true;
}

static void check_word(Load *load, Cell cell, MessageId message, const StrVec *known)
{
    for (size_t i = 0; i < known->n; i++)
        if (str_eq(known->p[i], cell.text))
            return;
    if (cell.text.n)
        fault_unknown(load, cell.at, message, cell.text, S(""), known);
}

/* ---- organisations ---- */

static StrVec org_types(Load *load)
{
    StrVec codes = {0};
    const ChoiceList *types = profile_choices(load->profile, S("org_type"));
    for (size_t i = 0; types && i < types->n; i++)
        *vec_push(load->scratch, &codes) = types->items[i].code;
    return codes;
}

/* A row whose parents never end is named, each of a circle once. */
static bool parents_end(const List *list, const Row *row)
{
    for (size_t steps = 0; row && steps <= list->rows.n; steps++) {
        Str parent = cell_of(list, row, S("parent")).text;
        if (parent.n == 0)
            return true;
        row = map_find(&list->first, parent);
    }
    return row == NULL; /* an unknown parent is named where it stands */
}

static void orgs_check(Load *load, const List *list)
{
    static const Str flags[] = {S_CONST("0"), S_CONST("1")};
    const StrVec yes_no = {.p = (Str *)(uintptr_t)flags, .n = COUNT_OF(flags)};
    StrVec types = org_types(load);
    for (size_t i = 0; i < list->rows.n; i++) {
        const Row *row = &list->rows.p[i];
        Cell parent = cell_of(list, row, S("parent")), opened = cell_of(list, row, S("opened_on"));
        Day day;
        if (parent.text.n && !map_find(&list->first, parent.text))
            fault_unknown(load, parent.at, MSG_profile_list_no_parent, parent.text, S(""),
                          &list->names);
        else if (!parents_end(list, row))
            fault(load, parent.at, MSG_profile_list_circle, row->p[0].text);
        check_word(load, cell_of(list, row, S("type")), MSG_profile_list_no_type, &types);
        check_word(load, cell_of(list, row, S("virtual")), MSG_profile_list_not_flag, &yes_no);
        if (opened.text.n && !day_parse(opened.text, &day))
            fault(load, opened.at, MSG_profile_list_not_day, opened.text);
    }
}

/* ---- accounts ---- */

static void grant_check(Load *load, Cell grant, const StrVec *roles, const List *orgs)
{
    size_t at = str_find(grant.text, S("@"), 0);
    Cell role = {str_slice(grant.text, 0, at), grant.at};
    Cell org = {str_slice(grant.text, MIN(at + 1, grant.text.n), grant.text.n), grant.at};
    if (at == SIZE_MAX) {
        fault(load, grant.at, MSG_profile_list_grant, grant.text);
        return;
    }
    org.at.column += characters(role.text) + 1;
    check_word(load, role, MSG_profile_unknown_role, roles);
    if (orgs && !map_find(&orgs->first, org.text))
        fault_unknown(load, org.at, MSG_profile_list_no_org, org.text, S(""), &orgs->names);
}

static void accounts_check(Load *load, const List *list, const List *orgs)
{
    StrVec roles = {0};
    for (size_t i = 0; i < load->profile->n_roles; i++)
        *vec_push(load->scratch, &roles) = load->profile->roles[i].name;
    for (size_t i = 0; i < list->rows.n; i++) {
        Cell grants = cell_of(list, &list->rows.p[i], S("grants"));
        Str rest = grants.text, grant;
        while (str_next(&rest, ' ', &grant)) {
            if (grant.n)
                grant_check(load, (Cell){grant, grants.at}, &roles, orgs);
            grants.at.column += characters(grant) + 1;
        }
    }
}

/* ---- both ---- */

static bool is_there(Load *load, const ListText *from, Position named)
{
    if (from->is_missing)
        fault(load, named, MSG_profile_list_missing, from->file)->hint =
            MSG_profile_list_missing_hint;
    return from->file.n && !from->is_missing;
}

static void lists_check(Load *load, const ListText *organisations, const ListText *accounts)
{
    List orgs = {.known = org_columns, .n_known = COUNT_OF(org_columns)};
    List people = {.known = account_columns, .n_known = COUNT_OF(account_columns)};
    bool has_orgs = is_there(load, organisations, load->profile->organisations_at) &&
                    list_read(load, organisations, &orgs);
    if (has_orgs)
        orgs_check(load, &orgs);
    if (is_there(load, accounts, load->profile->accounts_at) && list_read(load, accounts, &people))
        accounts_check(load, &people, has_orgs ? &orgs : NULL);
}

bool profile_lists_check(Arena *arena, const Profile *profile, const ListText *organisations,
                         const ListText *accounts, Diagnostics *ret_diagnostics, Err *err)
{
    Arena *scratch = arena_open();
    Load *load = NEW(scratch, Load);
    *ret_diagnostics = (Diagnostics){0};
    *load = (Load){.arena = arena,
                   .scratch = scratch,
                   .profile = (Profile *)(uintptr_t)profile,
                   .diagnostics = ret_diagnostics};
    ASSERT(sources_split(load, profile->bundle));
    lists_check(load, organisations, accounts);
    arena_close(scratch);
    faults_sort(ret_diagnostics);
    return ret_diagnostics->n == 0 ||
           err_set(err, ERR_WRONG, MSG_profile_has_mistakes, STR(arena, ret_diagnostics->n));
}
