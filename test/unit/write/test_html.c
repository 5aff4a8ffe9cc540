/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "write/html.h"

#define assert_written(h, expected)                                \
    do {                                                           \
        Str written_ = buf_str((h)->buf);                          \
        Str expected_ = (expected);                                \
        assert_int_equal(written_.n, expected_.n);                 \
        assert_memory_equal(written_.p, expected_.p, expected_.n); \
    } while (0)

typedef struct Page {
    Arena *arena;
    Buf buf;
    Html html;
} Page;

static int page_open(void **state)
{
    Arena *arena = arena_open();
    Page *page = NEW(arena, Page);
    page->arena = arena;
    page->buf = buf_open(arena);
    page->html = html_open(&page->buf, LANGUAGE_ZH);
    *state = page;
    return 0;
}

static int page_close(void **state)
{
    arena_close(((Page *)*state)->arena);
    return 0;
}

static void literals_are_markup_and_texts_are_escaped(void **state)
{
    Page *page = *state;
    Str title = S("<b>\"A & B's\"</b>");
    HTML(&page->html, "<p title=\"", title, "\">", title, "</p>");
    assert_written(&page->html, S("<p title=\"&lt;b&gt;&quot;A &amp; B&#39;s&quot;&lt;/b&gt;\">"
                                  "&lt;b&gt;&quot;A &amp; B&#39;s&quot;&lt;/b&gt;</p>"));
}

static void integers_print_digits(void **state)
{
    Page *page = *state;
    size_t size = 7;
    int64_t least = INT64_MIN;
    unsigned char byte = 255;
    HTML(&page->html, 0, " ", -12, " ", size, " ", least, " ", byte);
    assert_written(&page->html, S("0 -12 7 -9223372036854775808 255"));
}

static void sixteen_pieces_fit(void **state)
{
    Page *page = *state;
    HTML(&page->html, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    assert_written(&page->html, S("12345678910111213141516"));
}

static void each_piece_is_evaluated_once(void **state)
{
    Page *page = *state;
    int calls = 0;
    HTML(&page->html, ++calls, " ", ++calls);
    assert_written(&page->html, S("1 2"));
    assert_int_equal(calls, 2);
}

static void urls_are_escaped_for_attributes(void **state)
{
    Page *page = *state;
    Url url = url_open(page->arena, S("/records/"));
    url_segment(&url, S("a&\"b"));
    url_query(&url, S("q"), S("1"));
    url_query(&url, S("w"), S("2"));
    HTML(&page->html, "<a href=\"", url, "\">");
    assert_written(&page->html, S("<a href=\"/records/a%26%22b?q=1&amp;w=2\">"));
}

static void counts_are_grouped_in_threes(void **state)
{
    static const struct {
        int64_t number;
        Str text;
    } CASES[] = {
        {0, S_CONST("0")},
        {999, S_CONST("999")},
        {1000, S_CONST("1,000")},
        {-1234567, S_CONST("-1,234,567")},
        {1000001, S_CONST("1,000,001")},
        {INT64_MIN, S_CONST("-9,223,372,036,854,775,808")},
        {INT64_MAX, S_CONST("9,223,372,036,854,775,807")},
    };
    Page *page = *state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        buf_clear(&page->buf);
        html_count(&page->html, CASES[i].number);
        assert_written(&page->html, CASES[i].text);
    }
}

static void typed_lines_keep_their_breaks(void **state)
{
    Page *page = *state;
    html_lines(&page->html, S("一<\r\n\n二"));
    assert_written(&page->html, S("一&lt;<br><br>二"));
}

static void messages_and_labels_follow_the_language(void **state)
{
    Page *page = *state;
    Label label = {.zh = S("诉<求"), .en = S("Request")};
    html_label(&page->html, label);
    page->html.language = LANGUAGE_EN;
    html_label(&page->html, label);
    assert_written(&page->html, S("诉&lt;求Request"));
    assert_true(str_eq(T(&page->html, MSG_none), message(MSG_none, LANGUAGE_EN)));
}

/* The obvious model: one byte at a time. */
static void escape_slowly(Buf *buf, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char byte = text.p[i];
        if (byte == '&')
            buf_add(buf, S("&amp;"));
        else if (byte == '<')
            buf_add(buf, S("&lt;"));
        else if (byte == '>')
            buf_add(buf, S("&gt;"));
        else if (byte == '"')
            buf_add(buf, S("&quot;"));
        else if (byte == '\'')
            buf_add(buf, S("&#39;"));
        else
            buf_byte(buf, byte);
    }
}

static void escaping_agrees_with_the_model_on_random_bytes(void **state)
{
    static const char ALPHABET[] = "&<>\"'ab;#\xe4\xb8\xad\n ";
    Page *page = *state;
    uint64_t seed = 20260305;
    char text[64];
    for (int round = 0; round < 5000; round++) {
        size_t size = (size_t)round % sizeof(text);
        for (size_t i = 0; i < size; i++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
            text[i] = ALPHABET[(seed >> 33) % (sizeof(ALPHABET) - 1)];
        }
        Buf model = buf_open(page->arena);
        escape_slowly(&model, (Str){text, size});
        buf_clear(&page->buf);
        html_text(&page->html, (Str){text, size});
        assert_written(&page->html, buf_str(&model));
    }
}

static void a_full_buffer_is_remembered(void **state)
{
    Page *page = *state;
    Buf small = buf_open_max(page->arena, 8);
    Html h = html_open(&small, LANGUAGE_ZH);
    HTML(&h, "<p>", S("longer than eight"), "</p>");
    assert_false(buf_ok(&small));
}

#define on_page(test) cmocka_unit_test_setup_teardown(test, page_open, page_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        on_page(literals_are_markup_and_texts_are_escaped),
        on_page(integers_print_digits),
        on_page(sixteen_pieces_fit),
        on_page(each_piece_is_evaluated_once),
        on_page(urls_are_escaped_for_attributes),
        on_page(counts_are_grouped_in_threes),
        on_page(typed_lines_keep_their_breaks),
        on_page(messages_and_labels_follow_the_language),
        on_page(escaping_agrees_with_the_model_on_random_bytes),
        on_page(a_full_buffer_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
