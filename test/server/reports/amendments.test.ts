import assert from 'node:assert/strict';
import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { OpinionDraft, ReportView } from '../../../server/contract/index.ts';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { acceptWritten } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const recommendationId = randomUUID();
const opinion: OpinionDraft = {
  findings: '左肺下叶见一实性结节，直径约 8 mm。',
  diagnosis: [{ code: 'R91', display: '肺结节' }],
  recommendations: [{ recommendationId, text: '三个月后复查薄层 CT。' }],
  keyImages: [],
};
const adoptions = [{ recommendationId, decision: 'adopted' as const, reason: '' }];
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function isSignedAsIs({ content, signature }: ReportView): boolean {
  const key = createPublicKey({ key: Buffer.from(signature.publicKey, 'base64'), type: 'spki', format: 'der' });
  return verify(null, Buffer.from(canonicalize(content) ?? ''), key, Buffer.from(signature.value, 'base64'));
}

describe('amending a signed report', () => {
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;

  before(async function () {
    this.timeout(180_000);
    server = await startServer();
    [doctor, specialist] = await Promise.all([server.signIn('county-doctor'), server.signIn('specialist')]);
  });
  after(() => server?.close());

  async function signedCase({ withSurgeon = false } = {}): Promise<{ consultationId: string }> {
    const { consultationId } = await acceptWritten(doctor, specialist);
    const params = { consultationId };
    if (withSurgeon) {
      const colleagues = await specialist.call('colleagues:list', { params });
      const { accountId } = colleagues.find(({ role }) => role === 'surgeon') ?? assert.fail('no surgeon');
      await specialist.call('consultation:invite', { params, body: { accountId } });
    }
    await specialist.call('opinion:save', { params, body: { ...opinion, version: 0 } });
    await specialist.call('report:sign', { params, body: { version: 1, password: DEMO_PASSWORD } });
    return params;
  }
  const versionOf = async (params: { consultationId: string }) =>
    (await specialist.call('consultation:read', { params })).version;
  const amend = async (params: { consultationId: string }, reason = '左右误写，结节在右肺下叶') =>
    specialist.call('report:amend', { params, body: { version: await versionOf(params), kind: 'corrected', reason } });
  async function signAmended(params: { consultationId: string }, version: number): Promise<ReportView> {
    const findings = opinion.findings.replace('左肺', '右肺');
    const saved = await specialist.call('opinion:save', { params, body: { ...opinion, findings, version } });
    return specialist.call('report:sign', { params, body: { version: saved.version, password: DEMO_PASSWORD } });
  }

  it('[RP9] is a second version over its reason and the first one’s hash; the first stays readable with its own signature', async () => {
    const params = await signedCase();
    const first = await doctor.call('report:read', { params });
    await doctor.call('report:acknowledge', { params, body: { version: 1, adoptions } });
    const draft = await amend(params);
    assert.equal(draft.findings, opinion.findings, 'written on from what is valid');
    const meanwhile = await doctor.call('consultation:read', { params });
    assert.deepEqual(
      [meanwhile.state, meanwhile.amendment, meanwhile.reportVersion],
      ['acknowledged', { kind: 'corrected', reason: '左右误写，结节在右肺下叶' }, 1],
    );
    const second = await signAmended(params, draft.version);
    assert.deepEqual([second.content.version, second.content.findings.slice(0, 2)], [2, '右肺']);
    assert.deepEqual(second.content.amendment, {
      kind: 'corrected',
      reason: '左右误写，结节在右肺下叶',
      predecessor: {
        reportId: first.content.reportId,
        version: 1,
        signedAt: first.content.signedAt,
        contentSha256: sha256(canonicalize(first.content) ?? ''),
      },
    });
    assert.ok(isSignedAsIs(second) && second.signatureValid);
    assert.deepEqual((await doctor.call('report:read', { params })).content, second.content);

    const old = await doctor.call('report:read', { params, query: { version: '1' } });
    assert.deepEqual([old.content, old.signature, old.signatureValid], [first.content, first.signature, true]);
    assert.ok(isSignedAsIs(old));
    assert.deepEqual(old.adoptions, adoptions, 'with the answer that it was given');
    assert.deepEqual(
      old.versions.map(({ version, amendment }) => [version, amendment?.kind]),
      [
        [1, undefined],
        [2, 'corrected'],
      ],
    );
    assert.equal((await doctor.fetch(`/api/consultations/${params.consultationId}/report?version=3`)).status, 404);
  });

  it('[RP10] the requester is told of the amended report and answers it anew; the answer to the old one does not count for it', async () => {
    const params = await signedCase();
    await doctor.call('report:acknowledge', { params, body: { version: 1, adoptions } });
    const window = await connect(server.url, doctor.cookie);
    const draft = await amend(params);
    const told = await window.next('consultation:changed', (line) => line.consultationId === params.consultationId);
    assert.equal(told.needsMe, false, 'that an amendment is written is seen; there is nothing to do yet');
    await signAmended(params, draft.version);
    const arrived = await window.next('consultation:arrived', (line) => line.consultationId === params.consultationId);
    window.close();
    assert.deepEqual([arrived.state, arrived.actions.includes('acknowledge')], ['issued', true]);
    assert.equal((await doctor.call('report:read', { params })).acknowledgedAt, null);
    await doctor.call('report:acknowledge', { params, body: { version: 2, adoptions } });
    assert.equal((await doctor.call('consultation:read', { params })).state, 'acknowledged');
  });

  it('[RP10] an answer to the first report that meets the second one is refused, whichever comes first', async () => {
    for (let round = 0; round < 4; round += 1) {
      const params = await signedCase();
      const { version } = await amend(params);
      const saved = await specialist.call('opinion:save', {
        params,
        body: { ...opinion, findings: '右肺。', version },
      });
      const sign = { params, body: { version: saved.version, password: DEMO_PASSWORD } };
      const [answer] = await Promise.all([
        doctor.ask('report:acknowledge', { params, body: { version: 1, adoptions } }),
        specialist.call('report:sign', sign),
      ]);
      // Before the signature it answers the report that is valid; after it there is another to be read.
      if (answer.status !== 200) assert.equal((answer.body as { reason: string }).reason, 'version-outdated');
      const after = await doctor.call('consultation:read', { params });
      assert.deepEqual([after.state, after.actions.includes('acknowledge')], ['issued', true]);
    }
    const params = await signedCase();
    const { version } = await amend(params);
    await signAmended(params, version);
    assert.equal(
      (await refusal(doctor, 'report:acknowledge', params, { version: 1, adoptions })).short,
      'conflict/version-outdated',
    );
  });

  it('[RP9] of two windows that begin an amendment, or sign it, at once one does', async () => {
    const params = await signedCase();
    const version = await versionOf(params);
    const begin = () =>
      specialist.ask('report:amend', { params, body: { version, kind: 'appended', reason: '补充随访建议' } });
    const begun = await Promise.all([begin(), begin()]);
    assert.deepEqual(begun.map(({ status }) => status).toSorted(), [201, 409]);
    const draft = await specialist.call('opinion:read', { params });
    const sign = () =>
      specialist.ask('report:sign', { params, body: { version: draft.version, password: DEMO_PASSWORD } });
    const signed = await Promise.all([sign(), sign()]);
    assert.deepEqual(signed.map(({ status }) => status).toSorted(), [201, 409]);
    const { versions, content } = await specialist.call('report:read', { params });
    assert.deepEqual([versions.length, content.version, content.amendment?.kind], [2, 2, 'appended']);
  });

  it('[RP9] nothing takes the place of a signed report: no change without an amendment, no amendment without a reason, none by others', async () => {
    const params = await signedCase();
    const version = await versionOf(params);
    const body = { version, kind: 'corrected', reason: '更正' };
    assert.equal(
      (await refusal(specialist, 'report:amend', params, { ...body, reason: '  ' })).short,
      'invalid-message/reason-missing',
    );
    assert.equal(
      (await refusal(specialist, 'report:amend', params, { ...body, version: version - 1 })).short,
      'conflict/version-outdated',
    );
    assert.equal((await refusal(doctor, 'report:amend', params, body)).short, 'forbidden');
    const draft = await amend(params);
    assert.equal((await refusal(specialist, 'opinion:save', params, { ...opinion, version: 1 })).status, 409);
    await specialist.call('report:withdraw-amendment', { params });
    assert.equal(
      (await refusal(specialist, 'report:sign', params, { version: draft.version, password: DEMO_PASSWORD })).short,
      'conflict/report-signed',
    );
    const after = await doctor.call('report:read', { params });
    assert.deepEqual(
      [after.versions.length, after.signatureValid, after.content.findings],
      [1, true, opinion.findings],
    );
    const auditor = await server.signIn('auditor');
    const acts = await auditor.call('audit:list', { query: { consultationId: params.consultationId } });
    const names = acts.map(({ action }) => action);
    for (const action of ['report:amend', 'report:withdraw-amendment']) assert.ok(names.includes(action));
    assert.ok(!JSON.stringify(acts).includes('左右误写'), 'the chain names no patient’s findings');
  });

  it('[NT1] tells the requester and the coordinators that a report is being amended, and that it stays after all; nobody else', async () => {
    const params = await signedCase({ withSurgeon: true });
    const heard = async (account: string) =>
      (await (await server.signIn(account)).call('notices:list')).notices
        .filter(({ consultationId }) => consultationId === params.consultationId)
        .map(({ kind }) => kind);
    await amend(params);
    await specialist.call('report:withdraw-amendment', { params });
    for (const account of ['county-doctor', 'coordinator'])
      assert.deepEqual(
        (await heard(account)).slice(0, 3),
        ['amendment-withdrawn', 'amendment-begun', 'signed'],
        account,
      );
    for (const account of ['surgeon', 'specialist', 'specialist-2'])
      assert.ok(!(await heard(account)).some((kind) => kind.startsWith('amendment')), account);
  });
});
