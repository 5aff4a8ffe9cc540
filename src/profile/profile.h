/* SPDX-License-Identifier: Apache-2.0 */
/* profile.h - a city as data.
 *
 * A profile is what a city office decides: kinds of record with their fields and flows, roles,
 * choices, routing, indicators, figures, briefing templates, limits. It is read from YAML
 * (doc/profile-format.md), linked once, and never changes afterwards: every name in it has been
 * resolved to a pointer, so whoever holds a `const Profile *` may follow any pointer from any
 * thread, as long as the arena it was loaded into lives.
 *
 * Nothing here knows requests, suggestions or disputes; nothing here reads a clock or a database.
 */
#ifndef TONGXIN_PROFILE_H
#define TONGXIN_PROFILE_H

#include "base/duration.h"
#include "base/message.h"
#include "base/value.h"
#include "base/vec.h"

typedef struct Profile Profile;
typedef struct Kind Kind;
typedef struct Field Field;
typedef struct Flow Flow;
typedef struct State State;
typedef struct Move Move;
typedef struct Role Role;
typedef struct ChoiceList ChoiceList;
typedef struct Condition Condition;
typedef struct Indicator Indicator;

/* Where a definition stands, for diagnostics and `profile show`. Line and column from 1. */
typedef struct Position {
    Str file;
    int line;
    int column;
} Position;

/* ---- fields ---- */

typedef enum FieldType {
    FIELD_TEXT,          /* one line; VALUE_TEXT, text part of the journal */
    FIELD_LONG_TEXT,     /* paragraphs; VALUE_TEXT, text part */
    FIELD_NUMBER,        /* VALUE_INT */
    FIELD_DECIMAL,       /* VALUE_INT at `scale` */
    FIELD_MONEY,         /* VALUE_INT in fen; entered in 万元 where `wan` is set, else in 元 */
    FIELD_DATE,          /* VALUE_INT, a Day */
    FIELD_YES_NO,        /* VALUE_INT 1 or 0 */
    FIELD_CHOICE,        /* VALUE_TEXT, a code of `choices`; plain part */
    FIELD_CHOICES,       /* VALUE_CODES */
    FIELD_ORGANISATION,  /* VALUE_IDS with one id of an org or directory record; see below */
    FIELD_ORGANISATIONS, /* VALUE_IDS */
    FIELD_POST,          /* VALUE_IDS with one id of a record of `to` */
    FIELD_PLACE,         /* VALUE_IDS with one id of an org */
    FIELD_RECORD,        /* VALUE_IDS with one id of a record of `to` */
    FIELD_ATTACHMENT,    /* VALUE_TEXT, content id of stored bytes; name in the text part */
    FIELD_CONTACT,       /* personal: a name; never in the journal, only in record_contact */
    FIELD_PHONE,         /* personal: a phone number; as FIELD_CONTACT */
    FIELD_CODE,          /* an identifier such as a credit code; VALUE_TEXT, plain part */
    FIELD_TYPE__COUNT
} FieldType;

/* Links are VALUE_IDS, so that the fold knows them without the profile; only the well-known
 * fields place, lead, submitter and parent are VALUE_INT, for they have typed columns. */

/* A side of a confidential matter; whoever may not know its name reads which side it is. */
typedef enum Disputant { DISPUTANT_NONE, DISPUTANT_A, DISPUTANT_B } Disputant;

/* Where a day may lie, as seen from the day of the move. */
typedef enum DayBound { DAY_ANY, DAY_NOT_FUTURE, DAY_NOT_PAST } DayBound;

