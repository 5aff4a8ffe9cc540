/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/read.h"

#include "base/number.h"

bool name_is_good(Str name)
{
    if (name.n == 0 || name.n > NAME_MAX_BYTES || name.p[0] < 'a' || name.p[0] > 'z')
        return false;
    for (size_t i = 1; i < name.n; i++) {
        char c = name.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
            return false;
    }
    return true;
}

bool check_name(Load *load, Position position, Str name)
{
    if (name_is_good(name))
        return true;
    fault(load, position, MSG_profile_bad_name, name);
    return false;
}

bool check_map(Load *load, const Node *node)
{
    if (node == NULL || node->type == NODE_MAP)
        return node != NULL;
    fault(load, node->position, MSG_profile_map_expected);
    return false;
}

StrVec words_of(Arena *arena, Str text)
{
    StrVec words = {0};
    Str rest = text, word;
    while (str_next(&rest, ' ', &word))
        *vec_push(arena, &words) = word;
    return words;
}

static bool words_have(const StrVec *words, Str word)
{
    for (size_t i = 0; i < words->n; i++) {
        if (str_eq(words->p[i], word))
            return true;
    }
    return false;
}

void check_keys(Load *load, const Node *map, Str keys)
{
    if (map == NULL || map->type != NODE_MAP)
        return;
    StrVec known = words_of(load->scratch, keys);
    for (size_t i = 0; i < map->n; i++) {
        if (!words_have(&known, map->pairs[i].key))
            fault_unknown(load, map->pairs[i].position, MSG_profile_unknown_key, map->pairs[i].key,
                          (Str){0}, &known);
    }
}

Position key_position(const Node *map, Str key)
{
    const Node *value = node_get(map, key);
    if (value != NULL)
        return value->position;
    return map == NULL ? (Position){.line = 1, .column = 1} : map->position;
}

Str read_text(Load *load, const Node *map, Str key)
{
    const Node *value = node_get(map, key);
    if (value == NULL)
        return (Str){0};
    if (value->type != NODE_SCALAR) {
        fault(load, value->position, MSG_profile_text_expected, key);
        return (Str){0};
    }
    if (value->text.n > TEXT_MAX_BYTES) {
        fault(load, value->position, MSG_profile_text_too_long, key);
        return (Str){0};
    }
    return value->text;
}

static void report_missing(Load *load, const Node *map, Str key)
{
    const NodePair *pair = node_pair(map, key);
    if (map == NULL)
        return;
    fault(load, pair == NULL ? map->position : pair->position, MSG_profile_missing, key);
}

Str read_required_text(Load *load, const Node *map, Str key)
{
    const Node *value = node_get(map, key);
    Str text = read_text(load, map, key);
    if (text.n == 0 && (value == NULL || value->type == NODE_SCALAR))
        report_missing(load, map, key);
    return text;
}

static Str read_side(Load *load, const Node *label, Str key, Str language, MessageId missing)
{
    Str text = str_trim(read_text(load, label, language));
    const Node *value = node_get(label, language);
    if (text.n == 0 && (value == NULL || value->type == NODE_SCALAR))
        fault(load, label->position, missing, key);
    if (text.n > LABEL_MAX_BYTES)
        fault(load, value->position, MSG_profile_text_too_long, key);
    return text;
}

Label read_label(Load *load, const Node *map, Str key)
{
    const Node *value = node_get(map, key);
    if (value == NULL)
        return (Label){0};
    if (value->type != NODE_MAP) {
        fault(load, value->position, MSG_profile_label_expected, key);
        return (Label){0};
    }
    check_keys(load, value, S("zh en"));
    return (Label){
        .zh = read_side(load, value, key, S("zh"), MSG_profile_no_chinese),
        .en = read_side(load, value, key, S("en"), MSG_profile_no_english),
    };
}

Label read_required_label(Load *load, const Node *map, Str key)
{
    if (node_get(map, key) == NULL)
        report_missing(load, map, key);
    return read_label(load, map, key);
}

bool flag_parse(Str text, bool *ret_flag)
{
    bool yes = str_eq(text, S("yes")) || str_eq(text, S("true"));
    if (!yes && !str_eq(text, S("no")) && !str_eq(text, S("false")))
        return false;
    *ret_flag = yes;
    return true;
}

bool read_flag(Load *load, const Node *map, Str key)
{
    const Node *value = node_get(map, key);
    bool flag = false;
    if (value != NULL && (value->type != NODE_SCALAR || !flag_parse(value->text, &flag)))
        fault(load, value->position, MSG_profile_flag_expected, key);
    return flag;
}

int64_t read_int(Load *load, const Node *map, Str key, IntRange range)
{
    const Node *value = node_get(map, key);
    int64_t number = 0;
    if (value == NULL)
        return range.preset;
    if (value->type == NODE_SCALAR && int_parse(value->text, &number) && number >= range.min &&
        number <= range.max)
        return number;
    fault(load, value->position, MSG_profile_number_expected, key, STR(load->arena, range.min),
          STR(load->arena, range.max));
    return range.preset;
}

const Node *read_list(Load *load, const Node *map, Str key)
{
    const Node *value = node_get(map, key);
    if (value == NULL || value->type == NODE_LIST)
        return value;
    fault(load, value->position, MSG_profile_list_expected, key);
    return NULL;
}

NodeVec read_scalars(Load *load, const Node *map, Str key)
{
    NodeVec items = {0};
    const Node *list = read_list(load, map, key);
    for (size_t i = 0; list != NULL && i < list->n; i++) {
        if (list->items[i]->type == NODE_SCALAR && list->items[i]->text.n > 0)
            *vec_push(load->scratch, &items) = list->items[i];
        else
            fault(load, list->items[i]->position, MSG_profile_text_expected, key);
    }
    return items;
}

StrVec read_words(Load *load, const Node *map, Str key)
{
    StrVec words = {0};
    NodeVec items = read_scalars(load, map, key);
    for (size_t i = 0; i < items.n; i++)
        *vec_push(load->arena, &words) = items.p[i]->text;
    return words;
}

const Node *read_map(Load *load, const Node *map, Str key)
{
    const Node *value = node_get(map, key);
    return check_map(load, value) ? value : NULL;
}
