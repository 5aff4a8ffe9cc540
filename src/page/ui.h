/* SPDX-License-Identifier: Apache-2.0 */
/* ui.h - the components of doc/ui.md as functions over view structs. Each writes into the page and
 * nothing else. Texts of views are escaped by HTML(). */
#ifndef TONGXIN_PAGE_UI_H
#define TONGXIN_PAGE_UI_H

#include "page/date.h"
#include "view/figure_view.h"

/* ---- small parts ---- */

/* ● ▲ ■ ‖ with its word; nothing for LIGHT_NONE. */
void ui_light(Page *page, Light light, bool large);
/* "due-red" or "due-yellow" or nothing: the class of words about days left. */
Str ui_due_class(Light light);
void ui_icon(Page *page, Str name);
/* The colon and the comma of a list as the language sets them, with its space. */
Str ui_colon(const Html *h);
Str ui_comma(const Html *h);
/* A number as text, for the hole of a message. */
Str ui_digits(const Page *page, int64_t number);
/* The icon of a kind; the speech bubble when the profile names none. */
Str ui_kind_icon(const Kind *kind);
typedef enum NoticeType { NOTICE_PLAIN, NOTICE_DONE, NOTICE_NEAR, NOTICE_WRONG } NoticeType;
/* One sentence or more in a coloured box; lines become <br>. */
void ui_notice(Page *page, NoticeType type, Str text);
/* What was refused and what to do, as a notice; fields are ui_error_summary's. */
void ui_err(Page *page, const Err *err);
/* <h1> with a meta text (may be empty). */
void ui_head(Page *page, Str title, Str meta);
/* Opens a section with <h2>; close with HTML "</section>". */
void ui_section(Page *page, Str title);
/* The empty state of a list: a strong line and what to do. */
void ui_empty(Page *page, Str strong, Str text);

typedef struct Crumb {
    Str label;
    Str href; /* empty: the page itself */
} Crumb;
/* Where one is, the page itself last. */
void ui_crumbs(Page *page, const Crumb *crumbs, size_t count);

typedef struct Tab {
    Str label;
    Str href;
    bool is_here;
} Tab;
/* `label` names the tabs for screen readers. */
void ui_tabs(Page *page, Str label, const Tab *tabs, size_t count);
/* One tab for each kind of the part of the navigation that the visitor may list. */
void ui_kind_tabs(Page *page, PageNav nav, const Kind *here);

/* ---- lists ---- */

/* A format of an export: "csv". */
typedef struct ExportChoice {
    Str format;
    MessageId label;
} ExportChoice;

typedef struct TableOptions {
    Str caption;    /* for screen readers */
    bool with_kind; /* rows of several kinds: a column with the kind */
    const Field *const *columns;
    size_t n_columns;
    bool all;         /* every column: somebody chose them */
    const Move *bulk; /* a column of boxes, inside a form the caller opened */
} TableOptions;
/* Rows of records with the columns of the options. */
void ui_table(Page *page, const RecordRow *rows, size_t count, const TableOptions *options);
/* A list view as it is: table or empty state. */
void ui_list(Page *page, const ListView *view, Str caption);
/* The present address (under `path`) with one query parameter replaced; an empty value takes it
 * out. */
Url ui_query_with(Page *page, Str path, Str name, Str value);
/* Count, next page, and the sheet where there is one; `base` is the page's path with its query. */
void ui_pager(Page *page, const ListView *view);
/* A menu of what the rows of this page are taken along as: `path` with the page's query; `note`
 * (may be empty) says what is in it. */
void ui_export(Page *page, Str path, Str note, const ExportChoice *choices, size_t count);
/* A table of leading organisations up to its first row; `columns` are titles of counts. */
void ui_unit_table(Page *page, const MessageId *columns, size_t count);
/* A count in such a table, in a span of the class; a dash for none. */
void ui_count_cell(Page *page, MessageId label, int64_t count, Str class);
/* Buttons that fetch what is shown as a document, from `href`/pdf and, with Word, `href`/docx,
 * each with `query` ("?edition=2"); where this machine can make none, a sentence that says so. */
void ui_documents(Page *page, Str href, Str query, bool with_word);
/* Chips and the form behind them; written to the same path. */
void ui_filters(Page *page, const ListView *view, Str path);

/* ---- forms ---- */

/* Every input of a move; ids start with `prefix`. */
void ui_inputs(Page *page, const InputView *inputs, size_t count, Str prefix);
/* The attribute of a form that has a file among its inputs; else nothing. */
void ui_enctype(Page *page, const InputView *inputs, size_t count);
/* One text input with label, for forms that are not of the profile. */
typedef struct PlainInput {
    Str name;
    Str label;
    Str help;
    Str value;
    Str type;         /* text, date, password, search, number; empty: text */
    Str autocomplete; /* empty: off */
    Str error;
    bool is_short;
    bool is_optional;
} PlainInput;
/* The id is the name, so a name stands once on a page. */
void ui_input(Page *page, const PlainInput *input);
/* A <select> with label; an option whose value is `value` is chosen. */
void ui_select(Page *page, Str name, Str label, const OptionView *options, size_t count);
/* How many things are to be corrected, each linked to its input. Nothing when `err` is not about
 * fields. */
void ui_error_summary(Page *page, const Err *err, const InputView *inputs, size_t count,
                      Str prefix);

/* ---- record ---- */

/* Pairs of label and text; long texts take the whole width. */
void ui_fields(Page *page, const FieldView *fields, size_t count);
/* What a move form needs to know of its record. */
typedef struct MoveForm {
    Str action;      /* address it posts to */
    Str number;      /* typed to confirm what is dangerous */
    int64_t version; /* -1: none */
    Str code;        /* query code of the tracking page; empty: none */
    bool is_first;
    bool is_open;
    const Err *err; /* of this move when it was refused just now */
} MoveForm;
/* The inline form of a move: what it asks, what will happen, the button. */
void ui_move(Page *page, const MoveView *move, const MoveForm *form);
/* Newest first; with links to the entries of the ledger. */
void ui_timeline(Page *page, const HistoryView *history, size_t count, bool with_entries);
/* Who asked for another limit and why, who agreed, the old day and the new one. */
void ui_extensions(Page *page, const ExtensionView *extensions, size_t count);
/* The calendar strip of the counted days. */
void ui_strip(Page *page, const ClockView *clock);

/* ---- figures ---- */

/* Parts of a figure as bars, the greatest first; those with nothing are counted below. */
void ui_bars(Page *page, const FigurePartView *parts, size_t count, Str unit);
/* Line of up to 12 months with its table twin. */
void ui_months(Page *page, const FigureView *view);

#endif
