/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "search/search_store.h"

#include "query.h"

#define execute_index(f, literal)                                     \
    do {                                                              \
        DbText q_ = db_text_open((f)->arena);                         \
        db_sql_literal(&q_, literal);                                 \
        must(db_execute((f)->search->db, &q_, &(f)->err), &(f)->err); \
    } while (0)

static void finds_words_of_every_length(void **state)
{
    Fixture *f = *state;
    put_matter(
        f, &(Matter){.id = 3, .title = S("建议增设公交站"), .body = S("城东工业园，12路公交延伸")});
    put_matter(f, &(Matter){.id = 5,
                            .number = S("QS-2023-00012"),
                            .title = S("园区用电增容"),
                            .body = S("变压器由630千伏安增至1250千伏安 ＡＢＣ公司 iPhone")});
    for (int indexed = 0; indexed < 2; indexed++) {
        assert_string_equal(found(f, S("建议"), &everything), "3");
        assert_string_equal(found(f, S("站"), &everything), "3");
        assert_string_equal(found(f, S("园"), &everything), "5 3");
        assert_string_equal(found(f, S("工业园"), &everything), "3");
        assert_string_equal(found(f, S("业园区"), &everything), "");
        assert_string_equal(found(f, S("公交 工业"), &everything), "3");
        assert_string_equal(found(f, S("公交　用电"), &everything), "");
        assert_string_equal(found(f, S("12路"), &everything), "3");
        assert_string_equal(found(f, S("QS-2023-00012"), &everything), "5");
        assert_string_equal(found(f, S("qs-2023-00012"), &everything), "5");
        assert_string_equal(found(f, S("QS-2023-00013"), &everything), "");
        assert_string_equal(found(f, S("0001"), &everything), "5");
        assert_string_equal(found(f, S("250千"), &everything), "5");
        assert_string_equal(found(f, S("abc"), &everything), "5");
        assert_string_equal(found(f, S("ＩＰＨＯＮＥ"), &everything), "5");
        assert_string_equal(found(f, S("phon"), &everything), "5");
        assert_string_equal(found(f, S("，"), &everything), "");
        assert_string_equal(found(f, S(""), &everything), "");
        assert_string_equal(found(f, S("\" OR NOT ( * :"), &everything), "");
        follow(f, 10);
    }
}

static void contacts_and_other_kinds_are_not_indexed(void **state)
{
    Fixture *f = *state;
    put_matter(f, &(Matter){.id = 3, .title = S("公交")});
    put_matter(f, &(Matter){.id = 4, .kind = "sitting", .title = S("公交")});
    follow(f, 10);
    assert_string_equal(found(f, S("公交"), &everything), "3");
    assert_string_equal(found(f, S("13900000000"), &everything), "");
}

static void only_who_may_list_finds(void **state)
{
    Fixture *f = *state;
    const int64_t five[] = {5}, both[] = {12, 5}, one[] = {1};
    SearchScope at_five = {.orgs = five, .n_orgs = 1}, at_both = {.orgs = both, .n_orgs = 2};
    SearchScope at_one = {.orgs = one, .n_orgs = 1}, nobody = {0};
    SearchScope published = {.published_only = true};
    SearchScope disputes = {.everything = true, .kind = S("dispute")};
    SearchScope disputes_at_five = {.orgs = five, .n_orgs = 1, .kind = S("dispute")};
    put_matter(f, &(Matter){.id = 3, .title = S("公交"), .orgs = {5, 12}});
    put_matter(f, &(Matter){.id = 4,
                            .title = S("公交 _o1 o1"),
                            .public_title = S("公交"),
                            .orgs = {12},
                            .published = true});
    put_matter(f, &(Matter){.id = 6, .kind = "dispute", .title = S("公交"), .orgs = {5}});
    for (int indexed = 0; indexed < 2; indexed++) {
        assert_string_equal(found(f, S("公交"), &at_five), "6 3");
        assert_string_equal(found(f, S("公交"), &at_both), "6 4 3");
        assert_string_equal(found(f, S("公交"), &at_one), "");
        assert_string_equal(found(f, S("公交"), &nobody), "");
        assert_string_equal(found(f, S("公交"), &published), "4");
        assert_string_equal(found(f, S("公交"), &disputes), "6");
        assert_string_equal(found(f, S("公交"), &disputes_at_five), "6");
        follow(f, 10);
    }
}

