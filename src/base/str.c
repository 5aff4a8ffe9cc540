/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

Str str_from_c(const char *text)
{
    return text == NULL ? (Str){0} : (Str){text, strlen(text)};
}

const char *str_c(Arena *arena, Str text)
{
    ASSERT(text.n == 0 || memchr(text.p, 0, text.n) == NULL);
    char *copy = arena_alloc(arena, text.n + 1);
    if (text.n > 0)
        memcpy(copy, text.p, text.n);
    return copy;
}

Str str_dup(Arena *arena, Str text)
{
    return (Str){arena_copy(arena, text.p, text.n), text.n};
}

size_t str_find(Str text, Str needle, size_t from)
{
    if (from > text.n || needle.n > text.n - from)
        return SIZE_MAX;
    if (needle.n == 0)
        return from;
    const char *found = memmem(text.p + from, text.n - from, needle.p, needle.n);
    return found == NULL ? SIZE_MAX : (size_t)(found - text.p);
}

bool str_has(Str text, Str needle)
{
    return str_find(text, needle, 0) != SIZE_MAX;
}

bool str_only(Str text, Str bytes)
{
    for (size_t i = 0; i < text.n; i++)
        if (memchr(bytes.p, text.p[i], bytes.n) == NULL)
            return false;
    return true;
}

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

Str str_trim(Str text)
{
    size_t from = 0;
    size_t to = text.n;
    while (from < to && is_space(text.p[from]))
        from++;
    while (to > from && is_space(text.p[to - 1]))
        to--;
    return str_slice(text, from, to);
}

bool str_next(Str *rest, char separator, Str *ret_part)
{
    if (rest->n == 0)
        return false;
    const char *found = memchr(rest->p, separator, rest->n);
    size_t end = found == NULL ? rest->n : (size_t)(found - rest->p);
    *ret_part = (Str){rest->p, end};
    *rest = str_slice(*rest, end + 1, rest->n);
    return true;
}

Str str_lower(Arena *arena, Str text)
{
    char *lower = arena_copy(arena, text.p, text.n);
    for (size_t i = 0; i < text.n; i++)
        if (lower[i] >= 'A' && lower[i] <= 'Z')
            lower[i] = (char)(lower[i] + ('a' - 'A'));
    return (Str){lower, text.n};
}

Str str_newlines(Arena *arena, Str text)
{
    if (!str_has(text, S("\r")))
        return text;
    char *out = arena_alloc(arena, text.n);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '\r')
            out[n++] = text.p[i];
        else if (i + 1 == text.n || text.p[i + 1] != '\n')
            out[n++] = '\n';
    }
    return (Str){out, n};
}

uint64_t str_hash(Str text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < text.n; i++)
        hash = (hash ^ (unsigned char)text.p[i]) * UINT64_C(0x100000001b3);
    return hash;
}

bool str_eq_secret(Str a, Str b)
{
    if (a.n != b.n)
        return false;
    /* volatile: the compiler must not stop at the first difference. */
    volatile unsigned char difference = 0;
    for (size_t i = 0; i < a.n; i++)
        difference |= (unsigned char)(a.p[i] ^ b.p[i]);
    return difference == 0;
}

int str_compare_pointers(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}
