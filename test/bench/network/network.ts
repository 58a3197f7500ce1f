import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { hashPassword } from '../../../server/accounts/password.ts';
import { openDatabase } from '../../../server/database/database.ts';
import { newFieldKey } from '../../../server/database/field-key/check.ts';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { createFieldSeal } from '../../../server/patients/seal.ts';
import { startMariaDb } from '../../support/mariadb.ts';
import { startServer } from '../../support/start-server.ts';
import { createReport, type Report } from '../report.ts';
import { type BulkLoad, loadMariaDb, loadSqlite } from './bulk-load.ts';
import { facilityRows } from './facility-rows.ts';
import { measurePatients } from './patient-requests.ts';
import { consultationRows, grantRows, identifierRows, patientRows } from './patient-rows.ts';
import { measurePeople } from './people-requests.ts';
import {
  accountRows,
  actRows,
  appointmentRows,
  practitionerRows,
  type Staff,
  sessionRows,
  staffOf,
} from './people-rows.ts';
import { measureEachRequest } from './request-cost.ts';
import { facilityCount, type Size, sizeOf } from './size.ts';
import { measureWorkLists } from './work-list-requests.ts';

const PATIENTS = 2_000_000;
const FIELD_SECRET = 'the field secret of a bench, nobody else';
const BYTES_PER_GIB = 2 ** 30;

/** What is measured, in this order. */
const PARTS: Record<string, (measured: Measured) => Promise<void>> = {
  requests: measureEachRequest,
  patients: measurePatients,
  lists: measureWorkLists,
  people: measurePeople,
};

/** What a measurement needs. */
export interface Measured {
  report: Report;
  kind: 'sqlite' | 'mariadb';
  server: Awaited<ReturnType<typeof startServer>>;
  size: Size;
  staff: Staff;
}

/**
 * A network of a province's size: searched, listed and read over HTTP by people with few and with many rows.
 * @param options how many patients (2 million), on which database (`sqlite`, `mariadb`), and what of it (`requests`, `patients`, `lists`, `people`).
 */
export async function benchNetwork(options: string[]): Promise<void> {
  const report = createReport('network');
  const size = sizeOf(Number(options.find((one) => /^\d+$/.test(one)) ?? PATIENTS));
  const chosen = (from: string[]) => {
    const named = from.filter((one) => options.includes(one));
    return named.length > 0 ? named : from;
  };
  const [kinds, parts] = [chosen(['sqlite', 'mariadb']), chosen(Object.keys(PARTS))];
  const [cpu] = cpus();
  report.say(`${cpus().length} cores, ${cpu?.model ?? ''}, ${Math.round(totalmem() / BYTES_PER_GIB)} GiB of memory`);
  report.say(`${size.patients} patients, ${staffOf(size).total} people, ${facilityCount(size)} facilities`);
  if (kinds.includes('sqlite')) await onSqlite(report, size, parts);
  if (kinds.includes('mariadb')) await onMariaDb(report, size, parts);
}

async function onSqlite(report: Report, size: Size, parts: string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-bench-'));
  const file = join(folder, 'bench.sqlite');
  try {
    await migrate(`sqlite:${file}`);
    const staff = await fill(report, 'sqlite', loadSqlite(file), size);
    report.value('sqlite-disk', (await stat(file)).size / BYTES_PER_GIB, 'GiB');
    await measure({ report, kind: 'sqlite', size, staff }, `sqlite:${file}`, parts);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function onMariaDb(report: Report, size: Size, parts: string[]): Promise<void> {
  const mariaDb = await startMariaDb([
    '--innodb-buffer-pool-size=2G',
    '--innodb-log-file-size=512M',
    '--innodb-flush-log-at-trx-commit=0',
    '--local-infile=1',
  ]);
  try {
    const url = await mariaDb.createDatabase();
    await migrate(url);
    const staff = await fill(report, 'mariadb', await loadMariaDb(url), size);
    await measure({ report, kind: 'mariadb', size, staff }, url, parts);
  } finally {
    await mariaDb.close();
  }
}

const seal = createFieldSeal(Buffer.from(FIELD_SECRET));

export async function migrate(url: string): Promise<void> {
  await (await openDatabase(url, seal)).close();
}

export async function fill(report: Report, kind: Measured['kind'], load: BulkLoad, size: Size): Promise<Staff> {
  const startedMs = performance.now();
  const [staff, now] = [staffOf(size), new Date()];
  const head = { sequence: 0, hash: '' };
  for (const rows of [
    facilityRows(size),
    accountRows(size, staff, await hashPassword(DEMO_PASSWORD)),
    appointmentRows(size, staff),
    practitionerRows(size, staff),
    sessionRows(size, staff, now),
    actRows(size, staff, head),
    patientRows(size, seal),
    identifierRows(size, seal),
    consultationRows(size, staff, now),
    grantRows(size, staff, now),
  ]) {
    const fromMs = performance.now();
    await load.load(rows);
    report.say(`${kind}: ${rows.table} written in ${((performance.now() - fromMs) / 1000).toFixed(1)} s`);
  }
  await load.execute(`UPDATE audit_head SET sequence = ${head.sequence}, hash = '${head.hash}' WHERE headId = 1`);
  // What is sealed here opens in no place of its own: the database has to say under which key it is.
  const { rowId, keyId, changedAt } = newFieldKey(seal);
  await load.execute(
    `INSERT INTO field_key (rowId, keyId, nextKeyId, changedAt) VALUES ('${rowId}', '${keyId}', NULL, '${changedAt}')`,
  );
  await load.finish();
  report.value(`${kind}-making`, (performance.now() - startedMs) / 1000, 's');
  return staff;
}

async function measure(of: Omit<Measured, 'server'>, databaseUrl: string, parts: string[]): Promise<void> {
  const server = await startServer({ databaseUrl, environment: { DEMO: '0', FIELD_SECRET } });
  try {
    const measured = { ...of, server };
    if (of.kind === 'mariadb') await reportDisk(measured);
    for (const part of parts) await PARTS[part]?.(measured);
  } finally {
    await server.close();
  }
}

async function reportDisk({ report, server }: Measured): Promise<void> {
  const [row] = (await server.database.query(
    'SELECT SUM(FILE_SIZE) AS bytes FROM information_schema.INNODB_SYS_TABLESPACES WHERE NAME LIKE CONCAT(DATABASE(), "/%")',
  )) as { bytes: string }[];
  report.value('mariadb-disk', Number(row?.bytes) / BYTES_PER_GIB, 'GiB');
}
