# SPDX-License-Identifier: Apache-2.0
"""What a stranger can do with nothing but an OpenAPI document: find a schema, fill it in, check an answer."""
import datetime

SAMPLES = {'string': '甲', 'integer': 3, 'number': 1.5, 'boolean': True}
FORMATS = {'date': lambda: datetime.date.today().isoformat(), 'binary': lambda: b'x',
           'date-time': lambda: datetime.datetime.now().astimezone().isoformat(timespec='seconds')}
TYPES = {'string': str, 'integer': int, 'number': (int, float), 'boolean': bool, 'object': dict, 'array': list,
         'null': type(None)}


class Document:
    def __init__(self, document):
        self.document = document
        self.schemas = document['components']['schemas']
        self.orgs = []  # of GET /orgs, when somebody asked

    def find(self, reference):
        """What a $ref points to; KeyError when it points nowhere."""
        place = self.document
        for part in reference.removeprefix('#/').split('/'):
            place = place[part.replace('~1', '/').replace('~0', '~')]
        return place

    def references(self, part=None):
        part = self.document if part is None else part
        if isinstance(part, dict):
            if isinstance(part.get('$ref'), str):
                yield part['$ref']
            part = list(part.values())
        for child in part if isinstance(part, list) else []:
            yield from self.references(child)

    def operation(self, method, path):
        return self.document['paths'][path][method.lower()]

    def parameters(self, method, path):
        listed = [self.find(p['$ref']) if '$ref' in p else p for p in self.operation(method, path)['parameters']]
        return {(p['in'], p['name']): p for p in listed}

    def body(self, method, path):
        return self.operation(method, path)['requestBody']['content']['application/json']['schema']

    def members(self, schema):
        """Properties and required names of an object, with what allOf adds."""
        schema = self.find(schema['$ref']) if '$ref' in schema else schema
        properties, required = dict(schema.get('properties', {})), list(schema.get('required', []))
        for part in schema.get('allOf', []):
            more, names = self.members(part)
            properties.update(more)
            required += names
        return properties, required

    def sample(self, schema):
        """A value the schema allows."""
        if 'enum' in schema:
            return schema['enum'][0]
        if schema.get('type') == 'array':
            return [self.sample(schema['items'])]
        if schema.get('to') == 'org':
            return self.orgs[0]['code']
        if schema.get('format') in FORMATS:
            return FORMATS[schema['format']]()
        if schema['type'] == 'string':
            return SAMPLES['string'] * max(schema.get('minLength', 1), 1)
        return max(SAMPLES[schema['type']], schema.get('minimum', 0))

    def fill(self, name, **given):
        """The form called `name` with its required fields; `given` says what a sample cannot know."""
        schema = self.schemas[name]
        assert set(given) <= set(schema['properties']), set(given) - set(schema['properties'])
        form = {field: self.sample(schema['properties'][field])
                for field in schema['required'] if field not in given}
        return form | given

    def faults(self, value, schema, where='$'):
        """Where the value is not as the schema says; a member that is not declared is a fault too."""
        if '$ref' in schema:
            return self.faults(value, self.find(schema['$ref']), where)
        if 'anyOf' in schema:
            tried = [self.faults(value, one, where) for one in schema['anyOf']]
            return [] if [] in tried else tried[0]
        types = schema.get('type', [])
        types = [types] if isinstance(types, str) else types
        if types and not any(isinstance(value, TYPES[t]) and (t == 'boolean' or not isinstance(value, bool))
                             for t in types):
            return [f'{where}: {value!r} is not {types}']
        if 'enum' in schema and value not in schema['enum']:
            return [f'{where}: {value!r} is not in the enum']
        if isinstance(value, list):
            return [f for i, one in enumerate(value) for f in self.faults(one, schema['items'], f'{where}[{i}]')]
        if isinstance(value, dict) and 'properties' in schema:
            return self.object_faults(value, schema, where)
        return []

    def object_faults(self, value, schema, where):
        faults = [f'{where}.{name} is missing' for name in schema['required'] if name not in value]
        for name, one in value.items():
            if name in schema['properties']:
                faults += self.faults(one, schema['properties'][name], f'{where}.{name}')
            else:
                faults.append(f'{where}.{name} is not declared')
        return faults

    def answer_faults(self, method, path, answer):
        """Where an answer is not as the operation describes it."""
        responses = self.operation(method, path)['responses']
        described = responses.get(str(answer.status)) or responses.get(f'{answer.status // 100}XX')
        described = described or responses['default']
        schema = described.get('content', {}).get('application/json', {}).get('schema')
        return self.faults(answer.json, schema) if schema else []
