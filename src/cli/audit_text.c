/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit_text.h"

#include "base/buf.h"

static Str hex(Cli *cli, const uint8_t bytes[32])
{
    Buf buf = buf_open(cli->arena);
    buf_hex(&buf, bytes, 32);
    return buf_str(&buf);
}

static Str finding_line(Cli *cli, const Finding *finding)
{
    Str sentence = message_fill(cli->arena, finding->message, cli->language, finding->args, 2);
    return finding->row.n ? STR(cli->arena, finding->table, " ", finding->row, ": ", sentence, "\n")
                          : STR(cli->arena, finding->table, ": ", sentence, "\n");
}

void audit_text(Cli *cli, const AuditReport *report)
{
    cli_say(cli, MSG_cli_audit_counts, STR(cli->arena, report->entries),
            STR(cli->arena, report->records), STR(cli->arena, report->cells));
    cli_say(cli, MSG_cli_audit_digest, hex(cli, report->digest), S(""), S(""));
    cli_say(cli, MSG_cli_audit_roots, hex(cli, report->root), hex(cli, report->root_sm3), S(""));
    for (size_t i = 0; i < report->findings.n; i++)
        cli_print(finding_line(cli, &report->findings.p[i]));
}

AuditSource audit_source(Cli *cli, const Site *site, Db *db)
{
    AuditSource source = {.db = db, .site = site, .progress = cli_progress, .context = cli};
    return source;
}
