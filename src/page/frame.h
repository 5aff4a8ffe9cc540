/* SPDX-License-Identifier: Apache-2.0 */
/* frame.h - what stands around every page: head, skip link, top bar, navigation, footer.
 *
 *     Page page;
 *     page_open(&page, request, response, &(PageHead){.title = …, .nav = NAV_DESK});
 *     HTML(&page.html, …);
 *     return page_close(&page);
 *
 * A page is written into response->body; views are loaded before page_open, so that a failure is
 * still an error page. Everything lives in the request's arena.
 */
#ifndef TONGXIN_PAGE_FRAME_H
#define TONGXIN_PAGE_FRAME_H

#include "view/visit.h"
#include "write/html.h"

/* The entry of the navigation that is marked as the present one. */
typedef enum PageNav {
    NAV_NONE,
    NAV_DESK,
    NAV_MATTERS,
    NAV_WORK,
    NAV_PLAN,
    NAV_FIGURES,
    NAV_BRIEFINGS,
    NAV_ORGANISATIONS,
    NAV_ADMIN
} PageNav;

typedef struct PageHead {
    Str title; /* of the window, without the site's name */
    PageNav nav;
    bool is_public; /* the public frame also for somebody who is signed in */
    bool is_narrow; /* one-column forms and receipts */
    Str self;       /* address to come back to; empty: that of this request */
    Str late;       /* desk only: how many are overdue, shown in red beside 待办 */
} PageHead;

typedef struct Page {
    Html html;
    Arena *arena;
    Visit *visit; /* NULL on error pages from before the guard */
    HttpRequest *request;
    HttpResponse *response;
    Language language;
    bool is_public;
    Str self;
} Page;

/* Writes everything up to and with <main>. */
void page_open(Page *ret_page, HttpRequest *request, HttpResponse *response, const PageHead *head);
/* Writes what closes it; HTTP_DONE. */
HttpOutcome page_close(Page *page);

/* The hidden fields every POST form starts with: `_token`, and `_key` when `with_key`. */
void page_token(Page *page, bool with_key);
/* True when the visitor lists records of the kind. */
bool page_lists(const Visit *visit, const Kind *kind);
/* Where a kind stands in the navigation: NAV_MATTERS for what is worked on until it is closed,
 * NAV_WORK for what is only recorded, NAV_ORGANISATIONS for directories, NAV_ADMIN or
 * NAV_BRIEFINGS for the program's own. */
PageNav page_nav_of(const Kind *kind);
/* True when the visitor has the right anywhere. */
bool page_right(const Visit *visit, RoleRight right);

#endif
