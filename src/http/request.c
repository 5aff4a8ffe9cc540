/* SPDX-License-Identifier: Apache-2.0 */
#include "http/request.h"

#include "base/number.h"
#include "http/form_internal.h"

Str http_header(const HttpRequest *request, Str name)
{
    for (size_t i = 0; i < request->headers.n; i++) {
        if (form_eq_caseless(request->headers.p[i].name, name))
            return request->headers.p[i].value;
    }
    return (Str){0};
}

Str http_param(const HttpRequest *request, Str name)
{
    return form_get(&request->params, name);
}

Str http_query(const HttpRequest *request, Str name)
{
    return form_get(&request->query, name);
}

Str http_cookie(const HttpRequest *request, Str name)
{
    if (request->secure_cookies)
        name = STR(request->arena, HTTP_HOST_PREFIX, name);
    return form_get(&request->cookies, name);
}

/* Weight of one range in thousandths: "en;q=0.8" gives 800. */
static int64_t range_weight(Str range)
{
    size_t at = str_find(range, S(";"), 0);
    if (at == SIZE_MAX)
        return 1000;
    Str weight = str_trim(str_slice(range, at + 1, range.n));
    int64_t thousandths;
    if (!str_starts(weight, S("q=")) ||
        !decimal_parse(str_slice(weight, 2, weight.n), 3, &thousandths))
        return 0;
    return thousandths;
}

static bool range_is(Str range, Str language)
{
    Str tag = str_trim(str_slice(range, 0, MIN(str_find(range, S(";"), 0), range.n)));
    Str primary = str_slice(tag, 0, MIN(str_find(tag, S("-"), 0), tag.n));
    return form_eq_caseless(primary, language);
}

Language http_accept_language(Str header)
{
    int64_t best_zh = 0;
    int64_t best_en = 0;
    Str range;
    while (str_next(&header, ',', &range)) {
        range = str_trim(range);
        if (range_is(range, S("zh")))
            best_zh = MAX(best_zh, range_weight(range));
        if (range_is(range, S("en")))
            best_en = MAX(best_en, range_weight(range));
    }
    return best_en > best_zh ? LANGUAGE_EN : LANGUAGE_ZH;
}
