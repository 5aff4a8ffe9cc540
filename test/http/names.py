# SPDX-License-Identifier: Apache-2.0
"""Every name and JSON shape the HTTP tests take from the profile and the API, in one place.

Shapes (the answer of GET /api/v1/kinds/{kind} is what forms are filled from):
    kind     {kind, label, fields: [field], states: [{name, …}], moves: [{move, from, to, form: [field]}]}
    field    {name, type, required, public, max?, choices?: [{code, label}]}
    record   {number, kind, version, status, result, fields: {name: value}, texts: {name: text}, moves, clock, …}
    list     {records: [record], next}
    figure   {figure, label, value, unit, numerator?, denominator?};   list {figures: [figure]}
    error    {error: {code, message, hint, field?, fields?: [{field, message}]}}
"""
import datetime

API = '/api/v1'
KIND = 'suggestion'              # a kind the public may submit
REQUEST = 'enterprise_request'
ACCOUNTS = ['intake', 'reviewer', 'dispatcher', 'unit', 'head', 'unit2', 'district', 'mediator',
            'office', 'supervisor', 'press', 'leader', 'auditor', 'admin']

# The loop of one matter: (who, move, form). A value that is callable gets the Loop object.
LOOP = [
    ('intake', 'accept', {}),
    ('dispatcher', 'assign', {'lead': lambda loop: loop.org_of('unit')}),
    ('unit', 'acknowledge', {}),
    ('unit', 'reply', {'reply': '已在学校南侧划设限时车位,并安排志愿者引导。', 'result': 'resolved'}),
    ('head', 'approve', {}),     # the second person; refusing is the move `refuse` with a reason
]
CLOSE = ('supervisor', 'close', {})
RATING = {'attitude_rating': 'satisfied', 'outcome_rating': 'satisfied', 'rating_reason': '办得快'}
WATCHER = 'auditor'              # sees every kind, also disputes, of which the leader sees counts only
VOID_REASON = '重复录入'

# figures.tsv of the demo site of Tongling: ids and values as published for 2023
SEED_FIGURES = {
    'reception_sessions': 23, 'reception_entrepreneurs': 248, 'reception_issues': 129,
    'reception_closed': 120, 'mediation_accepted': 1490, 'mediation_success': 1125,
}
SEED_RANGE = {'from': '2023-01-01', 'to': '2023-12-31'}

BRIEFING = 'reception_year'      # a briefing template
BRIEFING_ISSUE = 'JB-2023-001'   # one that the demo site has published
PUBLIC_PAGES = ['/', f'/submit/{KIND}', '/track', '/answers', '/sign-in', '/ledger',
                '/verify', '/help', '/figures', '/figures/reception_closed', '/organisations',
                '/calendar', '/briefings']
STAFF_PAGES = ['/desk', '/board', f'/records/{KIND}', f'/records/{REQUEST}', '/search']

HEADER_SECONDS = 10              # http/limits.h: HTTP_HEADER_MS
BODY_SECONDS = 15                # HTTP_BODY_MS; trickling adds one second for every 2048 bytes
PLACE = 'TL'                     # code of the city, for required organisations of a form
UNICODE_SAMPLE = '第二小学 <b>"&\' 𠮷 🚌'

SAMPLE = {
    'text': lambda f: ('建议在第二小学周边划设限时接送车位 ' + UNICODE_SAMPLE)[:min(f.get('max') or 30, 60)],
    'long_text': lambda f: '每天上下学时段,门前道路被接送车辆堵住,公交车难以通行。' + UNICODE_SAMPLE,
    'number': lambda f: 3,
    'decimal': lambda f: '1.5',
    'money': lambda f: '12000.00',
    'date': lambda f: datetime.date.today().isoformat(),
    'yes_no': lambda f: True,
    'choice': lambda f: f['choices'][0]['code'],
    'choices': lambda f: [f['choices'][0]['code']],
    'phone': lambda f: '13800000000',
    'contact': lambda f: '王先生',
    'code': lambda f: 'A-1',
    'place': lambda f: f['choices'][0]['code'] if f.get('choices') else PLACE,
    'organisation': lambda f: f['choices'][0]['code'] if f.get('choices') else PLACE,
}


def create_body(form):
    return {'form': form}


def move_body(form, version):
    return {'form': form, 'version': version}


def fields_of(description, move=None):
    if move is None:
        return description['fields']
    return next((m['form'] for m in description['moves'] if m['move'] == move), [])


def fill(fields, given=None, optional=False):
    """A form with every required field (or all that are known) filled by its type."""
    form = {f['name']: SAMPLE[f['type']](f) for f in fields
            if (f.get('required') or optional) and f['type'] in SAMPLE and f['name'] not in (given or {})}
    form.update(given or {})
    return form


def as_texts(form):
    """The form as a browser sends it."""
    return {name: ('1' if value else '0') if isinstance(value, bool) else str(value) for name, value in form.items()}


def wrong_fields(error):
    """Names of all wrong fields an error reports."""
    names = [entry['field'] for entry in error.get('fields', [])]
    return names or ([error['field']] if error.get('field') else [])


def records_of(listing):
    return listing['records']


def figures_of(listing):
    return {entry['figure']: entry['value'] for entry in listing['figures']}
