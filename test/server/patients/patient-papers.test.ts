import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ConsultationView, Papers, PatientDraft } from '../../../server/contract/index.ts';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { completeDraft } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { patient } from '../../support/make-case.ts';
import { signedConsent } from '../../support/signed-consent.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const PAPERS: Papers = { document: 'id-card', absence: null, note: '', phoneAbsent: false, estimatedAgeYears: null };
const UNKNOWN: PatientDraft = {
  name: '无名氏',
  sex: 'unknown',
  birthDate: '',
  idNumber: '',
  phone: '',
  papers: {
    ...PAPERS,
    document: 'none',
    absence: 'unidentified',
    note: '国道旁发现',
    phoneAbsent: true,
    estimatedAgeYears: 40,
  },
};
const OPINION = {
  findings: '颅骨线形骨折，未见颅内血肿。',
  diagnosis: [{ code: 'S02.0', display: '颅骨骨折' }],
  recommendations: [{ recommendationId: randomUUID(), text: '六小时后复查头颅 CT。' }],
  keyImages: [],
};
const APPROVED = signedConsent('院长 刘伟', { signer: 'institution', reason: '患者昏迷，无家属在场' });

describe('a patient without an ID card', function () {
  this.timeout(120_000);
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;

  before(async () => {
    server = await startServer();
    [doctor, specialist] = (await Promise.all(['county-doctor', 'specialist'].map((one) => server.signIn(one)))) as [
      Client,
      Client,
    ];
  });
  after(() => server.close());

  const send = async (change: Partial<typeof completeDraft> | object): Promise<ConsultationView> => {
    const { consultationId, version } = await doctor.call('consultation:create');
    const params = { consultationId };
    const body = { ...completeDraft, ...change, version };
    const saved = await doctor.call('consultation:save', { params, body });
    return doctor.call('consultation:submit', { params, body: { version: saved.version } });
  };
  const withDocument = (document: Papers['document'], idNumber: string) =>
    send({ patient: { ...patient, idNumber, papers: { ...PAPERS, document } } });
  const refused = async (sent: Promise<unknown>) =>
    sent.then(
      () => assert.fail('it was taken'),
      ({ failure }) => [failure.reason, failure.fields],
    );

  it('[PI3] can be sent with another document, whose number must look like one', async () => {
    const numbers: [Papers['document'], string, string][] = [
      ['passport', 'E12345678', 'E1'],
      ['hk-macao-permit', 'H12345678', 'X12345678'],
      ['taiwan-permit', '01234567', '0123456'],
      ['foreign-residence-card', 'USA123456789012', 'USA12345'],
      ['birth-certificate', 'R110123456', '1101234567'],
      ['military-id', '军字第1234567号', '军'],
      ['other', 'A-1234', '!!'],
    ];
    for (const [document, right, wrong] of numbers) {
      const { patient: sent } = await withDocument(document, right);
      assert.equal(sent.papers?.document, document);
      assert.notEqual(sent.idNumber, right, 'masked as an ID number is');
      assert.deepEqual(await refused(withDocument(document, wrong)), ['draft-incomplete', ['patient.idNumber']]);
    }
  });

  it('[PI3] can be sent as an unknown person in an emergency, with the approval of the hospital', async () => {
    const view = await send({ patient: UNKNOWN, urgency: 'emergency', consent: APPROVED });
    assert.equal(view.state, 'submitted');
    const [line] = (await specialist.call('consultations:list')).filter((one) => one.caseNumber === view.caseNumber);
    assert.deepEqual([line?.patientLabel, line?.patientAgeYears, line?.urgency], ['无*', 40, 'emergency']);
    const seen = await specialist.call('consultation:read', { params: { consultationId: view.consultationId } });
    assert.deepEqual(seen.patient.papers, UNKNOWN.papers);
  });

  it('[PI3] has the estimated age in the signed report, and nobody else has one there', async () => {
    const signed = async (sent: ConsultationView) => {
      const params = { consultationId: sent.consultationId };
      await specialist.call('consultation:accept', { params, body: { version: sent.version } });
      await specialist.call('opinion:save', { params, body: { ...OPINION, version: 0 } });
      return specialist.call('report:sign', { params, body: { version: 1, password: DEMO_PASSWORD } });
    };
    const written = { kind: 'written' as const };
    const { content } = await signed(
      await send({ ...written, patient: UNKNOWN, urgency: 'emergency', consent: APPROVED }),
    );
    assert.deepEqual([content.patient.birthDate, content.patient.estimatedAgeYears], ['', 40]);
    const known = await signed(await send(written));
    assert.equal('estimatedAgeYears' in known.content.patient, false);
  });

  it('[PI3] needs a reason, the telephone or that there is none, and consent in the usual way where there is time', async () => {
    const papers = (change: Partial<Papers>) => ({ ...PAPERS, document: 'none' as const, ...change });
    const none = (change: Partial<Papers>, more: Partial<PatientDraft> = {}) =>
      send({ patient: { ...patient, idNumber: '', ...more, papers: papers(change) } });
    assert.deepEqual(await refused(none({})), ['draft-incomplete', ['patient.idNumber']]);
    assert.deepEqual(await refused(none({ absence: 'other' })), ['draft-incomplete', ['patient.idNumber']]);
    assert.deepEqual(await refused(none({ absence: 'newborn' }, { birthDate: '' })), [
      'draft-incomplete',
      ['patient.birthDate'],
    ]);
    assert.deepEqual(await refused(none({ absence: 'newborn' }, { phone: '' })), [
      'draft-incomplete',
      ['patient.phone'],
    ]);
    assert.equal((await none({ absence: 'newborn', phoneAbsent: true }, { phone: '' })).state, 'submitted');
    assert.deepEqual(await refused(send({ urgency: 'urgent', consent: APPROVED })), ['consent-missing', ['consent']]);
  });

  it('[PI4] two unknown people never become one, nor two documents of one number; the same document is the same patient', async () => {
    const unknown = () => send({ patient: UNKNOWN, urgency: 'emergency', consent: APPROVED });
    const [first, second] = [await unknown(), await unknown()];
    assert.ok(first.patient.patientId && second.patient.patientId);
    assert.notEqual(first.patient.patientId, second.patient.patientId);
    const idOf = async (document: Papers['document'], number: string) =>
      (await withDocument(document, number)).patient.patientId;
    const passport = await idOf('passport', 'E87654321');
    assert.equal(await idOf('passport', ' e8765 4321'), passport);
    assert.notEqual(await idOf('other', 'E87654321'), passport);
  });

  it('[PI4] keeps the number of any document out of the database in the clear', async () => {
    await withDocument('passport', 'E55555551');
    const rows = JSON.stringify(await server.database.query('SELECT * FROM consultation'));
    assert.ok(!rows.includes('E55555551'));
  });
});
