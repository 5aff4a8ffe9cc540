// SPDX-License-Identifier: Apache-2.0
// Chromium as Debian ships it, one context for each person, and what every visited page must satisfy.

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { PASSWORD, ROOT } from './site.mjs';
import { check } from './tap.mjs';
import { word } from './words.mjs';

const CHROMIUM = process.env.TONGXIN_CHROMIUM
  ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHOTS = join(ROOT, 'build/shots');
export const LOCALE = { zh: 'zh-CN', en: 'en-GB' };

export async function launch() {
  check(CHROMIUM, 'no chromium; script/setup installs it');
  mkdirSync(SHOTS, { recursive: true });
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** A person at the site: { page, troubles } with everything that went wrong in the browser. */
export async function person(browser, site, { login, language = 'zh', width = 1280, script = true, scheme = 'light' } = {}) {
  const context = await browser.newContext({
    baseURL: site.url, locale: LOCALE[language], javaScriptEnabled: script,
    viewport: { width, height: width < 600 ? 844 : 900 }, reducedMotion: 'reduce', colorScheme: scheme,
  });
  context.setDefaultTimeout(8000);
  const page = await context.newPage();
  const troubles = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (problem) => troubles.push(`script: ${problem.message}`));
  page.on('response', (answer) => {
    if (answer.status() >= 500) troubles.push(`${answer.status()} ${answer.url()}`);
  });
  const who = { context, page, troubles, language, script, close: () => context.close() };
  if (login) await signIn(who, login);
  return who;
}

export async function signIn({ page, language }, login) {
  await page.goto('/sign-in');
  await page.getByLabel(word('account', language)).fill(login);
  await page.getByLabel(word('password', language), { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: word('signIn', language) }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** Fails on any script error, CSP violation, sideways scrolling or serious accessibility problem. */
export async function judge({ page, troubles, script }) {
  const problems = troubles.splice(0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) problems.push(`the page scrolls sideways by ${wide} px`);
  if (script) {
    await page.evaluate(AXE);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    for (const violation of found.violations.filter((v) => ['serious', 'critical'].includes(v.impact))) {
      const places = violation.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ');
      problems.push(`axe ${violation.id}: ${violation.help}: ${places}`);
    }
  }
  check(problems.length === 0, problems.join('\n'));
}

export function shot(page, name) {
  return page.screenshot({ path: join(SHOTS, `${name.replace(/[^\w-]+/g, '_')}.png`), fullPage: true });
}
