/* SPDX-License-Identifier: Apache-2.0 */
/* record_view.h - one record as a person may see it: what page/ and api/ write.
 *
 * The only place where fields are masked: what is not here is not shown. Texts are in the visitor's
 * language and plain; writers escape them.
 */
#ifndef TONGXIN_VIEW_RECORD_VIEW_H
#define TONGXIN_VIEW_RECORD_VIEW_H

#include "record/list.h"
#include "view/visit.h"

typedef enum Light { LIGHT_NONE, LIGHT_ON_COURSE, LIGHT_NEAR, LIGHT_LATE, LIGHT_STANDING } Light;

/* The light now, from yellow_at, red_at, paused_on; NONE when no clock runs. */
Light light_of(const Values *values, Instant now);

typedef struct FieldView {
    const Field *field;
    Str label;
    Value value; /* typed, for JSON */
    Str text;    /* for people: choice labels, organisation names, 12.5万元, 2023年10月20日 */
    Str href;    /* of a linked record; empty when none or not visible */
    bool masked; /* something was left out */
} FieldView;

/* A choice, organisation or record to pick in a form. */
typedef struct OptionView {
    Str value; /* code or number */
    Str label;
    Str note;
    Str group; /* options of one group stand together under it; empty: none */
    bool selected;
} OptionView;

typedef struct InputView {
    const Field *field;
    Str name, label, help;
    bool required;
    Str text;                  /* what the input starts with: last try, present value, preset */
    const OptionView *options; /* choices, organisations (at most 2000), posts (at most 500) */
    size_t n_options;
    size_t n_hidden; /* organisations that are not offered for want of room */
    Str error;       /* empty when fine */
    bool look_alike; /* what is typed here finds look-alikes: title and body of the kind */
} InputView;

typedef struct MoveView {
    const Move *move;
    Str name, label, says; /* `says` with names filled in */
    const InputView *inputs;
    size_t n_inputs;
    bool needs_approval;
    Str blocked;  /* why it is not possible now although permitted; empty: possible */
    Str proposal; /* 交办: the unit proposed, with the reason; empty when none */
} MoveView;

typedef struct HistoryView {
    int64_t sequence;
    Instant at, recorded_at;
    Str who;  /* desk title, 公众, 系统 */
    Str move; /* name of the move, or approve, refuse, reveal_contact, … */
    Str what; /* label of the move */
    const FieldView *changes;
    size_t n_changes;
    bool late; /* entered later than it happened */
} HistoryView;

/* A new limit that was asked for. */
typedef struct ExtensionView {
    Str move; /* its label: 申请延期 */
    Instant asked_at;
    Str asked_by;
    Str reason;         /* what the form says beside the day */
    Instant decided_at; /* 0: it waits for the second person */
    Str decided_by;     /* who agreed or refused; empty: the move needs nobody else */
    bool agreed;
    Day old_due, new_due; /* new_due as asked for where it was not agreed to */
    Str refused_reason;
} ExtensionView;

typedef struct StripDay {
    Day day;
    Str word; /* ordinal of the counted day, or why it does not count: 周末, 国庆节, 暂停 */
    bool counted, today, due, paused;
} StripDay;

typedef struct ClockView {
    bool runs;
    Light light;
    Day from, due;
    Str within; /* 10个工作日 */
    Str source;
    Str left; /* 还剩3个工作日, 超期2天, 暂停中 */
    bool provisional;
    const StripDay *days;
    size_t n_days;
} ClockView;

typedef struct RecordRow {
    int64_t id;
    const Kind *kind;
    Str number, title, kind_label, status, status_label, result_label;
    Str place, lead; /* names */
    Light light;
    Day due;
    Instant created_at, closed_at;
    Str href;
    const FieldView *columns; /* fields with `list` */
    size_t n_columns;
    Str next_move, next_label; /* the primary move possible now; empty when none */
    bool voided, pending;
    Values clock_values; /* for row_left; none where no clock is shown */
} RecordRow;

/* Children that a record's page does not name. */
typedef struct MoreChildren {
    const Kind *kind;
    int64_t count; /* of all that may be opened */
    Str parent;    /* what the list of them is asked for with: number, or "#" and id */
} MoreChildren;

#define CHILDREN_OF_KIND 50

