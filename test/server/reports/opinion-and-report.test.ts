import assert from 'node:assert/strict';
import { createPublicKey, randomBytes, verify } from 'node:crypto';
import canonicalize from 'canonicalize';
import sharp from 'sharp';
import type { OpinionDraft } from '../../../server/contract/index.ts';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { MAX_KEY_IMAGE_BYTES } from '../../../server/reports/key-image-use-cases.ts';
import { acceptCase, acceptWritten, meetCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { meetInCall } from '../../support/enter-call.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { adoptions, keyImage, opinion, picture, sha256, tamper } from './opinion-by-hand.ts';

describe('opinion and report over HTTP', () => {
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;

  before(async function () {
    this.timeout(180_000);
    server = await startServer();
    [doctor, specialist] = await Promise.all([server.signIn('county-doctor'), server.signIn('specialist')]);
  });
  after(() => server?.close());

  const short = async (
    client: Client,
    name: Parameters<Client['ask']>[0],
    params: Record<string, string>,
    body: object = {},
  ) => {
    const answer = await client.ask(name, { params, body });
    const { code, reason } = answer.body as { code?: string; reason?: string };
    return [answer.status, code, reason].filter(Boolean).join(' ');
  };
  const save = (consultationId: string, version: number, changes: Partial<OpinionDraft> = {}) =>
    specialist.call('opinion:save', { params: { consultationId }, body: { ...opinion, ...changes, version } });
  /** A case with a signed report. */
  async function signedCase(changes: Partial<OpinionDraft> = {}) {
    const met = await acceptWritten(doctor, specialist);
    const params = { consultationId: met.consultationId };
    const { version } = await save(met.consultationId, 0, changes);
    const report = await specialist.call('report:sign', { params, body: { version, password: DEMO_PASSWORD } });
    return { params, report };
  }
  const putImage = (consultationId: string, hash: string, body: Uint8Array, client = specialist) =>
    client.fetch(`/api/consultations/${consultationId}/key-images/${hash}`, {
      method: 'PUT',
      headers: { 'content-type': 'image/png' },
      body: Buffer.from(body),
    });
  it('[RP1] is written by the accepting specialist alone, version by version', async () => {
    const accepted = await acceptCase(doctor, specialist);
    const params = { consultationId: accepted.consultationId };
    const empty = await specialist.call('opinion:read', { params });
    assert.deepEqual([empty.version, empty.savedAt, empty.findings], [0, null, '']);
    assert.equal((await save(params.consultationId, 0)).version, 1);
    assert.equal(
      await short(specialist, 'opinion:save', params, { ...opinion, version: 0 }),
      '409 conflict version-outdated',
    );
    assert.equal((await save(params.consultationId, 1, { findings: '修改' })).version, 2);
    assert.equal((await specialist.call('opinion:read', { params })).findings, '修改');
    assert.equal(await short(doctor, 'opinion:read', params), '403 forbidden');
    const coordinator = await server.signIn('coordinator');
    assert.equal(await short(coordinator, 'opinion:save', params, { ...opinion, version: 2 }), '403 forbidden');
  });

  it('[RP1] takes one of two first saves that are made at once in two windows', async () => {
    const { consultationId } = await acceptCase(doctor, specialist);
    const answers = await Promise.all(
      [1, 2].map(() =>
        specialist.ask('opinion:save', { params: { consultationId }, body: { ...opinion, version: 0 } }),
      ),
    );
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409]);
  });

  it('[RP2] is not signed before the meeting, nor incomplete, nor with a key image that did not arrive', async () => {
    const accepted = await acceptCase(doctor, specialist);
    const params = { consultationId: accepted.consultationId };
    await save(params.consultationId, 0, { diagnosis: [], keyImages: [keyImage('0'.repeat(64))] });
    const sign = (version: number) =>
      specialist.ask('report:sign', { params, body: { version, password: DEMO_PASSWORD } });
    assert.equal(
      await short(specialist, 'report:sign', params, { version: 1, password: DEMO_PASSWORD }),
      '409 conflict state-not-allowed',
    );
    await specialist.call('call:start', { params });
    assert.equal(
      await short(specialist, 'report:sign', params, { version: 1, password: DEMO_PASSWORD }),
      '409 conflict state-not-allowed',
      'a call that nobody else came to is no meeting',
    );
    await meetInCall(params.consultationId, doctor, specialist);
    assert.deepEqual(((await sign(1)).body as { fields: string[] }).fields, ['diagnosis']);
    await save(params.consultationId, 1, { keyImages: [keyImage('0'.repeat(64))] });
    assert.deepEqual(((await sign(2)).body as { fields: string[] }).fields, ['keyImages.0.imageSha256']);
    assert.equal((await specialist.call('consultation:read', { params })).state, 'in-consultation');
  });

  it('[RP8] says how the opinion came about: by video where both sides have met, else in writing, and why', async () => {
    const formOf = async (consultationId: string) => {
      const { version } = await save(consultationId, 0);
      const body = { version, password: DEMO_PASSWORD };
      const { content } = await specialist.call('report:sign', { params: { consultationId }, body });
      return [content.serviceForm, content.formReason];
    };
    const asked = await acceptWritten(doctor, specialist);
    assert.deepEqual(await formOf(asked.consultationId), ['written', undefined]);

    const changed = await acceptCase(doctor, specialist);
    const params = { consultationId: changed.consultationId };
    const reason = '县医院摄像头故障，影像资料完整，书面答复。';
    await specialist.call('consultation:answer-in-writing', { params, body: { version: changed.version, reason } });
    assert.deepEqual(await formOf(changed.consultationId), ['written', reason]);

    const wanted = await meetCase(doctor, specialist);
    await meetInCall(wanted.consultationId, doctor, specialist);
    assert.deepEqual(await formOf(wanted.consultationId), ['video', undefined]);

    const metAfterAll = await acceptWritten(doctor, specialist);
    await specialist.call('call:start', { params: { consultationId: metAfterAll.consultationId } });
    await meetInCall(metAfterAll.consultationId, doctor, specialist);
    assert.deepEqual(await formOf(metAfterAll.consultationId), ['video', undefined]);
  });

  it('[RP3] is not signed with a wrong password, and guessing ends after five', async () => {
    const second = await server.signIn('specialist-2');
    const met = await acceptWritten(doctor, second);
    const params = { consultationId: met.consultationId };
    await second.call('opinion:save', { params, body: { ...opinion, version: 0 } });
    for (let guess = 0; guess < 5; guess += 1)
      assert.equal(
        await short(second, 'report:sign', params, { version: 1, password: `guess ${guess}` }),
        '403 forbidden signature-password',
      );
    assert.equal(
      await short(second, 'report:sign', params, { version: 1, password: DEMO_PASSWORD }),
      '429 rate-limited',
    );
    assert.equal((await second.call('consultation:read', { params })).reportId, null);
  });

  it('[RP4] once signed can be checked by anyone and changed by nobody', async () => {
    const { params, report } = await signedCase();
    const read = await doctor.call('report:read', { params });
    assert.deepEqual(read, report);
    const { content, signature } = read;
    assert.equal(content.findings, opinion.findings);
    assert.equal(content.author.name, '陈致远');
    assert.equal(content.patient.idNumber, '230***********1212');
    const message = canonicalize(content);
    assert.ok(message);
    const key = createPublicKey({ key: Buffer.from(signature.publicKey, 'base64'), type: 'spki', format: 'der' });
    assert.equal(verify(null, Buffer.from(message), key, Buffer.from(signature.value, 'base64')), true);
    assert.equal(
      await short(specialist, 'opinion:save', params, { ...opinion, version: 1 }),
      '409 conflict report-signed',
    );
    assert.equal(
      await short(specialist, 'report:sign', params, { version: 1, password: DEMO_PASSWORD }),
      '409 conflict report-signed',
    );
    const view = await doctor.call('consultation:read', { params });
    assert.deepEqual([view.state, view.reportId], ['issued', content.reportId]);
  });

  it('[RP4] is signed once, however often it is asked for at once', async () => {
    const met = await acceptWritten(doctor, specialist);
    const params = { consultationId: met.consultationId };
    await save(met.consultationId, 0);
    const answers = await Promise.all(
      [1, 2].map(() => specialist.ask('report:sign', { params, body: { version: 1, password: DEMO_PASSWORD } })),
    );
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [201, 409]);
    assert.equal((await specialist.call('report:read', { params })).signatureValid, true);
  });

  it('[RP5] shows at each read whether the stored report is still what was signed', async () => {
    const { params, report } = await signedCase();
    const { reportId } = report.content;
    await tamper(server, reportId, '边缘光滑', '边缘毛刺');
    assert.equal((await doctor.call('report:read', { params })).signatureValid, false);
    await tamper(server, reportId, '边缘毛刺', '边缘光滑');
    assert.equal((await doctor.call('report:read', { params })).signatureValid, true);
  });

  it('[RP6] is acknowledged by the requester with an answer to each recommendation', async () => {
    const { params } = await signedCase();
    assert.equal(await short(specialist, 'report:acknowledge', params, { version: 1, adoptions }), '403 forbidden');
    const partial = await doctor.ask('report:acknowledge', { params, body: { version: 1, adoptions: [adoptions[0]] } });
    assert.deepEqual((partial.body as { reason: string; fields: string[] }).fields, ['adoptions.1']);
    const unreasoned = { ...adoptions[1], reason: '' };
    assert.equal(
      await short(doctor, 'report:acknowledge', params, { version: 1, adoptions: [adoptions[0], unreasoned] }),
      '400 invalid-message adoption-incomplete',
    );
    const done = await doctor.call('report:acknowledge', { params, body: { version: 1, adoptions: [...adoptions] } });
    assert.equal(done.acknowledgedBy?.name, '李春梅');
    assert.deepEqual((await specialist.call('report:read', { params })).adoptions, adoptions);
    assert.equal(
      await short(doctor, 'report:acknowledge', params, { version: 1, adoptions }),
      '409 conflict state-not-allowed',
    );
    assert.equal((await doctor.call('consultation:read', { params })).state, 'acknowledged');
  });

  it('[RP7] keeps key images under their hash, for the author and then for the readers of the report', async () => {
    const met = await acceptWritten(doctor, specialist);
    const params = { consultationId: met.consultationId };
    const bytes = await picture(1);
    const hash = sha256(bytes);
    const path = `/api/consultations/${met.consultationId}/key-images/${hash}`;
    assert.equal((await putImage(met.consultationId, hash, bytes)).status, 201);
    assert.equal((await putImage(met.consultationId, hash, bytes)).status, 201, 'sent again over a bad line');
    assert.equal((await doctor.fetch(path)).status, 403, 'not signed yet');
    await save(met.consultationId, 0, { keyImages: [keyImage(hash)] });
    await specialist.call('report:sign', { params, body: { version: 1, password: DEMO_PASSWORD } });
    const answer = await doctor.fetch(path);
    assert.equal(answer.headers.get('content-type'), 'image/png');
    assert.equal(sha256(new Uint8Array(await answer.arrayBuffer())), hash);
    assert.equal((await (await server.signIn('surgeon')).fetch(path)).status, 404);
    assert.equal((await fetch(`${server.url}${path}`)).status, 401);
    const late = await picture(2);
    assert.equal((await putImage(met.consultationId, sha256(late), late)).status, 409);
  });

  it('[RP7] refuses what is no picture, not the one that was named, empty or too large', async () => {
    const { consultationId } = await acceptCase(doctor, specialist);
    const bytes = await picture(3);
    const reasonOf = async (response: Response) =>
      `${response.status} ${((await response.json()) as { reason: string }).reason}`;
    assert.equal(await reasonOf(await putImage(consultationId, sha256(bytes), await picture(4))), '400 hash-mismatch');
    const jpeg = await sharp(bytes).jpeg().toBuffer();
    assert.equal(await reasonOf(await putImage(consultationId, sha256(jpeg), jpeg)), '400 file-damaged');
    assert.equal(
      await reasonOf(await putImage(consultationId, sha256(bytes.subarray(0, 4)), bytes.subarray(0, 4))),
      '400 file-damaged',
    );
    assert.equal(
      await reasonOf(await putImage(consultationId, sha256(new Uint8Array()), new Uint8Array())),
      '400 file-empty',
    );
    const huge = Buffer.concat([bytes, randomBytes(MAX_KEY_IMAGE_BYTES)]);
    assert.equal(await reasonOf(await putImage(consultationId, sha256(huge), huge)), '413 file-too-large');
    assert.equal((await putImage(consultationId, sha256(bytes), bytes, doctor)).status, 403);
    assert.equal(
      (await specialist.fetch(`/api/consultations/${consultationId}/key-images/${sha256(bytes)}`)).status,
      404,
    );
  });

  it('[CO14] leaves a row in the access log when a report is read', async () => {
    const { params, report } = await signedCase();
    await doctor.call('report:read', { params });
    const rows = await server.database.read.audit.listAccesses({ limit: 10, consultationId: params.consultationId });
    assert.deepEqual(
      [rows[0]?.subjectKind, rows[0]?.basis, rows[0]?.subjectId],
      ['report', 'requester', report.content.reportId],
    );
  });
});
