import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

const TABLE = new URL('../../server/access/ADMINISTRATION.md', import.meta.url);
const STATUSES: Record<string, readonly number[]> = { yes: [200, 201], no: [403], hidden: [404], second: [409] };

/** What a cell's word means over HTTP. */
export function statusesOf(word: string | undefined): readonly number[] {
  const found = STATUSES[word ?? ''];
  assert.ok(found, `no word of the table: ${word}`);
  return found;
}

/** Rows of the text's tables by their first cell; a test that reads none would hold nothing. */
export async function readAdministrationTable(head: string): Promise<Map<string, Record<string, string>>> {
  const text = await readFile(TABLE, 'utf8');
  const lines =
    text
      .slice(text.indexOf(`| ${head} |`))
      .split('\n\n')[0]
      ?.split('\n') ?? [];
  const cells = (line = '') =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const columns = cells(lines[0]);
  return new Map(
    lines.slice(2).map((line) => {
      const [first = '', ...rest] = cells(line);
      return [first, Object.fromEntries(rest.map((cell, index) => [columns[index + 1] ?? '', cell]))];
    }),
  );
}
