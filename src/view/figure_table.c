/* SPDX-License-Identifier: Apache-2.0 */
/* Figures as a sheet: what each means stands in its row. */
#include "view/figure_view.h"

static const struct {
    Str name;
    MessageId title, means;
    TableType type;
} columns[] = {
    {S_CONST("figure"), MSG_view_figure_code, MSG_view_figure_code_means, TABLE_TEXT},
    {S_CONST("label"), MSG_view_figure, MSG_view_figure_means, TABLE_TEXT},
    {S_CONST("value"), MSG_view_figure_value, MSG_view_figure_value_means, TABLE_NUMBER},
    {S_CONST("unit"), MSG_view_figure_unit, MSG_view_figure_unit_means, TABLE_TEXT},
    {S_CONST("numerator"), MSG_view_figure_part, MSG_view_figure_part_means, TABLE_NUMBER},
    {S_CONST("denominator"), MSG_view_figure_whole, MSG_view_figure_whole_means, TABLE_NUMBER},
    {S_CONST("org"), MSG_view_figure_org, MSG_view_figure_org_means, TABLE_TEXT},
    {S_CONST("from"), MSG_view_figure_from, MSG_view_figure_from_means, TABLE_DAY},
    {S_CONST("to"), MSG_view_figure_to, MSG_view_figure_to_means, TABLE_DAY},
    {S_CONST("define"), MSG_view_figure_define, MSG_view_figure_define_means, TABLE_TEXT},
    {S_CONST("subset_of"), MSG_view_figure_subset, MSG_view_figure_subset_means, TABLE_TEXT},
    {S_CONST("overlaps"), MSG_view_figure_overlaps, MSG_view_figure_overlaps_means, TABLE_TEXT},
};

static Str overlaps_text(Arena *arena, const FigureRow *row)
{
    Buf names = buf_open(arena);
    for (size_t i = 0; i < row->n_overlaps; i++)
        TEXT(&names, i ? " " : "", row->overlaps[i]->name);
    return buf_str(&names);
}

static void write_row(Arena *arena, Table *table, Language language, const FigureRow *row)
{
    const Figure *figure = row->figure;
    bool has_whole = indicator_has_whole(figure->of);
    table_cell(table, figure->name);
    table_cell(table, label_text(figure->label, language));
    table_cell(table, figure_number(arena, figure, &row->value));
    table_cell(table, label_text(figure->unit, language));
    table_cell(table, has_whole ? STR(arena, row->value.numerator) : S(""));
    table_cell(table, has_whole ? STR(arena, row->value.denominator) : S(""));
    table_cell(table, row->org);
    table_cell(table, row->from > 1 ? day_text(arena, row->from) : S(""));
    table_cell(table, day_text(arena, row->to));
    table_cell(table, label_text(figure->of->define, language));
    table_cell(table, figure->subset_of ? figure->subset_of->name : S(""));
    table_cell(table, overlaps_text(arena, row));
    table_row_end(table);
}

Str figures_table(Arena *arena, Language language, TableFormat format, const FigureRow *rows,
                  size_t count)
{
    TableColumn own[COUNT_OF(columns)];
    TableHead head = {
        S("figures"),
        message(MSG_view_figures, language),
        own,
        COUNT_OF(columns),
        {message(MSG_view_definitions, language), message(MSG_view_export_column, language),
         message(MSG_view_export_name, language), message(MSG_view_export_means, language)}};
    Buf buf = buf_open(arena);
    Table table;
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        own[i] = (TableColumn){columns[i].name,
                               message(columns[i].title, language),
                               columns[i].type,
                               message(columns[i].means, language),
                               NULL,
                               0};
    table = table_begin(&buf, format, &head);
    for (size_t i = 0; i < count; i++)
        write_row(arena, &table, language, &rows[i]);
    table_end(&table, S(""));
    return buf_str(&buf);
}
