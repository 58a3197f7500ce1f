import assert from 'node:assert/strict';
import type { ConsultationDraft } from '../../../server/contract/index.ts';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { draftCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { refusal } from '../../support/refusal.ts';
import { signedConsent } from '../../support/signed-consent.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

/** Invented; the number's check character is right. */
const CHILD = {
  name: '王小雨',
  sex: 'female' as const,
  birthDate: '2019-06-01',
  idNumber: '230125201906010026',
  phone: '13800001234',
};
const GUARDIAN = { name: '王建军', relation: 'parent' as const, phone: '13912345678' };

describe('a patient for whom somebody else decides', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  before(async () => {
    server = await startServer();
    [doctor, specialist] = await Promise.all([server.signIn('county-doctor'), server.signIn('specialist')]);
  });
  after(() => server?.close());

  const written = (changes: Partial<ConsultationDraft>) => draftCase(doctor, { kind: 'written', ...changes });
  async function refused(changes: Partial<ConsultationDraft>): Promise<[string, readonly string[] | undefined]> {
    const { consultationId, version } = await written(changes);
    const { short, fields } = await refusal(doctor, 'consultation:submit', { consultationId }, { version });
    return [short, fields];
  }

  it('[PI5] is not sent without a guardian, nor signed by the child', async () => {
    const byGuardian = signedConsent('王建军', { signer: 'guardian' });
    assert.deepEqual(await refused({ patient: CHILD, consent: byGuardian }), [
      'invalid-message/draft-incomplete',
      ['patient.guardian'],
    ]);
    assert.deepEqual(
      await refused({ patient: { ...CHILD, guardian: { ...GUARDIAN, relation: null } }, consent: byGuardian }),
      ['invalid-message/draft-incomplete', ['patient.guardian']],
    );
    assert.deepEqual(await refused({ patient: { ...CHILD, guardian: GUARDIAN }, consent: signedConsent('王小雨') }), [
      'conflict/consent-missing',
      ['consent'],
    ]);
  });

  it('[PI5] names the guardian on case, report and register; the telephone is sealed, and masked until somebody asks for it', async () => {
    const { consultationId, version } = await written({
      patient: { ...CHILD, guardian: GUARDIAN },
      consent: signedConsent('王建军', { signer: 'guardian' }),
    });
    const params = { consultationId };
    const typed = await doctor.call('consultation:read', { params });
    assert.deepEqual(typed.patient.guardian, GUARDIAN);
    const sent = await doctor.call('consultation:submit', { params, body: { version } });
    const masked = { ...GUARDIAN, phone: '139****5678' };
    assert.deepEqual(sent.patient.guardian, masked);
    await specialist.call('consultation:accept', { params, body: { version: sent.version } });
    assert.deepEqual((await specialist.call('consultation:read', { params })).patient.guardian, masked);
    assert.deepEqual((await specialist.call('patient:reveal', { params })).guardian, GUARDIAN);
    const [row] = (await server.database.query(
      `SELECT patient FROM consultation WHERE consultationId = '${consultationId}'`,
    )) as { patient: string }[];
    assert.ok(row && !row.patient.includes(GUARDIAN.phone));

    const opinion = { findings: '未见异常。', diagnosis: [{ code: 'R91', display: '肺结节' }], recommendations: [] };
    await specialist.call('opinion:save', { params, body: { ...opinion, keyImages: [], version: 0 } });
    await specialist.call('report:sign', { params, body: { version: 1, password: DEMO_PASSWORD } });
    const report = await doctor.call('report:read', { params });
    const { name, relation } = GUARDIAN;
    assert.deepEqual([report.content.patient.guardian, report.signatureValid], [{ name, relation }, true]);

    const entry = { patientId: sent.patient.patientId ?? '' };
    assert.deepEqual((await doctor.call('patient:read', { params: entry })).guardian, {
      label: '王*军',
      relation: 'parent',
      maskedPhone: '139****5678',
    });
    assert.deepEqual((await doctor.call('patient:identity', { params: entry })).guardian, GUARDIAN);
  });
});
