import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { UPLOAD_CHUNK_BYTES, UploadView } from '../../../server/contract/index.ts';
import { submitDraft } from '../../support/cases.ts';
import type { Client } from '../../support/client.ts';
import { readData } from '../../support/data.ts';
import { announceFile, CT_SERIES, hashOf, listData, putChunk, uploadFile } from '../../support/images.ts';
import { imagingOf } from '../../support/imaging-parts.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { countFiles, type FailureBody, failureOf, inputOf } from './upload-answers.ts';

describe('uploading images into a case', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let doctor: Client;
  let files: Uint8Array[];

  before(async () => {
    server = await startServer();
    doctor = await server.signIn('county-doctor');
    files = await Promise.all((await listData(CT_SERIES)).map(readData));
  });
  after(() => server.close());

  const newDraft = async () => (await doctor.call('consultation:create')).consultationId;
  const materialsOf = async (consultationId: string, client = doctor) =>
    (await client.call('consultation:read', { params: { consultationId } })).materials;
  const nth = (index: number): Uint8Array => files[index] ?? new Uint8Array();
  const stored = () => countFiles(join(server.dataDir, 'files'));
  const partials = () => countFiles(join(server.dataDir, 'uploads'));

  it('shows the study with its series once its files are in', async () => {
    const consultationId = await newDraft();
    for (const file of files.slice(0, 6)) assert.equal((await uploadFile(doctor, consultationId, file))?.status, 200);
    const [first, ...others] = await materialsOf(consultationId);
    assert.equal(others.length, 0);
    const material = imagingOf(first);
    assert.equal(material.studyDate, '20000101');
    assert.equal(material.series.length, 1);
    assert.deepEqual(
      material.series.map(({ modality, instanceCount }) => ({ modality, instanceCount })),
      [{ modality: 'CT', instanceCount: 6 }],
    );
    assert.equal(await partials(), 0, 'nothing is left half-way');
  });

  it('takes several files of one study at the same time', async () => {
    const consultationId = await newDraft();
    const answers = await Promise.all(files.slice(10, 18).map((file) => uploadFile(doctor, consultationId, file)));
    assert.deepEqual([...new Set(answers.map((answer) => answer?.status))], [200]);
    const [material, ...others] = await materialsOf(consultationId);
    assert.equal(others.length, 0);
    assert.equal(imagingOf(material).series[0]?.instanceCount, 8);
  });

  it('[UP1] needs no bytes for a file that the hospital has already, and stores it once', async () => {
    const [first, second] = [await newDraft(), await newDraft()];
    await uploadFile(doctor, first, nth(20));
    const before = await stored();
    const again = await announceFile(doctor, second, nth(20));
    assert.equal(again.state, 'stored');
    assert.equal(again.receivedBytes, nth(20).length);
    assert.equal(imagingOf((await materialsOf(second))[0]).series[0]?.instanceCount, 1);
    const same = await announceFile(doctor, first, nth(20));
    assert.equal(same.state, 'stored', 'the same file in the same case');
    assert.equal(imagingOf((await materialsOf(first))[0]).series[0]?.instanceCount, 1);
    assert.equal(await stored(), before);
  });

  it('[UP1] continues where it stopped when it is announced again', async () => {
    const consultationId = await newDraft();
    const bytes = nth(21);
    const { uploadId } = await announceFile(doctor, consultationId, bytes);
    await putChunk(doctor, uploadId, 0, bytes.subarray(0, 100_000));
    const again = await announceFile(doctor, consultationId, bytes);
    assert.deepEqual([again.uploadId, again.state, again.receivedBytes], [uploadId, 'receiving', 100_000]);
    const status = await doctor.fetch(`/api/uploads/${uploadId}`);
    assert.equal(UploadView.parse(await status.json()).receivedBytes, 100_000);
    assert.equal((await uploadFile(doctor, consultationId, bytes))?.status, 200);
    assert.equal((await materialsOf(consultationId)).length, 1);
  });

  it('[UP2] refuses a chunk that does not follow on, and loses nothing', async () => {
    const consultationId = await newDraft();
    const bytes = nth(22);
    const { uploadId } = await announceFile(doctor, consultationId, bytes);
    await putChunk(doctor, uploadId, 0, bytes.subarray(0, 1000));
    for (const offset of [0, 999, 1001, 5000])
      assert.deepEqual(await failureOf(await putChunk(doctor, uploadId, offset, bytes.subarray(offset, offset + 10))), [
        409,
        'offset-mismatch',
      ]);
    const beyond = new Uint8Array(bytes.length - 1000 + 1);
    for (let offset = 1000; offset < bytes.length - UPLOAD_CHUNK_BYTES; offset += UPLOAD_CHUNK_BYTES)
      await putChunk(doctor, uploadId, offset, bytes.subarray(offset, offset + UPLOAD_CHUNK_BYTES));
    const { receivedBytes } = await announceFile(doctor, consultationId, bytes);
    const tooMuch = beyond.subarray(0, bytes.length - receivedBytes + 1);
    assert.deepEqual(await failureOf(await putChunk(doctor, uploadId, receivedBytes, tooMuch)), [
      409,
      'offset-mismatch',
    ]);
    assert.equal((await uploadFile(doctor, consultationId, bytes))?.status, 200);
  });

  it('does not write over itself when two windows send the same file', async () => {
    const consultationId = await newDraft();
    const bytes = nth(23);
    const windows = Array.from({ length: 4 }, async () => {
      for (let tries = 0; tries < 50; tries += 1) {
        const { uploadId, state, receivedBytes } = await announceFile(doctor, consultationId, bytes);
        if (state === 'stored') return 'stored';
        await putChunk(doctor, uploadId, receivedBytes, bytes.subarray(receivedBytes, receivedBytes + 60_000));
      }
      return 'never';
    });
    assert.deepEqual(new Set(await Promise.all(windows)), new Set(['stored']));
    assert.equal(imagingOf((await materialsOf(consultationId))[0]).series[0]?.instanceCount, 1);
  });

  it('[UP5] throws a chunk away that was spoilt on the way', async () => {
    const consultationId = await newDraft();
    const bytes = nth(24);
    const { uploadId } = await announceFile(doctor, consultationId, bytes);
    const spoilt = await putChunk(doctor, uploadId, 0, bytes.subarray(0, 1000), {
      'x-chunk-sha256': hashOf(randomBytes(8)),
    });
    assert.deepEqual(await failureOf(spoilt), [409, 'hash-mismatch']);
    assert.equal((await announceFile(doctor, consultationId, bytes)).receivedBytes, 0);
  });

  it('[UP5] starts again from nothing when the whole file has another hash than announced', async () => {
    const consultationId = await newDraft();
    const bytes = new Uint8Array(nth(25));
    const { uploadId } = await announceFile(doctor, consultationId, bytes);
    const spoilt = new Uint8Array(bytes);
    spoilt[300_000] = (spoilt[300_000] ?? 0) ^ 1;
    await putChunk(doctor, uploadId, 0, spoilt.subarray(0, 400_000));
    assert.deepEqual(await failureOf(await putChunk(doctor, uploadId, 400_000, spoilt.subarray(400_000))), [
      409,
      'hash-mismatch',
    ]);
    assert.deepEqual(await materialsOf(consultationId), []);
    assert.equal((await announceFile(doctor, consultationId, bytes)).receivedBytes, 0);
    assert.equal((await uploadFile(doctor, consultationId, bytes))?.status, 200);
  });

  const refused: Record<string, [sample: () => Promise<Uint8Array>, reason: string]> = {
    'a picture that is not DICOM': [
      () => readData('references.json').then((all) => all.subarray(0, 5000)),
      'not-dicom',
    ],
    'random bytes': [async () => randomBytes(5000), 'not-dicom'],
    'a truncated file': [async () => nth(26).subarray(0, 400_000), 'file-truncated'],
    'a damaged file': [() => readData('dicom/malformed/bad_sequence.dcm'), 'file-damaged'],
    'the index of a CD': [() => readData('dicom/dicomdir/tiny-alpha/DICOMDIR'), 'not-dicom'],
  };
  for (const [title, [sample, reason]] of Object.entries(refused)) {
    it(`[UP6] refuses ${title}, says why, and keeps none of it`, async () => {
      const consultationId = await newDraft();
      const before = await stored();
      const bytes = await sample();
      assert.deepEqual(await failureOf(await uploadFile(doctor, consultationId, bytes)), [400, reason]);
      assert.deepEqual(await materialsOf(consultationId), []);
      assert.equal(await stored(), before);
      assert.equal((await announceFile(doctor, consultationId, bytes)).receivedBytes, 0);
    });
  }

  it('[UP6] refuses an empty file, one that is too large, and a chunk that is too large, before any of it is kept', async () => {
    const params = { consultationId: await newDraft() };
    const announce = async (sizeBytes: number) => {
      const body = { name: 'image.dcm', sizeBytes, sha256: hashOf(randomBytes(8)) };
      const { status, body: failure } = await doctor.ask('upload:announce', { params, body });
      return [status, (failure as FailureBody).reason];
    };
    assert.deepEqual(await announce(0), [400, 'file-empty']);
    assert.deepEqual(await announce(2 * 1024 ** 3 + 1), [413, 'file-too-large']);
    const { uploadId } = await announceFile(doctor, params.consultationId, new Uint8Array(3_000_000));
    const large = await putChunk(doctor, uploadId, 0, new Uint8Array(4 * UPLOAD_CHUNK_BYTES + 1));
    assert.equal(large.status, 413);
  });

  it('[UP7] refuses other bytes under a SOP Instance UID that the hospital has', async () => {
    const consultationId = await newDraft();
    await uploadFile(doctor, consultationId, nth(27));
    const other = new Uint8Array(nth(27));
    other[other.length - 1] = (other[other.length - 1] ?? 0) ^ 1;
    assert.deepEqual(await failureOf(await uploadFile(doctor, consultationId, other)), [409, 'instance-differs']);
    assert.equal(imagingOf((await materialsOf(consultationId))[0]).series[0]?.instanceCount, 1);
  });

  it('[UP9] is for the one who wrote the case alone', async () => {
    const consultationId = await newDraft();
    const { uploadId } = await announceFile(doctor, consultationId, nth(28));
    const statuses = async (client: Client) => [
      (await client.ask('upload:announce', { params: { consultationId }, body: inputOf(nth(28)) })).status,
      (await putChunk(client, uploadId, 0, nth(28).subarray(0, 10))).status,
      (await client.fetch(`/api/uploads/${uploadId}`)).status,
    ];
    for (const stranger of ['surgeon', 'trainee', 'auditor'])
      assert.deepEqual(await statuses(await server.signIn(stranger)), [404, 404, 404], stranger);
    await submitDraft(doctor, consultationId);
    const specialist = await server.signIn('specialist');
    assert.deepEqual(await statuses(specialist), [403, 404, 404], 'sees the case but attaches nothing');
    const nobody = await fetch(`${server.url}/api/uploads/${uploadId}/bytes?offset=0`, { method: 'PUT', body: 'x' });
    assert.equal(nobody.status, 401);
    assert.equal((await uploadFile(doctor, consultationId, nth(28)))?.status, 200, 'still, after it was submitted');
    assert.equal((await materialsOf(consultationId, specialist)).length, 1);
  });

  it('[UP13] holds no more than sixteen GiB, or a thousand files, for one person that were announced and never sent', async () => {
    const consultationId = await newDraft();
    const params = { consultationId };
    const huge = (number: number) => ({
      name: `slide ${number}.svs`,
      sizeBytes: 2 ** 31,
      sha256: hashOf(Buffer.from(String(number))),
    });
    const refused = async (body: unknown) => {
      const { status, body: failure } = await doctor.ask('upload:announce', { params, body });
      return [status, (failure as FailureBody).reason];
    };
    const made: string[] = [];
    let answer: [number, string | undefined] | undefined;
    for (let number = 0; number < 12 && answer === undefined; number += 1) {
      const { status, body } = await doctor.ask('upload:announce', { params, body: huge(number) });
      if (status === 200) made.push((body as UploadView).uploadId);
      else answer = [status, (body as FailureBody).reason];
    }
    assert.deepEqual(answer, [429, 'uploads-unfinished']);
    assert.ok(made.length === 7 || made.length === 8, `${made.length} slides of two GiB`);
    assert.equal((await doctor.call('upload:announce', { params, body: huge(0) })).uploadId, made[0], 'taken up again');
    await server.database.write(async ({ uploads }) => {
      for (const uploadId of made) await uploads.delete(uploadId);
      const upload = await uploads.find(made[0] ?? '');
      assert.equal(upload, undefined);
    });
    assert.equal((await uploadFile(doctor, consultationId, nth(29)))?.status, 200, 'goes on once there is room');

    const { accountId, facilityId } = (await doctor.call('session:read')).person;
    const announcedAt = new Date().toISOString();
    const one = {
      consultationId,
      accountId,
      facilityId,
      name: 'x',
      sizeBytes: 1,
      state: 'receiving' as const,
      announcedAt,
    };
    const many = Array.from({ length: 1_000 }, (_, number) => `announced ${number}`);
    await server.database.write(async ({ uploads }) => {
      for (const uploadId of many) await uploads.announce({ ...one, uploadId, sha256: hashOf(Buffer.from(uploadId)) });
    });
    assert.deepEqual(await refused(huge(99)), [429, 'uploads-unfinished']);
    await server.database.write(async ({ uploads }) => {
      for (const uploadId of many) await uploads.delete(uploadId);
    });
  });

  it('[UP10] takes a study off the case again; the hospital keeps it', async () => {
    const consultationId = await newDraft();
    await uploadFile(doctor, consultationId, nth(29));
    const { materialId, studyInstanceUid } = imagingOf((await materialsOf(consultationId))[0]);
    const params = { consultationId, materialId };
    assert.equal((await (await server.signIn('surgeon')).ask('material:remove', { params })).status, 404);
    const view = await doctor.call('material:remove', { params });
    assert.deepEqual(view.materials, []);
    const path = `/studies/${studyInstanceUid}/metadata`;
    assert.equal((await doctor.fetch(`/dicomweb/consultations/${consultationId}${path}`)).status, 404);
    assert.equal((await doctor.fetch(`/dicomweb${path}`)).status, 200);
    assert.equal((await doctor.ask('material:remove', { params })).status, 404, 'it is gone');
    assert.equal((await announceFile(doctor, consultationId, nth(29))).state, 'stored', 'and comes back without bytes');
  });

  it('leaves an act in the audit trail for each file', async () => {
    const consultationId = await newDraft();
    await uploadFile(doctor, consultationId, nth(30));
    const entries = await server.database.read.audit.list({ limit: 10, consultationId });
    const attached = entries.find((entry) => entry.action === 'material:add');
    assert.equal(attached?.detail['sha256'], hashOf(nth(30)));
    const all = await server.database.read.audit.list({ limit: 10 });
    assert.ok(all.some((entry) => entry.action === 'instance:store' && entry.detail['sha256'] === hashOf(nth(30))));
    assert.doesNotMatch(JSON.stringify(all), /image\.dcm/, 'no file name, which may be a patient’s');
  });
});
