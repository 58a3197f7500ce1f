import type { Account } from '../accounts/store.ts';
import type { KnownFacilities } from './known-facilities.ts';
import { type ReadRow, readRow } from './read-row.ts';
import type { TableRow } from './table/table.ts';
import { APPOINTMENT_WORDS } from './words.ts';

/** As the page's form reads a name: without space around it, in small letters. */
export const loginOf = (text: string): string => text.trim().toLowerCase();

/** The rows of one person. */
export interface RowsOfPerson {
  login: string;
  /** undefined: all rows say that they are further appointments. */
  main: ReadRow | undefined;
  /** In the order of the file. */
  further: ReadRow[];
}

/**
 * Puts the rows of each person together: they are known by the name of the account. The main appointment is the row that says so; else, of somebody who is there, the one
 * at the facility of their account; else the first.
 */
export function rowsOfPeople(
  rows: readonly TableRow[],
  accounts: ReadonlyMap<string, Account>,
  known: KnownFacilities,
): { read: ReadRow[]; people: RowsOfPerson[] } {
  const groups = new Map<string, { row: ReadRow; kind: 'main' | 'further' | null }[]>();
  const read = rows.map((one) => {
    const row = readRow(one);
    const login = loginOf(row.text('login') ?? '');
    const kind = row.value('appointment', APPOINTMENT_WORDS, 'appointment-unknown') ?? null;
    // Rows without a name are nobody's: each stands for itself.
    const key = login === '' ? ` ${row.line}` : login;
    groups.set(key, [...(groups.get(key) ?? []), { row, kind }]);
    return row;
  });
  const people = [...groups].map(([key, group]) => {
    const login = key.startsWith(' ') ? '' : key;
    const unsaid = group.filter(({ kind }) => kind === null);
    const at = accounts.get(login)?.facilityId;
    const isAtHome = ({ row }: { row: ReadRow }) =>
      at !== undefined && known.find(row.text('facility') ?? '').includes(at);
    const main = group.find(({ kind }) => kind === 'main') ?? unsaid.find(isAtHome) ?? unsaid[0];
    const others = group.filter((one) => one !== main);
    for (const { row, kind } of others) if (kind === 'main') row.fault(null, 'duplicate-row', main?.row.line);
    return { login, main: main?.row, further: others.map(({ row }) => row) };
  });
  return { read, people };
}
