/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "web_assets.h"

static void every_asset_is_found_by_its_path(void **state)
{
    (void)state;
    for (size_t i = 0; i < WEB__COUNT; i++) {
        const WebAsset *asset = &web_assets[i];
        assert_true(str_starts(asset->path, S("/assets/")));
        assert_ptr_equal(web_asset_find(asset->path), asset);
        /* The path holds the hash that the etag names. */
        assert_true(str_has(asset->path, str_slice(asset->etag, 1, asset->etag.n - 1)));
        assert_true(asset->body.n > 0);
        assert_memory_equal(asset->gzip.p, "\x1f\x8b", 2);
    }
    assert_null(web_asset_find(S("/assets/app.css")));
    assert_null(web_asset_find(S("")));
}

/* The Content-Security-Policy forbids it, and an offline site could not reach it. */
static void nothing_is_loaded_from_elsewhere(void **state)
{
    (void)state;
    static const Str FORBIDDEN[] = {S_CONST("url(http"), S_CONST("url(\"http"), S_CONST("@import"),
                                    S_CONST("eval("), S_CONST("src=")};
    for (size_t i = 0; i < WEB__COUNT; i++)
        for (size_t j = 0; j < COUNT_OF(FORBIDDEN); j++)
            assert_false(str_has(web_assets[i].body, FORBIDDEN[j]));
}

static void the_style_sheet_draws_every_icon(void **state)
{
    (void)state;
    Str css = web_assets[WEB_APP_CSS].body;
    assert_true(str_has(css, S(".icon-desk{-webkit-mask-image:url(\"data:image/svg+xml,")));
    assert_false(str_has(css, S("/*")));
    /* A page is styled within one round trip on a slow line. */
    assert_true(web_assets[WEB_APP_CSS].gzip.n < 14 * 1024);
    assert_true(web_assets[WEB_APP_JS].gzip.n < 6 * 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_asset_is_found_by_its_path),
        cmocka_unit_test(nothing_is_loaded_from_elsewhere),
        cmocka_unit_test(the_style_sheet_draws_every_icon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
