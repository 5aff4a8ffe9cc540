#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Real pages in a real browser: `node test/browser/run.mjs [pages[:NAME]|journeys]`. Pictures of every
// page are left in build/shots.

import { launch } from './browser.mjs';
import { walkAll } from './journeys.mjs';
import { visitAll } from './pages.mjs';
import { Site } from './site.mjs';
import { finish } from './tap.mjs';

const [what, only] = (process.argv[2] ?? '').split(':');
const site = await Site.open();
const browser = await launch();
try {
  if (what !== 'journeys') await visitAll(browser, site, only);
  if (what !== 'pages') await walkAll(browser, site);
} finally {
  await browser.close();
  site.close();
}
process.exit(finish());
