// SPDX-License-Identifier: Apache-2.0
// Every page at two widths in two languages: no error, no sideways scroll, axe finds nothing serious.

import { judge, person, shot } from './browser.mjs';
import { check, test } from './tap.mjs';

/** name, path (or how to find one), who looks. */
export const PAGES = [
  { name: 'portal', path: '/' },
  { name: 'submit', path: '/submit/suggestion' },
  { name: 'submit-request', path: '/submit/enterprise_request' },
  { name: 'track', path: '/track' },
  { name: 'targets', path: '/targets' },
  { name: 'answers', path: '/answers' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'ledger', path: '/ledger' },
  { name: 'verify', path: '/verify' },
  { name: 'help', path: '/help' },
  { name: 'not-found', path: '/no-such-page', status: 404 },
  { name: 'desk-intake', path: '/desk', login: 'intake' },
  { name: 'desk-unit', path: '/desk', login: 'unit' },
  { name: 'list', path: '/records/enterprise_request', login: 'leader' },
  { name: 'list-disputes', path: '/records/dispute', login: 'mediator' },
  { name: 'record', path: async (site) => `/records/enterprise_request/${await site.some('enterprise_request')}`, login: 'leader' },
  { name: 'record-dispute', path: async (site) => `/records/dispute/${await site.some('dispute')}`, login: 'mediator' },
  { name: 'session', path: async (site) => `/records/reception_session/${await site.some('reception_session')}`, login: 'office' },
  { name: 'organisations', path: '/records/org', login: 'leader' },
  { name: 'figures', path: '/figures', login: 'leader' },
  { name: 'figure', path: '/figures/reception_closed', login: 'leader' },
  { name: 'board', path: '/board', login: 'leader' },
  { name: 'calendar', path: '/calendar', login: 'leader' },
  { name: 'briefings', path: '/briefings', login: 'press' },
  { name: 'search', path: '/search?q=公交', login: 'intake' },
  { name: 'admin', path: '/admin', login: 'admin' },
];

export async function visitAll(browser, site, only) {
  for (const language of ['zh', 'en']) {
    for (const width of [1280, 390]) {
      const people = new Map();
      for (const entry of PAGES.filter((one) => !only || one.name.includes(only))) {
        await test(`${entry.name} ${language} ${width}`, async () => {
          const key = entry.login ?? '';
          if (!people.has(key)) people.set(key, await person(browser, site, { login: entry.login, language, width }));
          const who = people.get(key);
          who.troubles.length = 0;
          const path = typeof entry.path === 'function' ? await entry.path(site) : entry.path;
          const answer = await who.page.goto(path, { waitUntil: 'load' });
          check(answer.status() === (entry.status ?? 200), `${path}: ${answer.status()}`);
          if (entry.status) who.troubles.length = 0; // the browser itself reports a 404 as an error
          await shot(who.page, `${entry.name}-${language}-${width}`);
          await judge(who);
        });
      }
      for (const who of people.values()) await who.close();
    }
  }
}
