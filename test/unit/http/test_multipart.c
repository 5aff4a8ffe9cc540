/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "http/form.h"
#include "http/limits.h"

static Arena *arena;

static int setup(void **state UNUSED)
{
    arena = arena_open();
    return 0;
}

static int teardown(void **state UNUSED)
{
    arena_close(arena);
    return 0;
}

static void assert_text(Str actual, const char *expected)
{
    assert_int_equal(actual.n, strlen(expected));
    assert_memory_equal(actual.p, expected, actual.n);
}

#define DISPOSITION "Content-Disposition: form-data; "

static bool parse(const char *body, Form *ret, Err *err)
{
    return form_parse_multipart(arena, str_from_c(body), S("B"), ret, err);
}

static void assert_refused(const char *body, MessageId message)
{
    Form form = {0};
    Err err = {0};
    assert_false(parse(body, &form, &err));
    assert_int_equal(err.message, message);
}

static void test_fields_and_files(void **state UNUSED)
{
    Form form;
    assert_true(parse("--B\r\n" DISPOSITION "name=\"title\"\r\n\r\n路灯\r\n不亮\r\n"
                      "--B  \r\n" DISPOSITION "name=\"photo\"; filename=\"灯.JPG\"\r\n"
                      "content-type: Image/JPEG; x=y\r\n\r\n\xff\xd8\r\n--b\r\n"
                      "--B\r\n" DISPOSITION "name=plain\r\n\r\n\r\n"
                      "--B--\r\n",
                      &form, NULL));
    assert_int_equal(form.fields.n, 2);
    assert_text(form_get(&form.fields, S("title")), "路灯\n不亮");
    assert_text(form_get(&form.fields, S("plain")), "");
    const FormFile *file = form_file(&form, S("photo"));
    assert_non_null(file);
    assert_text(file->file_name, "灯.JPG");
    assert_text(file->content_type, "image/jpeg");
    assert_text(file->bytes, "\xff\xd8\r\n--b");
    assert_null(form_file(&form, S("title")));
}

static void test_untouched_file_input_is_left_out(void **state UNUSED)
{
    Form form;
    assert_true(parse("--B\r\n" DISPOSITION "name=\"f\"; filename=\"\"\r\n"
                      "Content-Type: application/octet-stream\r\n\r\n\r\n--B--",
                      &form, NULL));
    assert_int_equal(form.files.n, 0);
    assert_true(parse("--B--\r\n", &form, NULL));
    assert_int_equal(form.fields.n, 0);
}

static void assert_file_name(const char *header, const char *expected)
{
    Form form;
    Str body = STR(arena, "--B\r\n" DISPOSITION "name=f; ", header, "\r\n\r\nx\r\n--B--");
    assert_true(form_parse_multipart(arena, body, S("B"), &form, NULL));
    assert_int_equal(form.files.n, 1);
    assert_text(form.files.p[0].file_name, expected);
}

static void test_file_names(void **state UNUSED)
{
    assert_file_name("filename=\"C:\\Users\\王\\附件.xlsx\"", "附件.xlsx");
    assert_file_name("filename=\"../../etc/passwd\"", "passwd");
    assert_file_name("filename=\"a%22b.txt\"", "a\"b.txt");
    assert_file_name("filename=\"a\\\"b.txt\"", "a\"b.txt");
    assert_file_name("filename=\"a;b=c.txt\"", "a;b=c.txt");
    assert_file_name("filename=a.txt", "a.txt");
    assert_file_name("FileName=\"\"", "");
}

static void test_long_file_name_keeps_its_end(void **state UNUSED)
{
    Buf name = buf_open(arena);
    TEXT(&name, "filename=\"");
    for (int i = 0; i < 200; i++)
        TEXT(&name, "长");
    TEXT(&name, ".pdf\"");
    Form form;
    Str body = STR(arena, "--B\r\n" DISPOSITION "name=f; ", buf_str(&name), "\r\n\r\nx\r\n--B--");
    assert_true(form_parse_multipart(arena, body, S("B"), &form, NULL));
    Str kept = form.files.p[0].file_name;
    assert_true(kept.n <= FORM_FILE_NAME_MAX && kept.n > FORM_FILE_NAME_MAX - 3);
    assert_true(str_ends(kept, S("长.pdf")) && str_starts(kept, S("长")));
}

static void test_malformed(void **state UNUSED)
{
    static const char *const bodies[] = {
        "",
        "--B",
        "--B\r\n",
        "x--B\r\n",
        "\r\n--B--",
        "--B\r\n\r\nx\r\n--B--",
        "--B\r\n" DISPOSITION "name=a\r\n\r\nx",
        "--B\r\n" DISPOSITION "name=a\r\n\r\nx\r\n--B",
        "--B\r\n" DISPOSITION "name=a\r\n\r\nx\r\n--Bx\r\n",
        "--B\r\n" DISPOSITION "name=a\r\n\r\nx--B--",
        "--B\r\n" DISPOSITION "name=\"a\r\n\r\nx\r\n--B--",
        "--B\r\n" DISPOSITION "name=\"a\" b\r\n\r\nx\r\n--B--",
        "--B\r\n" DISPOSITION "name=a; name=b\r\n\r\nx\r\n--B--",
        "--B\r\n" DISPOSITION "name=\"\"\r\n\r\nx\r\n--B--",
        "--B\r\n" DISPOSITION "\r\n\r\nx\r\n--B--",
        "--B\r\n" DISPOSITION "name=a\r\n" DISPOSITION "name=b\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--B--",
        "--B\r\n" DISPOSITION "\r\n name=a\r\n\r\nx\r\n--B--",
        "--B\r\nno colon\r\n\r\nx\r\n--B--",
        "--B\n" DISPOSITION "name=a\n\nx\n--B--",
    };
    for (size_t i = 0; i < COUNT_OF(bodies); i++)
        assert_refused(bodies[i], MSG_form_multipart_broken);
}

