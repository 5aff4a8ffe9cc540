/* SPDX-License-Identifier: Apache-2.0 */
/* /ledger: the signed heads of the journal, how to check them, and whether an entry is inside. */
#include "page/pages.h"

#include "change/journal.h"
#include "ledger/checkpoint.h"
#include "ledger/proof.h"
#include "query.h"

#define HEADS_SHOWN 10

/* ---- one entry ---- */

typedef struct Inclusion {
    int64_t sequence;
    Hash leaf;
    TreeHead head;
    Proof proof;
    bool is_sealed; /* the newest head covers it */
    bool is_inside; /* the proof leads from the leaf to the signed root */
} Inclusion;

static bool hash_of(Str bytes, Hash *ret_hash)
{
    if (bytes.n != sizeof(Hash))
        return false;
    memcpy(ret_hash, bytes.p, sizeof(Hash));
    return true;
}

static bool prove(Visit *visit, int64_t sequence, const QTreeHeadRow *head, Inclusion *ret,
                  Err *err)
{
    QEntryRow entry;
    bool found = false;
    JournalTiles tiles = {visit->db, visit->arena};
    TileSource source = journal_tiles(&tiles);
    Inclusion inclusion = {.sequence = sequence};
    if (!q_entry_get(visit->db, visit->arena, sequence, &entry, &found, err))
        return false;
    if (!found || !hash_of(entry.leaf, &inclusion.leaf))
        return err_set(err, ERR_NOT_FOUND, MSG_page_no_entry, STR(visit->arena, sequence));
    if (head && head->size >= sequence && hash_of(head->root, &inclusion.head.root)) {
        inclusion.is_sealed = true;
        inclusion.head.size = (uint64_t)head->size;
        if (!proof_inclusion(visit->arena, &source, (uint64_t)(sequence - 1), inclusion.head.size,
                             &inclusion.proof, err))
            return false;
        inclusion.is_inside = tree_inclusion_check(inclusion.head, (uint64_t)(sequence - 1),
                                                   &inclusion.leaf, inclusion.proof);
    }
    *ret = inclusion;
    return true;
}

static void write_hash(Page *page, MessageId label, const Hash *hash)
{
    Html *h = &page->html;
    HTML(h, "<div class=\"pair-wide\"><dt>", T(h, label), "</dt><dd><code class=\"hash\">",
         hash_text(page->arena, hash), "</code></dd></div>");
}

static void write_inclusion(Page *page, const Inclusion *inclusion)
{
    Html *h = &page->html;
    Str sequence = ui_digits(page, inclusion->sequence);
    if (!inclusion->is_sealed)
        ui_notice(page, NOTICE_NEAR, T(h, MSG_page_entry_unsealed, sequence));
    else if (inclusion->is_inside)
        ui_notice(
            page, NOTICE_DONE,
            T(h, MSG_page_entry_inside, sequence, ui_digits(page, (int64_t)inclusion->head.size)));
    else
        ui_notice(page, NOTICE_WRONG, T(h, MSG_page_entry_outside, sequence));
    HTML(h, "<div class=\"sheet\"><dl class=\"pairs\">");
    write_hash(page, MSG_page_leaf, &inclusion->leaf);
    if (inclusion->is_sealed)
        write_hash(page, MSG_page_root, &inclusion->head.root);
    HTML(h, "</dl>");
    if (inclusion->proof.n > 0) {
        HTML(h, "<details><summary>",
             T(h, MSG_page_proof, ui_digits(page, (int64_t)inclusion->proof.n)),
             "</summary><pre class=\"diagnostic\" tabindex=\"0\">");
        for (size_t i = 0; i < inclusion->proof.n; i++)
            HTML(h, hash_text(page->arena, &inclusion->proof.p[i]), "\n");
        HTML(h, "</pre></details>");
    }
    HTML(h, "</div>\n");
}

/* A record's number leads to the numbers of its entries, and nothing more is said about it. */
static bool write_entries_of(Page *page, Str number, Err *err)
{
    Html *h = &page->html;
    Record record;
    bool found = false;
    QRecordEntries *rows = NULL;
    size_t count = 0;
    if (!record_find(page->arena, page->visit->db, number, &record, &found, err))
        return false;
    if (!found) {
        ui_notice(page, NOTICE_NEAR, T(h, MSG_page_no_such_number, number));
        return true;
    }
    if (!q_record_entries_all(page->visit->db, page->arena, record.id, &rows, &count, err))
        return false;
    HTML(h, "<p>", T(h, MSG_page_entries_of, number), "</p><p class=\"actions\">");
    for (size_t i = 0; i < count; i++)
        HTML(h, "<a class=\"chip\" href=\"/ledger?entry=", rows[i].sequence, "#check\">",
             T(h, MSG_page_entry, ui_digits(page, rows[i].sequence)), "</a>");
    HTML(h, "</p>\n");
    return true;
}

