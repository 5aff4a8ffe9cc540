/* SPDX-License-Identifier: Apache-2.0 */
/* page.h - the pages people see: HTML written from view structs, nothing else.
 *
 * Every page works without script; its markup is that of doc/ui.md; its words are in
 * locale/page.tsv. A page reads through view/ and changes through visit_change, so permission and
 * masking are not decided here. Threads: any; nothing is shared.
 */
#ifndef TONGXIN_PAGE_H
#define TONGXIN_PAGE_H

#include "http/server.h"

/* Every route of this room, for the router; lives as long as the program. */
RouteTable page_table(void);

/* HttpErrorPage: what happened, why, and what to do, in the reader's language. A reader who has to
 * sign in is sent to /sign-in and comes back afterwards. */
void page_error(HttpRequest *request, HttpResponse *response, const Err *err);

#endif
