import { monitorEventLoopDelay } from 'node:perf_hooks';
import { demoFacilities } from '../../server/demo/network.ts';
import { checkFile, csvOf, importAll, xlsxOf } from '../support/import-file.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { createReport } from './report.ts';

const PEOPLE = 5_000;
const FACILITIES = 500;
/** What 5,000 people may take together: looked at and imported. */
const AIM_S = 20;
const NS_PER_MS = 1e6;

/** Facilities, then a large hospital's people, looked at and imported over HTTP. This process is server and client: its loop bears both. */
export async function benchImport(): Promise<void> {
  const report = createReport('network');
  const server = await startServer();
  try {
    report.say(`${FACILITIES} facilities from a workbook`);
    const facilities = Array.from({ length: FACILITIES }, (_, index) => [
      `第${index}卫生室`,
      '村',
      '230125',
      demoFacilities.county.name,
    ]);
    const workbook = await xlsxOf([['机构名称', '层级', '行政区划代码', '上级机构'], ...facilities]);
    await measure(server, 'facilities', workbook, FACILITIES);

    report.say(`${PEOPLE} people from a table of text`);
    const people = Array.from({ length: PEOPLE }, (_, index) => [
      `欧阳${String.fromCodePoint(0x4e00 + index)}`,
      `bench-${index}`,
      '主治医师',
      '医生',
      demoFacilities.county.name,
    ]);
    const table = csvOf([['姓名', '账号', '职称', '角色', '机构'], ...people], { encoding: 'gb18030' });
    const seconds = await measure(server, 'people', table, PEOPLE);
    report.value('import of 5,000 people', seconds, 's', AIM_S);
  } finally {
    await server.close();
  }
}

async function measure(
  server: RunningServer,
  kind: 'facilities' | 'people',
  bytes: Uint8Array,
  rows: number,
): Promise<number> {
  const report = createReport('network');
  const admin = await server.signIn('admin');
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const startedMs = performance.now();
  const view = await checkFile(admin, kind, bytes);
  const checkedMs = performance.now();
  if (view.counts.new !== rows) throw new Error(`${view.counts.new} of ${rows} rows are new`);
  report.value(`${kind} checked`, (rows * 1000) / (checkedMs - startedMs), 'rows/s');
  report.value(`${kind} checked, the loop at its slowest`, delay.max / NS_PER_MS, 'ms');
  delay.reset();
  await importAll(admin, view);
  const endedMs = performance.now();
  report.value(`${kind} imported`, (rows * 1000) / (endedMs - checkedMs), 'rows/s');
  report.value(`${kind} imported, the loop at its slowest`, delay.max / NS_PER_MS, 'ms');
  delay.disable();
  return (endedMs - startedMs) / 1000;
}
