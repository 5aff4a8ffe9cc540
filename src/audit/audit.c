/* SPDX-License-Identifier: Apache-2.0 */
#include "audit/audit_internal.h"

#include "query.h"

/* An empty site in memory, written in one transaction. */
static bool shadow_open(Arena *arena, Db **ret_db, Err *err)
{
    return db_open_memory(arena, ret_db, err) && db_migrate(*ret_db, err) && db_begin(*ret_db, err);
}

static bool verify_run(Arena *arena, const AuditSource *source, AuditReport *report, Err *err)
{
    Journalled journal = {0};
    Db *shadow = NULL;
    bool done = audit_journal(arena, source, &journal, report, err) &&
                audit_tree(arena, source, &journal, report, err) &&
                audit_kept(arena, source, &journal, report, err) &&
                shadow_open(arena, &shadow, err) &&
                audit_store(arena, shadow, &journal.state, report, err) &&
                audit_compare(arena, source->db, shadow, report, err) &&
                audit_digest(source->db, report->digest, err);
    db_close(shadow);
    return done;
}

bool audit_verify(Arena *arena, const AuditSource *source, AuditReport *ret_report, Err *err)
{
    AuditReport report = {0};
    bool own = !db_in_transaction(source->db), done;
    if (own && !db_begin(source->db, err))
        return false;
    done = verify_run(arena, source, &report, err);
    if (own)
        db_rollback(source->db);
    if (done)
        *ret_report = report;
    return done;
}

static bool rebuild_refuse(const AuditReport *report, Err *err)
{
    const Finding *first = report->findings.p;
    return err_set(err, ERR_WRONG, MSG_audit_journal_wrong, first->table, first->row);
}

/* What a damaged journal says is not written over tables that may be right. */
static bool rebuild_run(Arena *arena, const AuditSource *source, AuditReport *report, Err *err)
{
    Journalled journal = {0};
    if (!audit_journal(arena, source, &journal, report, err) ||
        !audit_tree(arena, source, &journal, report, err))
        return false;
    if (report->findings.n > 0)
        return rebuild_refuse(report, err);
    if (!audit_clear(source->db, err) ||
        !audit_store(arena, source->db, &journal.state, report, err))
        return false;
    if (report->findings.n > 0)
        return rebuild_refuse(report, err);
    return audit_digest(source->db, report->digest, err);
}

bool audit_rebuild(Arena *arena, const AuditSource *source, AuditReport *ret_report, Err *err)
{
    AuditReport report = {0};
    if (!db_begin(source->db, err))
        return false;
    if (!rebuild_run(arena, source, &report, err)) {
        db_rollback(source->db);
        return false;
    }
    if (!db_commit(source->db, err))
        return false;
    *ret_report = report;
    return true;
}
