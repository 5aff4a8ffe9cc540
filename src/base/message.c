/* SPDX-License-Identifier: Apache-2.0 */
#include "base/message.h"

#include "base/buf.h"
#include "message_table.h"

Str message(MessageId id, Language language)
{
    ASSERT((unsigned)id < MSG__COUNT && (unsigned)language < LANGUAGE__COUNT);
    return message_table[id].text[language];
}

Str message_key(MessageId id)
{
    ASSERT((unsigned)id < MSG__COUNT);
    return message_table[id].key;
}

bool message_find(Str key, MessageId *ret_id)
{
    for (MessageId id = MSG_none + 1; id < MSG__COUNT; id++) {
        if (str_eq(message_table[id].key, key)) {
            *ret_id = id;
            return true;
        }
    }
    return false;
}

/* At a hole {0}..{2}: its number; otherwise -1. */
static int hole_at(Str text, size_t at)
{
    if (text.n - at < 3 || text.p[at] != '{' || text.p[at + 2] != '}')
        return -1;
    char digit = text.p[at + 1];
    return digit >= '0' && digit <= '2' ? digit - '0' : -1;
}

Str message_fill(Arena *arena, MessageId id, Language language, const Str *args, size_t count)
{
    Buf buf = buf_open(arena);
    Str text = message(id, language);
    size_t at = 0;
    while (at < text.n) {
        int hole = hole_at(text, at);
        if (hole < 0) {
            size_t end = MIN(str_find(text, S("{"), at + 1), text.n);
            buf_add(&buf, str_slice(text, at, end));
            at = end;
            continue;
        }
        if ((size_t)hole < count)
            buf_add(&buf, args[hole]);
        at += 3;
    }
    return buf_str(&buf);
}

Str label_text(Label label, Language language)
{
    Str wanted = language == LANGUAGE_ZH ? label.zh : label.en;
    Str other = language == LANGUAGE_ZH ? label.en : label.zh;
    return wanted.n > 0 ? wanted : other;
}
