// SPDX-License-Identifier: Apache-2.0
// The journeys of people, walked with and without script: each step by role and accessible name.

import { judge, person, shot } from './browser.mjs';
import { check, test } from './tap.mjs';
import { sample, word } from './words.mjs';

const KIND = 'suggestion';
const NUMBER = /\b[A-Z]{2}-\d{4}-\d{5}\b/;

/** Fills a field whatever control it became: a line, a list, buttons to choose from. */
async function fillField(form, field, value) {
  const control = form.locator(`[name="${field.name}"]`).first();
  const tag = await control.evaluate((element) => `${element.tagName}:${element.type}`);
  if (tag.startsWith('SELECT')) {
    await control.selectOption(value ? { value } : { index: 1 });
  } else if (/:(radio|checkbox)$/.test(tag)) {
    await (value ? form.locator(`[name="${field.name}"][value="${value}"]`) : control).check();
  } else {
    await control.fill(value ?? sample(field));
  }
}

/** Presses a button as a person does: not where the bar at the bottom of a phone covers it. */
async function press(button) {
  await button.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await button.click();
}

async function fillRequired(form, fields, given = {}) {
  for (const field of fields.filter((one) => one.required || one.name in given)) {
    await fillField(form, field, given[field.name]);
  }
}

/** Makes a move on the record's page: opens it by its label, fills its form, confirms. */
async function makeMove(who, site, number, move, given = {}) {
  const { page, language } = who;
  const described = (await site.kind(KIND, language)).moves.find((one) => one.move === move);
  check(described, `the kind has no move ${move}`);
  await page.goto(`/records/${KIND}/${number}`);
  const form = page.locator(`form[action$="/moves/${move}"]`);
  if (!(await form.isVisible())) {
    await press(page.locator('summary').filter({ hasText: new RegExp(`^${described.label}$`) }).first());
  }
  await fillRequired(form, described.form ?? [], given);
  await press(form.getByRole('button', { name: described.label }));
  await page.waitForLoadState();
  await judge(who);
}

/** The second person approves what waits. */
async function approve(who, number) {
  const { page, language } = who;
  await page.goto(`/records/${KIND}/${number}`);
  await press(page.getByRole('button', { name: word('approve', language), exact: true }));
  await page.waitForLoadState();
  await judge(who);
}

async function status(site, number) {
  return (await site.get(`/records/${KIND}/${number}`, 'supervisor')).status;
}

async function as(context, login, run) {
  const who = await person(context.browser, context.site, { ...context.options, login });
  try {
    await run(who);
  } finally {
    await who.close();
  }
}

/** A resident submits from the portal; returns number and code from the receipt. */
async function submit(who, site) {
  const { page, language } = who;
  const kind = await site.kind(KIND, language);
  await page.goto('/');
  await page.getByRole('link', { name: kind.label }).first().click();
  const form = page.locator('main form').filter({ has: page.getByRole('button', { name: word('send', language) }) });
  await fillRequired(form, kind.fields.filter((field) => field.public !== false));
  await form.getByRole('button', { name: word('send', language) }).click();
  await page.waitForLoadState();
  await judge(who);
  const number = NUMBER.exec(await page.locator('main').innerText());
  check(number, 'the receipt shows no number');
  const code = (await page.locator('[data-code], main code').first().innerText()).replace(/\W/g, '');
  const scan = await page.locator('svg.qr').boundingBox();
  check(scan && scan.width > 100 && scan.width === scan.height, 'the receipt has no code to scan');
  check(code.length === 10, `the receipt shows the code "${code}"`);
  return { number: number[0], code };
}

async function track(who, { number, code }) {
  const { page, language } = who;
  await page.goto('/track');
  await page.getByLabel(word('number', language)).fill(number);
  await page.getByLabel(word('code', language)).fill(code);
  await page.locator('main').getByRole('button', { name: word('track', language) }).click();
  await page.waitForLoadState();
  check((await page.locator('main').innerText()).includes(number), 'tracking does not show the number');
  await judge(who);
}

