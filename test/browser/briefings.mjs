// SPDX-License-Identifier: Apache-2.0
// A briefing written, checked, published by a second person and corrected, with and without script.

import { judge, person, shot } from './browser.mjs';
import { check, test } from './tap.mjs';
import { word } from './words.mjs';

const TABLE = '| {period} | 1 | 2 |\n|---|---|---|\n| {each month} | {reception_sessions} | {reception_entrepreneurs} |\n'
  + '| = | {reception_sessions} | {reception_entrepreneurs} |\n';
const TRUE = `# {period}: {reception_closed}\n\n{reception_closed}, {reception_sessions}.\n\n${TABLE}`;
const FALSE = '# {period}: {reception_closed round 1000 余}\n\n{reception_closd}, 128名.';

const WAYS = [
  ['zh with script', { language: 'zh', script: true, width: 1280 }],
  ['zh without script, phone', { language: 'zh', script: false, width: 390 }],
  ['en with script, phone', { language: 'en', script: true, width: 390 }],
  ['en without script', { language: 'en', script: false, width: 1280 }],
];

async function as(context, login, run) {
  const who = await person(context.browser, context.site, { ...context.options, login });
  try {
    await run(who);
  } finally {
    await who.close();
  }
}

/** Presses a button as a person does: not where the bar at the bottom of a phone covers it. */
async function press(button) {
  await button.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await button.click();
}

async function fill(page, text, to) {
  const form = page.locator('form[data-write]');
  await form.locator('[name=title]').fill('会客厅快报');
  await form.locator('[name=period_from]').fill('2023-01-01');
  await form.locator('[name=period_to]').fill(to);
  await form.locator('[name=text]').fill(text);
}

async function pressDo(page, what) {
  await press(page.locator(`form[data-write] button[value=${what}]`));
  await page.waitForLoadState();
}

async function look(who, name) {
  await judge(who);
  await shot(who.page, `${name}-${who.language}-${who.page.viewportSize().width}`);
}

async function write(context, title) {
  let address = '';
  await test(`${title}: a preview shows values and what blocks, and keeps nothing`, () => as(context, 'press', async (who) => {
    const { page } = who;
    await page.goto('/briefings/new');
    await fill(page, FALSE, '2023-11-30');
    await pressDo(page, 'preview');
    check(await page.locator('.paper .fig-broken').count() === 2, 'what is not true is not marked');
    check((await page.locator('.check-live').innerText()).includes('reception_closed'), 'the nearest name is not told');
    check((await page.locator('.check-note').first().innerText()).includes('128名'), 'a typed number is not noted');
    check(await page.locator('[name=text]').inputValue() === FALSE, 'the text is gone');
    await look(who, 'briefing-preview');
  }));
  await test(`${title}: a draft is saved and written on`, () => as(context, 'press', async (who) => {
    const { page } = who;
    await page.goto('/briefings/new');
    await fill(page, FALSE, '2023-11-30');
    await pressDo(page, 'save');
    await page.waitForURL(/\/briefings\/[A-Z]/);
    address = new URL(page.url()).pathname;
    await page.goto(`${address}/edit`);
    await fill(page, TRUE, '2023-11-30');
    await look(who, 'briefing-edit');
    await pressDo(page, 'save');
    await page.waitForURL((url) => url.pathname === address);
    check(await page.locator('.check-no').count() === 0, 'a check has not passed');
    check(await page.locator('.paper tr').count() === 13, 'the form has not eleven months');
    await look(who, 'briefing-written');
  }));
  return address;
}

async function publish(who, address) {
  await who.page.goto(address);
  await press(who.page.locator('form[action$="/moves/publish"]').getByRole('button'));
  await who.page.waitForLoadState();
  check((await who.page.locator('main').innerText()).includes(word('stands', who.language)), 'it was not published');
}

async function correct(context, title, address) {
  const number = address.split('/').pop();
  await test(`${title}: another person publishes it`, () => as(context, 'reviewer', (who) => publish(who, address)));
  await test(`${title}: a correction is drafted under the same number`, () => as(context, 'press', async (who) => {
    const { page } = who;
    await page.goto(address);
    const form = page.locator('form[action$="/moves/correct"]');
    await press(page.locator('details.move').filter({ has: form }).locator('summary'));
    await form.locator('[name=correction]').fill('时段应截至十月');
    await press(form.getByRole('button'));
    await page.waitForLoadState();
    await look(who, 'briefing-correcting');
    await page.goto(`${address}/edit`);
    await fill(page, TRUE, '2023-10-31');
    await pressDo(page, 'save');
  }));
  await test(`${title}: the public reads both editions with both values`, async () => {
    await as(context, 'reviewer', (who) => publish(who, address));
    await as(context, undefined, async (who) => {
      const { page } = who;
      await page.goto(address);
      check((await page.locator('main').innerText()).includes('时段应截至十月'), 'no reason is given');
      await look(who, 'briefing-newest');
      await press(page.locator(`a[href="/briefings/${number}?edition=1"]`));
      await page.waitForURL(/edition=1/);
      check((await page.locator('.paper').innerText()).includes('11'), 'the first edition is not as it was');
      check(await page.locator('main table').first().locator('tbody tr').count() > 2, 'the values are not listed');
      await look(who, 'briefing-older');
    });
  });
}

/** What the script adds: figures found and put in, checks while typing, a warning before leaving. */
async function typing(context, title) {
  await test(`${title}: a figure is found, put in at the cursor and checked at once`, () => as(context, 'press', async (who) => {
    const { page } = who;
    await page.goto('/briefings/new');
    await fill(page, '接待名。', '2023-11-30');
    await page.locator('[name=text]').evaluate((area) => { area.focus(); area.setSelectionRange(2, 2); });
    await page.locator('[data-find] [name=q]').fill('reception_entre');
    const slot = page.locator('[data-insert="{reception_entrepreneurs round 10 余}"]');
    await slot.waitFor();
    await look(who, 'briefing-find');
    await press(slot);
    check(await page.locator('[name=text]').inputValue() === '接待{reception_entrepreneurs round 10 余}名。', 'it is not at the cursor');
    await page.locator('.check-live .check-yes').first().waitFor();
    await page.locator('[name=text]').fill('{reception_entrepreneurs round 10000 余}');
    await page.locator('.check-live .check-no').first().waitFor();
    await judge(who);
  }));
  await test(`${title}: leaving with unsaved text asks first`, () => as(context, 'press', async (who) => {
    const { page } = who;
    const asked = [];
    page.on('dialog', (dialog) => { asked.push(dialog.type()); dialog.accept(); });
    await page.goto('/briefings/new');
    await page.goto('/briefings');
    check(asked.length === 0, 'it asks although nothing was typed');
    await page.goto('/briefings/new');
    await page.locator('[name=text]').click();
    await page.keyboard.type('a');
    await page.goto('/briefings');
    check(asked.join() === 'beforeunload', `asked: ${asked.join()}`);
  }));
}

export async function walkBriefings(browser, site) {
  for (const [title, options] of WAYS) {
    const context = { browser, site, options };
    const address = await write(context, title);
    await correct(context, title, address);
    if (options.script) await typing(context, title);
  }
}
