// SPDX-License-Identifier: Apache-2.0
// The words on the pages, out of the catalogue in locale/ and the labels of the profile, so that
// rewording breaks no test. WORDS is the one place that knows the keys.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './site.mjs';

const catalogue = new Map();
for (const file of readdirSync(join(ROOT, 'locale')).filter((name) => name.endsWith('.tsv'))) {
  for (const line of readFileSync(join(ROOT, 'locale', file), 'utf8').split('\n')) {
    const [key, zh, en] = line.split('\t');
    if (en && !key.startsWith('#')) catalogue.set(key, { zh, en });
  }
}

/** What a test means -> key of the catalogue. */
export const WORDS = {
  signIn: 'page_sign_in',
  account: 'page_login',
  password: 'page_password',
  send: 'page_send',
  track: 'page_track',
  number: 'page_number',
  code: 'page_code',
  search: 'page_search',
  approve: 'page_approve',
  saveDraft: 'page_save_draft',
  stands: 'page_all_stand',
  check: 'page_check',
};

/** The text of a word in 'zh' or 'en', holes filled. */
export function word(name, language, ...values) {
  const entry = catalogue.get(WORDS[name] ?? name);
  if (!entry) throw new Error(`no key "${WORDS[name] ?? name}" in locale/ (test/browser/words.mjs)`);
  return entry[language].replace(/\{(\d)\}/g, (_, n) => values[n] ?? '');
}

/** Something to type into a field of the profile. */
export function sample(field) {
  const samples = {
    text: '建议在第二小学周边划设限时接送车位', long_text: '每天上下学时段门前道路被接送车辆堵住,公交车难以通行。',
    number: '3', decimal: '1.5', money: '12000.00', date: '2026-03-02', contact: '王先生', phone: '13800000000',
    code: 'A-1',
  };
  return (samples[field.type] ?? '').slice(0, field.max || 200);
}
