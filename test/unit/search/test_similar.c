/* SPDX-License-Identifier: Apache-2.0 */
/* Look-alikes on the sample matters: pairs that people wrote about the same thing in other words,
 * among many made-up matters of the same style. */
#include "support.h"

#include "base/utf8.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static const char *sample_path;

typedef struct Sample {
    Str id, kind, text, duplicate_of;
    int64_t record;
} Sample;
typedef VEC(Sample) SampleVec;

static SampleVec read_samples(Arena *arena)
{
    static char bytes[65536];
    SampleVec samples = {0};
    int file = open(sample_path, O_RDONLY);
    ssize_t size = read(file, bytes, sizeof bytes);
    Str rest = {bytes, (size_t)MAX(size, 0)}, line;
    close(file);
    (void)str_next(&rest, '\n', &line);
    while (str_next(&rest, '\n', &line)) {
        Str cells[7] = {0};
        for (size_t i = 0; i < 7 && str_next(&line, '\t', &cells[i]); i++)
            ;
        *vec_push(arena, &samples) =
            (Sample){cells[0], cells[1], STR(arena, cells[2], "\n", cells[3]), str_trim(cells[6]),
                     (int64_t)samples.n + 1000};
    }
    return samples;
}

/* A matter that shares common words with the real ones and is about nothing. */
static Str made_up(Fixture *f, const SampleVec *samples)
{
    Buf text = buf_open(f->arena);
    for (int i = 0; i < 30; i++) {
        Str rest = samples->p[random_below(&f->random, samples->n)].text;
        Str before = utf8_head(rest, random_below(&f->random, utf8_count(rest) - 2));
        if (i % 5 == 0)
            buf_add(&text, utf8_head(str_slice(rest, before.n, rest.n), 2));
        for (int j = 0; j < 4; j++)
            utf8_put(&text, 0x4E00 + (uint32_t)random_below(&f->random, 2000));
    }
    return buf_str(&text);
}

/* The like in the words of the real ones: scraps of them, so that no term is rare for long. */
static Str scraps(Fixture *f, const SampleVec *samples)
{
    Buf text = buf_open(f->arena);
    for (int i = 0; i < 10; i++) {
        Str rest = samples->p[random_below(&f->random, samples->n)].text;
        Str before = utf8_head(rest, random_below(&f->random, utf8_count(rest) - 2));
        buf_add(&text, utf8_head(str_slice(rest, before.n, rest.n),
                                 2 + (size_t)random_below(&f->random, 4)));
        for (int j = 0; j < 6; j++)
            utf8_put(&text, 0x4E00 + (uint32_t)random_below(&f->random, 300));
    }
    return buf_str(&text);
}

static size_t rank_of(Fixture *f, const Sample *asked, int64_t wanted, bool known)
{
    IdVec ids = {0};
    must(search_similar(f->arena, f->search, asked->text, &everything, known ? asked->record : 0,
                        20, &ids, &f->err),
         &f->err);
    /* A text that is in the index and not excepted is most like itself. */
    if (!known && ids.n > 0) {
        assert_int_equal(ids.p[0], asked->record);
        ids.p++, ids.n--;
    }
    for (size_t i = 0; i < ids.n; i++)
        if (ids.p[i] == wanted)
            return i + 1;
    return 99;
}

static size_t pairs_found(Fixture *f, const SampleVec *samples, bool known, size_t *ret_pairs)
{
    size_t found_pairs = 0, pairs = 0;
    for (size_t i = 0; i < samples->n; i++) {
        const Sample *later = &samples->p[i], *first = NULL;
        for (size_t j = 0; later->duplicate_of.n && j < samples->n; j++)
            if (str_eq(samples->p[j].id, later->duplicate_of))
                first = &samples->p[j];
        if (!first)
            continue;
        size_t there = rank_of(f, later, first->record, known);
        size_t back = rank_of(f, first, later->record, known);
        pairs += 2;
        found_pairs += (there <= 5) + (back <= 5);
        if (there > 1 || back > 1)
            print_message("%.*s: %zu %zu\n", (int)later->id.n, later->id.p, there, back);
    }
    *ret_pairs = pairs;
    return found_pairs;
}

static void duplicates_are_among_the_first_five(void **state)
{
    Fixture *f = *state;
    SampleVec samples = read_samples(f->arena);
    size_t pairs, got;
    assert_true(samples.n > 30);
    for (size_t i = 0; i < samples.n; i++)
        put_matter(f, &(Matter){.id = samples.p[i].record, .body = samples.p[i].text});
    follow(f, 500);
    got = pairs_found(f, &samples, true, &pairs);
    assert_true(pairs >= 16);
    assert_true(got * 100 >= pairs * 95);
    must(db_begin(f->db, &f->err), &f->err);
    for (int64_t i = 0; i < 3000; i++)
        put_matter(f, &(Matter){.id = 5000 + i, .body = made_up(f, &samples)});
    must(db_commit(f->db, &f->err), &f->err);
    follow(f, 500);
    got = pairs_found(f, &samples, true, &pairs);
    assert_true(got * 100 >= pairs * 95);
}