static void the_public_finds_by_what_it_may_read(void **state)
{
    Fixture *f = *state;
    SearchScope published = {.published_only = true};
    SearchScope suggestions = {.published_only = true, .kind = S("suggestion")};
    SearchScope all = {.everything = true, .kind = S("suggestion")};
    Matter matter = {.id = 4,
                     .number = S("QS-2023-00004"),
                     .title = S("内部标题"),
                     .body = S("答复前先与企业沟通"),
                     .public_title = S("增设公交站"),
                     .published = true};
    Matter older = {.id = 3, .public_title = S("增设公交车"), .published = true};
    put_matter(f, &older);
    put_matter(f, &matter);
    put_matter(f, &(Matter){.id = 5, .kind = "dispute", .title = S("公交"), .published = true});
    for (int indexed = 0; indexed < 2; indexed++) {
        assert_string_equal(found(f, S("答复前先与企业沟通"), &published), "");
        assert_string_equal(found(f, S("沟通"), &published), "");
        assert_string_equal(found(f, S("内部标题"), &published), "");
        assert_string_equal(found(f, S("公交"), &published), "4 3");
        assert_string_equal(found(f, S("公交站"), &suggestions), "4");
        assert_string_equal(found(f, S("QS-2023-00004"), &published), "4");
        assert_string_equal(found(f, S("沟通"), &everything), "4");
        assert_string_equal(found(f, S("增设"), &all), "4 3");
        follow(f, 10);
    }
    /* Once taken back, it is found by the staff alone. */
    matter.published = false;
    put_matter(f, &matter);
    for (int indexed = 0; indexed < 2; indexed++) {
        assert_string_equal(found(f, S("公交"), &published), "3");
        assert_string_equal(found(f, S("公交站"), &everything), "4");
        follow(f, 10);
    }
}

static void follows_what_changes(void **state)
{
    Fixture *f = *state;
    const int64_t five[] = {5}, nine[] = {9};
    SearchScope at_five = {.orgs = five, .n_orgs = 1}, at_nine = {.orgs = nine, .n_orgs = 1};
    put_matter(f, &(Matter){.id = 3, .title = S("公交站"), .orgs = {5}});
    put_matter(f, &(Matter){.id = 4, .title = S("公交车"), .orgs = {5}});
    follow(f, 1);
    put_matter(f, &(Matter){.id = 3, .title = S("地铁站"), .orgs = {5}});
    put_matter(f, &(Matter){.id = 4, .title = S("公交车"), .orgs = {5}, .voided = true});
    for (int indexed = 0; indexed < 2; indexed++) {
        assert_string_equal(found(f, S("公交"), &at_five), "");
        assert_string_equal(found(f, S("地铁"), &at_five), "3");
        follow(f, 1);
    }
    /* Organisation 5 comes to stand below 9: the record itself was not touched. */
    put_scope(f, 9, S("suggestion"), 3);
    put_matter(f, &(Matter){.id = 5, .kind = "org", .title = S("x"), .moves = 5});
    follow(f, 10);
    assert_string_equal(found(f, S("地铁"), &at_nine), "3");
}

