// SPDX-License-Identifier: Apache-2.0
// Sheets in: the form, what is wrong with a sheet, another encoding, the preview, and the records made.

import { judge, person, shot } from './browser.mjs';
import { check, test } from './tap.mjs';
import { word } from './words.mjs';

const KIND = 'reception_session';
const PAGE = `/records/${KIND}/import`;
const COLUMNS = ['title', 'held_on', 'place', 'head_count'];

async function titles(site, language) {
  const { fields } = await site.kind(KIND, language);
  return COLUMNS.map((name) => fields.find((field) => field.name === name).label).join(',');
}

async function send({ page, language }, lines) {
  await page.goto(PAGE);
  await page.getByLabel(word('page_import_file', language)).setInputFiles(
    { name: 'sheet.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
  await page.getByRole('button', { name: word('page_import_look', language) }).click();
  await page.waitForLoadState();
}

async function looked(who, name) {
  await shot(who.page, `import ${name} ${who.language} ${who.page.viewportSize().width}`);
  await judge(who);
}

async function oneSheet(who, site) {
  const { page, language } = who;
  const press = async (name) => {
    await page.getByRole('button', { name }).click();
    await page.waitForLoadState();
  };
  const says = async (...parts) => {
    const all = await page.locator('main').innerText();
    for (const part of parts) check(all.includes(part), `no "${part}" in\n${all}`);
  };
  const head = await titles(site, language);
  const topic = `表格 ${language} ${page.viewportSize().width}`;
  await page.goto(PAGE);
  await looked(who, 'form');
  const [template] = await Promise.all([
    page.waitForEvent('download'), page.getByRole('link', { name: word('page_import_template', language) }).click()]);
  check(/\.(csv|xlsx)$/.test(template.suggestedFilename()), template.suggestedFilename());
  await send(who, [head, `${topic} 1,45000,NOWHERE,3`, `${topic} 2,2023-02-01,TL,-4`]);
  await says('B2', 'C2', 'D3', '45000', 'NOWHERE', word('page_import_wrong', language, 3));
  await looked(who, 'errors');
  await press(word('page_import_switch', language, 'GB 18030'));
  await says(word('page_import_encoding', language, 'GB 18030'));
  who.troubles.length = 0; // whether these bytes are GB 18030 at all depends on the titles
  await looked(who, 'other encoding');
  await send(who, [head, `${topic} 1,2023-02-01,TL,3`, `${topic} 2,2023-02-01,TL,4`]);
  await says(`${topic} 2`, word('page_import_good', language, 2));
  await looked(who, 'preview');
  await press(word('page_import_make', language, 2));
  await says(word('page_import_made', language, 2));
  await looked(who, 'result');
}

export async function walkSheets(browser, site) {
  for (const [language, width] of [['zh', 1280], ['zh', 390], ['en', 1280], ['en', 390]]) {
    await test(`import ${language} ${width}: looked at, read another way, mended, recorded`, async () => {
      const who = await person(browser, site, { language, width, login: 'office' });
      await oneSheet(who, site);
      await who.close();
    });
  }
}