typedef struct RecordView {
    const Record *record;
    RecordRow row;
    int64_t version;
    const FieldView *fields; /* in form order, without empty ones */
    size_t n_fields;
    ClockView clock;
    const MoveView *moves; /* permitted here and now, primary first; those blocked say why */
    size_t n_moves;
    Str pending_label; /* the move that waits for the second person; empty when none */
    Str pending_by;
    Str pending_says; /* what happens when it is approved */
    const FieldView *pending_fields;
    size_t n_pending_fields;
    bool may_decide; /* may approve or refuse it */
    bool has_contact, may_reveal;
    const HistoryView *history;
    size_t n_history;
    const ExtensionView *extensions; /* every one asked for, oldest first */
    size_t n_extensions;
    const RecordRow *parent;   /* what it belongs to; NULL: nothing, or not to be opened */
    const RecordRow *children; /* of each kind the latest CHILDREN_OF_KIND, in order of id */
    size_t n_children;
    const MoreChildren *more; /* kinds that have more than that, with their lists */
    size_t n_more;
    const RecordRow *linked; /* records that point here: a session's requests */
    size_t n_linked;
    const RecordRow *similar; /* look-alikes, ranked: record_view_similar */
    size_t n_similar;
    const Move *const *child_moves; /* creating moves of child kinds that the visitor may make */
    const Kind *const *child_kinds;
    const Str *child_links; /* "parent", or the field of the new record that will name this one */
    size_t n_child_moves;
} RecordView;

/* ERR_NOT_FOUND also when the visitor may not see it: the two cannot be told apart. */
NODISCARD bool record_view(Visit *visit, Str kind, Str number, RecordView *ret_view, Err *err);
/* Adds the look-alikes, for staff: ranking them takes longer than the rest, and only the record's
 * own page shows them. */
NODISCARD bool record_view_similar(Visit *visit, RecordView *view, Err *err);
/* What a submitter with the query code sees: status in plain words, the answer, what happens
 * next by when; never inner notes, desks' names or other submitters. A merged record shows the
 * answer of the record it was merged into. */
typedef struct TrackView {
    Str number, title, kind_label, status_label;
    Instant submitted_at;
    bool voided; /* then without answer and moves */
    Str next;    /* 市工信局正在办理,10月21日前答复 */
    Str reply, result_label;
    Instant replied_at;
    const HistoryView *steps; /* milestones only */
    size_t n_steps;
    const MoveView *moves; /* rate, withdraw */
    size_t n_moves;
    int64_t version;
} TrackView;
/* ERR_NOT_FOUND for a wrong number and for a wrong code alike. */
NODISCARD bool track_view(Visit *visit, Str number, Str code, TrackView *ret_view, Err *err);

/* A row for lists; fields masked as for `record_view`. For the public, `columns` are the published
 * text and answer. */
RecordRow record_row(Visit *visit, const Record *record);
/* 还剩3个工作日, 超期2天, 暂停中: counted when asked, for a table of rows does not show it. */
Str row_left(const Visit *visit, const RecordRow *row);

/* The creating move that the visitor may make: by role for staff, the public one for the public;
 * `parent` (may be NULL) gives a child its organisations. NULL when there is none. */
const Move *new_move(const Visit *visit, const Kind *kind, const Record *parent);
/* The guards let it begin a child of this parent as it stands. */
bool new_child_stands(Visit *visit, const Kind *kind, const Move *move, const Record *parent);
/* The record of that kind by its number (by id where the kind has no numbers), if the visitor may
 * open it; else ERR_NOT_FOUND. `*ret_kind` may be NULL. */
NODISCARD bool record_open(Visit *visit, Str kind, Str number, const Kind **ret_kind,
                           Record *ret_record, Err *err);
/* The record that a submitter with number and query code may follow; ERR_NOT_FOUND when either is
 * wrong. */
NODISCARD bool track_open(Visit *visit, Str number, Str code, const Kind **ret_kind,
                          Record *ret_record, Err *err);
/* Its history, oldest first, at most the last 200 entries. */
NODISCARD bool history_view(Visit *visit, const Kind *kind, const Record *record,
                            const HistoryView **ret_history, size_t *ret_count, Err *err);
/* Every extension of its limit that was asked for, out of its entries; reads them only where there
 * was one. */
NODISCARD bool extensions_view(Visit *visit, const Kind *kind, const Record *record,
                               const ExtensionView **ret_extensions, size_t *ret_count, Err *err);
/* Look-alikes as rows, most alike first. */
NODISCARD bool similar_rows(Visit *visit, const Kind *kind, const Record *record,
                            const RecordRow **ret_rows, size_t *ret_count, Err *err);

/* The form of a creating move, e.g. for /submit/{kind}. `parent` is the number of the record it
 * belongs to, for kinds that are children; the form then also sends it as `parent`. ERR_FORBIDDEN
 * when the visitor may not, ERR_NOT_FOUND when there is no such parent. */
NODISCARD bool new_view(Visit *visit, const Kind *kind, Str parent, MoveView *ret_view, Err *err);

/* Fills inputs with what was sent and the field errors of a refused change. */
void inputs_fill(Visit *visit, MoveView *move, const FormInput *sent, const Err *err);

#endif