static void duplicates_are_found_among_scraps_of_them(void **state)
{
    Fixture *f = *state;
    SampleVec samples = read_samples(f->arena);
    size_t pairs, got;
    for (size_t i = 0; i < samples.n; i++)
        put_matter(f, &(Matter){.id = samples.p[i].record, .body = samples.p[i].text});
    must(db_begin(f->db, &f->err), &f->err);
    for (int64_t i = 0; i < 3000; i++)
        put_matter(f, &(Matter){.id = 5000 + i, .body = scraps(f, &samples)});
    must(db_commit(f->db, &f->err), &f->err);
    follow(f, 500);
    got = pairs_found(f, &samples, true, &pairs);
    assert_true(got * 100 >= pairs * 95);
}

/* However many others say the same, later, in places that one may not see. */
static void a_narrow_scope_finds_its_own(void **state)
{
    Fixture *f = *state;
    const int64_t five[] = {5};
    SearchScope at_five = {.orgs = five, .n_orgs = 1};
    IdVec ids = {0};
    put_matter(f, &(Matter){.id = 3, .title = S("建议延长公交线路"), .orgs = {5}});
    must(db_begin(f->db, &f->err), &f->err);
    for (int64_t i = 0; i < 1500; i++)
        put_matter(f, &(Matter){.id = 100 + i, .title = S("建议延长公交线路"), .orgs = {9}});
    must(db_commit(f->db, &f->err), &f->err);
    put_matter(f, &(Matter){.id = 4, .title = S("建议延长公交线路"), .orgs = {5, 9}});
    follow(f, 500);
    must(search_similar(f->arena, f->search, S("建议延长公交线路"), &at_five, 4, 5, &ids, &f->err),
         &f->err);
    assert_int_equal(ids.n, 1);
    assert_int_equal(ids.p[0], 3);
}

static void a_new_text_finds_its_like(void **state)
{
    Fixture *f = *state;
    SampleVec samples = read_samples(f->arena);
    for (size_t i = 0; i < samples.n; i++) {
        const Sample *later = &samples.p[i];
        IdVec ids = {0};
        if (later->duplicate_of.n) {
            must(search_similar(f->arena, f->search, later->text, &everything, 0, 5, &ids, &f->err),
                 &f->err);
            assert_true(ids_have(ids.p, ids.n, later->record - 1));
        }
        put_matter(f, &(Matter){.id = later->record, .body = later->text});
        follow(f, 500);
    }
}

static void only_what_the_scope_admits(void **state)
{
    Fixture *f = *state;
    SearchScope published = {.published_only = true};
    const int64_t five[] = {5};
    SearchScope at_five = {.orgs = five, .n_orgs = 1};
    IdVec ids = {0};
    put_matter(f, &(Matter){.id = 3, .title = S("建议延长公交线路"), .orgs = {5}});
    put_matter(f, &(Matter){.id = 4, .public_title = S("建议延长公交线路"), .published = true});
    put_matter(f, &(Matter){.id = 5, .title = S("建议延长公交线路"), .published = true});
    put_matter(f, &(Matter){.id = 7, .title = S("楼道堆放杂物")});
    follow(f, 10);
    must(search_similar(f->arena, f->search, S("延长公交线路"), &published, 0, 5, &ids, &f->err),
         &f->err);
    assert_int_equal(ids.n, 1);
    assert_int_equal(ids.p[0], 4);
    must(search_similar(f->arena, f->search, S("延长公交线路"), &at_five, 0, 5, &ids, &f->err),
         &f->err);
    assert_int_equal(ids.n, 1);
    assert_int_equal(ids.p[0], 3);
    must(search_similar(f->arena, f->search, S("延长公交线路"), &(SearchScope){0}, 0, 5, &ids,
                        &f->err),
         &f->err);
    assert_int_equal(ids.n, 0);
    must(search_similar(f->arena, f->search, S("，。"), &everything, 0, 5, &ids, &f->err), &f->err);
    assert_int_equal(ids.n, 0);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        TEST(duplicates_are_among_the_first_five), TEST(duplicates_are_found_among_scraps_of_them),
        TEST(a_narrow_scope_finds_its_own),        TEST(a_new_text_finds_its_like),
        TEST(only_what_the_scope_admits),
    };
    sample_path = count > 1 ? arguments[1] : "";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