static void write_check(Page *page, const QTreeHeadRow *head)
{
    Html *h = &page->html;
    Str asked = str_trim(http_query(page->request, S("entry")));
    int64_t sequence = 0;
    Inclusion inclusion;
    Err err = {0};
    HTML(h, "<section class=\"section\" id=\"check\"><h2>", T(h, MSG_page_check_entry),
         "</h2><form class=\"form\" action=\"/ledger#check\">");
    ui_input(page, &(PlainInput){.name = S("entry"),
                                 .label = T(h, MSG_page_entry_or_number),
                                 .help = T(h, MSG_page_entry_or_number_help),
                                 .value = asked});
    HTML(h, "<div class=\"actions\"><button class=\"button\">", T(h, MSG_page_check),
         "</button></div></form>");
    bool ok = true;
    HTML(h, "<div class=\"section\">");
    if (asked.n > 0 && int_parse(asked, &sequence)) {
        ok = prove(page->visit, sequence, head, &inclusion, &err);
        if (ok)
            write_inclusion(page, &inclusion);
    } else if (asked.n > 0) {
        ok = write_entries_of(page, asked, &err);
    }
    if (!ok)
        ui_err(page, &err);
    HTML(h, "</div></section>\n");
}

/* ---- heads ---- */

static Str published_key(const Page *page, Str note)
{
    Checkpoint checkpoint;
    Err err = {0};
    size_t end = str_find(note, S("\n\n"), 0);
    SigningKey key = signing_key(page->visit->site->keys.sign);
    VerifyKey verify;
    memcpy(verify.public_key, key.public_key, sizeof(verify.public_key));
    signing_key_close(&key);
    if (end == SIZE_MAX ||
        !checkpoint_parse(page->arena, str_slice(note, 0, end + 1), &checkpoint, &err))
        return (Str){0};
    verify.name = checkpoint.origin;
    return verify_key_text(page->arena, &verify);
}

static void write_head_now(Page *page, const QTreeHeadRow *head)
{
    Html *h = &page->html;
    ui_section(page, T(h, MSG_page_head_now));
    HTML(h, "<div class=\"panel panel-pad\"><p class=\"figure-value\">");
    html_count(h, head->size);
    HTML(h, "<small>", T(h, MSG_page_entries), "</small></p><p class=\"meta\">",
         T(h, MSG_page_signed_at), " ");
    ui_instant(page, head->signed_at);
    HTML(h, "</p></div><h3 class=\"section\">", T(h, MSG_page_checkpoint),
         "</h3><pre class=\"diagnostic\" tabindex=\"0\">", head->note, "</pre>");
    Str key = published_key(page, head->note);
    if (key.n > 0)
        HTML(h, "<p class=\"meta\">", T(h, MSG_page_public_key), "</p><p><code class=\"hash\">",
             key, "</code></p>");
    HTML(h, "</section>\n");
}

static void write_heads(Page *page, const QTreeHeadRow *heads, size_t count)
{
    Html *h = &page->html;
    ui_section(page, T(h, MSG_page_heads));
    HTML(h, "<table class=\"list\"><caption class=\"sr\">", T(h, MSG_page_heads),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_signed_at),
         "</th><th scope=\"col\" class=\"cell-amount\">", T(h, MSG_page_entries),
         "</th><th scope=\"col\">", T(h, MSG_page_root), "</th></tr></thead><tbody>");
    for (size_t i = 0; i < count; i++) {
        Hash root;
        if (!hash_of(heads[i].root, &root))
            continue;
        HTML(h, "<tr><td>");
        ui_instant(page, heads[i].signed_at);
        HTML(h, "</td><td class=\"cell-amount\" data-label=\"", T(h, MSG_page_entries), "\">");
        html_count(h, heads[i].size);
        HTML(h, "</td><td class=\"cell-title\"><code class=\"hash\">",
             hash_text(page->arena, &root), "</code></td></tr>");
    }
    HTML(h, "</tbody></table></section>\n");
}

HttpOutcome page_ledger(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    QTreeHeadRow *heads = NULL;
    size_t count = 0;
    Err err = {0};
    Page page;
    if (!q_tree_head_list_all(visit->db, request->arena, HEADS_SHOWN, &heads, &count, &err))
        return http_fail(request, response, &err);
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_ledger, visit->language)});
    Html *h = &page.html;
    HTML(h, "<div class=\"section\">");
    ui_head(&page, T(h, MSG_page_ledger), (Str){0});
    HTML(h, "<div class=\"prose\"><p>", T(h, MSG_page_ledger_what), "</p><p>",
         T(h, MSG_page_ledger_how), "</p><ol><li>", T(h, MSG_page_ledger_step_1), "</li><li>",
         T(h, MSG_page_ledger_step_2), "</li><li>", T(h, MSG_page_ledger_step_3),
         "</li></ol></div></div>\n");
    write_check(&page, count > 0 ? &heads[0] : NULL);
    if (count > 0) {
        write_head_now(&page, &heads[0]);
        write_heads(&page, heads, count);
    } else {
        ui_notice(&page, NOTICE_PLAIN, T(h, MSG_page_no_heads));
    }
    return page_close(&page);
}
