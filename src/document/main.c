/* SPDX-License-Identifier: Apache-2.0 */
/* tongxin-document VERB < description > file: started by tongxin (child/child.h). */
#include <unistd.h>

#include "base/buf.h"
#include "base/err_line.h"
#include "base/file.h"
#include "document/verb.h"

#define STEP ((size_t)64 * 1024) /* bytes read at once */
#define MB   ((size_t)1024 * 1024)

#if defined(__SANITIZE_ADDRESS__)
/* Looking for leaks takes rights that are given up by then. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}
#endif

static const Verb verbs[] = {
    {"docx", SANDBOX_PURE, 8 * MB, docx_run},
    {"pdf", SANDBOX_READ, 8 * MB, pdf_run},
    {"xlsx-read", SANDBOX_PURE, 8 * MB, xlsx_read_run},
    {"xlsx-write", SANDBOX_PURE, 64 * MB, xlsx_write_run},
};

static const Verb *verb_find(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(verbs); i++) {
        if (name != NULL && strcmp(verbs[i].name, name) == 0)
            return &verbs[i];
    }
    return NULL;
}

static bool read_all(Arena *arena, size_t max, Str *ret_input, Err *err)
{
    Buf buf = buf_open_max(arena, max);
    ssize_t size = 1;
    while (size > 0 && buf_ok(&buf)) {
        char bytes[STEP];
        size = read(STDIN_FILENO, bytes, sizeof(bytes));
        if (size > 0)
            buf_bytes(&buf, bytes, (size_t)size);
    }
    if (!buf_ok(&buf))
        return err_set(err, ERR_TOO_LARGE, MSG_document_input_large);
    *ret_input = buf_str(&buf);
    return size == 0 || err_set(err, ERR_INTERNAL, MSG_document_failed);
}

static bool run(Arena *arena, const Verb *verb, Err *err)
{
    Str input, output;
    if (!sandbox_enter(verb->sandbox, err) || !read_all(arena, verb->input_max, &input, err) ||
        !verb->run(arena, input, &output, err))
        return false;
    return file_put(STDOUT_FILENO, output) || err_set(err, ERR_INTERNAL, MSG_document_failed);
}

int main(int argc, char **argv)
{
    const Verb *verb = argc == 2 ? verb_find(argv[1]) : NULL;
    Arena *arena = arena_open();
    Err err = {0};
    bool is_done =
        verb != NULL ? run(arena, verb, &err) : err_set(&err, ERR_USAGE, MSG_document_no_verb);
    if (!is_done && !file_put(STDERR_FILENO, err_line_write(arena, &err)))
        is_done = false; /* nobody listens */
    arena_close(arena);
    return is_done ? 0 : 1;
}
