import assert from 'node:assert/strict';
import type { MaterialView } from '../../../server/contract/index.ts';
import { draftCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { announceFile, stow, uploadFile } from '../../support/images.ts';
import { patient } from '../../support/make-case.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { type FileByHand, waveformByHand } from '../../support/waveform-by-hand.ts';

const counts = [[0, 100, 0, -100]];
const rhythm = [{ channels: [{ lead: 1, sensitivity: '1', unit: 'uV' }], counts }];
/** The patient of the case, as a device writes him. */
const OWN = { name: 'Zhang^JianGuo=张^建国', id: 'P001', birthDate: '19600229', sex: 'M' };
const OTHER = { name: 'Wang^Fang=王^芳', id: 'P002', birthDate: '19491231', sex: 'F' };

describe('the patient whom the files of a case name', function () {
  this.timeout(120_000);
  let server: RunningServer;
  let doctor: Client;
  let made = 0;

  before(async () => {
    server = await startServer();
    doctor = await server.signIn('county-doctor');
  });
  after(() => server.close());

  /** A new ECG of the study. */
  const ecg = (named: FileByHand['patient'] = OWN, studyInstanceUid = `2.25.77.${made}`) => {
    made += 1;
    const sopInstanceUid = `2.25.78.${made}`;
    return {
      sopInstanceUid,
      studyInstanceUid,
      bytes: waveformByHand(rhythm, { sopInstanceUid, studyInstanceUid, ...(named && { patient: named }) }),
    };
  };
  const materialsOf = async (consultationId: string): Promise<MaterialView[]> =>
    (await doctor.call('consultation:read', { params: { consultationId } })).materials;
  const verdicts = (material: MaterialView | undefined) =>
    material?.patients.map(({ name, comparison }) => [name.split('=')[1], comparison.verdict]);

  it('[PI1] is compared with the patient of the case, and named with what differs; nothing is refused for it', async () => {
    const { consultationId } = await draftCase(doctor);
    for (const one of [ecg(), ecg(OTHER), ecg({ ...OWN, birthDate: '19600228' }), ecg({ name: 'Zhang^JianGuo' })])
      assert.equal((await uploadFile(doctor, consultationId, one.bytes))?.status, 200);
    const [own, other, born, romanised] = await materialsOf(consultationId);
    assert.deepEqual(verdicts(own), [['张^建国', 'same']]);
    assert.deepEqual(
      other?.patients.map(({ comparison, patientId }) => [comparison, patientId]),
      [[{ verdict: 'differs', name: 'differs', birthDate: 'differs', sex: 'differs', idNumber: 'unknown' }, 'P002']],
    );
    assert.deepEqual(
      born?.patients.map(({ comparison }) => [comparison.name, comparison.birthDate, comparison.verdict]),
      [['same', 'differs', 'differs']],
    );
    assert.equal(romanised?.patientsDiffer, false);
    assert.equal(romanised?.patients[0]?.comparison.name, 'same', 'its pinyin is the name');
  });

  it('[PI1] is compared by pinyin where a device knows letters only: the same, another, or in doubt', async () => {
    const { consultationId } = await draftCase(doctor);
    for (const name of ['ZHANG^JIANGUO', 'LI^NA', 'CHANG^CHIEN-KUO', 'ZHANG^JIANGUO=李^娜'])
      assert.equal((await uploadFile(doctor, consultationId, ecg({ name }).bytes))?.status, 200);
    const found = (await materialsOf(consultationId)).map(({ patients }) => patients[0]?.comparison.name);
    assert.deepEqual(found, ['same', 'differs', 'unknown', 'differs']);
  });

  it('[PI1] follows what the application says of the patient, also after the files came', async () => {
    const { consultationId, version, ...view } = await draftCase(doctor);
    await uploadFile(doctor, consultationId, ecg().bytes);
    const { question, historySummary, diagnosis, wantedSpecialty, kind, urgency, consent } = view;
    const rest = { question, historySummary, diagnosis, wantedSpecialty, kind, urgency, consent, version };
    const invitedFacilityId = view.invitedFacility?.facilityId ?? null;
    const body = { ...rest, invitedFacilityId, patient: { ...patient, name: '张建军' } };
    const saved = await doctor.call('consultation:save', { params: { consultationId }, body });
    assert.deepEqual(verdicts(saved.materials[0]), [['张^建国', 'differs']]);
  });

  it('[PI1] an ID-card number as Patient ID is compared, and never shown in full', async () => {
    const { consultationId } = await draftCase(doctor);
    await uploadFile(doctor, consultationId, ecg({ ...OWN, id: patient.idNumber }).bytes);
    await uploadFile(doctor, consultationId, ecg({ ...OWN, id: '11010519491231002X' }).bytes);
    const found = (await materialsOf(consultationId)).flatMap(({ patients }) => patients);
    assert.deepEqual(
      found.map(({ patientId, comparison }) => [patientId, comparison.idNumber]),
      [
        ['230***********1212', 'same'],
        ['110***********002X', 'differs'],
      ],
    );
  });

  it('[PI2] two patients under one Study UID are both named, with the pictures of each, whether uploaded or stored', async () => {
    const stored = await draftCase(doctor);
    const first = ecg();
    const [second, third] = [ecg(OWN, first.studyInstanceUid), ecg(OTHER, first.studyInstanceUid)];
    const path = `/dicomweb/consultations/${stored.consultationId}/studies`;
    const answer = await stow(doctor, [third.bytes, first.bytes, second.bytes], path);
    assert.equal(answer.status, 200);
    const uploaded = await draftCase(doctor);
    for (const { bytes } of [third, first, second])
      assert.equal((await announceFile(doctor, uploaded.consultationId, bytes)).state, 'stored');
    for (const { consultationId } of [stored, uploaded]) {
      const [material, ...others] = await materialsOf(consultationId);
      assert.equal(others.length, 0);
      assert.equal(material?.patientsDiffer, true);
      assert.deepEqual(verdicts(material), [
        ['张^建国', 'same'],
        ['王^芳', 'differs'],
      ]);
      assert.deepEqual(
        material?.patients.map(({ pictureIds }) => pictureIds),
        [[], [third.sopInstanceUid]],
      );
    }
  });

  it('[PI2] also where only the ID, the birth date or the sex is another; padding and letter case are no difference', async () => {
    const differ = async (change: Partial<typeof OWN>) => {
      const { consultationId } = await draftCase(doctor);
      const first = ecg();
      for (const { bytes } of [first, ecg({ ...OWN, ...change }, first.studyInstanceUid)])
        await uploadFile(doctor, consultationId, bytes);
      const [material] = await materialsOf(consultationId);
      return material?.patientsDiffer;
    };
    for (const change of [{ id: 'P009' }, { birthDate: '19600301' }, { sex: 'F' }, { name: 'Zhang^JianGuo=张^建军' }])
      assert.equal(await differ(change), true, JSON.stringify(change));
    for (const change of [{ name: 'ZHANG^JIANGUO^^^=张^建国 ' }, { id: 'P001 ' }, { birthDate: '' }, { sex: 'O' }])
      assert.equal(await differ(change), false, JSON.stringify(change));
  });
});
