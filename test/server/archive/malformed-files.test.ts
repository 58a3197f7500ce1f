import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureView } from '../../../server/contract/index.ts';
import type { Client } from '../../support/client.ts';
import { readData } from '../../support/data.ts';
import { CT_SERIES, listData, uploadFile } from '../../support/images.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const FOLDERS = ['dicom/malformed', 'pathology/malformed'];

describe('damaged files of every kind, sent into one case', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let doctor: Client;
  let consultationId: string;
  const refused: string[] = [];

  before(async () => {
    server = await startServer();
    doctor = await server.signIn('county-doctor');
    ({ consultationId } = await doctor.call('consultation:create'));
  });
  after(() => server.close());

  it('each end as a picture of the case or with a reason that a person can read, and harm nobody else', async () => {
    for (const folder of FOLDERS) {
      for (const path of await listData(folder)) {
        const response = await uploadFile(doctor, consultationId, await readData(path));
        if (!response || response.status === 200) continue;
        const failure = FailureView.parse(await response.json());
        assert.ok([400, 409, 413].includes(response.status), `${path}: ${response.status}`);
        assert.ok(failure.reason, `${path}: ${failure.message}`);
        refused.push(path);
      }
    }
    assert.ok(refused.includes('pathology/malformed/unopenable.tiff'));
    assert.ok(refused.includes('dicom/malformed/mr_truncated.dcm'));
    const [ct = ''] = await listData(CT_SERIES);
    assert.equal((await uploadFile(doctor, consultationId, await readData(ct)))?.status, 200);
  });

  it('leave nothing half behind: what was refused is not kept, what was taken is listed and can be asked for', async () => {
    assert.deepEqual(await readdir(join(server.dataDir, 'uploads')), []);
    const { materials } = await doctor.call('consultation:read', { params: { consultationId } });
    assert.ok(materials.length > 0);
    // Objects without pixels are documents.
    assert.ok(materials.every(({ kind }) => kind === 'imaging' || kind === 'documents'));
    for (const material of materials) {
      if (material.kind !== 'imaging') continue;
      for (const { seriesInstanceUid } of material.series) {
        const series: string = `/dicomweb/consultations/${consultationId}/studies/${material.studyInstanceUid}/series/${seriesInstanceUid}`;
        assert.equal((await doctor.fetch(`${series}/metadata`)).status, 200, series);
      }
    }
  });
});
