# SPDX-License-Identifier: Apache-2.0
import check_memory
import check_paths
import check_sql
from planted import PlantedCase


class Memory(PlantedCase):
    def test_arena_and_library_adapters_may(self):
        self.plant('src/base/arena.c', 'void *p = malloc(3);\n')
        self.plant('src/api/json_read.c', '#include <jansson.h>\nvoid f(char *p)\n{\n    free(p);\n}\n')
        self.assertNone(check_memory)

    def test_everything_else_may_not(self):
        self.plant('src/page/a.c', '/* malloc(1) */\nchar *s = "free(x)";\nvoid *p = calloc(1, 2);\n')
        self.assertOne(check_memory, 'src/page/a.c:3', 'calloc')

    def test_handing_free_to_someone(self):
        self.plant('src/page/a.c', 'arena_defer(arena, free, pointer);\nx.free(y);\nlist_free(z);\n')
        self.assertOne(check_memory, 'src/page/a.c:1')


class Sql(PlantedCase):
    def test_statement_in_a_page(self):
        self.plant('src/page/a.c', '\nrun("SELECT number FROM record");\n')
        self.assertOne(check_sql, 'src/page/a.c:2')

    def test_other_statements(self):
        for number, text in enumerate(('INSERT OR IGNORE INTO a', 'UPDATE a SET b = 1', 'PRAGMA user_version',
                                       'DELETE FROM a', 'CREATE TABLE a (b)', 'BEGIN IMMEDIATE')):
            self.plant(f'src/org/f{number}.c', f'run("{text}");\n')
        self.assertEqual(len(self.found(check_sql)), 6)

    def test_prose_comments_and_exceptions_pass(self):
        self.plant('src/page/a.c', '/* SELECT a FROM b */ show("select a kind");\n')
        self.plant('src/db/db.c', 'run("PRAGMA journal_mode=WAL");\n')
        self.plant('src/record/record_query.c', 'add("SELECT id FROM record");\n')
        self.assertNone(check_sql)


class Paths(PlantedCase):
    def test_home_folder_registry_and_resolved(self):
        self.plant('a.md', 'see /' + 'home/somebody/x\n')
        self.plant('b.json', '"resol' + 'ved": "x"\n')
        self.plant('c.sh', 'curl https://registry' + '.example.org/x\n')
        self.assertEqual(len(self.found(check_paths)), 3)

    def test_plain_text_passes(self):
        self.plant('a.md', 'the page /work shows https://example.org/home and /root of the tree\n')
        self.assertNone(check_paths)
