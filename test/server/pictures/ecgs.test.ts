import assert from 'node:assert/strict';
import { readDicomFile } from '../../../server/formats/dicom/dicom-file.ts';
import { decodeEcg } from '../../../server/formats/ecg/decode-wire.ts';
import { samplesUv } from '../../../server/formats/ecg/lead-samples.ts';
import { readEcg } from '../../../server/formats/ecg/read-ecg.ts';
import { ECG_MEDIA_TYPE } from '../../../server/formats/ecg/wire.ts';
import { submitDraft } from '../../support/cases.ts';
import type { Client } from '../../support/client.ts';
import { readData } from '../../support/data.ts';
import { foreignEcgs } from '../../support/foreign-ecg-by-hand.ts';
import { CT_SERIES, listData, stow, uploadFile } from '../../support/images.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { type GroupByHand, waveformByHand } from '../../support/waveform-by-hand.ts';

const TWELVE_LEADS = 'dicom/waveform/ecg_12lead.dcm';
const GENERAL = 'dicom/derived/ecg_general_HR06002.dcm';

async function reasonOf(response: Response | undefined): Promise<[number, string | undefined]> {
  assert.ok(response);
  return [response.status, ((await response.json()) as { reason?: string }).reason];
}

describe('ECGs in a case', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  let surgeon: Client;

  before(async () => {
    server = await startServer();
    [doctor, specialist, surgeon] = (await Promise.all(
      ['county-doctor', 'specialist', 'surgeon'].map((account) => server.signIn(account)),
    )) as [Client, Client, Client];
  });
  after(() => server.close());

  const newDraft = async () => (await doctor.call('consultation:create')).consultationId;
  const materialsOf = async (consultationId: string) =>
    (await doctor.call('consultation:read', { params: { consultationId } })).materials;
  const recordsOf = async (consultationId: string) =>
    (await materialsOf(consultationId)).flatMap((material) => (material.kind === 'ecg' ? material.records : []));

  it('[UP11] are told from images by what they are: a case holds them side by side', async () => {
    const consultationId = await newDraft();
    const [ct = ''] = await listData(CT_SERIES);
    for (const path of [TWELVE_LEADS, ct, GENERAL, 'dicom/waveform/hemodynamic_deflated.dcm'])
      assert.equal((await uploadFile(doctor, consultationId, await readData(path)))?.status, 200, path);
    const materials = await materialsOf(consultationId);
    assert.deepEqual(materials.map(({ kind }) => kind).sort(), ['ecg', 'ecg', 'ecg', 'imaging']);
    assert.equal((await recordsOf(consultationId)).length, 3);
  });

  it('[EC1] reach everyone with a grant to the last microvolt, and nobody else', async () => {
    const consultationId = await newDraft();
    const file = await readData(TWELVE_LEADS);
    await uploadFile(doctor, consultationId, file);
    const [record] = await recordsOf(consultationId);
    const path = `/api/consultations/${consultationId}/ecgs/${record?.recordId}`;
    assert.equal((await specialist.fetch(path)).status, 404, 'still a draft');
    await submitDraft(doctor, consultationId);
    const response = await specialist.fetch(path);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), ECG_MEDIA_TYPE);
    assert.match(response.headers.get('cache-control') ?? '', /^private, max-age=3600, must-revalidate$/);
    const received = decodeEcg(new Uint8Array(await response.arrayBuffer()));
    const stored = readEcg(readDicomFile(file));
    assert.equal(received.groups.length, 2);
    assert.deepEqual(
      received.groups.map(({ leads }) => leads.map((lead) => [lead.name, samplesUv(lead)])),
      stored.groups.map(({ leads }) => leads.map((lead) => [lead.name, samplesUv(lead)])),
    );
    assert.deepEqual(received.device, stored.device);
    const known = response.headers.get('etag') ?? '';
    assert.equal((await specialist.fetch(path, { headers: { 'if-none-match': known } })).status, 304);
    assert.equal((await surgeon.fetch(path)).status, 404);
    assert.equal((await fetch(server.url + path)).status, 401);
    const auditor = await server.signIn('auditor');
    const reads = await auditor.call('audit:accesses', { query: { consultationId } });
    const ecgReads = reads.filter(({ subjectKind }) => subjectKind === 'ecg');
    assert.deepEqual(
      ecgReads.map(({ basis, subjectId }) => [basis, subjectId]),
      [['duty-pool', record?.recordId]],
    );
  });

  it('[EC1] are no ECG where the UID is an image’s, or of another case', async () => {
    const [one, other] = [await newDraft(), await newDraft()];
    const [ct = ''] = await listData(CT_SERIES);
    await uploadFile(doctor, one, await readData(ct));
    await uploadFile(doctor, one, await readData(TWELVE_LEADS));
    const [record] = await recordsOf(one);
    const [material] = await materialsOf(one);
    assert.equal(material?.kind, 'imaging');
    for (const [consultationId, id, status] of [
      [other, record?.recordId, 404],
      [one, '1.2.3', 404],
      [one, 'nonsense', 400],
    ] as const)
      assert.equal((await doctor.fetch(`/api/consultations/${consultationId}/ecgs/${id}`)).status, status);
  });

  it('[UP12] do not come into a case where they would be drawn wrong; an archive keeps them', async () => {
    const consultationId = await newDraft();
    const whole = { lead: 1, sensitivity: '1', unit: 'uV' };
    const cases: [GroupByHand, string][] = [
      [{ channels: [{ ...whole, sensitivity: undefined }], counts: [[1, 2]] }, 'waveform-uncalibrated'],
      [{ channels: [whole, whole], counts: [[1, 2, 3], [1]], sampleCount: 4 }, 'waveform-inconsistent'],
      [{ channels: [whole], counts: [[1, 2]], interpretation: 'MB', bits: 8 }, 'waveform-encoding-unsupported'],
      [{ channels: [{ ...whole, unit: 'mm[Hg]' }], counts: [[1, 2]] }, 'no-ecg'],
    ];
    for (const [index, [group, reason]] of cases.entries()) {
      const file = waveformByHand([group], { sopInstanceUid: `2.25.70${index}` });
      assert.deepEqual(await reasonOf(await uploadFile(doctor, consultationId, file)), [400, reason]);
      assert.equal((await stow(doctor, [file])).status, 200, 'whole all the same');
    }
    for (const [name, file] of await foreignEcgs())
      assert.deepEqual(
        await reasonOf(await uploadFile(doctor, consultationId, file)),
        [400, 'ecg-format-unsupported'],
        name,
      );
    assert.deepEqual(await materialsOf(consultationId), []);
  });
});