struct Field {
    Str name; /* [a-z][a-z0-9_]*, unique in its kind; the value's name in the record */
    Label label;
    Label help; /* shown under the label; may be empty */
    FieldType type;
    int scale;   /* FIELD_DECIMAL: digits after the point, 0..6 */
    bool wan;    /* FIELD_MONEY: the form asks for 万元 */
    int64_t min; /* number, decimal, money: least value; text: least characters */
    int64_t max; /* number, decimal, money: greatest value; text: most characters */
    bool required;
    bool filter;               /* lists can be filtered by it; has an expression index */
    bool list;                 /* a column of the list page */
    bool public_form;          /* asked on the form without an account */
    bool check_credit_code;    /* FIELD_CODE: warn when GB 32100 check digits are wrong */
    bool unique;               /* FIELD_TEXT, FIELD_CODE: on one not voided record of the kind */
    bool ascii;                /* FIELD_CODE: letters a to z, digits, '.', '-' and '_' only */
    bool raised_by;            /* FIELD_RECORD: the page of what it names offers to make one */
    bool told;                 /* text and code: the submitter reads it who has the query code */
    DayBound day_bound;        /* FIELD_DATE: what has happened, or what is promised */
    Disputant disputant;       /* FIELD_TEXT of a confidential kind: names this side */
    const ChoiceList *choices; /* FIELD_CHOICE, FIELD_CHOICES */
    const Kind *to; /* FIELD_RECORD, FIELD_POST; FIELD_ORGANISATION(S) of a directory kind, else
                       NULL = org */
    Value preset;   /* proposed value on the form; VALUE_NONE when none */
    Value unasked;  /* what a new record has whose form, without an account, does not ask for it */
    bool move_only; /* defined in a move's form, not in the kind's `fields` */
    Position position;
};

/* Bounds of a number whose field has none of its own: ten trillion yuan in fen. */
#define FIELD_NUMBER_MAX INT64_C(1000000000000000)
#define FIELD_NUMBER_MIN (-FIELD_NUMBER_MAX)

/* True when `min` and `max` count characters. */
bool field_has_length(const Field *field);
/* True for the two personal types. */
bool field_is_personal(const Field *field);
/* True when the value belongs to the text part of the journal. */
bool field_is_text(const Field *field);
/* True when the value is the id of an organisation or a record, or several. */
bool field_is_link(const Field *field);
/* What a profile and the JSON interface call the type: "long_text". */
Str field_type_word(FieldType type);

typedef struct Choice {
    Str code;
    Label label;
    Label note;     /* e.g. the competent channel of a decline ground */
    Str letter;     /* A..D where the city maps its results to letters; else empty */
    const Str *was; /* codes it had in earlier profiles */
    size_t n_was;
} Choice;

struct ChoiceList {
    Str name;
    const Choice *items;
    size_t n;
    Position position;
};

/* The list that nobody writes: its codes are the profile's figures. */
#define CHOICES_FIGURE S("figure")
/* Those of them that are plain stocks: what an opening value can be of. */
#define CHOICES_STOCK_FIGURE S("stock_figure")

/* The choice, or NULL. */
const Choice *choice_find(const ChoiceList *list, Str code);
/* The same for a code of an earlier profile: what has it now, or else what had it. */
const Choice *choice_now(const ChoiceList *list, Str code);
/* The choice whose code is at most two letters away from the text, or NULL. */
const Choice *choice_near(Arena *arena, const ChoiceList *list, Str text);

/* ---- conditions: maps over facts of one record; no expression language ---- */

typedef enum ConditionType {
    CONDITION_ALL,     /* every part holds; no parts: always true */
    CONDITION_ANY,     /* some part holds */
    CONDITION_NOT,     /* the one part does not hold */
    CONDITION_PRESENT, /* the fact has a value */
    CONDITION_ABSENT,
    CONDITION_EQUAL, /* the fact is one of `values`; a VALUE_CODES fact holds one of them */
    CONDITION_AT_LEAST,
    CONDITION_MORE_THAN,
    CONDITION_AT_MOST,
    CONDITION_LESS_THAN,
    CONDITION_PARENT /* the one part holds for the record that link `fact` points to */
} ConditionType;

struct Condition {
    ConditionType type;
    Str fact;            /* name of a field, milestone or engine fact (rule/fact.h) */
    const Value *values; /* EQUAL: any of; comparisons: exactly one integer */
    size_t n_values;
    const Condition *const *parts;
    size_t n_parts;
    Position position;
};

/* ---- flows ---- */

struct State {
    Str name;
    Label label;
    bool open;            /* still to be worked on: on the desk, counted as open in scope rows */
    const Field *follows; /* it shows the answer of the record this link points to; else NULL */
    const Str *was;       /* names it had in earlier profiles */
    size_t n_was;
    Position position;
};

/* A limit of time that a move starts. */
typedef struct Clock {
    Str name;          /* code of the choice it applies to; empty when there is one for all */
    Duration duration; /* with its source: no limit without a citation */
} Clock;

typedef enum ClockAction {
    CLOCK_NONE,
    CLOCK_START, /* from the day of the move */
    CLOCK_PAUSE,
    CLOCK_RESUME, /* due moves by the days paused */
    CLOCK_EXTEND, /* due becomes the date in field `clock_field` */
    CLOCK_STOP
} ClockAction;

