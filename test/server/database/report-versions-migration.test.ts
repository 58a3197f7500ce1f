import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { DataSource, type DataSourceOptions, type ObjectLiteral } from 'typeorm';
import { ServiceForms1700000000050 } from '../../../server/database/migrations/0050-service-forms.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { makeConsultation } from '../../support/make-case.ts';

const BEFORE = migrations.slice(0, migrations.indexOf(ServiceForms1700000000050));

async function openSource(url: string): Promise<DataSource> {
  const shared = { migrations: BEFORE, migrationsTransactionMode: 'each' } as const;
  const address = new URL(url);
  const options: DataSourceOptions = url.startsWith('sqlite:')
    ? { ...shared, type: 'better-sqlite3', database: url.slice('sqlite:'.length) }
    : {
        ...shared,
        type: 'mysql',
        socketPath: address.searchParams.get('socketPath') ?? '',
        username: address.username,
        database: address.pathname.slice(1),
        charset: 'utf8mb4',
      };
  return new DataSource(options).initialize();
}

async function insert(source: DataSource, table: string, row: ObjectLiteral): Promise<void> {
  await source.createQueryBuilder().insert().into(table, Object.keys(row)).values(row).execute();
}

eachDatabase('a database from before amended reports', (open, _, newEmptyUrl) => {
  it('keeps its acknowledged reports, counts their calls as meetings, and takes a second version beside the first', async function () {
    this.timeout(180_000);
    const url = await newEmptyUrl();
    const {
      kind: _f,
      kindChange: _c,
      handOver: _h,
      metAt: _m,
      amendment: _a,
      terms: _t,
      parties: _p,
      ...known
    } = makeConsultation();
    const { consultationId } = known;
    const at = '2026-01-02T03:04:05.678Z';
    const report = {
      reportId: randomUUID(),
      consultationId,
      version: 1,
      authorId: randomUUID(),
      signedAt: at,
      canonical: '{}',
      signature: '{}',
    };
    const source = await openSource(url);
    await source.runMigrations();
    const { patient, diagnosis, consent, ...plain } = { ...known, state: 'acknowledged', issuedAt: at };
    await insert(source, 'consultation', {
      ...plain,
      patient: JSON.stringify(patient),
      diagnosis: JSON.stringify(diagnosis),
      consent: JSON.stringify(consent),
    });
    for (const startedAt of ['2026-01-02T02:00:00.000Z', '2026-01-02T01:00:00.000Z'])
      await insert(source, 'consultation_call', {
        callId: randomUUID(),
        consultationId,
        activeConsultationId: null,
        startedAt,
        startedBy: report.authorId,
        endedAt: at,
      });
    await insert(source, 'report', report);
    await insert(source, 'report_acknowledgement', {
      reportId: report.reportId,
      adoptions: '[]',
      acknowledgedBy: report.authorId,
      acknowledgedAt: at,
    });
    await source.destroy();

    const database = await open(url);
    const { read } = database;
    const consultation = await read.consultations.find(consultationId);
    assert.deepEqual(
      [consultation?.kind, consultation?.metAt, consultation?.amendment],
      ['video', '2026-01-02T01:00:00.000Z', null],
    );
    assert.equal((await read.reports.findAcknowledgement(report.reportId))?.acknowledgedAt, at);
    const first = await read.reports.findValid(consultationId);
    assert.deepEqual([first?.reportId, first?.opinionVersion], [report.reportId, 0]);
    assert.ok(first);
    const second = { ...first, reportId: randomUUID(), version: 2, canonical: '{"version":2}' };
    await database.write((stores) => stores.reports.insert(second));
    await assert.rejects(database.write((stores) => stores.reports.insert({ ...second, reportId: randomUUID() })));
    assert.equal((await read.reports.listByConsultation(consultationId)).length, 2);
  });
});