static void follows_in_steps(void **state)
{
    Fixture *f = *state;
    bool more;
    int64_t at = -1;
    for (int i = 0; i < 10; i++)
        put_matter(f, &(Matter){.id = 3 + i % 4, .title = S("公交")});
    must(search_watermark(f->search, &at, &f->err), &f->err);
    assert_int_equal(at, 0);
    must(search_follow(f->search, f->db, &f->office, 4, &more, &f->err), &f->err);
    must(search_watermark(f->search, &at, &f->err), &f->err);
    assert_true(more);
    assert_int_equal(at, 4);
    assert_string_equal(found(f, S("公交"), &everything), "6 5 4 3");
    follow(f, 4);
    must(search_watermark(f->search, &at, &f->err), &f->err);
    assert_int_equal(at, 10);
}

/* Against the slow model: does the normal text hold the word? */
static Str random_text(Fixture *f, size_t count)
{
    static const char *const letters[] = {"建", "议", "公", "交", "站", "园", "A",
                                          "b",  "1",  "2",  "0",  "，", " ",  "-",
                                          "é",  "𠀀", "Ｂ", "_",  "\n", "。"};
    Buf text = buf_open(f->arena);
    for (size_t i = 0; i < count; i++)
        buf_add(&text, str_from_c(letters[random_below(&f->random, COUNT_OF(letters))]));
    return buf_str(&text);
}

static const char *slow_found(Fixture *f, const Str *texts, size_t count, Str words)
{
    Buf ids = buf_open(f->arena);
    size_t wanted = 0;
    for (size_t i = count; i-- > 0 && wanted < 200;) {
        Str rest = token_normal(f->arena, words), word;
        bool all = true, any = false;
        while (all && str_next(&rest, ' ', &word)) {
            bool empty = token_word(f->arena, word).phrases.n == 0;
            any |= !empty;
            all = empty || str_has(token_normal(f->arena, texts[i]), word);
        }
        if (all && any)
            TEXT(&ids, wanted++ ? " " : "", (int64_t)i + 2);
    }
    return str_c(f->arena, buf_str(&ids));
}

static void finds_all_that_holds_the_words_and_nothing_else(void **state)
{
    Fixture *f = *state;
    enum { COUNT = 400 };
    Str *texts = NEW_ARRAY(f->arena, Str, COUNT);
    must(db_begin(f->db, &f->err), &f->err);
    for (size_t i = 0; i < COUNT; i++) {
        texts[i] = random_text(f, 3 + random_below(&f->random, 30));
        put_matter(f, &(Matter){.id = (int64_t)i + 2, .body = texts[i]});
        if (i == COUNT / 2)
            follow(f, 37);
    }
    must(db_commit(f->db, &f->err), &f->err);
    for (int i = 0; i < 1500; i++) {
        ArenaMark mark = arena_mark(f->arena);
        Str text = texts[random_below(&f->random, COUNT)];
        size_t from = random_below(&f->random, utf8_count(text));
        Str words = str_slice(text, utf8_head(text, from).n, text.n);
        words = utf8_head(words, 1 + random_below(&f->random, 6));
        if (i % 3 == 0)
            words = STR(f->arena, words, " ", random_text(f, 2));
        if (str_find(words, S("\n"), 0) == SIZE_MAX)
            assert_string_equal(found(f, words, &everything), slow_found(f, texts, COUNT, words));
        arena_rewind(f->arena, mark);
    }
}

static void many_organisations_and_long_queries_work(void **state)
{
    Fixture *f = *state;
    int64_t orgs[300];
    Buf words = buf_open(f->arena);
    for (int i = 0; i < 300; i++) {
        orgs[i] = i + 10;
        TEXT(&words, "公交 站");
    }
    put_matter(f, &(Matter){.id = 3, .title = S("公交站"), .orgs = {309}});
    follow(f, 10);
    assert_string_equal(found(f, S("公交站"), &(SearchScope){.orgs = orgs, .n_orgs = 300}), "3");
    assert_string_equal(found(f, buf_str(&words), &everything), "");
}

