/* SPDX-License-Identifier: Apache-2.0 */
/* fact.h - which facts a record of a kind has, and of what type.
 *
 * A fact is a field of the kind, a milestone that a move of its flow sets, or one of the values the
 * engine itself keeps (doc/profile-format.md, reserved names). Conditions, indicators, `sets` and
 * `clears` are checked against this table, and rule/ compiles against it.
 */
#ifndef TONGXIN_PROFILE_FACT_H
#define TONGXIN_PROFILE_FACT_H

#include "profile/profile.h"

typedef enum FactType {
    FACT_TEXT,
    FACT_NUMBER,   /* VALUE_INT; also counters of the engine */
    FACT_DECIMAL,  /* VALUE_INT at field->scale */
    FACT_MONEY,    /* VALUE_INT in fen */
    FACT_DAY,      /* VALUE_INT, a Day */
    FACT_INSTANT,  /* VALUE_INT, an Instant: milestones */
    FACT_YES_NO,   /* VALUE_INT 1 or 0 */
    FACT_CODE,     /* VALUE_TEXT, of field->choices */
    FACT_CODES,    /* VALUE_CODES, of field->choices */
    FACT_STATE,    /* VALUE_TEXT, name of a state of the kind's flow */
    FACT_KIND,     /* VALUE_TEXT, name of a kind */
    FACT_LINK,     /* VALUE_INT, id of a record of `target` */
    FACT_LINKS,    /* VALUE_IDS */
    FACT_PERSONAL, /* never readable: contacts are not in the record */
    FACT_BROKEN    /* of a field whose definition has been reported already */
} FactType;

typedef struct Fact {
    FactType type;
    const Field *field;        /* NULL for the engine's own and milestones */
    const Kind *target;        /* FACT_LINK, FACT_LINKS: the kind pointed to; NULL when unknown */
    const Kind *const *others; /* `parent` of several kinds: the further ones */
    size_t n_others;
    bool engine; /* written by the engine only */
} Fact;

/* The kinds a link may lead to, one after the other; NULL after the last. */
const Kind *fact_target(const Fact *fact, size_t at);
/* The fact of that name on records of `kind`; false when there is none. */
bool fact_find(const Profile *profile, const Kind *kind, Str name, Fact *ret_fact);
/* A name the engine keeps for itself; no field may have it. */
bool fact_is_reserved(Str name);
/* Every fact name of the kind, for hints: fields, milestones, then the engine's. */
StrVec fact_names(Arena *arena, const Kind *kind);

#endif
