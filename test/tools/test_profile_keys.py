# SPDX-License-Identifier: Apache-2.0
"""doc/profile-format.md names every key that the profile's loader accepts, in the section it belongs
to. The loader is read as text: each check_keys(…, S("a b c")) lists the keys of one map."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CALL = re.compile(r'check_keys\(\s*\w+,\s*[^;]*?\);', re.DOTALL)
# Where a builder's keys are described; a file that is not named here may speak anywhere.
SECTIONS = {
    'build_kind.c': ['kind'], 'build_field.c': ['kind'],
    'build_flow.c': ['flow'], 'build_move.c': ['flow'], 'build_effect.c': ['flow'], 'build_clock.c': ['flow'],
    'build_basic.c': ['profile', 'choices', 'role', 'routing', 'scan'],
    'build_indicator.c': ['indicator and figure'], 'build_figure.c': ['indicator and figure'],
    'build_briefing.c': ['briefing'],
}


def loader_keys():
    """(file, key) for each key of each map."""
    for path in sorted((ROOT / 'src' / 'profile').glob('*.c')):
        for call in CALL.findall(path.read_text(encoding='utf-8')):
            for words in re.findall(r'S\(((?:\s*"[^"]*")+)\)', call):
                for key in ''.join(re.findall(r'"([^"]*)"', words)).split():
                    yield path.name, key


def sections(text):
    """Heading → text below it; the whole document under the empty heading."""
    parts = re.split(r'^## (.*)$', text, flags=re.MULTILINE)
    return {'': text, **dict(zip(parts[1::2], parts[2::2]))}


def is_named(key, text):
    """As `key`, or as the key of a map in an example."""
    return re.search(rf'(?<![\w.]){key}:(\s|$)|`{key}`|`{key}:', text, re.MULTILINE) is not None


class Keys(unittest.TestCase):
    def setUp(self):
        self.parts = sections((ROOT / 'doc' / 'profile-format.md').read_text(encoding='utf-8'))

    def test_the_loader_can_be_read(self):
        keys = set(loader_keys())
        self.assertGreater(len(keys), 100)
        for sample in (('build_kind.c', 'makes_office'), ('build_field.c', 'preset'), ('build_move.c', 'freezes'),
                       ('build_clock.c', 'pausable'), ('build_indicator.c', 'distinct')):
            self.assertIn(sample, keys)

    def test_a_missing_key_would_be_seen(self):
        self.assertFalse(is_named('makes_office', '# makes_offices: true, remakes_office: true'))
        self.assertTrue(is_named('makes_office', 'makes_office: true'))

    def test_every_key_is_described(self):
        for file, key in loader_keys():
            described = ''.join(self.parts[name] for name in SECTIONS.get(file, ['']))
            with self.subTest(file=file, key=key):
                self.assertTrue(is_named(key, described), f'{key} ({file}) is not in doc/profile-format.md')