/* Each phrase of a long query is somewhere in the text, but the last word is not. */
static void phrases_that_were_left_out_are_looked_for_in_the_text(void **state)
{
    Fixture *f = *state;
    Buf words = buf_open(f->arena);
    for (int i = 0; i < 65; i++)
        buf_add(&words, S("公交 "));
    buf_add(&words, S("地铁"));
    put_matter(f, &(Matter){.id = 3, .title = S("公交站")});
    follow(f, 10);
    assert_string_equal(found(f, buf_str(&words), &everything), "");
}

static bool file_holds(Fixture *f, const char *name, Str bytes)
{
    Str path = STR(f->arena, f->dir, "/", name);
    struct stat info;
    int file = open(str_c(f->arena, path), O_RDONLY);
    char *all;
    if (file < 0 || fstat(file, &info) != 0)
        return false;
    all = arena_alloc(f->arena, (size_t)info.st_size);
    assert_int_equal(read(file, all, (size_t)info.st_size), info.st_size);
    close(file);
    return str_has((Str){all, (size_t)info.st_size}, bytes);
}

static void erased_text_leaves_the_file(void **state)
{
    Fixture *f = *state;
    DbText q = db_text_open(f->arena);
    for (int i = 0; i < 200; i++)
        put_matter(f, &(Matter){.id = 10 + i, .title = S("公交站台"), .body = random_text(f, 50)});
    put_matter(f, &(Matter){.id = 3, .title = S("鳜鱼鼋鼍")});
    follow(f, 50);
    assert_string_equal(found(f, S("鳜鱼鼋鼍"), &everything), "3");
    put_matter(f, &(Matter){.id = 3, .title = S("□□□"), .action = "suggestion.erase_text"});
    follow(f, 50);
    assert_string_equal(found(f, S("鳜鱼"), &everything), "");
    db_sql_literal(&q, "SELECT count(*) FROM fts_posting WHERE term LIKE '%鼋%'");
    assert_int_equal(ask_index(f, &q), 0);
    assert_false(file_holds(f, "search.db", S("鳜")));
    assert_false(file_holds(f, "search.db", S("鼋")));
    assert_false(file_holds(f, "search.db-wal", S("鳜")));
    assert_true(file_holds(f, "search.db", S("公交")));
}

static void another_journal_starts_again(void **state)
{
    Fixture *f = *state;
    void *other = NULL;
    Fixture *g;
    Db *own = f->db;
    put_matter(f, &(Matter){.id = 3, .title = S("公交")});
    put_matter(f, &(Matter){.id = 4, .title = S("公交")});
    follow(f, 10);
    /* As after restoring a backup: fewer entries, then other ones. */
    assert_int_equal(fixture_open(&other), 0);
    g = other;
    random_u64(&g->random);
    put_matter(g, &(Matter){.id = 7, .title = S("地铁")});
    f->db = g->db;
    follow(f, 10);
    assert_string_equal(found(f, S("公交"), &everything), "");
    assert_string_equal(found(f, S("地铁"), &everything), "7");
    f->db = own;
    fixture_close(&other);
}

static void a_broken_file_is_made_again(void **state)
{
    Fixture *f = *state;
    Str path = STR(f->arena, f->dir, "/search.db");
    int file;
    put_matter(f, &(Matter){.id = 3, .title = S("公交")});
    follow(f, 10);
    search_close(f->search);
    file = open(str_c(f->arena, path), O_WRONLY | O_TRUNC);
    assert_int_equal(write(file, "this is not a database at all, but a text", 40), 40);
    close(file);
    must(search_open_writer(f->arena, f->dir, &f->search, &f->err), &f->err);
    follow(f, 10);
    assert_string_equal(found(f, S("公交"), &everything), "3");
}

