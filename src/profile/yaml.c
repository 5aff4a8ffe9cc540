/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/yaml.h"

#include "base/utf8.h"

#include <libfyaml.h>

typedef struct Reader {
    Load *load;
    const Source *source;
    struct fy_parser *parser;
    struct fy_diag *diag;
    struct fy_event *event; /* the one under the cursor; NULL at the end or after an error */
    Position position;      /* where the last event with a place began */
    int depth;
    bool failed;
} Reader;

static void keep_silent(struct fy_diag *diag UNUSED, void *user UNUSED, const char *text UNUSED,
                        size_t size UNUSED)
{
}

/* What people stumble over, and libfyaml's words do not name. */
static MessageId syntax_hint(Str line)
{
    size_t blank = 0;
    while (blank < line.n && (line.p[blank] == ' ' || line.p[blank] == '\t'))
        blank++;
    if (str_has(str_slice(line, 0, blank), S("\t")))
        return MSG_profile_hint_tab;
    /* {zh: 走访: 企业}: a second colon in one value. */
    for (size_t at = str_find(line, S(": "), 0); at != SIZE_MAX && at + 2 < line.n;) {
        size_t next = str_find(line, S(": "), at + 2);
        if (next != SIZE_MAX && !str_has(str_slice(line, at + 2, next), S(",")) &&
            !str_has(str_slice(line, at + 2, next), S("{")) &&
            !str_has(str_slice(line, at + 2, next), S("\"")))
            return MSG_profile_hint_quote;
        at = next;
    }
    return MSG_none;
}

static bool fail(Reader *reader, MessageId message, Str detail)
{
    if (!reader->failed) {
        Diagnostic *new = fault(reader->load, reader->position, message, detail);
        if (message == MSG_profile_yaml_syntax)
            new->hint = syntax_hint(new->line_text);
    }
    reader->failed = true;
    return false;
}

/* libfyaml collects; the first is the cause, the others follow from it. */
static bool fail_syntax(Reader *reader)
{
    void *previous = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(reader->diag, &previous);
    Str text = S("?");
    if (error != NULL) {
        text = str_trim(str_dup(reader->load->arena, str_from_c(error->msg)));
        if (error->line > 0)
            reader->position.line = error->line;
        if (error->column > 0)
            reader->position.column = error->column;
    }
    return fail(reader, MSG_profile_yaml_syntax, text);
}

static bool advance(Reader *reader)
{
    if (reader->event != NULL)
        fy_parser_event_free(reader->parser, reader->event);
    reader->event = reader->failed ? NULL : fy_parser_parse(reader->parser);
    if (reader->event == NULL)
        return fail_syntax(reader);
    const struct fy_mark *mark = fy_event_start_mark(reader->event);
    if (mark != NULL) {
        reader->position.line = mark->line + 1;
        reader->position.column = mark->column + 1;
    }
    return true;
}

static Str token_text(Reader *reader, struct fy_token *token)
{
    size_t size = 0;
    const char *text = token == NULL ? NULL : fy_token_get_text(token, &size);
    if (text == NULL)
        return (Str){0};
    return (Str){arena_copy(reader->load->arena, text, size), size};
}

/* `before`: columns the mark itself takes in front of what libfyaml calls the token. */
static bool refuse_token(Reader *reader, struct fy_token *token, int before, MessageId message)
{
    const struct fy_mark *mark = fy_token_start_mark(token);
    if (mark != NULL) {
        reader->position.line = mark->line + 1;
        reader->position.column = mark->column + 1 - before;
    }
    return fail(reader, message, (Str){0});
}

static bool plain_event(Reader *reader, struct fy_token *anchor, struct fy_token *tag)
{
    if (anchor != NULL)
        return refuse_token(reader, anchor, 1, MSG_profile_yaml_anchor);
    if (tag != NULL)
        return refuse_token(reader, tag, 0, MSG_profile_yaml_tag);
    return true;
}

static Node *node_new(Reader *reader, NodeType type)
{
    if (++reader->load->nodes > NODES_MAX) {
        fail(reader, MSG_profile_yaml_too_large, (Str){0});
        return NULL;
    }
    Node *node = NEW(reader->load->scratch, Node);
    node->type = type;
    node->position = reader->position;
    return node;
}

static const Node *read_node(Reader *reader);

static const Node *read_scalar(Reader *reader)
{
    struct fy_event *event = reader->event;
    Node *node = NULL;
    if (plain_event(reader, event->scalar.anchor, event->scalar.tag))
        node = node_new(reader, NODE_SCALAR);
    if (node == NULL)
        return NULL;
    node->text = token_text(reader, event->scalar.value);
    return advance(reader) ? node : NULL;
}

static const Node *read_list(Reader *reader)
{
    NodeVec items = {0};
    struct fy_event *event = reader->event;
    if (!plain_event(reader, event->sequence_start.anchor, event->sequence_start.tag))
        return NULL;
    Node *node = node_new(reader, NODE_LIST);
    if (node == NULL || !advance(reader))
        return NULL;
    while (reader->event->type != FYET_SEQUENCE_END) {
        const Node *item = read_node(reader);
        if (item == NULL)
            return NULL;
        if (items.n >= YAML_ITEMS_MAX) {
            fail(reader, MSG_profile_yaml_too_large, (Str){0});
            return NULL;
        }
        *vec_push(reader->load->scratch, &items) = item;
    }
    node->items = items.p;
    node->n = items.n;
    return advance(reader) ? node : NULL;
}