typedef struct Guard {
    const Condition *must;
    Label otherwise; /* shown when it does not hold: what is missing and what to do */
} Guard;

/* A field in the form of a move. */
typedef struct MoveField {
    const Field *field;
    bool required; /* here; the field's own `required` counts only in moves that create */
} MoveField;

struct Move {
    Str name;
    Label label;              /* the button: 交办 */
    Label says;               /* one sentence: what will happen */
    const State *const *from; /* none: the move creates the record */
    size_t n_from;
    const State *to; /* NULL: the status stays */
    const Role *const *who;
    size_t n_who;
    bool by_public; /* without an account (creating: the public form; else with the query code) */
    bool by_clock;  /* made by the background task when `wait` is over; nobody else */
    const MoveField *form;
    size_t n_form;
    const Guard *guards;
    size_t n_guards;
    const Str *milestones; /* set to `at` of the move */
    size_t n_milestones;
    const Str *clears; /* values removed */
    size_t n_clears;
    const NamedValue *sets; /* constants */
    size_t n_sets;
    const Str *adds; /* counters raised by one */
    size_t n_adds;

    /* Second person: the move waits as `pending` until another with one of these roles approves. */
    const Role *const *approval;
    size_t n_approval;
    const Condition *approval_when; /* NULL: always */
    const Str *not_by; /* names of moves: who made one of them on this record may not make this */
    size_t n_not_by;
    Str not_from; /* organisation field (lead): staff of that organisation may not make this */

    ClockAction clock;
    Str clock_by;    /* choice field that picks the clock; empty: clocks[0] */
    Str clock_field; /* date field of the form: what CLOCK_EXTEND sets; where CLOCK_START ends */
    const Clock *clocks;
    size_t n_clocks;

    /* Not before `wait` after milestone `wait_since`, unless `wait_unless` holds. */
    Str wait_since;
    Duration wait;
    const Condition *wait_unless;
    Str wait_until; /* a milestone: from then on the move is not made any more; empty: no end */

    const Kind *creates; /* a child record … */
    const Move *creates_by;
    Str creates_each; /* … for each organisation in this field */
    Str creates_as;   /* organisation field of the child that receives it */

    const Kind *cascade_kind; /* `cascade_move` is also made on every record of this kind … */
    Str cascade_through;      /* … whose link of this name points here */
    const Move *cascade_move;
    const Str *cascade_copies;
    size_t n_cascade_copies;

    bool backdate;  /* may carry an earlier `at` */
    bool danger;    /* the form asks for the number to be typed */
    bool primary;   /* the button shown in lists and first on the page */
    bool bulk;      /* offered for several rows of a list */
    bool publishes; /* the record becomes visible to everyone through the kind's public view */
    bool voids;     /* the record leaves lists and figures */
    Str absorbs;    /* with voids: every link to it then leads to the record in this field */
    bool edits;     /* a correction: form fields start with their present values */
    bool rates;     /* the form of the public tracking page; done once, by its first milestone */
    bool told;      /* a step the submitter sees who has the query code, at its first milestone */
    Label told_as;  /* … under this name; empty: the label */
    bool freezes;   /* the record shows from now on what report/ froze for it */
    Position position;
};

struct Flow {
    Str name;
    const State *states;
    size_t n_states;
    const Move *moves;
    size_t n_moves;
    Position position;
};

/* The state or the move of that name, or NULL. */
const State *flow_state(const Flow *flow, Str name);
/* The same for a name of an earlier profile: what has it now, or else what had it. */
const State *flow_state_now(const Flow *flow, Str name);
const Move *flow_move(const Flow *flow, Str name);
/* True when the move leads from the state (a move without `from` never does). */
bool move_leaves(const Move *move, const State *state);

/* ---- kinds ---- */

/* ---- plans ---- */

/* What a kind is in the pages of the plan; at most one kind of a profile is each. The fields that
 * these pages read have fixed names, listed in doc/profile-format.md and checked on loading. */
typedef enum PlanPart {
    PLAN_NONE,
    PLAN_ROOT,      /* the plan of a year */
    PLAN_NODE,      /* a branch: below the plan, or below another one that `above` names */
    PLAN_ITEM,      /* a task with its units and dates, child of a node or of the plan */
    PLAN_MILESTONE, /* a day of an item, or what a target is to have reached by it */
    PLAN_TARGET,    /* a figure and what it is to reach, child of any of the others */
    PLAN__COUNT
} PlanPart;

