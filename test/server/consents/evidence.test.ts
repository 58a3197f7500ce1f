import assert from 'node:assert/strict';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openFolderFileStore } from '../../../server/archive/folder-file-store.ts';
import { startSealingEarlier } from '../../../server/consents/earlier-evidence.ts';
import { openEvidenceFiles } from '../../../server/consents/evidence-files.ts';
import { createEvidenceSeal } from '../../../server/consents/evidence-seal.ts';
import type { Consent, FailureView } from '../../../server/contract/index.ts';
import { loadFieldSecret } from '../../../server/patients/seal.ts';
import { createLog } from '../../../server/runtime/log.ts';
import { acceptWritten, completeDraft, draftCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { hashOf } from '../../support/images.ts';
import { jpegByHand, pngByHand } from '../../support/photograph-by-hand.ts';
import { refusal } from '../../support/refusal.ts';
import { signedConsent } from '../../support/signed-consent.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const addressOf = (consultationId: string, sha256: string) =>
  `/api/consultations/${consultationId}/consent-evidence/${sha256}`;

describe('what a consent is proven by', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  before(async () => {
    server = await startServer();
    [doctor, specialist] = await Promise.all([server.signIn('county-doctor'), server.signIn('specialist')]);
  });
  after(() => server?.close());

  async function put(client: Client, consultationId: string, bytes: Uint8Array, sha256 = hashOf(bytes)) {
    const response = await client.fetch(addressOf(consultationId, sha256), {
      method: 'PUT',
      body: new Uint8Array(bytes),
    });
    const failure = response.ok ? undefined : ((await response.json()) as FailureView);
    return failure?.reason ?? failure?.code ?? response.status;
  }
  async function submitWith(consent: Consent, bytes?: Uint8Array) {
    const { consultationId, version } = await draftCase(doctor);
    const params = { consultationId };
    if (bytes) assert.equal(await put(doctor, consultationId, bytes), 201);
    const saved = await doctor.call('consultation:save', { params, body: { ...completeDraft, consent, version } });
    return { params, body: { version: saved.version } };
  }

  it('[CN2] is a drawn signature or a photograph, kept as it was sent, shown to those who see the patient in full', async () => {
    const bytes = await pngByHand({ bare: true });
    const consent = signedConsent('张建国', {
      method: 'drawn',
      evidenceSha256: hashOf(bytes),
      scopes: ['consult', 'teach'],
    });
    const sent = await submitWith(consent, bytes);
    const view = await doctor.call('consultation:submit', sent);
    const { consultationId } = view;
    assert.equal(view.consent, null, 'the draft’s consent is a record now');
    const { given: _, ...terms } = consent;
    const [kept, ...others] = view.consents;
    assert.equal(others.length, 0);
    const { consentId, givenAt, recordedBy, withdrawals, ...signed } = kept ?? assert.fail('no record');
    assert.deepEqual([signed, withdrawals, recordedBy.name], [terms, [], '李春梅']);
    assert.ok(consentId && givenAt);
    const address = addressOf(consultationId, hashOf(bytes));
    await specialist.call('consultation:accept', { params: { consultationId }, body: { version: view.version } });
    for (const client of [doctor, specialist]) {
      const response = await client.fetch(address);
      assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'image/png']);
      assert.deepEqual(new Uint8Array(await response.arrayBuffer()), bytes);
    }
    const reads = await (await server.signIn('auditor')).call('audit:accesses', { query: { consultationId } });
    assert.equal(reads.filter(({ subjectKind }) => subjectKind === 'consent-evidence').length, 2);
    assert.equal((await specialist.fetch(addressOf(consultationId, 'a'.repeat(64)))).status, 404);
  });

  it('[CN2] whoever is only invited, or may not see numbers, does not see signatures', async () => {
    const { consultationId } = await acceptWritten(doctor, specialist);
    const bytes = await jpegByHand({ bare: true });
    assert.equal(await put(doctor, consultationId, bytes), 201);
    const params = { consultationId };
    const colleagues = await specialist.call('colleagues:list', { params });
    const surgeon = colleagues.find(({ name }) => name === '周振华') ?? assert.fail('no surgeon');
    await specialist.call('consultation:invite', { params, body: { accountId: surgeon.accountId } });
    const invited = await server.signIn('surgeon');
    assert.equal((await invited.ask('consultation:read', { params })).status, 200);
    assert.equal((await invited.fetch(addressOf(consultationId, hashOf(bytes)))).status, 403);
  });

  it('[CN2] is not taken with the place it was taken at, nor damaged, nor under another hash, nor as another format', async () => {
    const { consultationId } = await draftCase(doctor);
    const bare = await jpegByHand({ bare: true });
    assert.equal(await put(doctor, consultationId, await jpegByHand()), 'photograph-metadata');
    assert.equal(await put(doctor, consultationId, await pngByHand()), 'photograph-metadata');
    assert.equal(await put(doctor, consultationId, bare.subarray(0, bare.length / 2)), 'file-truncated');
    assert.equal(await put(doctor, consultationId, new Uint8Array()), 'file-empty');
    assert.equal(await put(doctor, consultationId, Buffer.from('%PDF-1.7')), 'photograph-format-unsupported');
    assert.equal(await put(doctor, consultationId, bare, 'a'.repeat(64)), 'hash-mismatch');
  });

  it('[CN2] of earlier versions is shown as it lies in the clear, and sealed beside whatever the server does', async () => {
    const { consultationId } = await acceptWritten(doctor, specialist);
    const bytes = await jpegByHand({ bare: true, width: 61 });
    const sha256 = hashOf(bytes);
    assert.equal(await put(doctor, consultationId, bytes), 201);
    const [sealed, clear] = ['evidence', 'files'].map((folder) =>
      join(server.dataDir, folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256),
    );
    assert.ok(sealed && clear);
    await rm(sealed);
    await mkdir(dirname(clear), { recursive: true });
    await writeFile(clear, bytes);
    await utimes(clear, new Date(0), new Date(0));
    const read = async () => {
      const response = await specialist.fetch(addressOf(consultationId, sha256));
      return response.ok ? hashOf(new Uint8Array(await response.arrayBuffer())) : response.status;
    };
    assert.equal(await read(), sha256);
    const seal = createEvidenceSeal(await loadFieldSecret(server.dataDir, undefined));
    const evidence = openEvidenceFiles(
      server.database,
      server.dataDir,
      seal,
      await openFolderFileStore(server.dataDir),
    );
    const log = createLog('silent', 'test');
    const sealing = startSealingEarlier({ work: server.database, evidence, log });
    await eventually('the clear file is gone', () =>
      stat(clear).then(
        () => false,
        () => true,
      ),
    );
    await sealing.close();
    assert.equal(await read(), sha256);

    const damaged = await readFile(sealed);
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    await writeFile(sealed, damaged);
    const refused = await specialist.fetch(addressOf(consultationId, sha256));
    const { code, reason } = (await refused.json()) as FailureView;
    assert.deepEqual([refused.status, code, reason], [500, 'internal', 'evidence-damaged']);
    const auditor = await server.signIn('auditor');
    const acts = await auditor.call('audit:list', { query: { consultationId } });
    const [failed, ...more] = acts.filter(({ action }) => action === 'consent-evidence:fail');
    assert.deepEqual([failed?.detail, failed?.subjectId, more.length], [{ reason: 'evidence-damaged' }, sha256, 0]);
    const reads = await auditor.call('audit:accesses', { query: { consultationId } });
    assert.equal(reads.filter(({ subjectId }) => subjectId === sha256).length, 2, 'what was not shown was not read');
  });

  it('[CN2] that was never sent, or belongs to another case, is none: the case is not sent', async () => {
    const bytes = await jpegByHand({ bare: true });
    const elsewhere = await draftCase(doctor);
    assert.equal(await put(doctor, elsewhere.consultationId, bytes), 201);
    for (const evidenceSha256 of [null, hashOf(bytes)]) {
      const sent = await submitWith(signedConsent('张建国', { method: 'photo', evidenceSha256 }));
      const { short } = await refusal(doctor, 'consultation:submit', sent.params, sent.body);
      assert.equal(short, 'conflict/consent-missing');
    }
  });
});
