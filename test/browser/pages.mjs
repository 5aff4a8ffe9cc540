// SPDX-License-Identifier: Apache-2.0
// Every page at two widths, in two languages, in dark and on paper: no error, no sideways scroll, axe
// finds nothing serious.

import { judge, person, shot } from './browser.mjs';
import { check, test } from './tap.mjs';

const first = (kind, query, login) => async (site) => `/records/${kind}/${await site.some(kind, query, login)}`;

/** A record that waits for the second person. */
const waiting = (login) => async (site) => {
  const found = (await site.get('/desk', login)).records.find((record) => record.pending);
  if (!found) throw new Error(`nothing waits for ${login}`);
  return `/records/${found.kind}/${found.number}`;
};

/** name, path (or how to find one), who looks. */
export const PAGES = [
  { name: 'portal', path: '/' },
  { name: 'submit', path: '/submit/suggestion' },
  { name: 'submit-request', path: '/submit/enterprise_request' },
  { name: 'submit-dispute', path: '/submit/dispute' },
  { name: 'track', path: '/track' },
  { name: 'track-wrong', path: '/track?number=QS-2023-00001&code=0000000000' },
  { name: 'answers', path: '/answers' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'ledger', path: '/ledger' },
  { name: 'ledger-entry', path: '/ledger?entry=30' },
  { name: 'ledger-number', path: '/ledger?entry=QS-2023-00001' },
  { name: 'verify', path: '/verify' },
  { name: 'verify-stands', path: '/verify?figure=reception_closed&value=120&date=2023-12-29' },
  { name: 'help', path: '/help' },
  { name: 'not-found', path: '/no-such-page', status: 404 },
  { name: 'forbidden', path: '/admin', login: 'unit', status: 403 },
  { name: 'desk-intake', path: '/desk', login: 'intake' },
  { name: 'desk-unit', path: '/desk', login: 'unit' },
  { name: 'desk-leader', path: '/desk', login: 'leader' },
  { name: 'list', path: '/records/enterprise_request', login: 'leader' },
  { name: 'list-filtered', path: '/records/enterprise_request?light=red&status=in_progress', login: 'leader' },
  { name: 'list-empty', path: '/records/enterprise_request?from=1999-01-01&to=1999-01-02', login: 'leader' },
  { name: 'list-disputes', path: '/records/dispute', login: 'mediator' },
  { name: 'record', path: first('enterprise_request'), login: 'leader' },
  { name: 'record-closed', path: first('enterprise_request', '&status=closed'), login: 'leader' },
  { name: 'record-intake', path: first('enterprise_request', '&status=submitted'), login: 'intake' },
  { name: 'record-assign', path: first('enterprise_request', '&status=accepted'), login: 'dispatcher' },
  { name: 'record-dispute', path: first('dispute', '', 'mediator'), login: 'mediator' },
  { name: 'record-pending', path: waiting('dispatcher'), login: 'dispatcher' },
  { name: 'list-columns', path: '/records/enterprise_request?columns=company_name.industry.category.place.channel.lead.urgency', login: 'supervisor' },
  { name: 'list-sessions', path: '/records/reception_session', login: 'office' },
  { name: 'session', path: first('reception_session'), login: 'office' },
  { name: 'new-request', path: '/records/enterprise_request/new', login: 'office' },
  { name: 'organisations', path: '/organisations', login: 'leader' },
  { name: 'organisations found', path: '/organisations?q=铜官', login: 'leader' },
  { name: 'organisations none', path: '/organisations?q=nowhere', login: 'leader' },
  { name: 'organisation', path: '/organisations/TL', login: 'leader' },
  { name: 'directory', path: '/records/organisation', login: 'office' },
  { name: 'figures', path: '/figures', login: 'leader' },
  { name: 'figure', path: '/figures/reception_closed', login: 'leader' },
  { name: 'figure-ratio', path: '/figures/mediation_success_rate', login: 'leader' },
  { name: 'figure-sum', path: '/figures/reception_entrepreneurs', login: 'leader' },
  { name: 'figure-excluded', path: '/figures/year_suggestions_satisfaction_rate', login: 'leader' },
  { name: 'figure-decided', path: '/figures/year_suggestions_declined', login: 'leader' },
  { name: 'board', path: '/board', login: 'leader' },
  { name: 'supervision', path: '/supervision', login: 'leader' },
  { name: 'supervision-sheet', path: '/supervision/TL-GXJ', login: 'leader' },
  { name: 'assessments', path: '/assessments', login: 'leader' },
  { name: 'assessment', path: '/assessments/handling_quality?round=KH-2023-001', login: 'leader' },
  { name: 'assessment-what-if', path: '/assessments/handling_quality?weight.on_time=90', login: 'leader' },
  { name: 'assessment-unit', path: '/assessments/handling_quality', login: 'unit' },
  { name: 'assessment-round', path: '/records/assessment_round/KH-2023-001', login: 'supervisor' },
  { name: 'calendar', path: '/calendar?start=2023-09-28&amount=10&unit=workdays', login: 'leader' },
  { name: 'briefings', path: '/briefings', login: 'press' },
  { name: 'briefing-new', path: '/briefings/new', login: 'press' },
  { name: 'briefing-template', path: '/briefings/new?template=quarter_form', login: 'press' },
  { name: 'briefing-figures', path: '/briefings/figures?q=调解&of=mediation_accepted', login: 'press' },
  { name: 'briefing-public', path: '/briefings/JB-2023-001' },
  { name: 'search', path: '/search?q=公交', login: 'intake' },
  { name: 'admin', path: '/admin', login: 'admin' },
  { name: 'admin-account', path: '/admin/accounts/intake', login: 'admin' },
  { name: 'password', path: '/account/password', login: 'unit' },
  { name: 'list-surveys', path: '/records/survey', login: 'office' },
  { name: 'survey', path: first('survey', '', 'office'), login: 'office' },
  { name: 'panel', path: async (site) => `/records/panel_member?parent=${await site.some('survey', '', 'office')}`, login: 'office' },
  { name: 'contest', path: first('contest', '', 'office'), login: 'office' },
  { name: 'list-documents', path: '/records/document', login: 'office' },
  { name: 'counter', path: first('outside_counter', '', 'office'), login: 'office' },
  { name: 'reading-new', path: async (site) => `/records/outside_reading/new?parent=${await site.some('outside_counter', '', 'office')}`, login: 'office' },
  { name: 'group-meeting', path: first('group_meeting', '', 'office'), login: 'office' },
  { name: 'list-posts', path: '/records/post', login: 'office' },
];

