import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '../../server/access/caller.ts';
import { type Database, openDatabase } from '../../server/database/database.ts';
import { nameKeysOf } from '../../server/patients/name-keys.ts';
import { searchPatients } from '../../server/register/search-use-case.ts';
import { TEST_SEAL } from '../support/each-database.ts';
import { startMariaDb } from '../support/mariadb.ts';
import { fillRegister, type SearchedRows } from './patient-search-rows.ts';
import { createReport, type Report } from './report.ts';

const PATIENTS = 2_000_000;
const SEARCHES = 200;
const AIM_MS = 100;

/** What is typed to find a patient, by each key. */
const KEYS: Record<string, (one: SearchedRows['samples'][number]) => string> = {
  surname: ({ name }) => [...name][0] ?? '',
  name: ({ name }) => name,
  pinyin: ({ name }) => nameKeysOf(name).pinyin,
  initials: ({ name }) => nameKeysOf(name).initials,
  'one-letter': ({ name }) => nameKeysOf(name).initials.slice(0, 1),
  'id-card': ({ numbers }) => numbers['id-card'],
  phone: ({ numbers }) => numbers.phone,
  'health-card': ({ numbers }) => numbers['health-card'],
  'unknown-number': ({ numbers }) => `9${numbers.phone}`,
};

/**
 * Searching the register of patients by each key, for people with few and with many cases: the whole use case, its act included.
 * @param options how many patients (2 million), and on which database (`sqlite`, `mariadb`; both).
 */
export async function benchPatientSearch(options: string[]): Promise<void> {
  const report = createReport('network');
  const patients = Number(options.find((one) => /^\d+$/.test(one)) ?? PATIENTS);
  const only = options.find((one) => /^[a-z]+$/.test(one));
  if (only !== 'mariadb') await onSqlite(report, patients);
  if (only !== 'sqlite') await onMariaDb(report, patients);
}

async function onSqlite(report: Report, patients: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-bench-'));
  const database = await openDatabase(`sqlite:${join(folder, 'bench.sqlite')}`, TEST_SEAL);
  try {
    await database.query('PRAGMA foreign_keys = OFF');
    await database.query('PRAGMA synchronous = OFF');
    await database.query('PRAGMA cache_size = -1000000');
    const indices = (await database.query(
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('patient', 'patient_identifier', 'consultation', 'consultation_grant')",
    )) as { name: string; sql: string }[];
    for (const { name } of indices) await database.query(`DROP INDEX ${name}`);
    const rows = await fill(report, database, patients);
    for (const { sql } of indices) await database.query(sql);
    await database.query('PRAGMA synchronous = FULL');
    await measure(report, 'sqlite', database, rows);
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function onMariaDb(report: Report, patients: number): Promise<void> {
  const server = await startMariaDb([
    '--innodb-buffer-pool-size=2G',
    '--innodb-log-file-size=512M',
    '--innodb-flush-log-at-trx-commit=0',
    '--max-allowed-packet=64M',
  ]);
  try {
    const database = await openDatabase(await server.createDatabase(), TEST_SEAL);
    try {
      await measure(report, 'mariadb', database, await fill(report, database, patients));
    } finally {
      await database.close();
    }
  } finally {
    await server.close();
  }
}

async function fill(report: Report, database: Database, patients: number): Promise<SearchedRows> {
  const fromMs = performance.now();
  report.say(`writing ${patients} patients with a case each to ${database.kind}`);
  const rows = await fillRegister(database, patients);
  report.say(`written in ${Math.round((performance.now() - fromMs) / 1000)} s`);
  return rows;
}

async function measure(report: Report, kind: string, database: Database, { samples, people }: SearchedRows) {
  const parts = { work: database, seal: TEST_SEAL, clock: () => new Date() };
  const search = (caller: Caller, typed: string) =>
    searchPatients(parts, { caller, requestId: 'bench', at: new Date() }, typed);
  for (const [who, caller] of Object.entries(people))
    for (const [key, typed] of Object.entries(KEYS)) {
      const timesMs: number[] = [];
      for (let index = 0; index < SEARCHES; index += 1) {
        const sample = samples[index % samples.length];
        if (!sample) throw new Error('too few patients to search for');
        const fromMs = performance.now();
        const { lines } = await search(caller, typed(sample));
        timesMs.push(performance.now() - fromMs);
        if ((lines.length === 0) !== (key === 'unknown-number'))
          throw new Error(`${who} by ${key}: ${lines.length} found`);
      }
      report.samples(`search-${kind}-${who}-${key}`, timesMs, 'ms', AIM_MS);
    }
}