/* What a list of the plan has a row for. */
typedef enum PlanRows { PLAN_ROWS_TARGETS, PLAN_ROWS_ITEMS, PLAN_ROWS_UNITS } PlanRows;

typedef struct PlanList {
    Str name;
    Label label;
    Label describe;
    PlanRows rows;
    Position position;
} PlanList;

/* How a target compares the figure with its value; the codes of its field `comparator`. */
typedef enum Comparator {
    COMPARE_AT_LEAST,
    COMPARE_MORE_THAN,
    COMPARE_AT_MOST,
    COMPARE_EXACTLY,
    COMPARE_ALL,     /* every one there is: of a ratio, its denominator */
    COMPARE_STRETCH, /* at least, but never late */
    COMPARE__COUNT
} Comparator;

/* "at_least"; COMPARE__COUNT when the word is none. */
Str comparator_word(Comparator comparator);
Comparator comparator_of(Str word);

/* Kinds that stand together where there are too many for one row. */
typedef struct Menu {
    Str name;
    Label label;
    Position position;
} Menu;

struct Kind {
    Str name;
    Label label;
    Label describe;        /* one sentence for the portal and the form's head */
    Str number;            /* "QS-{year}-{seq:5}"; empty: the record has no number of its own */
    Str number_day;        /* date field whose year the number has; empty: the year of `at` */
    const Str *number_was; /* patterns of earlier profiles; their records keep their numbers */
    size_t n_number_was;
    Str title;           /* field that names the record in lists */
    Str body;            /* field with the matter itself; empty: there is none */
    Str reply;           /* field with the answer; empty: the kind is not answered … */
    const Str *reply_at; /* … and what it counts as given by: the first milestone that is set */
    size_t n_reply_at;
    const Kind *const *parents; /* a child kind belongs to one record of one of these kinds */
    size_t n_parents;           /* 0: it is no child kind */
    const Field *const *fields; /* those of `fields:` in form order, then the ones moves add */
    size_t n_fields;
    const Flow *flow;
    bool directory;    /* open to all staff and standing at the root, offered where a field asks:
                          organisations outside the office's tree, posts */
    bool built_in;     /* org, account, … : defined by the program's own YAML, not by the city */
    bool internal;     /* the office's own housekeeping: no matter, no place in the tree */
    bool makes_office; /* Office is made from its records: a change rebuilds it */
    bool opens;        /* its records are opening values of stock figures */
    bool locks;        /* its records lock a period of an organisation's figures; makes_office */
    bool confidential; /* parties masked, text to handlers only, never public */
    bool open_plain;   /* the plain part of its entries is open to everyone */
    bool searchable;
    Str icon; /* one of web_icons, or empty */
    /* What everyone sees of a published record: field names; empty title: nothing. */
    Str public_title, public_body, public_reply;
    int order;        /* in menus */
    const Menu *menu; /* it stands under; NULL: beside the menus */
    PlanPart plan_part;
    const Field *ladder; /* records are steps of following up their parent: the choice that says
                          * which, from the lightest on; NULL: they are none */
    bool is_round;       /* a round of an assessment; see Profile.round_kind */
    bool never_scored;   /* what is recorded here may be shown but no assessment counts it */
    Position position;
};

/* The field, or NULL; fields that moves add are among them. */
const Field *kind_field(const Kind *kind, Str name);
/* The milestone at which a lock is no more in force. */
#define LOCK_LIFTED S("reopened_at")
/* True when records of the kind may belong to one of `parent`. */
bool kind_is_child_of(const Kind *kind, const Kind *parent);
/* The first move that creates a record: by the public, or by a role. NULL when there is none. */
const Move *kind_first_move(const Kind *kind, bool by_public);

/* ---- roles ---- */

typedef enum RoleRight {
    RIGHT_REVEAL_CONTACT = 1 << 0, /* may read a submitter's contact, journaled */
    RIGHT_BRIEFING = 1 << 1,       /* drafts and publishes briefings */
    RIGHT_BOARD = 1 << 2,          /* sees the leader's board */
    RIGHT_AUDIT = 1 << 3,          /* reads the whole journal */
    RIGHT_ADMIN = 1 << 4,          /* accounts, organisations, profile, calendar; no contents */
    RIGHT_IMPORT = 1 << 5,
    RIGHT_SEE_ALL = 1 << 6 /* lists every record below the granted organisation */
} RoleRight;

