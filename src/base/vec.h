/* SPDX-License-Identifier: Apache-2.0 */
/* vec.h - a growing array of one type, in an arena.
 *
 *     typedef VEC(Str) StrVec;
 *     StrVec names = {0};
 *     *vec_push(arena, &names) = S("x");
 *     for (size_t i = 0; i < names.n; i++) use(names.p[i]);
 *
 * Elements move when the array grows: keep indexes, not pointers, while pushing.
 */
#ifndef TONGXIN_VEC_H
#define TONGXIN_VEC_H

#include "base/arena.h"
#include "base/str.h"

#define VEC(Type)        \
    struct {             \
        Type *p;         \
        size_t n;        \
        size_t capacity; \
    }

/* Room for one more zeroed element; evaluates to its address. The size is that of a type, so that
 * an array of pointers is not taken for the mistake of measuring a pointer. An element popped by
 * lowering the count leaves bytes behind, so each is zeroed when it is pushed. */
#define vec_push(arena, vec)                                                                     \
    ({                                                                                           \
        __typeof__(vec) vec_ = (vec);                                                            \
        if (vec_->n == vec_->capacity)                                                           \
            vec_->p = vec_grow((arena), vec_->p, &vec_->capacity, sizeof(__typeof__(*vec_->p))); \
        (__typeof__(vec_->p))memset(vec_->p + vec_->n++, 0, sizeof(__typeof__(*vec_->p)));       \
    })

/* What vec_push calls: moves `*capacity` elements to twice the room and returns the first. */
void *vec_grow(Arena *arena, const void *items, size_t *capacity, size_t size)
    __attribute__((returns_nonnull));

typedef VEC(Str) StrVec;
typedef VEC(int64_t) IdVec;

/* `id` is among the `count` ids, in any order. */
bool ids_have(const int64_t *ids, size_t count, int64_t id);

#endif
