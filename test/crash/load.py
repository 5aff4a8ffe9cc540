# SPDX-License-Identifier: Apache-2.0
"""Concurrent writers with a ledger of their own, kept outside the server's process.

Every request is written down before it is sent and every answer before the next request, in one
append-only file. What was acknowledged must exist for ever; what was sent without an answer may or
may not have happened, and repeating it with its key must settle that without doubling it.
"""
import json
import random
import threading
import uuid

import names
from client import Client


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

    def numbers(self):
        """Number -> key of every acknowledged creation; a number given twice is noted as wrong."""
        with self.lock:
            found = {}
            for key, content in self.acknowledged.items():
                if self.sent[key][0].endswith('/' + names.KIND):
                    other = found.setdefault(content['number'], key)
                    if other != key:
                        self.wrong.append(f'{content["number"]} was given to two submissions')
            return found


class Load:
    """Threads that create public submissions, and some that move them on, until told to stop."""

    def __init__(self, server, ledger, form, writers=16):
        self.server, self.ledger, self.form = server, ledger, form
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
        client, fresh = Client(self.server.port, timeout=30), []
        try:
            mover = number % 4 == 0 and client.sign_in('intake')
            while not self.stopping.is_set():
                if mover and fresh and random.random() < 0.5:
                    record = f'{names.API}/records/{names.KIND}/{fresh.pop()}'
                    body = names.move_body({}, client.get(record).json['version'])
                    self.send(client, str(uuid.uuid4()), f'{record}/moves/accept', body)
                else:
                    path = f'{names.API}/public/records/{names.KIND}'
                    content = self.send(client, str(uuid.uuid4()), path, names.create_body(self.form))
                    if content:
                        fresh.append(content['number'])
        except (OSError, RuntimeError, ValueError):
            pass  # the server was killed under us, which is the point
        except Exception as problem:
            if not self.stopping.is_set() and self.server.port:
                self.ledger.wrong.append(repr(problem))

    def send(self, client, key, path, body):
        """One request, written down on both sides of the wire."""
        self.ledger.intend(key, path, body)
        self.in_flight += 1
        answer = client.post(path, body, key)
        self.in_flight -= 1
        self.ledger.answer(key, answer.status, answer.json)
        if answer.status not in (200, 201):
            self.refused[answer.status] = self.refused.get(answer.status, 0) + 1
            return None
        return answer.json


def settle(server, ledger, some=20):
    """Repeats what had no answer, and some of what had one; every answer must fit the first."""
    client = Client(server.port)
    known = list(ledger.acknowledged)
    staff = Client(server.port).sign_in('intake')
    for key in ledger.unanswered() + random.sample(known, min(some, len(known))):
        path, body = ledger.sent[key]
        sender = staff if '/moves/' in path else client
        answer = sender.post(path, body, key)
        if answer.status >= 500:
            ledger.wrong.append(f'repeat of {key}: {answer!r}')
        ledger.answer(key, answer.status, answer.json)


def missing(server, numbers):
    """Acknowledged numbers that the server does not know."""
    staff = Client(server.port).sign_in('intake')
    return [number for number in numbers
            if staff.get(f'{names.API}/records/{names.KIND}/{number}').status != 200]
