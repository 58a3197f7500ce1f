import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Material } from '../../../server/archive/study.ts';
import type { Database } from '../../../server/database/database.ts';
import { eachDatabase } from '../../support/each-database.ts';
import {
  add,
  attach,
  COUNTY,
  instance,
  material,
  PROVINCE,
  pictureFile,
  series,
  study,
} from '../../support/study-rows.ts';

const plain = <T extends object>(row: T | undefined): T | undefined => row && { ...row };

eachDatabase('what is attached to cases', (open) => {
  const insert = (database: Database, made: Material) => database.write((stores) => stores.materials.insert(made));
  const uidsOf = async (database: Database, materialId: string) =>
    (await database.read.materials.listInstances(materialId)).map((row) => row.sopInstanceUid);

  it('keeps the first of the same picture file, for each hospital its own', async () => {
    const database = await open();
    const store = (file: ReturnType<typeof pictureFile>) => database.write(({ studies }) => studies.insertFile(file));
    const first = pictureFile(COUNTY, 'a');
    const other = pictureFile(PROVINCE, 'a', { kind: 'ecg', name: '𠮷.scp', sizeBytes: 2 ** 41 + 1 });
    assert.deepEqual(plain(await store(first)), first);
    const again = await store(pictureFile(COUNTY, 'a', { name: 'copy.svs', storedAt: '2026-02-03T00:00:00.000Z' }));
    assert.deepEqual(plain(again), first, 'who sends it again is told of the one that is there');
    assert.deepEqual(plain(await store(other)), other);
    const { studies } = database.read;
    assert.deepEqual(plain(await studies.findFile(COUNTY, first.sha256)), first);
    assert.deepEqual(plain(await studies.findFile(PROVINCE, first.sha256)), other);
    assert.equal(await studies.findFile(COUNTY, 'b'.repeat(64)), undefined);
    assert.equal(await studies.findFile(COUNTY, first.sha256.toUpperCase()), undefined, 'a hash in its letter case');
    assert.equal(await studies.findFile(randomUUID(), first.sha256), undefined);
  });

  it('stores one file once, whoever sends it at the same time', async () => {
    const database = await open();
    const sent = ['one', 'two', 'three', 'four'].map((name) => pictureFile(COUNTY, 'c', { name }));
    const stored = await Promise.all(sent.map((file) => database.write(({ studies }) => studies.insertFile(file))));
    assert.equal(
      new Set(stored.map((file) => `${file.name} ${file.storedBy}`)).size,
      1,
      'all are told of the same one',
    );
  });

  it('holds the pictures of one study apart by their kind', async () => {
    const database = await open();
    const of = study(COUNTY, 1);
    const [images, slides] = [series(of, 1), series(of, 2, { modality: 'SM' })];
    const [ct, sm] = [
      [instance(images, 2), instance(images, 1)],
      [instance(slides, 1), instance(slides, 2, { showsLabel: true })],
    ];
    await add(database, of, [images, ct], [slides, sm]);
    // Another hospital holds the same UIDs.
    const theirs = study(PROVINCE, 1);
    await add(database, theirs, [series(theirs, 1), [instance(series(theirs, 1), 1)]]);

    const consultationId = randomUUID();
    const imaging = await attach(database, consultationId, ct);
    const pathology = await attach(database, consultationId, sm, 'pathology');
    assert.notEqual(imaging, pathology);
    assert.equal(await attach(database, consultationId, sm.slice(1), 'pathology'), pathology, 'each kind once');
    const listed = await database.read.materials.list(consultationId);
    assert.deepEqual(
      new Set(listed.map(({ materialId, kind, studyInstanceUid }) => `${materialId} ${kind} ${studyInstanceUid}`)),
      new Set([`${imaging} imaging 1.2.1`, `${pathology} pathology 1.2.1`]),
    );
    assert.deepEqual(await uidsOf(database, imaging), ['1.2.1.1.1', '1.2.1.1.2'], 'by instance number');
    const found = await database.read.materials.listInstances(pathology);
    assert.deepEqual(found.map(plain), sm, 'whole instances, those of the hospital that attached them');
    assert.deepEqual(await uidsOf(database, randomUUID()), []);
    assert.deepEqual(await database.read.materials.listConsultations(of.studyInstanceUid), [consultationId]);

    await database.write((stores) => stores.materials.delete(imaging));
    assert.deepEqual(await uidsOf(database, imaging), []);
    assert.deepEqual((await uidsOf(database, pathology)).length, 2, 'the study’s slides stay');
  });

  it('gives each case its own instances of a study', async () => {
    const database = await open();
    const of = study(COUNTY, 1);
    const one = series(of, 1);
    const instances = [1, 2, 3].map((number) => instance(one, number));
    await add(database, of, [one, instances]);
    const mine = await attach(database, randomUUID(), instances.slice(0, 1));
    const yours = await attach(database, randomUUID(), instances.slice(1));
    assert.deepEqual(await uidsOf(database, mine), ['1.2.1.1.1']);
    assert.deepEqual(await uidsOf(database, yours), ['1.2.1.1.2', '1.2.1.1.3']);
  });

  it('attaches files beside studies, each once, and finds them in their own case', async () => {
    const database = await open();
    const [mine, yours] = [randomUUID(), randomUUID()];
    const file = (consultationId: string, letter: string, kind: Material['kind'] = 'ecg') =>
      material(consultationId, { kind, facilityId: COUNTY, fileSha256: letter.repeat(64) });
    const [first, second, slide, elsewhere] = [
      file(mine, 'a'),
      file(mine, 'b'),
      file(mine, 'c', 'pathology'),
      file(yours, 'a'),
    ];
    const ofStudy = material(mine, { studyInstanceUid: '1.2.1' });
    for (const made of [first, second, slide, elsewhere, ofStudy])
      assert.deepEqual(plain(await insert(database, made)), made, 'none is taken for another');
    assert.equal((await insert(database, file(mine, 'a'))).materialId, first.materialId, 'the same file again');

    const { materials } = database.read;
    assert.equal((await materials.list(mine)).length, 4);
    assert.deepEqual(plain(await materials.findFile(mine, 'a'.repeat(64))), first);
    assert.deepEqual(plain(await materials.findFile(mine, 'c'.repeat(64))), slide);
    assert.deepEqual(plain(await materials.findFile(yours, 'a'.repeat(64))), elsewhere);
    assert.equal(await materials.findFile(yours, 'b'.repeat(64)), undefined, 'what another case has is not here');
    assert.deepEqual(plain(await materials.find(mine, slide.materialId)), slide);
    assert.equal(await materials.find(yours, slide.materialId), undefined);
    assert.deepEqual(await materials.listInstances(first.materialId), []);
    assert.deepEqual(
      new Set(await materials.listConsultationsWithMaterial([mine, yours, randomUUID()])),
      new Set([mine, yours]),
    );

    await database.write((stores) => stores.materials.delete(first.materialId));
    assert.equal(await materials.findFile(mine, 'a'.repeat(64)), undefined);
    assert.ok(await materials.findFile(yours, 'a'.repeat(64)), 'the other case keeps it');
  });

  it('attaches one material where several files of it come at the same time', async () => {
    const database = await open();
    const consultationId = randomUUID();
    const made = Array.from({ length: 6 }, (_, index) =>
      material(consultationId, { kind: index % 2 === 0 ? 'imaging' : 'ecg', studyInstanceUid: '1.2.1' }),
    );
    const ids = await Promise.all(made.map((one) => insert(database, one).then(({ materialId }) => materialId)));
    assert.equal(new Set(ids).size, 2);
    assert.equal((await database.read.materials.list(consultationId)).length, 2);
  });
});