/** A city before it has a plan. */
export const EARLY_PAGES = [
  { name: 'targets-none', path: '/targets' },
  { name: 'plan-none', path: '/plan' },
  { name: 'coverage-none', path: '/coverage' },
];

/** Pages of a city with a plan. */
export const PLAN_PAGES = [
  { name: 'targets', path: '/targets' },
  { name: 'targets-goals', path: '/targets?show=goals' },
  { name: 'targets-results', path: '/targets?show=results' },
  { name: 'coverage', path: '/coverage' },
  { name: 'coverage-one', path: '/coverage/counties_visited' },
  { name: 'coverage-missing', path: '/coverage/counties_visited?to=2023-01-05', login: 'office' },
  { name: 'plan', path: '/plan' },
  { name: 'plan-office', path: '/plan', login: 'office' },
  { name: 'plan-goals', path: '/plan?list=goals', login: 'office' },
  { name: 'plan-tasks', path: '/plan?list=tasks' },
  { name: 'plan-duties', path: '/plan?list=duties' },
  { name: 'plan-board', path: '/board', login: 'leader' },
  { name: 'plan-record', path: '/records/plan/JH-2023-01', login: 'office' },
  { name: 'plan-target', path: '/records/plan_target/MB-2023-001', login: 'office' },
  { name: 'plan-target-new', path: '/records/plan_target/new?parent=RW-2023-001', login: 'office' },
  { name: 'press-conference', path: '/records/press_conference/FB-2023-01', login: 'office' },
  { name: 'channels', path: '/records/channel', login: 'office' },
  { name: 'measures', path: '/records/measure', login: 'office' },
  { name: 'outside-counter', path: '/records/outside_counter/WB-2023-001', login: 'office' },
];

/** Of a city with a long name and brands. */
export const BRAND_PAGES = [
  { name: 'brand-coverage', path: '/coverage/one_district_one_feature' },
  { name: 'brand-missing', path: '/coverage/brands_used', login: 'office' },
  { name: 'brands', path: '/records/brand', login: 'office' },
];

/** Of a city with inspections and standards. */
export const INSPECTION_PAGES = [
  { name: 'inspection', path: '/records/inspection_round/HJ-2023-04', login: 'office' },
  { name: 'inspection-findings', path: '/records/inspection_finding', login: 'unit' },
  { name: 'inspection-finding', path: '/records/inspection_finding/HJW-2023-009', login: 'unit' },
  { name: 'standard-check', path: '/records/standard_check/DZ-2023-003', login: 'office' },
];

/** language, width, colours, and whether it is printed. */
const WAYS = [
  ['zh', 1280, 'light'], ['zh', 390, 'light'], ['en', 1280, 'light'], ['en', 390, 'light'],
  ['zh', 1280, 'dark'], ['zh', 390, 'dark'], ['zh', 1280, 'dark', 'print'],
];

async function visit(site, who, entry) {
  who.troubles.length = 0;
  const path = typeof entry.path === 'function' ? await entry.path(site) : entry.path;
  const answer = await who.page.goto(path, { waitUntil: 'load' });
  check(answer.status() === (entry.status ?? 200), `${path}: ${answer.status()}`);
  if (entry.status) who.troubles.length = 0; // the browser itself reports a 404 as an error
}

/** Moves and other folded parts are looked at open: closed, axe sees nothing of them. */
async function openAll(page) {
  await page.evaluate(() => document.querySelectorAll('main details:not(.menu)').forEach((part) => { part.open = true; }));
}

async function visitWay(browser, site, pages, [language, width, scheme, media], only) {
  const people = new Map();
  for (const entry of pages.filter((one) => !only || one.name.includes(only))) {
    const name = [entry.name, language, width, scheme, media].filter(Boolean).join(' ');
    await test(name, async () => {
      const key = entry.login ?? '';
      if (!people.has(key)) people.set(key, await person(browser, site, { login: entry.login, language, width, scheme }));
      const who = people.get(key);
      if (media) await who.page.emulateMedia({ media });
      await visit(site, who, entry);
      await openAll(who.page);
      await shot(who.page, name);
      await judge(who);
      if (media) {
        const paper = await who.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        check(paper === 'rgb(255, 255, 255)', `printed on ${paper}`);
      }
    });
  }
  for (const who of people.values()) await who.close();
}

/** Two ways at a time, one for each core that there is at least. */
export async function visitAll(browser, site, pages, only) {
  const ways = [...WAYS];
  const walk = async () => {
    while (ways.length > 0) await visitWay(browser, site, pages, ways.shift(), only);
  };
  await Promise.all([walk(), walk()]);
}
