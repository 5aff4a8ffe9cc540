# SPDX-License-Identifier: Apache-2.0
"""Concurrent writers with a ledger of their own, kept outside the server's process.

Every request is written down before it is sent and every answer before the next request, in one
append-only file. What was acknowledged must exist for ever; what was sent without an answer may or
may not have happened, and repeating it with its key must settle that without doubling it.

Of every four writers one is a desk that enters requests and moves matters on; the others are the
public. Each creation carries a mark of its own in its title, so that a doubled one is seen in the
records themselves, whatever numbers were given.
"""
import csv
import io
import json
import random
import threading
import uuid

import names
from client import Client
from sites import must

MOVE = 'accept'
PUBLIC = f'{names.API}/public/records/{names.KIND}'
DESK = f'{names.API}/records/{names.REQUEST}'


def new_key():
    """Short and letters only, to fit a title: a scanner may take digits for somebody's phone."""
    return uuid.uuid4().hex[:24].translate(str.maketrans('0123456789', 'ghijklmnop'))


class Ledger:
    """Key -> what was sent and what was answered."""

    def __init__(self, file):
        self.file = open(file, 'a', encoding='utf-8')
        self.lock = threading.Lock()
        self.sent, self.acknowledged, self.wrong = {}, {}, []

    def write(self, **line):
        self.file.write(json.dumps(line, ensure_ascii=False) + '\n')
        self.file.flush()

    def intend(self, key, path, body):
        with self.lock:
            self.sent[key] = (path, body)
            self.write(key=key, path=path, body=body)

    def answer(self, key, status, content):
        """Notes an answer; an earlier answer to the same key must be the same one."""
        with self.lock:
            self.write(key=key, status=status, answer=content)
            if status not in (200, 201):
                if key in self.acknowledged:
                    self.wrong.append(f'{key} was acknowledged, its repeat answered {status}: {content}')
                else:
                    self.sent.pop(key, None)
                return
            content = {'number': content.get('number'), 'version': content.get('version')}
            first = self.acknowledged.setdefault(key, content)
            if first != content:
                self.wrong.append(f'{key} answered {first}, then {content}')

    def unanswered(self):
        with self.lock:
            return [key for key in self.sent if key not in self.acknowledged]

    def creations(self):
        """Key -> (path, number) of every acknowledged creation; a number given twice is wrong."""
        with self.lock:
            owners, found = {}, {}
            for key, content in self.acknowledged.items():
                path = self.sent[key][0]
                if path not in (PUBLIC, DESK):
                    continue
                found[key] = (path, content['number'])
                if owners.setdefault(content['number'], key) != key:
                    self.wrong.append(f'{content["number"]} was given to two submissions')
            return found

    def moves(self):
        """Key -> (path of the record, version) of every acknowledged move."""
        with self.lock:
            return {key: (self.sent[key][0].rpartition('/moves/')[0], content['version'])
                    for key, content in self.acknowledged.items() if '/moves/' in self.sent[key][0]}


class Forms:
    """What the writers fill in, taken from the kinds the server describes."""

    def __init__(self, desk):
        matter = desk.get(f'{names.API}/kinds/{names.KIND}').json
        request = desk.get(f'{names.API}/kinds/{names.REQUEST}').json
        self.create = {PUBLIC: names.fill(names.fields_of(matter)),
                       DESK: names.fill(names.fields_of(request))}
        self.move = names.fill(names.fields_of(matter, MOVE))

    def new(self, path, key):
        return names.create_body({**self.create[path], 'title': f'建议 {key}'})


class Load:
    """Threads that submit, and desks that enter and move, until told to stop."""

    def __init__(self, server, ledger, forms, token, writers=16):
        self.server, self.ledger, self.forms, self.token = server, ledger, forms, token
        self.port = server.port
        self.stopping = threading.Event()
        self.in_flight = 0
        self.refused = {}
        self.threads = [threading.Thread(target=self._work, args=(n,), daemon=True) for n in range(writers)]

    def start(self):
        for thread in self.threads:
            thread.start()
        return self

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)

    def _work(self, number):
        client, fresh, desk = Client(self.port, timeout=30), [], number % 4 == 0
        client.token = self.token if desk else None
        try:
            while not self.stopping.is_set():
                if desk and fresh:
                    self._move_on(client, fresh.pop())
                elif desk and random.random() < 0.5:
                    self.create(client, DESK)
                else:
                    content = self.create(client, PUBLIC)
                    if desk and content:
                        fresh.append(content['number'])
        except (OSError, ValueError):
            pass  # the server was killed under us, which is the point
        except Exception as problem:
            self.ledger.wrong.append(f'a writer broke: {problem!r}')

    def create(self, client, path):
        key = new_key()
        return self.send(client, key, path, self.forms.new(path, key))

    def _move_on(self, client, number):
        record = f'{names.API}/records/{names.KIND}/{number}'
        version = client.get(record).json['version']
        self.send(client, new_key(), f'{record}/moves/{MOVE}', names.move_body(self.forms.move, version))

    def send(self, client, key, path, body):
        """One request, written down on both sides of the wire."""
        self.ledger.intend(key, path, body)
        self.in_flight += 1
        answer = client.post(path, body, key)
        self.in_flight -= 1
        self.ledger.answer(key, answer.status, answer.json)
        if answer.status not in (200, 201):
            self.refused.setdefault(answer.status, repr(answer))
            return None
        return answer.json


def with_token(port, token):
    client = Client(port)
    client.token = token
    return client


def settle(server, ledger, token, some=20):
    """Repeats what had no answer, and some of what had one; every answer must fit the first."""
    public, desk = Client(server.port), with_token(server.port, token)
    known = list(ledger.acknowledged)
    for key in ledger.unanswered() + random.sample(known, min(some, len(known))):
        path, body = ledger.sent[key]
        answer = (public if path == PUBLIC else desk).post(path, body, key)
        if answer.status >= 500:
            ledger.wrong.append(f'repeat of {key}: {answer!r}')
        ledger.answer(key, answer.status, answer.json)


def missing(server, token, creations):
    """Acknowledged creations that the server does not know. `creations` as of Ledger.creations."""
    desk = with_token(server.port, token)
    kinds = {PUBLIC: names.KIND, DESK: names.REQUEST}
    return [f'{number} was acknowledged and is gone' for path, number in creations.values()
            if desk.get(f'{names.API}/records/{kinds[path]}/{number}').status != 200]


def undone(server, token, moves):
    """Acknowledged moves that the record's history does not show. `moves` as of Ledger.moves."""
    desk, wrong = with_token(server.port, token), []
    for record, version in moves.values():
        history = desk.get(f'{record}/history')
        entries = history.json['entries'] if history.status == 200 else []
        if not any(e['sequence'] == version and e['move'] == MOVE for e in entries):
            wrong.append(f'{MOVE} of {record} was acknowledged as {version} and is gone')
    return wrong


def doubled(site, ledger):
    """Every mark is on exactly one record when acknowledged, else on none or one: the records as the
    command line exports them."""
    seen, wrong = {}, []
    for kind in (names.KIND, names.REQUEST):
        for row in csv.reader(io.StringIO(must('export', kind, '--site', site).lstrip('\ufeff'))):
            for cell in row:
                if cell.startswith('建议 ') and cell[3:] in ledger.sent:
                    seen.setdefault(cell[3:], []).append(row[0])
    for key in ledger.creations():
        if key not in seen:
            wrong.append(f'{key} was acknowledged and is in no list')
    return wrong + [f'{key} made {numbers}' for key, numbers in seen.items() if len(numbers) > 1]
