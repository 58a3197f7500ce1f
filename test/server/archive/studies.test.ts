import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Match } from '../../../server/archive/search.ts';
import type { Scope } from '../../../server/archive/study.ts';
import type { Database } from '../../../server/database/database.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { AT, add, attach, COUNTY, instance, PROVINCE, series, study } from '../../support/study-rows.ts';

const ALL = { offset: 0, limit: 100 };
const county: Scope = { facilityId: COUNTY };

eachDatabase('the archive of studies', (open) => {
  async function find(database: Database, ...matches: Match[]): Promise<string[]> {
    const found = await database.read.studies.searchStudies(county, matches, ALL);
    return found.map((one) => one.studyInstanceUid.slice(4)).sort();
  }

  it('gives back an instance, its metadata and its size as they were stored', async () => {
    const database = await open();
    const of = study(COUNTY, 1, { patientName: 'Wang^XiaoDong=王^小东', studyDescription: '胸部CT平扫' });
    const one = series(of, 1);
    const each = instance(one, 1, { sizeBytes: 2 ** 41 + 1, rows: null, instanceNumber: null });
    const label = instance(one, 2, { showsLabel: true });
    await add(database, of, [one, [each, label]]);
    const resource = { studyInstanceUid: of.studyInstanceUid };
    const found = await database.read.studies.listInstances(county, resource);
    assert.deepEqual(
      found.map((row) => ({ ...row })),
      [each, label],
    );
    const [metadata] = await database.read.studies.listMetadata(found);
    assert.equal(Buffer.from(metadata ?? []).toString(), each.sopInstanceUid);
    assert.deepEqual({ ...(await database.read.studies.getStudy(COUNTY, of.studyInstanceUid)) }, of);
  });

  it('keeps the first bytes under a UID, whoever comes at the same time', async () => {
    const database = await open();
    const of = study(COUNTY, 1);
    const one = series(of, 1);
    const versions = ['a', 'b', 'c', 'd'].map((letter) => instance(one, 1, { sha256: letter.repeat(64) }));
    const stored = await Promise.all(
      versions.map((version) =>
        database.write((stores) => stores.studies.insertInstance(of, one, version, Buffer.from(version.sha256))),
      ),
    );
    assert.equal(new Set(stored.map((row) => row.sha256)).size, 1, 'all are told of the same one');
    const [kept] = await database.read.studies.listInstances(county, { studyInstanceUid: of.studyInstanceUid });
    const [metadata] = await database.read.studies.listMetadata(kept ? [kept] : []);
    assert.equal(Buffer.from(metadata ?? []).toString(), kept?.sha256, 'the metadata belong to the kept bytes');
  });

  it('finds patients by name in every writing, with wildcards and in any letter case', async () => {
    const database = await open();
    const names = ['Wang^XiaoDong=王^小东', 'WANG^WU', 'Li^Wang', 'Zhang^San=张^三=ZHANG^SAN', '100%^A_B', '𠮷^一'];
    for (const [index, patientName] of names.entries()) {
      const of = study(COUNTY, index, { patientName });
      await add(database, of, [series(of, 1), [instance(series(of, 1), 1)]]);
    }
    const byName = (pattern: string) =>
      find(database, { level: 'study', field: 'patientName', kind: 'wildcard', pattern, isName: true });
    assert.deepEqual(await byName('wang*'), ['0', '1']);
    assert.deepEqual(await byName('王*'), ['0']);
    assert.deepEqual(await byName('张^三'), ['3']);
    assert.deepEqual(await byName('Wang^W?'), ['1']);
    assert.deepEqual(await byName('*Wang*'), ['0', '1', '2']);
    assert.deepEqual(await byName('𠮷^一'), ['5']);
    assert.deepEqual(await byName('𡈽^一'), [], 'two rare characters are not the same');
    assert.deepEqual(await byName('100%^A_B'), ['4']);
    assert.deepEqual(await byName('1000^A_B'), [], 'a percent sign is itself');
    assert.deepEqual(await byName('100%^AxB'), [], 'an underscore is itself');
    assert.deepEqual(await byName("'; DROP TABLE study; --"), []);
  });

  it('finds studies by date range, identifiers, and what lies in their series', async () => {
    const database = await open();
    const dates = ['20240101', '20240615', '20241231', ''];
    for (const [index, studyDate] of dates.entries()) {
      const of = study(COUNTY, index, { studyDate, patientId: index === 1 ? 'a1' : 'A1' });
      const modality = index % 2 === 0 ? 'CT' : 'MR';
      await add(database, of, [series(of, 1, { modality }), [instance(series(of, 1), 1)]]);
    }
    const range = (from: string | undefined, to: string | undefined): Match => ({
      level: 'study',
      field: 'studyDate',
      kind: 'range',
      from,
      to,
    });
    assert.deepEqual(await find(database, range('20240615', '20241231')), ['1', '2']);
    assert.deepEqual(await find(database, range(undefined, '20240101')), ['0']);
    assert.deepEqual(await find(database, range('20240102', undefined)), ['1', '2']);
    const anyOf = (level: Match['level'], field: Match['field'], ...values: string[]): Match => ({
      level,
      field,
      kind: 'any-of',
      values,
    });
    assert.deepEqual(await find(database, anyOf('study', 'patientId', 'a1')), ['1'], 'an ID in its letter case');
    assert.deepEqual(await find(database, anyOf('series', 'modality', 'MR')), ['1', '3']);
    assert.deepEqual(await find(database, anyOf('instance', 'sopInstanceUid', '1.2.2.1.1')), ['2']);
    assert.deepEqual(await find(database, anyOf('series', 'modality', 'CT'), range('20240102', undefined)), ['2']);
    assert.deepEqual(await find(database, anyOf('study', 'studyInstanceUid')), []);
  });

  it('pages through studies, newest first, without missing or repeating one', async () => {
    const database = await open();
    for (let index = 0; index < 7; index += 1) {
      const of = study(COUNTY, index, { studyDate: `2024010${index % 3}` });
      await add(database, of, [series(of, 1), [instance(series(of, 1), 1)]]);
    }
    const pages: string[] = [];
    for (let offset = 0; offset < 9; offset += 2) {
      const page = await database.read.studies.searchStudies(county, [], { offset, limit: 2 });
      pages.push(...page.map((one) => one.studyInstanceUid));
    }
    assert.deepEqual(pages, ['1.2.2', '1.2.5', '1.2.1', '1.2.4', '1.2.0', '1.2.3', '1.2.6']);
  });

  it('shows a case exactly what was attached to it, from whichever archive', async () => {
    const database = await open();
    const own = study(COUNTY, 1);
    const [first, second] = [series(own, 1), series(own, 2, { modality: 'SR' })];
    const instances = [instance(first, 1), instance(first, 2)];
    await add(database, own, [first, instances], [second, [instance(second, 1)]]);
    // Another hospital holds the same UIDs.
    const other = study(PROVINCE, 1);
    await add(database, other, [series(other, 1), [instance(series(other, 1), 1), instance(series(other, 1), 9)]]);

    const [mine, theirs, nothing] = [randomUUID(), randomUUID(), randomUUID()];
    await attach(database, mine, instances.slice(0, 1));
    await attach(database, theirs, [instance(series(other, 1), 9)]);
    const { studies } = database.read;
    const resource = { studyInstanceUid: own.studyInstanceUid };
    const list = async (...consultationIds: string[]) =>
      (await studies.listInstances({ consultationIds }, resource)).map(
        (row) => `${row.facilityId} ${row.sopInstanceUid}`,
      );
    assert.deepEqual(await list(mine), [`${COUNTY} 1.2.1.1.1`]);
    assert.deepEqual(await list(theirs), [`${PROVINCE} 1.2.1.1.9`]);
    assert.deepEqual(await list(nothing), []);
    assert.deepEqual(await list(), []);

    const scope = { consultationIds: [mine] };
    assert.equal((await studies.searchStudies(scope, [], ALL)).length, 1);
    assert.deepEqual(
      (await studies.searchSeries(scope, [], ALL)).map((row) => row.seriesInstanceUid),
      ['1.2.1.1'],
    );
    assert.equal((await studies.searchInstances(scope, [], ALL)).length, 1);
    assert.deepEqual(await studies.totalStudy(scope, own), { modalities: ['CT'], seriesCount: 1, instanceCount: 1 });
    assert.deepEqual(await studies.totalStudy(county, own), {
      modalities: ['CT', 'SR'],
      seriesCount: 2,
      instanceCount: 3,
    });
    const reports: Match = { level: 'series', field: 'modality', kind: 'any-of', values: ['SR'] };
    assert.equal((await studies.searchStudies(scope, [reports], ALL)).length, 0, 'what is not attached does not match');
    assert.equal(await studies.countInstances(scope, first), 1);
    assert.equal(await studies.countInstances(county, first), 2);
  });

  it('takes a study off a case and leaves the archive as it is', async () => {
    const database = await open();
    const of = study(COUNTY, 1);
    await add(database, of, [series(of, 1), [instance(series(of, 1), 1)]]);
    const consultationId = randomUUID();
    const materialId = await attach(database, consultationId, [instance(series(of, 1), 1)]);
    assert.deepEqual(await database.read.materials.listConsultations(of.studyInstanceUid), [consultationId]);
    await database.write((stores) => stores.materials.delete(materialId));
    assert.deepEqual(await database.read.materials.list(consultationId), []);
    const { studies } = database.read;
    assert.deepEqual(await studies.searchStudies({ consultationIds: [consultationId] }, [], ALL), []);
    assert.equal((await studies.searchStudies(county, [], ALL)).length, 1);
  });

  it('takes up the upload of the same person, case and bytes', async () => {
    const database = await open();
    const upload = {
      uploadId: randomUUID(),
      consultationId: randomUUID(),
      accountId: randomUUID(),
      facilityId: COUNTY,
      name: 'IM0001',
      sizeBytes: 5,
      sha256: 'a'.repeat(64),
      state: 'receiving' as const,
      announcedAt: '2026-01-01T00:00:00.000Z',
    };
    const announce = (changes: Partial<typeof upload>) =>
      database.write((stores) => stores.uploads.announce({ ...upload, uploadId: randomUUID(), ...changes }));
    const first = await announce({});
    assert.equal(first.name, 'IM0001');
    const again = await announce({ name: '胸部CT', announcedAt: AT });
    assert.deepEqual([again.uploadId, again.name, again.announcedAt], [first.uploadId, '胸部CT', AT]);
    assert.notEqual((await announce({ accountId: randomUUID() })).uploadId, first.uploadId);
    assert.notEqual((await announce({ consultationId: randomUUID() })).uploadId, first.uploadId);
    const stale = await database.read.uploads.listAnnouncedBefore('2026-01-02T00:00:00.000Z');
    assert.equal(stale.length, 2);
    assert.ok(!stale.some((one) => one.uploadId === first.uploadId));
  });
});
