/* SPDX-License-Identifier: Apache-2.0 */
/* briefing.h - a briefing: Markdown with slots, of a template or written in the browser, the
 * figures that fill them, the checks before it is published, and the frozen edition with what
 * changed since.
 *
 * No figure is ever typed: every number comes from a slot, and a slot whose word is not true blocks
 * publishing (doc/profile-format.md, "briefing"). A frozen edition holds texts, values, definitions
 * and record sets; it is never overwritten: what changed later is listed beside it, and a
 * correction is the next edition of the same record.
 *
 * A draft reads one state of the database when the caller has begun a transaction. Everything that
 * is returned lives in `arena`. Errors are those of the database, and ERR_WRONG for a frozen text
 * that cannot be read. Threads: any, each with its own Db.
 */
#ifndef TONGXIN_REPORT_BRIEFING_H
#define TONGXIN_REPORT_BRIEFING_H

#include "figure/figure.h"

/* ---- text: blocks of pieces, with slots ---- */

typedef struct BriefingSlot {
    SlotType type;
    Str source;           /* as it stands in the template, with its braces */
    Str name, other_name; /* figures; empty where the form has none */
    int64_t step;         /* SLOT_ROUND, SLOT_NEAR; above 0 */
    RoundWord word;
    Str at, in;        /* organisation and period of its own (profile/slot.h); empty: none */
    int figure, other; /* places in the figures of the draft or edition; -1: none */
    Str text;          /* what the reader sees */
    bool is_true;      /* false: must not be published */
    Str problem;       /* why not, for the margin; empty when true */
} BriefingSlot;

typedef struct BriefingPiece {
    Str text; /* when slot is -1 */
    int slot; /* place in `slots` */
    int cell; /* column in a BRIEFING_ROW, from 0; else 0 */
} BriefingPiece;

typedef enum BriefingBlockType {
    BRIEFING_HEADING, /* level 1..6 */
    BRIEFING_PARAGRAPH,
    BRIEFING_ITEM, /* of a list; consecutive items are one list */
    BRIEFING_ROW   /* of a table; level 1: a head row */
} BriefingBlockType;

typedef struct BriefingBlock {
    BriefingBlockType type;
    int level;
    int n_cells; /* BRIEFING_ROW; else 1 */
    VEC(BriefingPiece) pieces;
} BriefingBlock;

typedef struct BriefingText {
    VEC(BriefingBlock) blocks;
    VEC(BriefingSlot) slots; /* in order of the text */
    Language language;       /* it is written in; briefing_parse leaves it Chinese */
} BriefingText;

/* Headings (#), list items (- or *), tables (|), paragraphs. Lines of one paragraph are joined,
 * with a space only between ASCII. Never fails: what is no slot becomes SLOT_BROKEN. `text` is kept
 * by reference. */
BriefingText briefing_parse(Arena *arena, Str text);
/* The text as Markdown, every slot as its `text`. */
Str briefing_markdown(Arena *arena, const BriefingText *text);

/* ---- figures behind the slots; one for all slots that ask the same ---- */

/* Records up to RECORD_SET_IDS_MAX are kept as ids; beyond it, or when a whole edition would hold
 * more than that, as count and root. */
#define RECORD_SET_IDS_MAX 100000

typedef struct RecordSet {
    int64_t count;
    const int64_t *ids; /* ascending; NULL when they are not kept */
    Str root;           /* hex, of the RFC 9162 SHA-256 tree over the ids in decimal, ascending */
} RecordSet;

typedef struct BriefingFigure {
    Str name;
    Label label, define, unit;
    Str key;     /* of the definition: 16 hexadecimal digits */
    int64_t org; /* 0: the whole site */
    Day from, to;
    FigureValue value;
    Str number;           /* in the figure's unit */
    RecordSet records;    /* editions only; a ratio: of its denominator */
    RecordSet counted;    /* editions only; ratios only: of its numerator */
    const Figure *figure; /* drafts only */
} BriefingFigure;
typedef VEC(BriefingFigure) BriefingFigures;

/* ---- drafts ---- */

