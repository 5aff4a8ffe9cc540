/* SPDX-License-Identifier: Apache-2.0 */
/* fault.h - the state of one load, and how its parts report mistakes.
 *
 * Every stage adds to the same list and goes on; nothing is reported twice at one place. A part of
 * a definition that is broken is left empty, and whoever meets it later keeps quiet about it, so
 * that one mistake gives one diagnostic.
 */
#ifndef TONGXIN_PROFILE_FAULT_H
#define TONGXIN_PROFILE_FAULT_H

#include "base/map.h"
#include "profile/load.h"
#include "profile/node.h"

#define PARTS_FOLDER "parts" /* holds what several cities share, beside the cities' folders */
#define FAULTS_MAX   500     /* more are not listed; a last one says so */

/* One file of the bundle. */
typedef struct Source {
    Str file;  /* "tongling/kinds.yaml" */
    Str layer; /* "tongling", "parts/visit": the profile or part the file belongs to */
    Str text;
} Source;

typedef VEC(Source) SourceVec;

/* What a document defines; the order in which things are built. */
typedef enum Head {
    HEAD_PROFILE,
    HEAD_CHOICES,
    HEAD_KIND,
    HEAD_FLOW,
    HEAD_ROLE,
    HEAD_ROUTING,
    HEAD_INDICATOR,
    HEAD_FIGURE,
    HEAD_COVERAGE,
    HEAD_BRIEFING,
    HEAD_SCAN,
    HEAD_PLAN_LIST,
    HEAD_MENU,
    HEAD_ASSESSMENT,
    HEAD__COUNT
} Head;

/* One definition after merging. */
typedef struct Document {
    Head head;
    Str name;
    Str layer;         /* of the last part merged in */
    Position position; /* of the name, where it was last written */
    const Node *node;
    bool merged; /* it goes over one of a layer below */
} Document;

typedef VEC(Document) DocumentVec;

typedef struct Load {
    Arena *arena;   /* of the profile and what is said about it */
    Arena *scratch; /* of this loading: nodes, documents, lists of known words */
    Profile *profile;
    Diagnostics *diagnostics;
    SourceVec sources;
    DocumentVec documents[HEAD__COUNT];
    Map flows;    /* name to FlowEntry (build_flow.c) */
    size_t nodes; /* made so far, against NODES_MAX */
    int quiet;    /* above 0: mistakes are counted in `unheard` only */
    size_t unheard;
    bool overflowed;
    bool baseless;     /* the profile it extends, or a part, is not there */
    bool through_link; /* inside a condition on a linked record */
    /* The same arrays as in `profile`, still open for writing. */
    Kind *kinds;
    ChoiceList *choice_lists;
    Role *roles;
    Indicator *indicators;   /* with room for the hidden ones */
    const Node **kind_flows; /* beside `kinds`: the merged flow, NULL when there is none */
} Load;

/* Adds a diagnostic: fault(load, position, MSG_profile_x, arg, …) with up to three Str. The result
 * may be given a hint at once; it is never NULL and must not be kept. */
#define fault(load, position, ...) \
    fault_at((load), (position), FAULT_ARGS(__VA_ARGS__, (Str){0}, (Str){0}, (Str){0}))
#define FAULT_ARGS(message, a, b, c, ...) \
    (message), (const Str[3])             \
    {                                     \
        (a), (b), (c)                     \
    }

/* What fault() expands to. */
Diagnostic *fault_at(Load *load, Position position, MessageId message, const Str args[3]);

/* A fault about an unknown word, with a hint: the nearest of `known`, or all of them when they are
 * not many. `message` takes the word as {0} and `of` as {1}. */
void fault_unknown(Load *load, Position position, MessageId message, Str word, Str of,
                   const StrVec *known);

/* "a, b, c", for a hint. */
Str fault_words(Arena *arena, const StrVec *words);

/* Hints at the nearest of `known`, or at all of them when they are few. */
void fault_hint(Arena *arena, Diagnostic *diagnostic, Str word, const StrVec *known);

/* The line of a bundle's file on which the position stands, without its end. */
Str source_line(Str text, int line);

/* Sorts by file, line and column. */
void faults_sort(Diagnostics *diagnostics);

/* The nearest of `known` within two edits (Damerau-Levenshtein, optimal string alignment), or
 * empty. Words over 60 bytes are not compared. */
Str suggest(Str word, const StrVec *known);

#endif
