/* SPDX-License-Identifier: Apache-2.0 */
#include "page/ui.h"

/* ---- fields in pairs ---- */

static bool is_wide(const FieldView *view)
{
    return view->field && (view->field->type == FIELD_LONG_TEXT || view->text.n > 90);
}

static void write_value(Page *page, const FieldView *view)
{
    Html *h = &page->html;
    if (view->field && view->field->type == FIELD_ATTACHMENT && view->value.type == VALUE_TEXT &&
        !view->masked)
        HTML(h, "<a href=\"/attachments/", view->value.text, "\">", view->text, "</a>");
    else if (view->href.n > 0)
        HTML(h, "<a href=\"", view->href, "\">", view->text, "</a>");
    else
        html_lines(h, view->text);
}

void ui_fields(Page *page, const FieldView *fields, size_t count)
{
    Html *h = &page->html;
    HTML(h, "<dl class=\"pairs\">");
    for (size_t i = 0; i < count; i++) {
        if (is_wide(&fields[i]))
            HTML(h, "<div class=\"pair-wide\"><dt>");
        else
            HTML(h, "<div><dt>");
        HTML(h, fields[i].label, "</dt><dd>");
        write_value(page, &fields[i]);
        if (fields[i].masked)
            HTML(h, " <span class=\"meta\">", T(h, MSG_page_masked), "</span>");
        HTML(h, "</dd></div>");
    }
    HTML(h, "</dl>\n");
}

/* ---- moves ---- */

/* A past moment for what is entered later than it happened. */
static void write_backdate(Page *page, const MoveView *move)
{
    Html *h = &page->html;
    Str id = STR(page->arena, move->name, "-at");
    HTML(h, "<details><summary class=\"meta\">", T(h, MSG_page_backdate),
         "</summary><div class=\"field\"><label for=\"", id, "\">", T(h, MSG_page_happened_at),
         "</label><input class=\"input\" type=\"datetime-local\" id=\"", id,
         "\" name=\"_at\"></div></details>");
}

static void write_confirm(Page *page, const MoveView *move, Str number)
{
    Html *h = &page->html;
    Str id = STR(page->arena, move->name, "-confirm");
    HTML(h, "<div class=\"field\"><label for=\"", id, "\">", T(h, MSG_page_type_number, number),
         "</label><input class=\"input\" id=\"", id,
         "\" name=\"_confirm\" autocomplete=\"off\" data-no-draft></div>");
}

static void write_hidden(Page *page, const MoveForm *form)
{
    Html *h = &page->html;
    page_token(page, true);
    if (form->version >= 0)
        HTML(h, "<input type=\"hidden\" name=\"_version\" value=\"", form->version, "\">");
    if (form->code.n > 0)
        HTML(h, "<input type=\"hidden\" name=\"_code\" value=\"", form->code, "\">");
}

static void write_move_form(Page *page, const MoveView *move, const MoveForm *form)
{
    Html *h = &page->html;
    Str prefix = STR(page->arena, move->name, "-");
    HTML(h, "<form method=\"post\" action=\"", form->action, "\"");
    ui_enctype(page, move->inputs, move->n_inputs);
    HTML(h, ">");
    write_hidden(page, form);
    if (form->err)
        ui_error_summary(page, form->err, move->inputs, move->n_inputs, prefix);
    if (move->proposal.n > 0)
        HTML(h, "<p class=\"move-effect\">", move->proposal, "</p>");
    ui_inputs(page, move->inputs, move->n_inputs, prefix);
    if (move->move->backdate && form->code.n == 0)
        write_backdate(page, move);
    if (move->move->danger && form->number.n > 0)
        write_confirm(page, move, form->number);
    if (move->says.n > 0)
        HTML(h, "<p class=\"move-effect\">", move->says, "</p>");
    if (move->move->danger)
        HTML(h, "<button class=\"button button-danger\">", move->label, "</button></form>");
    else
        HTML(h, "<button class=\"button\">", move->label, "</button></form>");
}

void ui_move(Page *page, const MoveView *move, const MoveForm *form)
{
    Html *h = &page->html;
    HTML(h, "<details class=\"move");
    if (form->is_first)
        HTML(h, " move-first");
    HTML(h, "\" id=\"", move->name, "\"");
    if (form->is_open || form->err)
        HTML(h, " open");
    HTML(h, "><summary>", move->label, "</summary>");
    if (move->blocked.n > 0)
        HTML(h, "<form><p class=\"move-effect\">", move->blocked, "</p></form>");
    else
        write_move_form(page, move, form);
    HTML(h, "</details>\n");
}

/* ---- history ---- */

static void write_change(Page *page, const FieldView *change)
{
    Html *h = &page->html;
    HTML(h, change->label, ui_colon(h), "<ins>");
    html_lines(h, change->text);
    HTML(h, "</ins>");
    if (change->masked)
        HTML(h, " <span class=\"meta\">", T(h, MSG_page_masked), "</span>");
}

/* A step with many changes is mostly the form one has just read above; it is folded. */
#define CHANGES_OPEN_MAX 5

static void write_changes(Page *page, const HistoryView *step)
{
    Html *h = &page->html;
    bool folded = step->n_changes > CHANGES_OPEN_MAX;
    if (folded)
        HTML(h, "<details><summary class=\"meta\">",
             T(h, MSG_page_filled_in, ui_digits(page, step->n_changes)), "</summary>");
    for (size_t i = 0; i < step->n_changes; i++) {
        HTML(h, "<p class=\"changes\">");
        write_change(page, &step->changes[i]);
        HTML(h, "</p>");
    }
    if (folded)
        HTML(h, "</details>");
}