static void readers_see_what_the_follower_wrote(void **state)
{
    Fixture *f = *state;
    Search *reader, *follower = f->search;
    assert_false(search_open_reader(f->arena, S("/nonexistent"), &reader, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    err_clear(&f->err);
    must(search_open_reader(f->arena, f->dir, &reader, &f->err), &f->err);
    put_matter(f, &(Matter){.id = 3, .title = S("公交")});
    f->search = reader;
    assert_string_equal(found(f, S("公交"), &everything), "3");
    f->search = follower;
    follow(f, 10);
    f->search = reader;
    assert_string_equal(found(f, S("公交"), &everything), "3");
    search_close(reader);
    f->search = follower;
}

static void a_reader_knows_that_its_file_was_thrown_away(void **state)
{
    Fixture *f = *state;
    Str path = STR(f->arena, f->dir, "/search.db");
    Search *reader, *other;
    must(search_open_reader(f->arena, f->dir, &reader, &f->err), &f->err);
    assert_true(search_is_current(reader));
    assert_int_equal(unlink(str_c(f->arena, path)), 0);
    assert_false(search_is_current(reader));
    must(search_open_writer(f->arena, f->dir, &other, &f->err), &f->err);
    assert_false(search_is_current(reader));
    assert_false(search_is_current(f->search));
    assert_true(search_is_current(other));
    search_close(reader);
    search_close(other);
}

static Str problem(Fixture *f)
{
    Str text = {0};
    must(search_verify(f->arena, f->search, f->db, &f->office, &text, &f->err), &f->err);
    return text;
}

static void verify_finds_every_difference(void **state)
{
    Fixture *f = *state;
    put_matter(f, &(Matter){.id = 3, .title = S("公交站"), .orgs = {5}});
    assert_true(problem(f).n > 0);
    follow(f, 10);
    assert_int_equal(problem(f).n, 0);
    put_matter(f, &(Matter){.id = 4, .title = S("公交车"), .orgs = {5}});
    put_matter(f, &(Matter){.id = 3, .title = S("公交车站"), .orgs = {5}});
    follow(f, 10);
    assert_int_equal(problem(f).n, 0);

    execute_index(f, "UPDATE doc SET text = text || 'x' WHERE id = 3");
    assert_true(problem(f).n > 0);
    execute_index(f, "UPDATE doc SET text = substr(text, 1, length(text) - 1) WHERE id = 3");
    assert_int_equal(problem(f).n, 0);
    execute_index(f, "INSERT INTO doc VALUES (9, 1, '', '')");
    assert_true(problem(f).n > 0);
    execute_index(f, "DELETE FROM doc WHERE id = 9");
    execute_index(f, "UPDATE term SET n = n + 1 WHERE term = '公交'");
    assert_true(problem(f).n > 0);
    execute_index(f, "UPDATE term SET n = n - 1 WHERE term = '公交'");
    execute_index(f, "INSERT INTO fts (rowid, tokens) VALUES (4, '_o77')");
    assert_true(problem(f).n > 0);
    execute_index(f, "INSERT INTO fts (fts, rowid, tokens) VALUES ('delete', 4, '_o77')");
    assert_int_equal(problem(f).n, 0);
    execute_index(f, "INSERT INTO fts (fts, rowid, tokens) VALUES ('delete', 4, '公交')");
    assert_true(problem(f).n > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(finds_words_of_every_length),
        TEST(contacts_and_other_kinds_are_not_indexed),
        TEST(only_who_may_list_finds),
        TEST(the_public_finds_by_what_it_may_read),
        TEST(follows_what_changes),
        TEST(follows_in_steps),
        TEST(finds_all_that_holds_the_words_and_nothing_else),
        TEST(many_organisations_and_long_queries_work),
        TEST(phrases_that_were_left_out_are_looked_for_in_the_text),
        TEST(erased_text_leaves_the_file),
        TEST(another_journal_starts_again),
        TEST(a_broken_file_is_made_again),
        TEST(readers_see_what_the_follower_wrote),
        TEST(a_reader_knows_that_its_file_was_thrown_away),
        TEST(verify_finds_every_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
