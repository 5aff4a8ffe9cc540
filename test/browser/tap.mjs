// SPDX-License-Identifier: Apache-2.0
// One TAP line for each test; test/run.py counts them.

let number = 0;
let failed = 0;

export async function test(name, run) {
  const began = Date.now();
  try {
    await run();
    console.log(`ok ${++number} - ${name} (${Date.now() - began} ms)`);
  } catch (problem) {
    failed += 1;
    console.log(`not ok ${++number} - ${name} (${Date.now() - began} ms)`);
    for (const line of String(problem?.message ?? problem).split('\n').slice(0, 30)) console.log(`# ${line}`);
  }
}

export function check(condition, message) {
  if (!condition) throw new Error(message);
}

export function finish() {
  console.log(`1..${number}`);
  return failed || !number ? 1 : 0;
}
