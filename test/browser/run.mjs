#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Real pages in a real browser: `node test/browser/run.mjs [pages[:NAME]|journeys|sheets|briefings]`. Pictures of every
// page are left in build/shots.

import { walkBriefings } from './briefings.mjs';
import { launch } from './browser.mjs';
import { walkAll } from './journeys.mjs';
import { BRAND_PAGES, EARLY_PAGES, INSPECTION_PAGES, PAGES, PLAN_PAGES, visitAll } from './pages.mjs';
import { walkSheets } from './sheets.mjs';
import { Site } from './site.mjs';
import { finish } from './tap.mjs';

const [what, only] = (process.argv[2] ?? '').split(':');
const site = await Site.open();
const planned = await Site.open('binzhou');
const branded = await Site.open('changzhou');
const inspected = await Site.open('taizhou');
const early = await Site.open('tongling', '--now', '2023-01-10T10:00:00+08:00');
const browser = await launch();
try {
  if (!what || what === 'pages') {
    await visitAll(browser, site, PAGES, only);
    await visitAll(browser, planned, PLAN_PAGES, only);
    await visitAll(browser, branded, BRAND_PAGES, only);
    await visitAll(browser, inspected, INSPECTION_PAGES, only);
    await visitAll(browser, early, EARLY_PAGES, only);
  }
  if (!what || what === 'journeys') await walkAll(browser, site);
  if (!what || what === 'sheets') await walkSheets(browser, site);
  if (!what || what === 'briefings') await walkBriefings(browser, site);
} finally {
  await browser.close();
  site.close();
  planned.close();
  branded.close();
  inspected.close();
  early.close();
}
process.exit(finish());