static void write_step(Page *page, const HistoryView *step, bool is_now, bool with_entry)
{
    Html *h = &page->html;
    if (is_now)
        HTML(h, "<li class=\"step-now\">");
    else
        HTML(h, "<li>");
    ui_instant(page, step->at);
    HTML(h, "<div><p class=\"step-what\">", step->what, "<span class=\"step-who\">", step->who,
         "</span></p>");
    write_changes(page, step);
    if (step->late) {
        HTML(h, "<p class=\"changes\">", T(h, MSG_page_recorded_later), " ");
        ui_instant(page, step->recorded_at);
        HTML(h, "</p>");
    }
    if (with_entry)
        HTML(h, "<p class=\"changes\"><a href=\"/ledger?entry=", step->sequence, "#check\">",
             T(h, MSG_page_entry, ui_digits(page, step->sequence)), "</a></p>");
    HTML(h, "</div></li>\n");
}

void ui_timeline(Page *page, const HistoryView *history, size_t count, bool with_entries)
{
    bool falling = count > 1 && history[0].sequence > history[count - 1].sequence;
    HTML(&page->html, "<ol class=\"timeline\">\n");
    for (size_t i = 0; i < count; i++)
        write_step(page, &history[falling ? i : count - 1 - i], i == 0, with_entries);
    HTML(&page->html, "</ol>\n");
}

/* ---- extensions ---- */

static void write_decision(Page *page, const ExtensionView *view)
{
    Html *h = &page->html;
    HTML(h, "<td data-label=\"", T(h, MSG_page_extension_decided), "\">");
    if (view->decided_at == 0)
        HTML(h, T(h, MSG_page_extension_waits));
    else
        HTML(h, T(h, view->agreed ? MSG_page_extension_agreed : MSG_page_extension_refused));
    HTML(h, "<br><span class=\"meta\">", view->decided_by, " ");
    if (view->decided_at)
        ui_instant(page, view->decided_at);
    HTML(h, "</span>");
    if (view->refused_reason.n > 0)
        HTML(h, "<br>", view->refused_reason);
    HTML(h, "</td>");
}

static void write_extension(Page *page, const ExtensionView *view)
{
    Html *h = &page->html;
    HTML(h, "<tr><td class=\"cell-title\">");
    html_lines(h, view->reason);
    HTML(h, "</td><td data-label=\"", T(h, MSG_page_extension_asked), "\">", view->asked_by,
         "<br><span class=\"meta\">");
    ui_instant(page, view->asked_at);
    HTML(h, "</span></td>");
    write_decision(page, view);
    HTML(h, "<td data-label=\"", T(h, MSG_page_extension_old), "\">");
    ui_day(page, view->old_due);
    HTML(h, "</td><td data-label=\"", T(h, MSG_page_extension_new), "\">");
    ui_day(page, view->new_due);
    HTML(h, "</td></tr>\n");
}

void ui_extensions(Page *page, const ExtensionView *extensions, size_t count)
{
    Html *h = &page->html;
    static const MessageId columns[] = {MSG_page_extension_reason, MSG_page_extension_asked,
                                        MSG_page_extension_decided, MSG_page_extension_old,
                                        MSG_page_extension_new};
    HTML(h, "<table class=\"list list-words\"><caption class=\"sr\">", T(h, MSG_page_extensions),
         "</caption><thead><tr>");
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        HTML(h, "<th scope=\"col\">", T(h, columns[i]), "</th>");
    HTML(h, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < count; i++)
        write_extension(page, &extensions[i]);
    HTML(h, "</tbody></table>\n");
}

/* ---- the strip of counted days ---- */

static void write_day(Page *page, const StripDay *day, Day today, Day due)
{
    Html *h = &page->html;
    bool over = day->day > due && day->day <= today;
    HTML(h, "<span class=\"");
    if (day->paused)
        HTML(h, "day-paused ");
    else if (over)
        HTML(h, "day-over ");
    else if (day->counted && day->day <= today)
        HTML(h, "day-used ");
    else if (day->counted)
        HTML(h, "day-left ");
    if (day->today)
        HTML(h, "day-today ");
    if (day->due)
        HTML(h, "day-due");
    HTML(h, "\" title=\"", day->word, "\">", day_to_civil(day->day).day, "</span>");
}

static void write_weekdays(Page *page)
{
    for (int i = 1; i <= 7; i++)
        HTML(&page->html, "<span class=\"day-name\">", date_weekday(i % 7, page->language),
             "</span>");
}

/* A strip longer than this is a wall of squares; the sentence above says it shorter. */
#define STRIP_SHOWN_MAX 98

void ui_strip(Page *page, const ClockView *clock)
{
    Html *h = &page->html;
    Day today = page_today(page);
    if (clock->n_days == 0 || clock->n_days > STRIP_SHOWN_MAX)
        return;
    Str label = T(h, MSG_page_strip, date_words(page->arena, clock->from, today, page->language),
                  date_words(page->arena, clock->due, today, page->language));
    HTML(h, "<div class=\"days\" role=\"img\" aria-label=\"", label, "\">");
    write_weekdays(page);
    int offset = (day_weekday(clock->days[0].day) + 6) % 7;
    for (int i = 0; i < offset; i++)
        HTML(h, "<span></span>");
    for (size_t i = 0; i < clock->n_days; i++)
        write_day(page, &clock->days[i], today, clock->due);
    HTML(h, "</div><p class=\"meta days-key\">", T(h, MSG_page_strip_key), "</p>\n");
}
