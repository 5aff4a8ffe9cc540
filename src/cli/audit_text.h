/* SPDX-License-Identifier: Apache-2.0 */
/* audit_text.h - what verify and rebuild look at, and what they found, on standard output. */
#ifndef TONGXIN_CLI_AUDIT_TEXT_H
#define TONGXIN_CLI_AUDIT_TEXT_H

#include "audit/audit.h"
#include "change/site.h"
#include "cli/cli.h"

/* Counts, digest and roots; one line for each finding. */
void audit_text(Cli *cli, const AuditReport *report);

/* The site's database as verify and rebuild want it, with a progress bar. */
AuditSource audit_source(Cli *cli, const Site *site, Db *db);

#endif
