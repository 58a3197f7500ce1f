import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import canonicalize from 'canonicalize';
import { isSignatureValid } from '../../../server/accounts/signing.ts';
import type { ConsultationView } from '../../../server/contract/index.ts';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import type { Client } from '../../support/client.ts';
import { dataPath } from '../../support/data.ts';
import { meetInCall } from '../../support/enter-call.ts';
import { imagingOf } from '../../support/imaging-parts.ts';
import { signedConsent } from '../../support/signed-consent.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const SERIES = 'dicom/series/ct-chest-lidc0314';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function upload(client: Client, consultationId: string, file: string): Promise<void> {
  const bytes = await readFile(file);
  const announced = await client.call('upload:announce', {
    params: { consultationId },
    body: { name: 'image.dcm', sizeBytes: bytes.length, sha256: sha256(bytes) },
  });
  if (announced.state === 'stored') return;
  let offset = announced.receivedBytes;
  while (offset < bytes.length) {
    const response = await client.fetch(`/api/uploads/${announced.uploadId}/bytes?offset=${offset}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes.subarray(offset, offset + 256 * 1024)),
    });
    const body = (await response.json()) as { receivedBytes: number; message?: string };
    assert.equal(response.status, 200, body.message);
    offset = body.receivedBytes;
  }
}

describe('a case from the first letter to the acknowledged report, as programs see it', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  let consultationId: string;
  const read = (client: Client): Promise<ConsultationView> =>
    client.call('consultation:read', { params: { consultationId } });

  before(async () => {
    server = await startServer();
    doctor = await server.signIn('county-doctor');
    specialist = await server.signIn('specialist');
  });
  after(() => server.close());

  it('is written, gets its images, and is submitted', async () => {
    const created = await doctor.call('consultation:create');
    consultationId = created.consultationId;
    const [partner] = await doctor.call('partners:list');
    assert.ok(partner);
    const draft = {
      patient: {
        name: '王芳',
        sex: 'female' as const,
        birthDate: '1949-12-31',
        idNumber: '11010519491231002X',
        phone: '13800001234',
      },
      question: '右上肺结节性质？是否需要穿刺活检？',
      historySummary: '咳嗽两月，无发热，吸烟史四十年。',
      diagnosis: [{ code: 'R91', display: '肺诊断性影像检查的异常所见' }],
      invitedFacilityId: partner.facilityId,
      wantedSpecialty: partner.specialties[0] ?? '',
      kind: 'video' as const,
      urgency: 'urgent' as const,
      consent: signedConsent('王芳'),
    };
    const saved = await doctor.call('consultation:save', {
      params: { consultationId },
      body: { ...draft, version: created.version },
    });
    for (const name of (await readdir(dataPath(SERIES))).filter((one) => one.endsWith('.dcm')))
      await upload(doctor, consultationId, `${dataPath(SERIES)}/${name}`);
    const { materials, version } = await read(doctor);
    assert.equal(materials.length, 1);
    assert.equal(imagingOf(materials[0]).series[0]?.instanceCount, 40);
    assert.ok(version >= saved.version);
    const submitted = await doctor.call('consultation:submit', { params: { consultationId }, body: { version } });
    assert.equal(submitted.state, 'submitted');
  });

  it('waits for the specialist, and is nothing to people without a part in it', async () => {
    const [waiting] = await specialist.call('consultations:list');
    assert.equal(waiting?.consultationId, consultationId);
    assert.equal(waiting?.patientLabel.includes('王芳'), false);
    for (const stranger of ['surgeon', 'trainee', 'admin', 'auditor']) {
      const client = await server.signIn(stranger);
      assert.equal((await client.ask('consultation:read', { params: { consultationId } })).status, 404, stranger);
      assert.equal((await client.fetch(`/dicomweb/consultations/${consultationId}/studies`)).status, 404, stranger);
    }
    const nobody = await fetch(`${server.url}/dicomweb/consultations/${consultationId}/studies`);
    assert.equal(nobody.status, 401);
  });

  it('goes to one of two specialists who accept in the same moment; the other is told', async () => {
    const other = await server.signIn('specialist-2');
    const { version } = await read(specialist);
    const answers = await Promise.all(
      [specialist, other].map((client) =>
        client.ask('consultation:accept', { params: { consultationId }, body: { version } }),
      ),
    );
    const statuses = answers.map((answer) => answer.status).toSorted();
    assert.deepEqual(statuses, [200, 409]);
    const refused = answers.find((answer) => answer.status === 409);
    assert.equal((refused?.body as { reason: string } | undefined)?.reason, 'already-accepted');
    if (answers[0]?.status !== 200) specialist = other;
  });

  it('becomes a meeting, an opinion, and a report that anybody can check', async () => {
    await specialist.call('call:start', { params: { consultationId } });
    await meetInCall(consultationId, doctor, specialist);
    const opinion = await specialist.call('opinion:read', { params: { consultationId } });
    const recommendationId = randomUUID();
    const saved = await specialist.call('opinion:save', {
      params: { consultationId },
      body: {
        findings: '右肺上叶见一结节，边缘毛刺。',
        diagnosis: [{ code: 'C34.1', display: '上叶，支气管或肺的恶性肿瘤' }],
        recommendations: [{ recommendationId, text: '建议胸部增强CT，并行穿刺活检。' }],
        keyImages: [],
        version: opinion.version,
      },
    });
    const wrong = await specialist.ask('report:sign', {
      params: { consultationId },
      body: { version: saved.version, password: 'not it' },
    });
    assert.equal((wrong.body as { reason: string }).reason, 'signature-password');
    const report = await specialist.call('report:sign', {
      params: { consultationId },
      body: { version: saved.version, password: DEMO_PASSWORD },
    });
    const canonical = Buffer.from(canonicalize(report.content) ?? '');
    assert.equal(isSignatureValid(canonical, report.signature), true);
    for (let index = 0; index < canonical.length; index += 7) {
      const changed = Buffer.from(canonical);
      changed[index] = (changed[index] ?? 0) ^ 1;
      assert.equal(isSignatureValid(changed, report.signature), false, `byte ${index}`);
    }
    const again = await specialist.ask('opinion:save', {
      params: { consultationId },
      body: { findings: 'x', diagnosis: [], recommendations: [], keyImages: [], version: saved.version },
    });
    assert.equal(again.status, 409);

    const incomplete = await doctor.ask('report:acknowledge', {
      params: { consultationId },
      body: { version: 1, adoptions: [] },
    });
    assert.equal((incomplete.body as { reason: string }).reason, 'adoption-incomplete');
    const read = await doctor.call('report:acknowledge', {
      params: { consultationId },
      body: {
        version: 1,
        adoptions: [{ recommendationId, decision: 'partly', reason: '本院无增强CT，已转上级医院检查。' }],
      },
    });
    assert.equal(read.signatureValid, true);
    assert.ok(read.acknowledgedAt);
    assert.equal((await doctor.call('consultation:read', { params: { consultationId } })).state, 'acknowledged');
  });

  it('leaves a trail that the auditor can read and check, without the patient in it', async () => {
    const auditor = await server.signIn('auditor');
    const acts = await auditor.call('audit:list', { query: { consultationId } });
    const names = acts.map((act) => act.action);
    for (const action of [
      'consultation:create',
      'consultation:submit',
      'consultation:accept',
      'call:start',
      'call:meet',
      'report:sign',
      'report:acknowledge',
    ]) {
      assert.ok(names.includes(action), `${action} in ${names.join(', ')}`);
    }
    assert.equal(/王芳|11010519491231002X|13800001234/.test(JSON.stringify(acts)), false);
    const reads = await auditor.call('audit:accesses', { query: { consultationId } });
    assert.ok(reads.some((entry) => entry.actorName === '李春梅' && entry.basis === 'requester'));
    const verified = await auditor.call('audit:verify');
    assert.equal(verified.valid, true);
    await server.database.query(`UPDATE audit_entry SET action = 'consultation:read' WHERE sequence = 3`);
    const tampered = await auditor.call('audit:verify');
    assert.equal(tampered.valid, false);
    assert.deepEqual(tampered.faults, [{ trail: 'acts', kind: 'changed', from: 3, to: 3, at: null }]);
    const doctorTries = await doctor.ask('audit:list');
    assert.equal(doctorTries.status, 403);
  });
});
