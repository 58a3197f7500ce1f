import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

const FOLDER = new URL('../../server/access/', import.meta.url);
const STATUSES: Record<string, readonly number[]> = { yes: [200, 201], no: [403], hidden: [404], second: [409] };

/** What a cell's word means over HTTP. */
export function statusesOf(word: string | undefined): readonly number[] {
  const found = STATUSES[word ?? ''];
  assert.ok(found, `no word of the table: ${word}`);
  return found;
}

/** Rows of the text of administration. */
export const readAdministrationTable = (head: string) => readTable('ADMINISTRATION.md', head);

/** Rows of a text's table by their first cell; a test that reads none would hold nothing. */
export async function readTable(file: string, head: string): Promise<Map<string, Record<string, string>>> {
  const text = await readFile(new URL(file, FOLDER), 'utf8');
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