struct Role {
    Str name;
    Label label;
    Str over;        /* the record's organisation field that must lie in the granted subtree, or
                         "any": every organisation of the record */
    unsigned rights; /* RoleRight */
    const Kind *const *kinds; /* kinds it works on; none: all */
    size_t n_kinds;
    const Role *const *excludes; /* one account may not hold both */
    size_t n_excludes;
    Position position;
};

/* True when the role names the kind, by name: role and kind may be of two versions of a profile. */
bool role_names(const Role *role, const Kind *kind);
/* True when the role names the kind, or names none. */
bool role_works_on(const Role *role, const Kind *kind);
/* The role works on the kind and stands among those of the move (`who`). Where it works is
 * permit_move's question. */
bool role_makes(const Role *role, const Kind *kind, const Move *move);

/* ---- routing catalogue ---- */

typedef struct RoutingRule {
    const Kind *kind;      /* NULL: any */
    const Condition *when; /* NULL: no test */
    const Str *words;      /* any of these in title or body; none: no test */
    size_t n_words;
    Str lead;    /* code of the organisation proposed */
    Label basis; /* why: duty list, regulation; may be empty */
    Position position;
} RoutingRule;

/* ---- indicators and figures ---- */

typedef enum IndicatorType {
    INDICATOR_FLOW,
    INDICATOR_STOCK,
    INDICATOR_DISTINCT,
    INDICATOR_RATIO,
    INDICATOR_COVERAGE /* how many of a set have something */
} IndicatorType;

/* As `distinct` or `at`: the record itself. No field may have the name. */
#define FACT_SELF S("self")

struct Indicator {
    Str name;
    Label label;
    Label define; /* the definition in words, shown beside every value */
    IndicatorType type;
    Str dimension;    /* piece, session, person_times, money, percent …: never added across */
    Label word;       /* measure word: 件 */
    int scale;        /* decimals of the value as displayed in its unit */
    const Kind *kind; /* what is counted */
    const Condition *where; /* never NULL; RATIO: always true */
    Str sum;                /* integer field that is summed; empty: records are counted */
    Str distinct;           /* link or organisation field whose different values are counted */
    Str in;                 /* the day it counts on (milestone or date field) … */
    Str from, until;        /* … or those between which it does; STOCK, DISTINCT */
    Str at;                 /* organisation field that places it; default "place" */
    /* RATIO: the numerator is hidden and counts its own records among the denominator's (both
     * conditions hold), on the denominator's day and place. `kind`, `in` and `at` are the
     * denominator's.
     * COVERAGE: the denominator counts the members (each by itself, INDICATOR_DISTINCT), the
     * numerator what records of another kind point to; the value is how many are in both. `kind`
     * and `at` are the members'. */
    const Indicator *numerator, *denominator;
    bool hidden;  /* made by the engine for a cohort or a figure; not offered */
    uint64_t key; /* first 63 bits of SHA-256 of the definition; keys the cells */
    Position position;
};

/* True when it is a level on a day, not a sum over days. */
bool indicator_is_stock(const Indicator *indicator);
/* True when its value has a numerator and a denominator: a ratio, a coverage. */
bool indicator_has_whole(const Indicator *indicator);

typedef enum PeriodType { PERIOD_YEAR, PERIOD_ALL, PERIOD_MONTH, PERIOD_QUARTER } PeriodType;

/* An indicator with a period, scope and words of its own: what slots and outside ids name. */
typedef struct Figure Figure;
struct Figure {
    Str name;
    Label label;
    const Indicator *of; /* with `where` of the figure already folded in */
    PeriodType period;
    Str org;           /* code; empty: the whole site */
    Label unit;        /* 个, 件, 万元 … */
    int64_t unit_size; /* value is divided by this for display: 1, or 10000*100 for 万元 */
    bool board;        /* on the leader's board */
    const Figure *const *overlaps; /* may count the same things: said in one, held by both */
    size_t n_overlaps;
    const Figure *subset_of;       /* counts some of what that one counts; NULL: of none */
    const Figure *const *excluded; /* what it leaves out, shown beside it with the same days */
    size_t n_excluded;
    Position position;
};

/* True when a thing may be in both, as declared: they overlap, or one is a subset of the other, or
 * they are subsets of two that overlap. */
