/* SPDX-License-Identifier: Apache-2.0 */
/* office.h - a small office made by hand: a tree in which organisations move, one kind, and an
 * indicator of every type. */
#ifndef TONGXIN_TEST_FIGURE_OFFICE_H
#define TONGXIN_TEST_FIGURE_OFFICE_H

#include "figure/figure.h"

enum {
    FLOW,           /* matters by accepted_at */
    FLOW_AGAIN,     /* the same definition under another name: the same key */
    FLOW_CLOSED,    /* closed_at present and category a, by closed_at */
    FLOW_SUM,       /* head_count by held_on */
    FLOW_PARENT,    /* matters whose parent has category a */
    FLOW_LEAD,      /* placed by lead */
    STOCK,          /* from opened_on until closed_on */
    STOCK_SUM,      /* its head_count */
    DISTINCT,       /* submitter */
    DISTINCT_ALL,   /* members: a list */
    COHORT,         /* hidden: closed among accepted */
    RATIO,          /* COHORT / FLOW */
    DISTINCT_STOCK, /* members: a list, from opened_on until closed_on */
    MEMBERS,        /* sessions themselves, from opened_on until closed_on */
    MATTERS_OPEN,   /* parents of matters, from opened_on until closed_on */
    MATTERS_HELD,   /* parents of matters, by held_on */
    COVERED,        /* MATTERS_OPEN of MEMBERS */
    COVERED_HELD,   /* MATTERS_HELD of MEMBERS */
    INDICATORS
};

/* Organisations: 1 is the root. */
#define ORG_FIRST 1
#define ORG_LAST  9

/* Days of the tests lie in [DAYS_FROM, DAYS_TO]. */
#define DAYS_FROM 19300 /* 2022-11-04 */
#define DAYS_TO   19800 /* 2024-03-18 */

typedef struct TestOffice {
    Office office;
    Profile profile;
    Indicator indicators[INDICATORS];
    Kind kinds[2]; /* matter, session */
    const Kind *parents[1];
} TestOffice;

TestOffice *test_office(Arena *arena);

/* True when `org` stood below `root` (or is it) on the day; by walking up, nothing else. */
bool test_is_below(const OrgTree *tree, int64_t org, int64_t root, Day day);

#endif
