/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a briefing as a sheet, with what each figure means. */
#include "report/briefing.h"
#include "write/csv.h"

static const MessageId head[] = {
    MSG_report_sheet_figure, MSG_report_sheet_value, MSG_report_sheet_unit,  MSG_report_sheet_org,
    MSG_report_sheet_from,   MSG_report_sheet_to,    MSG_report_sheet_define};

typedef struct Sheet {
    Csv csv;
    size_t columns; /* of every row */
} Sheet;

static void end_row(Sheet *sheet)
{
    while (sheet->csv.cells < sheet->columns)
        csv_empty(&sheet->csv);
    csv_row_end(&sheet->csv);
}

static void add_row(Sheet *sheet, Arena *arena, const BriefingText *text,
                    const BriefingBlock *block)
{
    for (int cell = 0; cell < block->n_cells; cell++) {
        Buf buf = buf_open(arena);
        for (size_t i = 0; i < block->pieces.n; i++) {
            const BriefingPiece *piece = &block->pieces.p[i];
            if (piece->cell == cell)
                buf_add(&buf, piece->slot < 0 ? piece->text : text->slots.p[piece->slot].text);
        }
        csv_str(&sheet->csv, buf_str(&buf));
    }
    end_row(sheet);
}

static size_t widest(const BriefingText *text)
{
    size_t columns = COUNT_OF(head);
    for (size_t i = 0; i < text->blocks.n; i++)
        if (text->blocks.p[i].type == BRIEFING_ROW)
            columns = MAX(columns, (size_t)text->blocks.p[i].n_cells);
    return columns;
}

static void add_figure(Sheet *sheet, Arena *arena, const Office *office,
                       const BriefingFigure *figure, Language language)
{
    const Org *org = org_find(&office->orgs, figure->org);
    csv_str(&sheet->csv, label_text(figure->label, language));
    csv_str(&sheet->csv, figure->number);
    csv_str(&sheet->csv, label_text(figure->unit, language));
    csv_str(&sheet->csv, label_text(org ? org->title : office->profile->label, language));
    csv_str(&sheet->csv, figure->from > 1 ? day_text(arena, figure->from) : S(""));
    csv_str(&sheet->csv, day_text(arena, figure->to));
    csv_str(&sheet->csv, label_text(figure->define, language));
    end_row(sheet);
}

void briefing_csv(Buf *buf, const Office *office, const BriefingText *text,
                  const BriefingFigures *figures, Language language)
{
    Arena *arena = arena_open();
    Sheet sheet = {.csv = csv_open(buf), .columns = widest(text)};
    bool rows = false;
    for (size_t i = 0; i < text->blocks.n; i++) {
        if (text->blocks.p[i].type != BRIEFING_ROW)
            continue;
        add_row(&sheet, arena, text, &text->blocks.p[i]);
        rows = true;
    }
    if (rows)
        end_row(&sheet);
    for (size_t i = 0; i < COUNT_OF(head); i++)
        csv_str(&sheet.csv, message(head[i], language));
    end_row(&sheet);
    for (size_t i = 0; i < figures->n; i++)
        add_figure(&sheet, arena, office, &figures->p[i], language);
    arena_close(arena);
}
