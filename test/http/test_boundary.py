# SPDX-License-Identifier: Apache-2.0
"""What may not be held about a person is refused at every door: schema, profiles, forms, sheets.

The words here are a list of their own, not the program's: a word that the program forgot would pass there."""
import pathlib
import re
import shutil
import tempfile

import names
from cases import SiteCase
from sites import ROOT, tongxin

CITIES = sorted(path.parent.name for path in (ROOT / 'profiles').glob('*/profile.yaml'))
# of a person; a name that is one of these, or ends with one
CHINESE = ('民族', '宗教信仰', '政治面貌', '党派', '界别', '籍贯', '信仰', '政治倾向', '家庭成员', '海外关系')
ENGLISH = {'ethnicity', 'ethnic', 'nationality', 'religion', 'religious', 'faith', 'belief', 'creed',
           'affiliation', 'ancestry', 'birthplace', 'kinship'}
FORBIDDEN = [('ethnicity', '民族', 'Ethnicity'), ('faith', '宗教信仰', 'Religious faith'),
             ('party_membership', '政治面貌', 'Political affiliation'), ('native_place', '籍贯', 'Native place')]


def is_personal(name, label=''):
    return bool(ENGLISH & set(name.lower().split('_'))) or label.endswith(CHINESE)


def fields_of(city):
    """(name, Chinese label) of every field that the files of a city, of the base or of a part define."""
    for path in sorted((ROOT / 'profiles' / city).rglob('*.yaml')):
        for name, rest in re.findall(r'\{(?:name|field): (\w+)(.*)', path.read_text(encoding='utf-8')):
            label = re.search(r'label: \{zh: "?([^,"}]*)', rest)
            yield name, label.group(1) if label else ''


class Boundary(SiteCase):
    def test_the_schema_has_no_such_column(self):
        columns = re.findall(r'(\w+) +(?:INTEGER|TEXT|BLOB)\b',
                             ''.join(path.read_text() for path in (ROOT / 'sql/schema').glob('*.sql')), re.M)
        self.assertGreater(len(columns), 80)
        self.assertEqual([column for column in columns if is_personal(column)], [])

    def test_no_profile_has_such_a_field(self):
        for city in [*CITIES, 'parts']:
            fields = list(fields_of(city))
            with self.subTest(city=city):
                self.assertEqual([field for field in fields if is_personal(*field)], [])
        self.assertGreater(len(list(fields_of('parts'))), 100)

    def test_no_kind_takes_such_a_field(self):
        with tempfile.TemporaryDirectory() as folder:
            profiles = pathlib.Path(folder) / 'profiles'
            shutil.copytree(ROOT / 'profiles', profiles)
            parts = sorted(path.name for path in (profiles / 'parts').iterdir())
            texts = ''.join(path.read_text(encoding='utf-8') for layer in ('base', 'parts')
                            for path in (profiles / layer).rglob('*.yaml'))
            kinds = sorted(set(re.findall(r'^kind: (\w+)', texts, re.M)))
            documents = [f'profile: other\nextends: base\nparts: [{", ".join(parts)}]\n'
                         'label: {zh: 某市, en: A city}\noffice: {zh: 某办, en: An office}\n']
            documents += [f'kind: {kind}\nfields:\n' + ''.join(
                f'  - {{name: remark_{name[0]}, type: text, label: {{zh: {zh}, en: Remark}}}}\n'
                for name, zh, _ in FORBIDDEN) for kind in kinds]
            (profiles / 'other').mkdir()
            (profiles / 'other/profile.yaml').write_text('---\n'.join(documents), encoding='utf-8')
            done = tongxin('check', profiles / 'other')
            refused = re.findall(r'^other/profile\.yaml:(\d+):', done.stdout + done.stderr, re.M)
            self.assertEqual(len(set(refused)), len(kinds) * len(FORBIDDEN), done.stdout + done.stderr)

    def test_no_sheet_may_bring_such_a_column(self):
        sheet = pathlib.Path(self.site).parent / 'boundary.csv'
        for _, zh, _ in FORBIDDEN:
            sheet.write_text(f'Topic,Day,Area,{zh}\nA topic,2023-03-01,TL,x\n', encoding='utf-8')
            done = tongxin('import', '--site', self.site, 'reception_session', sheet, '--dry-run',
                           env={'TONGXIN_LANG': 'en'})
            with self.subTest(column=zh):
                self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
                self.assertIn(zh, done.stdout + done.stderr)

    def test_no_form_takes_such_a_value(self):
        for name, _, _ in FORBIDDEN:
            body = names.create_body({**self.form(), name: 'x'})
            answer = self.anyone().post(f'{names.API}/public/records/{names.KIND}', body)
            with self.subTest(field=name):
                self.assertEqual(answer.status, 422, answer)
                self.assertIn(name, answer.text)

    def test_what_is_served_names_no_such_field(self):
        forms = self.anyone().get(f'{names.API}/openapi.json').json['components']['schemas']
        properties = {name for schema in forms.values() for name in schema.get('properties', {})}
        self.assertGreater(len(properties), 100)
        self.assertEqual([name for name in properties if is_personal(name)], [])
