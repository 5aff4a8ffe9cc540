/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/period.h"

bool period_query(const Access *access, const Period *period, const Figure *figure,
                  FigureQuery *ret_query, Err *err)
{
    Day as_of = period->as_of ? period->as_of : day_of(site_now(access->site));
    Str code = period->org.n ? period->org : figure->org;
    const Org *org = code.n ? org_by_code(&access->office->orgs, code) : NULL;
    FigureQuery query = {.indicator = figure->of};
    if (code.n && !org)
        return err_set(err, ERR_NOT_FOUND, MSG_cli_no_org, code);
    query.org = org ? org->id : 0;
    figure_period(figure->period, as_of, &query.from, &query.to);
    if (period->from)
        query.from = period->from;
    if (period->to)
        query.to = period->to;
    if (period->as_of)
        query.to = MIN(query.to, period->as_of);
    if (period->to && period->from && period->to < period->from)
        return err_set(err, ERR_USAGE, MSG_cli_to_before_from);
    *ret_query = query;
    return true;
}
