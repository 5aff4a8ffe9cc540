/* SPDX-License-Identifier: Apache-2.0 */
#include "export/document.h"

#include "child/child.h"

#define MB ((size_t)1024 * 1024)

#define DESCRIPTION_MAX (4 * MB)

static const struct {
    const char *verb;
    Str name, type;
    size_t memory_max; /* most of what PDF maps are fonts */
    int cpu_seconds, deadline_ms;
} formats[DOCUMENT__COUNT] = {
    [DOCUMENT_DOCX] =
        {"docx", S_CONST("docx"),
         S_CONST("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
         256 * MB, 5, 15000},
    [DOCUMENT_PDF] = {"pdf", S_CONST("pdf"), S_CONST("application/pdf"), 768 * MB, 15, 30000},
};

#define FILE_BYTES_MAX (32 * MB)

Str document_format_name(DocumentFormat format)
{
    ASSERT((unsigned)format < DOCUMENT__COUNT);
    return formats[format].name;
}

bool document_format_parse(Str name, DocumentFormat *ret_format)
{
    for (DocumentFormat format = 0; format < DOCUMENT__COUNT; format++) {
        if (str_eq(formats[format].name, name)) {
            *ret_format = format;
            return true;
        }
    }
    return false;
}

bool document_is_possible(void)
{
    return child_is_there();
}

bool document_make(Arena *arena, const Paper *paper, DocumentFormat format, Str *ret_file, Err *err)
{
    Buf description = buf_open_max(arena, DESCRIPTION_MAX);
    ASSERT((unsigned)format < DOCUMENT__COUNT);
    paper_write(&description, paper);
    if (!buf_ok(&description))
        return err_set(err, ERR_TOO_LARGE, MSG_export_too_large);
    ChildJob job = {.verb = formats[format].verb,
                    .input = buf_str(&description),
                    .output_max = FILE_BYTES_MAX,
                    .memory_max = formats[format].memory_max,
                    .cpu_seconds = formats[format].cpu_seconds,
                    .deadline_ms = formats[format].deadline_ms};
    return child_run(arena, &job, ret_file, err);
}

HttpOutcome document_answer(HttpRequest *request, HttpResponse *response, const Paper *paper,
                            DocumentFormat format, Str name)
{
    Str file;
    Err err = {0};
    if (!document_make(request->arena, paper, format, &file, &err))
        return http_fail(request, response, &err);
    response->content_type = formats[format].type;
    http_attachment(response, STR(request->arena, name, ".", formats[format].name));
    buf_add(&response->body, file);
    return HTTP_DONE;
}