static bool key_is_new(Reader *reader, const NodePairVec *pairs, const NodePair *pair)
{
    for (size_t i = 0; i < pairs->n; i++) {
        if (str_eq(pairs->p[i].key, pair->key)) {
            fault(reader->load, pair->position, MSG_profile_duplicate_key, pair->key,
                  STR(reader->load->arena, pairs->p[i].position.line));
            return false;
        }
    }
    return true;
}

static bool read_pair(Reader *reader, NodePair *ret_pair)
{
    if (reader->event->type != FYET_SCALAR)
        return fail(reader, MSG_profile_yaml_key, (Str){0});
    const Node *key = read_scalar(reader);
    if (key == NULL)
        return false;
    const Node *value = read_node(reader);
    *ret_pair = (NodePair){key->text, key->position, value};
    return value != NULL;
}

static const Node *read_map(Reader *reader)
{
    NodePairVec pairs = {0};
    NodePair pair;
    struct fy_event *event = reader->event;
    if (!plain_event(reader, event->mapping_start.anchor, event->mapping_start.tag))
        return NULL;
    Node *node = node_new(reader, NODE_MAP);
    if (node == NULL || !advance(reader))
        return NULL;
    while (reader->event->type != FYET_MAPPING_END) {
        if (!read_pair(reader, &pair))
            return NULL;
        if (pairs.n >= YAML_KEYS_MAX) {
            fail(reader, MSG_profile_yaml_too_large, (Str){0});
            return NULL;
        }
        if (key_is_new(reader, &pairs, &pair))
            *vec_push(reader->load->scratch, &pairs) = pair;
    }
    node->pairs = pairs.p;
    node->n = pairs.n;
    return advance(reader) ? node : NULL;
}

static const Node *read_node(Reader *reader)
{
    const Node *node = NULL;
    if (++reader->depth > YAML_DEPTH_MAX) {
        fail(reader, MSG_profile_yaml_too_deep, (Str){0});
        return NULL;
    }
    switch (reader->event->type) {
    case FYET_SCALAR:
        node = read_scalar(reader);
        break;
    case FYET_MAPPING_START:
        node = read_map(reader);
        break;
    case FYET_SEQUENCE_START:
        node = read_list(reader);
        break;
    default:
        fail(reader, MSG_profile_yaml_anchor, (Str){0});
    }
    reader->depth--;
    return node;
}

static bool read_document(Reader *reader, NodeVec *documents)
{
    if (!advance(reader)) /* past the start of the document */
        return false;
    const Node *node = read_node(reader);
    if (node == NULL)
        return false;
    /* Nothing between two "---" is no document. */
    if (node->type != NODE_SCALAR || node->text.n > 0)
        *vec_push(reader->load->scratch, documents) = node;
    if (reader->event->type != FYET_DOCUMENT_END)
        return fail_syntax(reader);
    return advance(reader);
}

static bool read_stream(Reader *reader, NodeVec *documents)
{
    if (!advance(reader) || !advance(reader)) /* the start of the stream, what follows it */
        return false;
    while (reader->event->type == FYET_DOCUMENT_START) {
        if (!read_document(reader, documents))
            return false;
    }
    return reader->event->type == FYET_STREAM_END || fail_syntax(reader);
}

static bool reader_open(Reader *reader)
{
    struct fy_diag_cfg diag_config;
    fy_diag_cfg_default(&diag_config);
    diag_config.fp = NULL;
    diag_config.output_fn = keep_silent;
    reader->diag = fy_diag_create(&diag_config);
    if (reader->diag == NULL)
        return false;
    fy_diag_set_collect_errors(reader->diag, true);
    struct fy_parse_cfg config = {.search_path = "", .flags = FYPCF_QUIET, .diag = reader->diag};
    reader->parser = fy_parser_create(&config);
    Str text = reader->source->text;
    return reader->parser != NULL && fy_parser_set_string(reader->parser, text.p, text.n) == 0;
}

static void reader_close(Reader *reader)
{
    if (reader->event != NULL)
        fy_parser_event_free(reader->parser, reader->event);
    if (reader->parser != NULL)
        fy_parser_destroy(reader->parser);
    if (reader->diag != NULL)
        fy_diag_destroy(reader->diag);
}

/* Points at the first byte that is no clean UTF-8. */
static bool text_is_clean(Reader *reader)
{
    Str text = reader->source->text;
    if (utf8_is_clean(text))
        return true;
    Str rest = text, line;
    for (int number = 1; str_next(&rest, '\n', &line); number++) {
        if (utf8_check(line) != line.n || !utf8_is_clean(line)) {
            reader->position.line = number;
            break;
        }
    }
    return fail(reader, MSG_profile_not_utf8, (Str){0});
}

bool yaml_parse(Load *load, const Source *source, NodeVec *ret_documents)
{
    Reader reader = {.load = load, .source = source, .position = {source->file, 1, 1}};
    if (!text_is_clean(&reader))
        return false;
    if (str_trim(source->text).n == 0)
        return true;
    bool ok = reader_open(&reader) ? read_stream(&reader, ret_documents) : fail_syntax(&reader);
    reader_close(&reader);
    return ok && !reader.failed;
}