static void test_text_is_checked(void **state UNUSED)
{
    assert_refused("--B\r\n" DISPOSITION "name=a\r\n\r\n\xff\r\n--B--", MSG_form_not_utf8);
    assert_refused("--B\r\n" DISPOSITION "name=a\r\n\r\n\x01\r\n--B--", MSG_form_control);
    assert_refused("--B\r\n" DISPOSITION "name=\xc0\xaf\r\n\r\nx\r\n--B--", MSG_form_not_utf8);
    assert_refused("--B\r\n" DISPOSITION "name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n"
                   "--B--",
                   MSG_form_encoding);
}

static void test_boundary(void **state UNUSED)
{
    Form form;
    Str long_one = S("0123456789012345678901234567890123456789012345678901234567890123456789x");
    assert_false(form_parse_multipart(arena, S("----"), (Str){0}, &form, NULL));
    assert_false(
        form_parse_multipart(arena, STR(arena, "--", long_one, "--"), long_one, &form, NULL));
    assert_true(form_parse_multipart(arena, STR(arena, "--", str_slice(long_one, 0, 70), "--"),
                                     str_slice(long_one, 0, 70), &form, NULL));
    assert_true(form_parse(arena, S("multipart/form-data; charset=x; Boundary=\"a b:c\""),
                           S("--a b:c--"), true, &form, NULL));
    assert_false(form_parse(arena, S("multipart/form-data"), S("--B--"), true, &form, NULL));
}

static void test_files_only_where_allowed(void **state UNUSED)
{
    Form form;
    Err err = {0};
    Str body = S("--B\r\n" DISPOSITION "name=f; filename=a\r\n\r\nx\r\n--B--");
    assert_false(form_parse(arena, S("multipart/form-data; boundary=B"), body, false, &form, &err));
    assert_int_equal(err.message, MSG_form_files_refused);
    assert_true(form_parse(arena, S("multipart/form-data; boundary=B"), body, true, &form, &err));
}

static Str many_parts(int count, const char *header)
{
    Buf body = buf_open(arena);
    for (int i = 0; i < count; i++)
        TEXT(&body, "--B\r\n" DISPOSITION, header, "\r\n\r\nx\r\n");
    TEXT(&body, "--B--");
    return buf_str(&body);
}

static void test_limits(void **state UNUSED)
{
    Form form;
    Err err = {0};
    Str few = many_parts(FORM_FILES_MAX, "name=f; filename=a");
    Str many = many_parts(FORM_FILES_MAX + 1, "name=f; filename=a");
    assert_true(form_parse_multipart(arena, few, S("B"), &form, &err));
    assert_false(form_parse_multipart(arena, many, S("B"), &form, &err));
    assert_int_equal(err.message, MSG_form_files_many);
    assert_true(
        form_parse_multipart(arena, many_parts(FORM_FIELDS_MAX, "name=f"), S("B"), &form, &err));
    assert_false(form_parse_multipart(arena, many_parts(FORM_FIELDS_MAX + 1, "name=f"), S("B"),
                                      &form, &err));
    assert_int_equal(err.message, MSG_form_fields_many);
}

/* Any contents written by a simple writer come back as they were. */
static void test_write_then_parse(void **state UNUSED)
{
    static const char alphabet[] = "\r\n-B:x \"=";
    RandomSource random = random_seeded(17);
    for (int round = 0; round < 3000; round++) {
        ArenaMark mark = arena_mark(arena);
        Buf body = buf_open(arena);
        Str contents[5];
        size_t count = random_below(&random, COUNT_OF(contents) + 1);
        for (size_t i = 0; i < count; i++) {
            Buf content = buf_open(arena);
            do {
                buf_clear(&content);
                for (uint64_t n = random_below(&random, 12); n > 0; n--)
                    buf_byte(&content, alphabet[random_below(&random, sizeof(alphabet) - 1)]);
                /* A writer must choose a boundary that starts no line of its contents. */
            } while (str_has(STR(arena, "\r\n", buf_str(&content), "\r\n"), S("\r\n--B")));
            contents[i] = buf_str(&content);
            TEXT(&body, "--B\r\n" DISPOSITION "name=f; filename=n\r\n\r\n", contents[i], "\r\n");
        }
        TEXT(&body, "--B--\r\n");
        Form form;
        assert_true(form_parse_multipart(arena, buf_str(&body), S("B"), &form, NULL));
        assert_int_equal(form.files.n, count);
        for (size_t i = 0; i < count; i++)
            assert_true(str_eq(form.files.p[i].bytes, contents[i]));
        arena_rewind(arena, mark);
    }
}

/* Cutting a good body anywhere gives an error, never half a form. */
static void test_every_prefix_is_refused(void **state UNUSED)
{
    Str body = S("--B\r\n" DISPOSITION "name=a\r\n\r\nx\r\n--B\r\n" DISPOSITION
                 "name=f; filename=\"g\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--B--");
    Form form;
    assert_true(form_parse_multipart(arena, body, S("B"), &form, NULL));
    for (size_t n = 0; n < body.n; n++)
        assert_false(form_parse_multipart(arena, str_slice(body, 0, n), S("B"), &form, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields_and_files),
        cmocka_unit_test(test_untouched_file_input_is_left_out),
        cmocka_unit_test(test_file_names),
        cmocka_unit_test(test_long_file_name_keeps_its_end),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_text_is_checked),
        cmocka_unit_test(test_boundary),
        cmocka_unit_test(test_files_only_where_allowed),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_write_then_parse),
        cmocka_unit_test(test_every_prefix_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
