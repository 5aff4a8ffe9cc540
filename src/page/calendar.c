/* SPDX-License-Identifier: Apache-2.0 */
/* /calendar: a year of working days as the limits are counted on it, and a due day worked out. */
#include "page/pages.h"

#include "calendar/due.h"

#define AMOUNT_MAX 1000

/* ---- the calculator ---- */

typedef struct Question {
    Day from;
    int64_t amount;
    DurationUnit unit;
    bool is_asked;
    bool is_good;
} Question;

static const struct {
    Str name;
    DurationUnit unit;
    MessageId label;
} units[] = {
    {S_CONST("workdays"), DURATION_WORKDAY, MSG_page_unit_workdays},
    {S_CONST("days"), DURATION_CALENDAR_DAY, MSG_page_unit_days},
    {S_CONST("months"), DURATION_MONTH, MSG_page_unit_months},
};

static Question question_of(HttpRequest *request)
{
    Question question = {.from = day_of(visit_of(request)->now), .amount = 10};
    Str unit = http_query(request, S("unit"));
    question.is_asked = http_query(request, S("amount")).n > 0;
    question.is_good =
        !question.is_asked || (day_parse(http_query(request, S("start")), &question.from) &&
                               int_parse(http_query(request, S("amount")), &question.amount) &&
                               question.amount >= 1 && question.amount <= AMOUNT_MAX);
    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (str_eq(units[i].name, unit))
            question.unit = units[i].unit;
    return question;
}

static void write_answer(Page *page, const Question *question)
{
    Html *h = &page->html;
    const Calendar *calendar = page->visit->office->calendar;
    if (!question->is_asked)
        return;
    if (!question->is_good) {
        ui_notice(page, NOTICE_WRONG, T(h, MSG_page_calculator_wrong));
        return;
    }
    Duration duration = {.amount = (int)question->amount,
                         .unit = question->unit,
                         .start = DURATION_NEXT_DAY,
                         .roll = true};
    Due due = due_date(calendar, duration, question->from);
    ui_notice(page, NOTICE_DONE,
              T(h, MSG_page_calculated, date_words(page->arena, question->from, 0, page->language),
                duration_words(page->arena, duration, page->language),
                date_words(page->arena, due.due, 0, page->language)));
    if (due.provisional)
        ui_notice(page, NOTICE_NEAR, T(h, MSG_page_provisional));
}

static void write_calculator(Page *page)
{
    Html *h = &page->html;
    Question question = question_of(page->request);
    OptionView options[COUNT_OF(units)];
    for (size_t i = 0; i < COUNT_OF(units); i++)
        options[i] = (OptionView){.value = units[i].name,
                                  .label = T(h, units[i].label),
                                  .selected = units[i].unit == question.unit};
    ui_section(page, T(h, MSG_page_calculator));
    write_answer(page, &question);
    HTML(h, "<form class=\"form\" action=\"/calendar\">");
    ui_input(page, &(PlainInput){.name = S("start"),
                                 .label = T(h, MSG_page_received_on),
                                 .type = S("date"),
                                 .is_short = true,
                                 .value = day_text(page->arena, question.from)});
    ui_input(page, &(PlainInput){.name = S("amount"),
                                 .label = T(h, MSG_page_amount),
                                 .is_short = true,
                                 .value = ui_digits(page, question.amount)});
    ui_select(page, S("unit"), T(h, MSG_page_amount_unit), options, COUNT_OF(units));
    HTML(h, "<div class=\"actions\"><button class=\"button\">", T(h, MSG_page_calculate),
         "</button></div><p class=\"meta\">", T(h, MSG_page_calculator_rule),
         "</p></form></section>\n");
}

/* ---- the year ---- */

static void write_day(Page *page, CalendarDay day, bool is_today)
{
    Html *h = &page->html;
    HTML(h, "<span class=\"");
    if (day.kind == DAY_MAKE_UP)
        HTML(h, "day-made-up");
    else if (day.kind == DAY_WORKDAY)
        HTML(h, "day-work");
    else
        HTML(h, "day-off");
    if (is_today)
        HTML(h, " day-today");
    HTML(h, "\"");
    if (day.kind == DAY_HOLIDAY || day.kind == DAY_MAKE_UP)
        HTML(h, " title=\"", label_text(day.name, page->language), "\"");
    HTML(h, ">", day_to_civil(day.day).day, "</span>");
}

