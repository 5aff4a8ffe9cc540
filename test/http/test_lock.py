# SPDX-License-Identifier: Apache-2.0
"""A locked period: nothing changes its figures until a second person lets it be reopened."""
import shutil

import names
from cases import SiteCase
from sites import must

MOVES = f'{names.API}/records/period_lock/{{}}/moves/{{}}'


class Lock(SiteCase):
    def lock(self, place='TL', start='2023-01-01', end='2023-06-30'):
        form = {'title': '上半年', 'place': place, 'from_on': start, 'until_on': end, 'reason': '半年报已报出'}
        made = self.person('office').post(f'{names.API}/records/period_lock', {'form': form})
        self.assertEqual(made.status, 201, made)
        return made.json['number']

    def session(self, day, place='TL'):
        form = {**self.form('reception_session'), 'title': '补录场次', 'held_on': day, 'place': place}
        return self.person('office').post(f'{names.API}/records/reception_session', {'form': form, 'at': f'{day}T10:00:00+08:00'})

    def decide(self, who, lock, move, form=None):
        version = self.person(who).get(f'{names.API}/records/period_lock/{lock}').json['version']
        return self.person(who).post(MOVES.format(lock, move), {'form': form or {}, 'version': version})

    def assertRefused(self, answer, lock):
        self.assertEqual(answer.status, 409, answer)
        self.assertIn(lock, str(answer.json))

    def lift(self, lock):
        asked = self.decide('office', lock, 'reopen', {'reopen_reason': '漏登一场'})
        self.assertIn(asked.status, (200, 201), asked)
        return asked

    def test_figures_of_a_locked_period_stay_until_it_is_reopened(self):
        lock = self.lock()
        before = self.figures()
        self.assertRefused(self.session('2023-05-10'), lock)
        self.assertEqual(self.session('2023-08-10').status, 201, 'outside the period')
        self.lift(lock)
        self.assertRefused(self.session('2023-05-10'), lock)
        self.assertEqual(self.decide('office', lock, 'approve').status, 403, 'not by oneself')
        done = self.decide('reviewer', lock, 'approve')
        self.assertEqual(done.status, 200, done)
        self.assertEqual(self.session('2023-05-10').status, 201)
        self.assertNotEqual(self.figures(), before)
        again = self.decide('office', lock, 'relock')
        self.assertEqual(again.status, 200, again)
        self.assertRefused(self.session('2023-05-11'), lock)
        self.rebuild_a_copy()
        self.lift(lock)
        self.decide('reviewer', lock, 'approve')

    def rebuild_a_copy(self):
        """Neither rebuilding nor verifying asks a lock."""
        self.verify()
        copy = self.site.parent / 'copy-of-locked'
        shutil.copytree(self.site, copy, ignore=shutil.ignore_patterns('*.sock'))
        must('rebuild', '--site', copy)
        must('verify', '--site', copy)

    def test_a_lock_holds_below_its_organisation_only(self):
        lock = self.lock(place='340706000000', start='2023-02-01', end='2023-02-28')
        self.assertRefused(self.session('2023-02-10', '340706000000'), lock)
        self.assertEqual(self.session('2023-02-10', 'TL').status, 201)

    def test_without_a_reason_there_is_neither(self):
        form = {'title': '无理由', 'place': 'TL', 'from_on': '2022-01-01', 'until_on': '2022-12-31'}
        self.assertEqual(self.person('office').post(f'{names.API}/records/period_lock', {'form': form}).status, 422)
        lock = self.lock(start='2022-01-01', end='2022-12-31')
        self.assertEqual(self.decide('office', lock, 'reopen').status, 422)
