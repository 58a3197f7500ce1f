import { monitorEventLoopDelay } from 'node:perf_hooks';
import { demoFacilities } from '../../server/demo/network.ts';
import { checkFile, csvOf, importAll, xlsxOf } from '../support/import-file.ts';
import { startMariaDb } from '../support/mariadb.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { createReport, type Report } from './report.ts';

const PEOPLE = 5_000;
const FACILITIES = 500;
/** What 5,000 people may take together: looked at and imported. */
const AIM_S = 20;
const NS_PER_MS = 1e6;

/** Into a database of either kind. @param options on which (`sqlite`, `mariadb`; both). */
export async function benchImport(options: string[]): Promise<void> {
  const report = createReport('import');
  if (!options.includes('mariadb')) await importInto(report, 'sqlite');
  if (options.includes('sqlite')) return;
  const mariaDb = await startMariaDb();
  try {
    await importInto(report, 'mariadb', await mariaDb.createDatabase());
  } finally {
    await mariaDb.close();
  }
}

/** Facilities, then a large hospital's people, looked at and imported over HTTP. This process is server and client: its loop bears both. */
async function importInto(report: Report, kind: string, databaseUrl?: string): Promise<void> {
  const server = await startServer(databaseUrl === undefined ? {} : { databaseUrl });
  const measured = { report, kind, server };
  try {
    report.say(`${kind}: ${FACILITIES} facilities from a workbook`);
    const facilities = Array.from({ length: FACILITIES }, (_, index) => [
      `第${index}卫生室`,
      '村',
      '230125',
      demoFacilities.county.name,
    ]);
    const workbook = await xlsxOf([['机构名称', '层级', '行政区划代码', '上级机构'], ...facilities]);
    await measure(measured, 'facilities', workbook, FACILITIES);

    report.say(`${kind}: ${PEOPLE} people from a table of text`);
    const people = Array.from({ length: PEOPLE }, (_, index) => [
      `欧阳${String.fromCodePoint(0x4e00 + index)}`,
      `bench-${index}`,
      '主治医师',
      '医生',
      demoFacilities.county.name,
    ]);
    const table = csvOf([['姓名', '账号', '职称', '角色', '机构'], ...people], { encoding: 'gb18030' });
    const seconds = await measure(measured, 'people', table, PEOPLE);
    report.value(`${kind}-5000-people`, seconds, 's', AIM_S);
  } finally {
    await server.close();
  }
}

async function measure(
  { report, kind: database, server }: { report: Report; kind: string; server: RunningServer },
  kind: 'facilities' | 'people',
  bytes: Uint8Array,
  rows: number,
): Promise<number> {
  const admin = await server.signIn('admin');
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const startedMs = performance.now();
  const view = await checkFile(admin, kind, bytes);
  const checkedMs = performance.now();
  if (view.counts.new !== rows) throw new Error(`${view.counts.new} of ${rows} rows are new`);
  report.value(`${database}-${kind}-checked`, (rows * 1000) / (checkedMs - startedMs), 'rows/s');
  report.value(`${database}-${kind}-checked-slowest-loop`, delay.max / NS_PER_MS, 'ms');
  delay.reset();
  await importAll(admin, view);
  const endedMs = performance.now();
  report.value(`${database}-${kind}-imported`, (rows * 1000) / (endedMs - checkedMs), 'rows/s');
  report.value(`${database}-${kind}-imported-slowest-loop`, delay.max / NS_PER_MS, 'ms');
  delay.disable();
  return (endedMs - startedMs) / 1000;
}