static int write_month(Page *page, int year, int month)
{
    Html *h = &page->html;
    const Calendar *calendar = page->visit->office->calendar;
    Day first = day_from_civil((CivilDate){year, month, 1});
    Day today = page_today(page);
    int work = 0;
    for (int i = 0; i < month_length(year, month); i++)
        work += calendar_is_workday(calendar, first + i);
    HTML(h, "<section><h3>", date_month_name(month, page->language), " <span class=\"meta\">",
         T(h, MSG_page_month_work, ui_digits(page, work)), "</span></h3><div class=\"days\">");
    for (int i = 1; i <= 7; i++)
        HTML(h, "<span class=\"day-name\">", date_weekday(i % 7, page->language), "</span>");
    for (int i = 0; i < (day_weekday(first) + 6) % 7; i++)
        HTML(h, "<span></span>");
    for (int i = 0; i < month_length(year, month); i++)
        write_day(page, calendar_day(calendar, first + i), first + i == today);
    HTML(h, "</div></section>\n");
    return work;
}

/* Holidays and make-up days in words: the table twin of the squares. */
static void write_notable(Page *page, int year)
{
    Html *h = &page->html;
    const Calendar *calendar = page->visit->office->calendar;
    Day first = day_from_civil((CivilDate){year, 1, 1});
    Day last = day_from_civil((CivilDate){year, 12, 31});
    HTML(h, "<table class=\"list list-still\"><caption class=\"sr\">", T(h, MSG_page_notable),
         "</caption><thead><tr><th scope=\"col\">", T(h, MSG_page_day), "</th><th scope=\"col\">",
         T(h, MSG_page_day_kind), "</th><th scope=\"col\">", T(h, MSG_page_day_name),
         "</th></tr></thead><tbody>");
    for (Day day = first; day <= last; day++) {
        CalendarDay one = calendar_day(calendar, day);
        if (one.kind != DAY_HOLIDAY && one.kind != DAY_MAKE_UP)
            continue;
        HTML(h, "<tr><td>");
        ui_day(page, day);
        HTML(h, "</td><td>",
             T(h, one.kind == DAY_HOLIDAY ? MSG_page_day_off : MSG_page_day_make_up), "</td><td>",
             label_text(one.name, page->language), "</td></tr>");
    }
    HTML(h, "</tbody></table>\n");
}

static int year_of(HttpRequest *request)
{
    int64_t year = 0;
    if (int_parse(http_query(request, S("year")), &year) && year >= CALENDAR_YEAR_FIRST &&
        year <= CALENDAR_YEAR_LAST)
        return (int)year;
    return day_to_civil(day_of(visit_of(request)->now)).year;
}

HttpOutcome page_calendar(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    int year = year_of(request);
    bool covered = calendar_has_year(visit->office->calendar, year);
    Page page;
    page_open(&page, request, response,
              &(PageHead){.title = message(MSG_page_calendar, visit->language)});
    Html *h = &page.html;
    HTML(h, "<div class=\"page-head\"><h1>", T(h, MSG_page_calendar_year, ui_digits(&page, year)),
         "</h1><div class=\"actions\"><a class=\"button button-plain button-small\" "
         "href=\"/calendar?year=",
         year - 1, "\">", year - 1,
         "</a><a class=\"button button-plain button-small\" href=\"/calendar?year=", year + 1,
         "\">", year + 1, "</a></div></div>\n");
    if (!covered)
        ui_notice(&page, NOTICE_NEAR, T(h, MSG_page_not_covered));
    HTML(h, "<div class=\"panel panel-pad\"><div class=\"months\">");
    int work = 0;
    for (int month = 1; month <= 12; month++)
        work += write_month(&page, year, month);
    HTML(h, "</div><p class=\"meta section\">", T(h, MSG_page_year_work, ui_digits(&page, work)),
         " ", T(h, MSG_page_calendar_key), "</p></div>\n");
    write_calculator(&page);
    if (covered) {
        ui_section(&page, T(h, MSG_page_notable));
        write_notable(&page, year);
        HTML(h, "</section>");
    }
    return page_close(&page);
}
