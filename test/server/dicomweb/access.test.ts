import assert from 'node:assert/strict';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { readHeader } from '../../../server/formats/dicom/header.ts';
import type { DicomJson } from '../../../server/formats/dicom/json-attributes.ts';
import { submitDraft } from '../../support/cases.ts';
import { type Client, machineClient } from '../../support/client.ts';
import { readData } from '../../support/data.ts';
import { CT_SERIES, hashOf, listData, stow, uploadFile } from '../../support/images.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('who sees which images', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let nowMs = Date.parse('2026-03-01T08:00:00.000Z');
  let doctor: Client;
  let specialist: Client;
  let surgeon: Client;
  let files: Uint8Array[];
  let consultationId: string;
  let instancePath: string;
  let seriesPath: string;

  before(async () => {
    server = await startServer({ clock: () => new Date(nowMs) });
    doctor = await server.signIn('county-doctor');
    specialist = await server.signIn('specialist');
    surgeon = await server.signIn('surgeon');
    files = await Promise.all((await listData(CT_SERIES)).slice(0, 4).map(readData));
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = readHeader(files[0] ?? new Uint8Array());
    seriesPath = `/studies/${studyInstanceUid}/series/${seriesInstanceUid}`;
    instancePath = `${seriesPath}/instances/${sopInstanceUid}`;
    consultationId = (await doctor.call('consultation:create')).consultationId;
    // Two of the four are sent with the case; the others lie in the county's archive alone.
    for (const file of files.slice(0, 2)) await uploadFile(doctor, consultationId, file);
    assert.equal((await stow(doctor, files.slice(2))).status, 200);
  });
  after(() => server.close());

  const caseRoot = () => `/dicomweb/consultations/${consultationId}`;
  const status = async (client: Client, path: string) => (await client.fetch(path)).status;
  const bytesAt = async (client: Client, path: string) => {
    const response = await client.fetch(path, { headers: { accept: 'application/dicom' } });
    assert.equal(response.status, 200, path);
    return hashOf(new Uint8Array(await response.arrayBuffer()));
  };
  const countAt = async (client: Client, path: string) => {
    const response = await client.fetch(path);
    return response.status === 204 ? 0 : ((await response.json()) as DicomJson[]).length;
  };
  const paths = () => [
    '/studies',
    instancePath,
    seriesPath,
    `${seriesPath}/metadata`,
    `${seriesPath}/instances`,
    `${instancePath}/frames/1`,
    `${instancePath}/rendered`,
    `${instancePath}/bulkdata/7FE00010`,
  ];

  it('[DW1] is nobody who has not signed in, whatever the address', async () => {
    for (const root of ['/dicomweb', caseRoot(), '/dicomweb/consultations/6f1c0e9a-3f0b-4d39-9d10-0c2b6c1f0aff'])
      for (const path of paths()) assert.equal((await fetch(server.url + root + path)).status, 401, root + path);
    assert.equal((await fetch(`${server.url}/dicomweb/studies`, { method: 'POST', body: 'x' })).status, 401);
  });

  it('[DW1] is nobody of another hospital as long as the case is a draft', async () => {
    for (const client of [specialist, surgeon])
      for (const path of paths()) {
        assert.equal(await status(client, caseRoot() + path), 404, path);
        assert.equal(await status(client, `/dicomweb${path}`), path === '/studies' ? 204 : 404, path);
      }
    assert.equal(await status(doctor, caseRoot() + seriesPath), 200);
    assert.equal(await countAt(doctor, `/dicomweb${seriesPath}/instances`), 4, 'the whole archive');
    assert.equal(await countAt(doctor, `${caseRoot()}${seriesPath}/instances`), 2, 'what was sent');
    const coordinator = await server.signIn('county-coordinator');
    assert.equal(await status(coordinator, `/dicomweb${instancePath}/frames/1`), 200, 'a colleague sees the archive');
    assert.equal(await status(coordinator, caseRoot() + instancePath), 404, 'and not the draft');
  });

  it('[DW2] is who was asked, once the case is submitted, for exactly what was sent with it', async () => {
    await submitDraft(doctor, consultationId);
    for (const path of paths()) {
      assert.equal(await status(specialist, caseRoot() + path), 200, path);
      assert.equal(await status(specialist, `/dicomweb${path}`), 200, path);
      assert.equal(await status(surgeon, caseRoot() + path), 404, path);
    }
    assert.equal(await countAt(specialist, `${caseRoot()}${seriesPath}/instances`), 2);
    assert.equal(await countAt(specialist, `/dicomweb${seriesPath}/instances`), 2);
    const unsent = readHeader(files[3] ?? new Uint8Array()).sopInstanceUid;
    assert.equal(await status(specialist, `${caseRoot()}${seriesPath}/instances/${unsent}`), 404);
    assert.equal(await status(specialist, `/dicomweb${seriesPath}/instances/${unsent}`), 404);
    for (const stranger of ['trainee', 'auditor', 'admin']) {
      const client = await server.signIn(stranger);
      assert.equal(await status(client, caseRoot() + instancePath), 404, stranger);
      assert.equal(await status(client, `/dicomweb${instancePath}`), 404, stranger);
      assert.equal(await status(client, '/dicomweb/studies'), stranger === 'trainee' ? 204 : 403, stranger);
    }
  });

  it('[DW2] gets the case’s copy under the case, and the own hospital’s under the plain root', async () => {
    const own = new Uint8Array(files[0] ?? []);
    own[own.length - 1] = (own[own.length - 1] ?? 0) ^ 1;
    assert.equal((await stow(surgeon, [own])).status, 200, 'another hospital may hold the same UIDs');
    const sent = hashOf(files[0] ?? new Uint8Array());
    assert.equal(await bytesAt(specialist, caseRoot() + instancePath), sent);
    assert.equal(await bytesAt(specialist, `/dicomweb${instancePath}`), hashOf(own));
    assert.equal(await bytesAt(surgeon, `/dicomweb${instancePath}`), hashOf(own));
    assert.equal(await bytesAt(doctor, `/dicomweb${instancePath}`), sent);
    const second = readHeader(files[1] ?? new Uint8Array()).sopInstanceUid;
    assert.equal(
      await bytesAt(specialist, `/dicomweb${seriesPath}/instances/${second}`),
      hashOf(files[1] ?? new Uint8Array()),
      'what the own hospital lacks comes from the case',
    );
    assert.equal(await countAt(specialist, '/dicomweb/studies'), 1, 'a study is listed once');
  });

  it('[DW9] leaves one row for reading a series within ten minutes, with the ground for it', async () => {
    const accessesOf = async () =>
      (await server.database.read.audit.listAccesses({ limit: 500, consultationId })).filter(
        (row) => row.subjectKind === 'series' && row.basis === 'duty-pool',
      );
    nowMs += 11 * 60_000;
    const before = (await accessesOf()).length;
    const frames = `${caseRoot()}${instancePath}/frames/1`;
    await Promise.all(Array.from({ length: 5 }, () => status(specialist, frames)));
    await status(specialist, `${caseRoot()}${seriesPath}/metadata`);
    nowMs += 9 * 60_000;
    await status(specialist, frames);
    const after = await accessesOf();
    assert.equal(after.length, before + 1);
    assert.equal(after[0]?.subjectId, seriesPath.split('/').at(-1));
    nowMs += 2 * 60_000;
    await status(specialist, frames);
    assert.equal((await accessesOf()).length, before + 2, 'later is another read');
    const own = await server.database.read.audit.listAccesses({ limit: 500 });
    assert.ok(
      own.some((row) => row.basis === 'own-archive' && row.subjectKind === 'archive'),
      'searching is reading',
    );
    assert.ok(own.some((row) => row.basis === 'own-archive' && row.subjectKind === 'series'));
    const refused = own.filter((row) => row.consultationId === consultationId).map((row) => row.basis);
    assert.deepEqual([...new Set(refused)].sort(), ['duty-pool', 'requester'], 'strangers read nothing');
  });

  it('[DW2] is nobody’s machine any more whose person has left the case, or whose account is closed', async () => {
    const machine = await machineClient(server.url, 'specialist', DEMO_PASSWORD);
    const path = caseRoot() + instancePath;
    assert.equal(await status(machine, path), 200);
    const change = (sql: string) => server.database.query(sql);
    const mine = "accountId = (SELECT accountId FROM account WHERE login = 'specialist')";
    await change(`UPDATE consultation_grant SET endedAt = '${new Date(nowMs).toISOString()}' WHERE ${mine}`);
    assert.equal(await status(machine, path), 404);
    await change(`UPDATE account SET isActive = 0 WHERE ${mine}`);
    for (const one of [path, '/dicomweb/studies']) assert.equal(await status(machine, one), 401, one);
  });
});
