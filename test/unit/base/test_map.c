/* SPDX-License-Identifier: Apache-2.0 */
#include "base_test.h"

#include "base/map.h"

/* The slow model: a list searched from the front. */
typedef struct Model {
    Str keys[700];
    int64_t ids[700];
    void *values[700];
    size_t n;
} Model;

static size_t model_place(const Model *model, Str key, int64_t id)
{
    size_t i = 0;
    while (i < model->n && !(model->ids[i] == id && str_eq(model->keys[i], key)))
        i++;
    return i;
}

static void model_set(Model *model, Str key, int64_t id, void *value)
{
    size_t i = model_place(model, key, id);
    model->keys[i] = key;
    model->ids[i] = id;
    model->values[i] = value;
    model->n = MAX(model->n, i + 1);
}

static void *model_find(const Model *model, Str key, int64_t id)
{
    size_t i = model_place(model, key, id);
    return i == model->n ? NULL : model->values[i];
}

static void assert_same(const Map *map, const Model *model)
{
    assert_int_equal(map->n, model->n);
    for (size_t i = 0; i < map->n; i++) {
        assert_str(map->slots[i].key, model->keys[i]);
        assert_true(map->slots[i].number == model->ids[i]);
        assert_ptr_equal(map->slots[i].value, model->values[i]);
    }
}

static void by_text_it_agrees_with_a_list(void **state)
{
    (void)state;
    static Model model;
    static char values[100];
    Arena *arena = arena_open();
    RandomSource random = random_seeded(3);
    Map map = map_open(arena);
    assert_null(map_find(&map, S("")));
    for (int i = 0; i < 3000; i++) {
        Str key = STR(arena, "k", random_below(&random, 600));
        if (random_below(&random, 50) == 0)
            key = (Str){0};
        assert_ptr_equal(map_find(&map, key), model_find(&model, key, 0));
        void *value = &values[random_below(&random, sizeof(values))];
        map_set(&map, key, value);
        model_set(&model, key, 0, value);
    }
    assert_same(&map, &model);
    arena_close(arena);
}

static void by_number_it_agrees_with_a_list(void **state)
{
    (void)state;
    static Model model;
    static char values[100];
    Arena *arena = arena_open();
    RandomSource random = random_seeded(4);
    Map map = map_open(arena);
    for (int i = 0; i < 3000; i++) {
        int64_t id = (int64_t)random_below(&random, 600) - 300;
        /* Multiples of a power of two fall together where a hash is the number itself. */
        if (i % 2 == 0)
            id *= INT64_C(1) << 32;
        if (model.n == COUNT_OF(model.ids))
            break;
        assert_ptr_equal(map_find_id(&map, id), model_find(&model, (Str){0}, id));
        void *value = &values[random_below(&random, sizeof(values))];
        map_set_id(&map, id, value);
        model_set(&model, (Str){0}, id, value);
    }
    assert_same(&map, &model);
    arena_close(arena);
}

static void set_null(void *map)
{
    map_set(map, S("a"), NULL);
}

static void null_is_not_storable(void **state)
{
    (void)state;
    Arena *arena = arena_open();
    Map map = map_open(arena);
    assert_aborts(set_null, &map);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_text_it_agrees_with_a_list),
        cmocka_unit_test(by_number_it_agrees_with_a_list),
        cmocka_unit_test(null_is_not_storable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
