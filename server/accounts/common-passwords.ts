import { readFileSync } from 'node:fs';

const FILE = new URL('./common-passwords.txt', import.meta.url);

let words: ReadonlySet<string> | undefined;

/** What is tried first, in lower case. The file says where it comes from. */
export function isCommonPassword(text: string): boolean {
  words ??= new Set(
    readFileSync(FILE, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#')),
  );
  return words.has(text);
}