/** The whole loop of one matter, one test a step; later steps need the earlier ones. */
async function loop(context, title) {
  const { site, browser, options } = context;
  const resident = await person(browser, site, options);
  let matter = null;
  const step = (name, run) => test(`${title}: ${name}`, async () => {
    check(matter || name.startsWith('a resident submits'), 'an earlier step failed');
    await run();
  });
  const staff = (name, login, move, after, given) => step(name, () => as(context, login, async (who) => {
    await makeMove(who, site, matter.number, move, given);
    check(await status(site, matter.number) === after, `status is ${await status(site, matter.number)}, not ${after}`);
  }));

  await step('a resident submits', async () => { matter = await submit(resident, site); });
  await step('and follows it with number and code', () => track(resident, matter));
  await staff('intake accepts', 'intake', 'accept', 'accepted');
  await staff('the dispatcher assigns', 'dispatcher', 'assign', 'assigned', { lead: 'TL-GXJ' });
  await staff('the unit acknowledges', 'unit', 'acknowledge', 'in_progress');
  await step('the unit replies', () => as(context, 'unit', (who) => makeMove(who, site, matter.number, 'reply', { result: 'resolved' })));
  await step('the head signs off', () => as(context, 'head', async (who) => {
    await approve(who, matter.number);
    check(await status(site, matter.number) === 'replied', `status is ${await status(site, matter.number)}`);
  }));
  await step('the resident reads the answer and rates it', async () => {
    await track(resident, matter);
    const form = resident.page.locator('form[action$="/moves/rate"]');
    for (const group of await form.getByRole('group').all()) await group.getByRole('radio').first().check();
    await press(form.getByRole('button'));
    await resident.page.waitForLoadState();
    await judge(resident);
  });
  await staff('the supervisor closes', 'supervisor', 'close', 'closed');
  await resident.close();
}