typedef struct BriefingQuery {
    const BriefingTemplate *template; /* NULL: written from nothing */
    Str written[LANGUAGE__COUNT];     /* Markdown of its own; without Chinese: the template's text.
                                       * English may be empty: then everyone reads the Chinese */
    Label title;                      /* with a template: its label */
    Str reason;                       /* of a correction, kept in the edition; else empty */
    int64_t org;       /* 0: the whole site; figures with an organisation of their own keep it */
    Day from, to;      /* a figure whose period is not the template's takes its own, as of `to`;
                        * without a template only one that counts from the beginning does */
    Day today;         /* day of the draft, for the check of the period */
    int64_t tree_size; /* entries in the journal as read; kept in the edition */
    Language language; /* drafts only */
} BriefingQuery;

/* What a record of kind briefing asks; the caller adds today, tree_size and language. False when it
 * has no text, and no template that the profile has. */
bool briefing_query(const Office *office, const Values *record, BriefingQuery *ret_query);

/* The text in a language, with every row of a table that says {each …} written once for each
 * organisation or part of the period. `*ret_language`: what it is written in. A row that would be
 * repeated more than BRIEFING_ROWS_MAX times, or not at all, stays as it is. */
#define BRIEFING_ROWS_MAX 200
Str briefing_source(Arena *arena, const Office *office, const BriefingQuery *query,
                    Language *ret_language);

/* No briefing has more figures, each of one organisation and period. */
#define BRIEFING_FIGURES_MAX 900

/* What was looked at before publishing. */
typedef struct BriefingCheck {
    bool passed;
    bool blocks;  /* not passed: must not be published; else only a remark */
    Str sentence; /* what was found, and what to do */
} BriefingCheck;

typedef struct BriefingDraft {
    Str source; /* what briefing_source gave */
    BriefingText text;
    BriefingFigures figures;
    VEC(BriefingCheck) checks;
    bool can_publish; /* every check that blocks has passed */
} BriefingDraft;

/* Fills every slot from cells. */
NODISCARD bool briefing_draft(Arena *arena, Db *db, const Office *office,
                              const BriefingQuery *query, BriefingDraft *ret_draft, Err *err);

/* ---- editions ---- */

/* The edition as canonical JSON (base/value.h): flat names such as "figure.000.value". It is what
 * the publish move carries. Both languages; reads the record set of each figure. ERR_CONFLICT when
 * a check that blocks has not passed in one of the languages; ERR_TOO_LARGE past
 * FROZEN_BYTES_MAX. */
#define FROZEN_BYTES_MAX 1000000
NODISCARD bool briefing_freeze(Arena *arena, Db *db, const Office *office,
                               const BriefingQuery *query, Str *ret_frozen, Err *err);

typedef struct BriefingEdition {
    Str template_name; /* empty: written from nothing */
    Label label;
    Str reason; /* of a correction; else empty */
    int64_t org;
    Day from, to, frozen_on;
    int64_t tree_size;
    Str profile; /* hash in hex */
    BriefingText text[LANGUAGE__COUNT];
    BriefingFigures figures;
} BriefingEdition;

/* Reads what briefing_freeze wrote; ERR_WRONG for anything else. */
NODISCARD bool briefing_edition_parse(Arena *arena, Str frozen, BriefingEdition *ret_edition,
                                      Err *err);

/* What a figure of an edition would be today. */
typedef struct BriefingChange {
    size_t figure;           /* place in edition->figures */
    bool definition_changed; /* the figure is gone or is counted differently; `now` is not set */
    FigureValue now;
    int64_t added, removed; /* records, by id; both 0 when the set is kept as a root only */
    bool records_changed;
} BriefingChange;
typedef VEC(BriefingChange) BriefingChanges;

/* The figures whose value, definition or record set differs now; none: everything stands. */
NODISCARD bool briefing_changes(Arena *arena, Db *db, const Office *office,
                                const BriefingEdition *edition, BriefingChanges *ret_changes,
                                Err *err);

/* A figure that two editions of one briefing do not say alike. */
typedef struct BriefingCorrection {
    int before, after; /* places in their figures; -1: not in that edition */
} BriefingCorrection;
typedef VEC(BriefingCorrection) BriefingCorrections;

/* In the order of `after`, then what is in `before` only. */
BriefingCorrections briefing_corrections(Arena *arena, const BriefingEdition *before,
                                         const BriefingEdition *after);

/* The tables of the text as a sheet (write/csv.h), and below them every figure with unit,
 * organisation, days and definition. */
void briefing_csv(Buf *buf, const Office *office, const BriefingText *text,
                  const BriefingFigures *figures, Language language);

#endif
