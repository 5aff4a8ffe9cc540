// SPDX-License-Identifier: Apache-2.0
// A demo site, its server, and its JSON interface for what tests need to know beforehand.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = new URL('../..', import.meta.url).pathname;
export const API = '/api/v1';
export const PASSWORD = 'tongxin-demo';
const BINARY = process.env.TONGXIN_BINARY ?? join(ROOT, 'build/src/cli/tongxin');

export class Site {
  static async open(profile = 'tongling', ...options) {
    const site = new Site();
    site.folder = mkdtempSync(join(tmpdir(), 'tongxin-browser-'));
    const demo = join(site.folder, 'site');
    execFileSync(BINARY, ['demo', '--profile', profile, '--site', demo, '--no-serve', ...options], { stdio: 'pipe' });
    site.process = spawn(BINARY, ['serve', '--site', demo, '--listen', '127.0.0.1:0'],
      { stdio: ['ignore', 'pipe', 'ignore'] });
    process.on('exit', () => site.process.kill('SIGKILL'));
    site.url = await new Promise((resolve, reject) => {
      let text = '';
      site.process.stdout.on('data', (piece) => {
        text += piece;
        const match = /listening on (http:\/\/[\d.]+:\d+)/.exec(text);
        if (match) resolve(match[1]);
      });
      site.process.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
      setTimeout(() => reject(new Error(`no address line: ${text}`)), 60000).unref();
    });
    return site;
  }

  close() {
    this.process.removeAllListeners('exit');
    this.process.kill('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }

  tokens = {};

  /** GET as an account (or nobody); returns the parsed answer. */
  async get(path, login, language = 'zh') {
    const headers = { 'Accept-Language': language };
    if (login) headers.Authorization = `Bearer ${await this.token(login)}`;
    const answer = await fetch(this.url + API + path, { headers });
    if (!answer.ok) throw new Error(`GET ${path} as ${login}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async token(login) {
    if (!this.tokens[login]) {
      const answer = await fetch(`${this.url}${API}/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ login, password: PASSWORD }),
      });
      this.tokens[login] = (await answer.json()).token;
    }
    return this.tokens[login];
  }

  /** Kind, fields and moves with their labels in a language. */
  kind(name, language) {
    return this.get(`/kinds/${name}`, 'intake', language);
  }

  /** The number of some record of a kind that the account may list. */
  async some(kind, query = '', login = 'leader') {
    const [record] = (await this.get(`/records/${kind}?limit=1${query}`, login)).records;
    if (!record) throw new Error(`the demo has no ${kind} with "${query}" for ${login}`);
    return record.number;
  }
}