async function leaderOpensFigure(context, title) {
  await test(`${title}: a leader clicks a figure down to a record`, () => as(context, 'leader', async (who) => {
    await who.page.goto('/figures');
    await who.page.locator('main a[href*="/figures/reception_closed"]').first().click();
    check((await who.page.locator('main').innerText()).includes('120'), 'the figure does not show 120');
    await judge(who);
    await who.page.locator('main table a[href*="/records/"]').first().click();
    await who.page.waitForURL(/\/records\//);
    check(NUMBER.test(await who.page.locator('main').innerText()), 'no record opened');
    await judge(who);
  }));
}

/** Press drafts from the template, somebody else publishes; then it is frozen. */
async function pressPublishes(context, title) {
  let address = '';
  await test(`${title}: press drafts a briefing whose figures open their records`, () => as(context, 'press', async (who) => {
    const { page, language } = who;
    await page.goto('/briefings');
    await page.locator('a[href*="/briefings/new?template="]').first().click();
    await press(page.getByRole('button', { name: word('saveDraft', language), exact: true }));
    await page.waitForURL(/\/briefings\/[A-Z]/);
    address = new URL(page.url()).pathname;
    check(await page.locator('main a[href*="/figures/"]').count() > 0, 'no figure of the briefing opens its records');
    check(await page.locator('form[action$="/moves/publish"]').count() === 0, 'who drafts can publish');
    await judge(who);
    await shot(page, `briefing-draft-${language}`);
  }));
  await test(`${title}: another person publishes it frozen`, () => as(context, 'reviewer', async (who) => {
    const { page, language } = who;
    check(address, 'no draft');
    await page.goto(address);
    await press(page.locator('form[action$="/moves/publish"]').getByRole('button'));
    await page.waitForLoadState();
    check((await page.locator('main').innerText()).includes(word('stands', language)), 'it does not say that all figures stand');
    await judge(who);
    await shot(page, `briefing-published-${language}`);
  }));
}

async function keyboardOnly(context) {
  await test('keyboard: the skip link comes first and sign-in works with Tab and Enter', async () => {
    const who = await person(context.browser, context.site, { language: 'zh' });
    await who.page.goto('/sign-in');
    await who.page.keyboard.press('Tab');
    check(/^#/.test(await who.page.evaluate(() => document.activeElement.getAttribute('href') ?? '')), 'no skip link');
    await who.page.getByLabel(word('account', 'zh')).focus();
    await who.page.keyboard.type('leader');
    await who.page.keyboard.press('Tab');
    await who.page.keyboard.type('tongxin-demo');
    await who.page.keyboard.press('Enter');
    await who.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await who.close();
  });
}

/** `/` searches, j and k go along the rows, Enter opens: on the desk and on a list. */
async function keysOnRows(context) {
  await test('keyboard: / puts the cursor into the search, Escape leaves it', () => as(context, 'unit', async ({ page }) => {
    await page.keyboard.press('/');
    const cursor = () => page.evaluate(() => document.activeElement.getAttribute('name') ?? '');
    check(await cursor() === 'q', '/ does not lead to the search');
    await page.keyboard.press('Escape');
    check(await cursor() !== 'q', 'Escape does not leave the search');
  }));
  for (const path of ['/desk', `/records/${KIND}`]) {
    await test(`keyboard: j and k go along the rows of ${path}, Enter opens`, () => as(context, 'unit', async ({ page }) => {
      await page.goto(path);
      const row = () => page.evaluate(() => document.activeElement.getAttribute('href') ?? '');
      await page.keyboard.press('j');
      const first = await row();
      await page.keyboard.press('j');
      const second = await row();
      check(first.startsWith('/records/') && second.startsWith('/records/') && first !== second, `${first}, ${second}`);
      await page.keyboard.press('k');
      check(await row() === first, 'k does not go back');
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname === first.split('?')[0].split('#')[0]);
    }));
  }
}

/** Columns are ticked, a sheet is taken, the receipt's code is drawn: what a hand does. */
async function listTools(context, title) {
  await test(`${title}: columns are chosen, kept, and the list taken as a sheet`, () => as(context, 'supervisor', async (who) => {
    const { page } = who;
    await page.goto(`/records/${KIND}?status=closed`);
    await page.locator('.menu-end > summary').click();
    await page.locator('.columns-form input[value="place"]').uncheck();
    await page.locator('.columns-form input[value="channel"]').check();
    await judge(who);
    await page.locator('.columns-form button').first().click();
    await page.waitForURL(/columns=/);
    await page.goto(`/records/${KIND}`);
    check(await page.locator('.list td[data-label]').count() > 0, 'no rows');
    check(await page.locator('.columns-form input[value="channel"]').isChecked(), 'the choice is forgotten');
    const [sheet] = await Promise.all([page.waitForEvent('download'), (async () => {
      await page.locator('.list-foot .menu > summary').click();
      await page.locator('.list-foot a[download][href*="format=csv"]').click();
    })()]);
    check(/\.csv$/.test(sheet.suggestedFilename()), sheet.suggestedFilename());
    await judge(who);
  }));
}

export async function walkAll(browser, site) {
  const ways = [
    ['zh with script', { language: 'zh', script: true, width: 1280 }],
    ['zh without script, phone', { language: 'zh', script: false, width: 390 }],
    ['en without script', { language: 'en', script: false, width: 1280 }],
  ];
  for (const [title, options] of ways) {
    const context = { browser, site, options };
    await loop(context, title);
    await leaderOpensFigure(context, title);
    await listTools(context, title);
  }
  await pressPublishes({ browser, site, options: ways[0][1] }, ways[0][0]);
  await keyboardOnly({ browser, site });
  await keysOnRows({ browser, site, options: ways[0][1] });
}
