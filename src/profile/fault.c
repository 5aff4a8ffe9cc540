/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/fault.h"

Str source_line(Str text, int line)
{
    Str rest = text, part = {0};
    for (int i = 0; i < line; i++) {
        if (!str_next(&rest, '\n', &part))
            return (Str){0};
    }
    return str_ends(part, S("\r")) ? str_slice(part, 0, part.n - 1) : part;
}

static Str line_of(const Load *load, Position position)
{
    for (size_t i = 0; i < load->sources.n; i++) {
        if (str_eq(load->sources.p[i].file, position.file))
            return source_line(load->sources.p[i].text, position.line);
    }
    return (Str){0};
}

static bool same(const Diagnostic *old, Position position, MessageId message, const Str args[3])
{
    return old->message == message && old->position.line == position.line &&
           old->position.column == position.column && str_eq(old->position.file, position.file) &&
           str_eq(old->args[0], args[0]) && str_eq(old->args[1], args[1]) &&
           str_eq(old->args[2], args[2]);
}

static Diagnostic *not_listed(Load *load)
{
    load->unheard++;
    return NEW(load->arena, Diagnostic);
}

Diagnostic *fault_at(Load *load, Position position, MessageId message, const Str args[3])
{
    Diagnostics *all = load->diagnostics;
    if (load->quiet > 0 || load->overflowed)
        return not_listed(load);
    for (size_t i = 0; i < all->n; i++) {
        if (same(&all->p[i], position, message, args))
            return not_listed(load);
    }
    if (all->n + 1 >= FAULTS_MAX) {
        load->overflowed = true;
        message = MSG_profile_too_many;
    }
    Diagnostic *new = vec_push(load->arena, all);
    new->position = position;
    new->line_text = line_of(load, position);
    new->message = message;
    memcpy(new->args, args, sizeof new->args);
    new->hint = MSG_none;
    return new;
}

#define KNOWN_MAX 30 /* more are no help */

Str fault_words(Arena *arena, const StrVec *words)
{
    Buf buf = buf_open(arena);
    for (size_t i = 0; i < words->n; i++)
        TEXT(&buf, i == 0 ? S("") : S(", "), words->p[i]);
    return buf_str(&buf);
}

void fault_hint(Arena *arena, Diagnostic *diagnostic, Str word, const StrVec *known)
{
    Str near = suggest(word, known);
    if (near.n > 0) {
        diagnostic->hint = MSG_profile_did_you_mean;
        diagnostic->hint_args[0] = near;
    } else if (known->n > 0 && known->n <= KNOWN_MAX) {
        diagnostic->hint = MSG_profile_one_of;
        diagnostic->hint_args[0] = fault_words(arena, known);
    }
}

void fault_unknown(Load *load, Position position, MessageId message, Str word, Str of,
                   const StrVec *known)
{
    Diagnostic *new = fault(load, position, message, word, of);
    if (load->quiet == 0)
        fault_hint(load->arena, new, word, known);
}

static int compare(const void *a, const void *b)
{
    const Diagnostic *x = a, *y = b;
    int by_file = str_cmp(x->position.file, y->position.file);
    if (by_file != 0)
        return by_file;
    if (x->position.line != y->position.line)
        return x->position.line < y->position.line ? -1 : 1;
    if (x->position.column != y->position.column)
        return x->position.column < y->position.column ? -1 : 1;
    return x->message < y->message ? -1 : x->message > y->message;
}

void faults_sort(Diagnostics *diagnostics)
{
    if (diagnostics->n > 0)
        qsort(diagnostics->p, diagnostics->n, sizeof(Diagnostic), compare);
}

#define WORD_MAX 60

static int least(int a, int b, int c)
{
    return MIN(a, MIN(b, c));
}

/* Three rows are enough: this one, the last, and the one before for swapped letters. */
static int distance(Str a, Str b)
{
    int rows[3][WORD_MAX + 1];
    for (size_t j = 0; j <= b.n; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= a.n; i++) {
        int *row = rows[i % 3], *last = rows[(i - 1) % 3], *before = rows[(i + 1) % 3];
        row[0] = (int)i;
        for (size_t j = 1; j <= b.n; j++) {
            bool differs = a.p[i - 1] != b.p[j - 1];
            row[j] = least(last[j] + 1, row[j - 1] + 1, last[j - 1] + differs);
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
                row[j] = MIN(row[j], before[j - 2] + 1);
        }
    }
    return rows[a.n % 3][b.n];
}

Str suggest(Str word, const StrVec *known)
{
    /* Two edits make almost anything out of a word of three letters. */
    int best = word.n > 3 ? 3 : word.n > 1 ? 2 : 0;
    Str found = {0};
    for (size_t i = 0; i < known->n && word.n <= WORD_MAX; i++) {
        Str name = known->p[i];
        if (str_eq(name, word) || name.n > WORD_MAX || name.n > word.n + 2 || word.n > name.n + 2)
            continue;
        int edits = distance(word, name);
        if (edits < best) {
            best = edits;
            found = name;
        }
    }
    return found;
}
