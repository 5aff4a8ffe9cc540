/* SPDX-License-Identifier: Apache-2.0 */
/* Large print, compact rows, language, and the files of web/. */
#include "page/pages.h"
#include "web_assets.h"

static HttpOutcome back(HttpRequest *request, HttpResponse *response)
{
    Url url;
    if (url_parse(request->arena, form_get(&request->form.fields, S("to")), &url))
        return http_redirect(response, url_text(&url));
    return http_redirect(response, S("/"));
}

HttpOutcome page_size(HttpRequest *request, HttpResponse *response)
{
    bool large = str_eq(form_get(&request->form.fields, S("size")), S("large"));
    http_set_cookie(request, response, S("size"), large ? S("large") : S("normal"), YEAR_S);
    return back(request, response);
}

HttpOutcome page_density(HttpRequest *request, HttpResponse *response)
{
    bool compact = str_eq(form_get(&request->form.fields, S("density")), S("compact"));
    http_set_cookie(request, response, S("density"), compact ? S("compact") : S("normal"), YEAR_S);
    return back(request, response);
}

HttpOutcome page_language(HttpRequest *request, HttpResponse *response)
{
    bool english = str_eq(form_get(&request->form.fields, S("lang")), S("en"));
    http_set_cookie(request, response, S("lang"), english ? S("en") : S("zh"), YEAR_S);
    return back(request, response);
}

HttpOutcome page_asset(HttpRequest *request, HttpResponse *response)
{
    const WebAsset *asset = web_asset_find(request->path);
    if (!asset)
        return page_missing(request, response);
    response->content_type = asset->type;
    response->cache_control = S("public, max-age=31536000, immutable");
    if (http_etag(request, response, str_slice(asset->etag, 1, asset->etag.n - 1)))
        return HTTP_DONE;
    http_add_header(response, S("Vary"), S("Accept-Encoding"));
    if (str_has(http_header(request, S("Accept-Encoding")), S("gzip"))) {
        http_add_header(response, S("Content-Encoding"), S("gzip"));
        response->shared = asset->gzip;
    } else {
        response->shared = asset->body;
    }
    return HTTP_DONE;
}
