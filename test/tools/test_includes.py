# SPDX-License-Identifier: Apache-2.0
import check_includes as check
from planted import PlantedCase


class Rooms(PlantedCase):
    def test_lower_floor_and_own_room_pass(self):
        self.plant('src/page/desk.c', '#include "page/layout.h"\n#include "view/desk.h"\n#include "base/str.h"\n')
        self.assertNone(check)

    def test_upward_include_is_named_with_its_line(self):
        self.plant('src/db/db.c', '#include "base/str.h"\n\n#include "record/record.h"\n')
        self.assertOne(check, 'src/db/db.c:3', 'record/record.h')

    def test_page_and_api_never_include_each_other(self):
        self.plant('src/page/desk.c', '#include "api/api.h"\n')
        self.plant('src/api/api_record.c', '#include "page/page.h"\n')
        self.assertEqual(len(self.found(check)), 2)

    def test_siblings_are_refused(self):
        for room, other in (('record', 'figure'), ('figure', 'record'), ('report', 'change'),
                            ('ledger', 'org'), ('view', 'task'), ('http', 'write')):
            with self.subTest(room=room):
                self.plant(f'src/{room}/x.c', f'#include "{other}/x.h"\n')
                self.assertOne(check, f'src/{room}/x.c:1')
                (self.root / f'src/{room}/x.c').unlink()

    def test_rule_is_first_on_its_floor(self):
        for room in ('org', 'ledger', 'search'):
            self.plant(f'src/{room}/x.c', '#include "rule/facts.h"\n')
        self.assertNone(check)
        self.plant('src/rule/rule.c', '#include "org/org.h"\n')
        self.assertOne(check, 'src/rule/rule.c:1')

    def test_audit_may_fold_but_not_open_the_door(self):
        self.plant('src/audit/rebuild.c', '#include "change/fold.h"\n')
        self.assertNone(check)
        for header in ('change', 'draft'):
            self.plant('src/audit/rebuild.c', f'#include "change/{header}.h"\n')
            self.assertOne(check, f'change/{header}.h')

    def test_the_second_program_stays_apart(self):
        self.plant('src/document/main.c', '#include "base/err.h"\n#include "write/paper.h"\n'
                   '#include "document/verb.h"\n')
        self.assertNone(check)
        for header in ('db/db.h', 'profile/profile.h', 'child/child.h', 'cli/cli.h'):
            self.plant('src/document/main.c', f'#include "{header}"\n')
            self.assertOne(check, 'src/document/main.c:1', 'program of its own')
        self.plant('src/document/main.c', '')
        for room in ('cli', 'page', 'write'):
            self.plant(f'src/{room}/x.c', '#include "document/verb.h"\n')
            self.assertOne(check, f'src/{room}/x.c:1')
            (self.root / f'src/{room}/x.c').unlink()

    def test_unknown_room_and_missing_room(self):
        self.plant('src/page/desk.c', '#include "utils/x.h"\n#include "layout.h"\n')
        self.assertEqual(len(self.found(check)), 2)
        self.plant('src/helpers/x.c', '')
        self.assertEqual(len(self.found(check)), 3)

    def test_generated_headers_and_comments_pass(self):
        self.plant('src/base/message.h', '#include "message_ids.h"\n/* #include "cli/x.h" */\n')
        self.assertNone(check)


class Libraries(PlantedCase):
    def test_one_adapter_passes_libc_is_free(self):
        self.plant('src/db/db_sqlite.c', '#include <sqlite3.h>\n#include <sys/stat.h>\n#include <time.h>\n')
        self.plant('src/http/http.c', '#include <time.h>\n#include <netinet/in.h>\n')
        self.assertNone(check)

    def test_two_files_with_one_library(self):
        self.plant('src/db/a.c', '#include <sqlite3.h>\n')
        self.plant('src/search/b.c', '#include <sqlite3.h>\n')
        self.assertEqual(len(self.found(check)), 2)

    def test_two_headers_of_one_library_are_one_library(self):
        self.plant('src/ledger/a.c', '#include <openssl/evp.h>\n')
        self.plant('src/org/b.c', '#include <openssl/rand.h>\n')
        self.assertEqual(len(self.found(check)), 2)

    def test_library_in_a_header(self):
        self.plant('src/db/db.h', '#include <sqlite3.h>\n')
        self.assertOne(check, 'src/db/db.h:1', 'adapter')
