// Prints all test files in the order in which they are begun, two at a time: the long ones first, those with calls spread among them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './say.mjs';

/** Where the tests lie, those that take longest first, so that nothing long is begun at the end. */
const FOLDERS = ['browser', 'server', 'sfu', 'client', 'structure'];

const files = readdirSync(join(root, 'test'), { recursive: true })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `test/${name}`)
  .sort((one, other) => place(one) - place(other) || (one < other ? -1 : 1));

function place(file) {
  const at = FOLDERS.indexOf(file.split('/')[1]);
  return at < 0 ? FOLDERS.length : at;
}

const hasCalls = (file) => readFileSync(join(root, file), 'utf8').includes('oneCallAtATime();');
const calls = files.filter(hasCalls);
const others = files.filter((file) => !hasCalls(file));
const ordered = [];
for (const [index, file] of others.entries()) {
  // Browser files come first and are the longest: one with calls after each third of them.
  if (index % 3 === 0 && calls.length > 0) ordered.push(calls.shift());
  ordered.push(file);
}
console.log([...ordered, ...calls].join('\n'));