bool figures_overlap(const Figure *a, const Figure *b);
/* True when everything in `part` is in `whole`, as declared. */
bool figure_is_within(const Figure *part, const Figure *whole);

/* ---- assessments: of organisations, never of persons ---- */

/* What a unit's figure gives: no marks at `zero`, all of them at `full`, in proportion between. */
typedef struct AssessmentItem {
    Str name;
    Label label;
    const Figure *figure; /* its period and organisation are those of the assessment */
    int weight;           /* marks; those of all items add up to 100 */
    int64_t zero, full;   /* hundredths of the figure's unit; full below zero: less is better */
    Position position;
} AssessmentItem;

typedef struct Assessment {
    Str name;
    Label label;
    Label define;
    PeriodType period;     /* never PERIOD_ALL */
    const Str *unit_types; /* codes of org_type; none: unit_codes */
    size_t n_unit_types;
    Str below;             /* code: units of these types below that organisation; empty: anywhere */
    const Str *unit_codes; /* or the organisations one by one */
    size_t n_unit_codes;
    const AssessmentItem *items;
    size_t n_items;
    const Figure *volume;          /* how much a unit had to do … */
    int64_t volume_min;            /* … and from how much on it is scored */
    const Figure *const *excluded; /* what is left out of the items, shown with its counts */
    size_t n_excluded;
    bool ranking; /* units in order of their marks, for those who see the board */
    Str hash;     /* hexadecimal, of the whole rule and of what its figures count */
    Position position;
} Assessment;

/* The list that nobody writes: its codes are the profile's assessments. */
#define CHOICES_ASSESSMENT S("assessment")

typedef struct BriefingTemplate {
    Str name;
    Label label;
    PeriodType period;
    Str zh, en; /* Markdown with {slots}, see doc/profile-format.md */
    Position position;
} BriefingTemplate;

/* ---- scanning of free text ---- */

typedef struct ScanRule {
    Str name;
    Label says; /* what is wrong and what to do */
    const Str *words;
    size_t n_words;
    bool refuses; /* 检举控告: nothing is stored, the proper channel is shown */
    Label channel;
    Str evidence; /* a kind; then the words are looked for in briefings only, where a record of
                     that kind must have the words around them as its title; else empty */
    Position position;
} ScanRule;

/* ---- the profile ---- */

struct Profile {
    Str name;
    Label label;      /* the city */
    Label office;     /* the office that runs the site */
    uint8_t hash[32]; /* SHA-256 of the bundle */
    Str hash_hex;
    Str bundle; /* the exact text that was loaded */
    const Kind *kinds;
    size_t n_kinds;
    const ChoiceList *choice_lists;
    size_t n_choice_lists;
    const Role *roles;
    size_t n_roles;
    const RoutingRule *routing;
    size_t n_routing;
    const Indicator *indicators;
    size_t n_indicators;
    const Figure *figures;
    size_t n_figures;
    const BriefingTemplate *briefings;
    size_t n_briefings;
    const ScanRule *scans;
    size_t n_scans;
    const Menu *menus;
    size_t n_menus;
    int yellow_workdays; /* light: this many working days left or fewer */
    int yellow_percent;  /* or this share of the time left */
    int progress_yellow; /* light of a target: so many percentage points behind the schedule */
    int progress_red;    /* more than so many */
    const Kind *plan_parts[PLAN__COUNT]; /* NULL: no kind is it */
    const PlanList *plan_lists;
    size_t n_plan_lists;
    const Assessment *assessments;
    size_t n_assessments;
    const Kind *round_kind; /* NULL: no kind is it */
    int contact_days;       /* contacts are erased this many days after closing */
    int similar_count;      /* look-alikes shown */
    /* Read by `tongxin init` from the folder of the profile; may be empty. */
    Str organisations_file;
    Str accounts_file;                      /* demo sites only */
    Position organisations_at, accounts_at; /* where they are named */
    Position position;
};

/* Each gives the definition of that name, or NULL. Hidden indicators have no name to find. */
const Kind *profile_kind(const Profile *profile, Str name);
const Role *profile_role(const Profile *profile, Str name);
const ChoiceList *profile_choices(const Profile *profile, Str name);
const Indicator *profile_indicator(const Profile *profile, Str name);
const Figure *profile_figure(const Profile *profile, Str name);
const BriefingTemplate *profile_briefing(const Profile *profile, Str name);
const Assessment *profile_assessment(const Profile *profile, Str name);

#endif
