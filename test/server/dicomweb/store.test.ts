import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { readHeader } from '../../../server/formats/dicom/header.ts';
import type { DicomJson } from '../../../server/formats/dicom/json-attributes.ts';
import { type Client, machineClient } from '../../support/client.ts';
import { readData } from '../../support/data.ts';
import { CT_SERIES, hashOf, listData, readParts, stow } from '../../support/images.ts';
import { imagingOf } from '../../support/imaging-parts.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

function items(json: DicomJson, tag: string): DicomJson[] {
  return (json[tag]?.Value ?? []) as DicomJson[];
}

const text = (json: DicomJson | undefined, tag: string) => json?.[tag]?.Value?.[0];

describe('storing images over DICOMweb', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let doctor: Client;

  before(async () => {
    server = await startServer();
    doctor = await server.signIn('county-doctor');
  });
  after(() => server.close());

  const answerOf = async (response: Response) => (await response.json()) as DicomJson;

  it('[DW3] takes a whole CT series and gives every instance back byte for byte', async () => {
    const paths = await listData(CT_SERIES);
    const files = await Promise.all(paths.map(readData));
    const stored = await stow(doctor, files);
    assert.equal(stored.status, 200);
    assert.equal(stored.headers.get('content-type'), 'application/dicom+json');
    const answer = await answerOf(stored);
    assert.equal(items(answer, '00081199').length, files.length);
    assert.equal(answer['00081198'], undefined, 'no Failed SOP Sequence');

    const study = await doctor.fetch(new URL(String(text(answer, '00081190'))).pathname);
    assert.equal(study.status, 200);
    assert.equal(Number(study.headers.get('content-length')) > 0, true);
    const parts = await readParts(study);
    assert.deepEqual(parts.map((part) => hashOf(part.body)).sort(), files.map(hashOf).sort());
    assert.ok(
      parts.every(
        (part) => part.headers.get('content-type') === 'application/dicom; transfer-syntax=1.2.840.10008.1.2',
      ),
    );

    for (const item of items(answer, '00081199').slice(0, 5)) {
      const one = await doctor.fetch(new URL(String(text(item, '00081190'))).pathname, {
        headers: { accept: 'application/dicom' },
      });
      const bytes = new Uint8Array(await one.arrayBuffer());
      assert.equal(readHeader(bytes).sopInstanceUid, text(item, '00081155'));
      assert.ok(files.some((file) => hashOf(file) === hashOf(bytes)));
    }
  });

  it('takes the same files again and stores them once', async () => {
    const files = await Promise.all((await listData(CT_SERIES)).slice(0, 3).map(readData));
    await stow(doctor, files);
    const before = (await readdir(join(server.dataDir, 'files'), { recursive: true })).length;
    const again = await stow(doctor, [...files, ...files]);
    assert.equal(again.status, 200);
    assert.equal((await readdir(join(server.dataDir, 'files'), { recursive: true })).length, before);
    assert.deepEqual(await readdir(join(server.dataDir, 'staging')), []);
  });

  it('[DW8] keeps the good ones of a mixed request and says of each other one why not', async () => {
    const good = await readData('dicom/lut/mr_small.dcm');
    const other = new Uint8Array(good);
    other[other.length - 1] = (other[other.length - 1] ?? 0) ^ 1;
    const cut = (await readData('dicom/lut/ct_small.dcm')).subarray(0, 20_000);
    const response = await stow(doctor, [Buffer.from('not DICOM at all'), good, other, cut, new Uint8Array(0)]);
    assert.equal(response.status, 202);
    const answer = await answerOf(response);
    assert.deepEqual(
      items(answer, '00081199').map((item) => text(item, '00081155')),
      [readHeader(good).sopInstanceUid],
    );
    assert.deepEqual(
      items(answer, '00081198').map((item) => [text(item, '00081197'), text(item, '00081155')]),
      [
        [0xc000, undefined],
        [0x0111, readHeader(good).sopInstanceUid],
        [0xc000, undefined],
        [0xc000, undefined],
      ],
    );
    for (const item of items(answer, '00081198')) assert.match(String(text(item, '00000902')), /\w{3}/, 'in words too');
  });

  it('[DW8] refuses instances of another study than the address names', async () => {
    const file = await readData('dicom/lut/signed16.dcm');
    const { studyInstanceUid } = readHeader(file);
    const wrong = await stow(doctor, [file], '/dicomweb/studies/1.2.3.4');
    assert.equal(wrong.status, 409);
    assert.equal(text(items(await answerOf(wrong), '00081198')[0], '00081197'), 0xa900);
    assert.equal((await doctor.fetch(`/dicomweb/studies/${studyInstanceUid}/metadata`)).status, 404, 'not stored');
    assert.equal((await stow(doctor, [file], `/dicomweb/studies/${studyInstanceUid}`)).status, 200);
  });

  it('[DW8] answers 409 where nothing could be stored, 400 and 415 where the request is none', async () => {
    assert.equal((await stow(doctor, [Buffer.from('no')])).status, 409);
    const post = (contentType: string, body: string) =>
      doctor.fetch('/dicomweb/studies', { method: 'POST', headers: { 'content-type': contentType }, body });
    const multipart = 'multipart/related; type="application/dicom"';
    assert.equal((await post(`${multipart}; boundary=b`, 'nothing')).status, 400);
    assert.equal((await post(`${multipart}; boundary=b`, '--b--')).status, 400);
    assert.equal((await post(`${multipart}; boundary=b`, '--b\r\n\r\nhalf a part')).status, 400);
    assert.equal((await post(multipart, '--b--')).status, 400);
    assert.equal((await post('multipart/form-data; boundary=b', '--b--')).status, 415);
    assert.equal((await post('multipart/related; type="application/dicom+json"; boundary=b', '--b--')).status, 415);
    assert.equal((await post('application/dicom', 'DICM')).status, 415);
    const packed = { 'content-type': `${multipart}; boundary=b`, 'content-encoding': 'gzip' };
    const body = new Uint8Array(gzipSync('--b--'));
    assert.equal((await doctor.fetch('/dicomweb/studies', { method: 'POST', headers: packed, body })).status, 415);
    assert.equal((await stow(doctor, [], '/dicomweb/studies/not-a-uid')).status, 400);
    const xml = await stow(doctor, [], '/dicomweb/studies', { accept: 'application/dicom+xml' });
    assert.equal(xml.status, 406);
  });

  it('stores what came before a request broke off', async () => {
    const file = await readData('dicom/lut/overlay_p01.dcm');
    const boundary = randomUUID();
    const head = `--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`;
    const response = await doctor.fetch('/dicomweb/studies', {
      method: 'POST',
      headers: { 'content-type': `multipart/related; type="application/dicom"; boundary=${boundary}` },
      body: new Uint8Array(Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n${head}half`)])),
    });
    assert.equal(response.status, 202);
    const answer = await answerOf(response);
    assert.equal(items(answer, '00081199').length, 1);
    assert.equal(items(answer, '00081198').length, 1);
    assert.deepEqual(await readdir(join(server.dataDir, 'staging')), []);
  });

  it('takes machine clients with their token, and the archive is their hospital’s', async () => {
    const machine = await machineClient(server.url, 'coordinator', DEMO_PASSWORD);
    const file = await readData('dicom/lut/modality_lut_18.dcm');
    const path = `/dicomweb/studies/${readHeader(file).studyInstanceUid}/metadata`;
    assert.equal((await stow(machine, [file])).status, 200);
    assert.equal((await machine.fetch(path)).status, 200);
    assert.equal((await (await server.signIn('surgeon')).fetch(path)).status, 200, 'the same hospital');
    assert.equal((await doctor.fetch(path)).status, 404, 'another hospital');
    assert.equal((await stow({ ...machine, fetch: (p, i) => fetch(server.url + p, i) }, [file])).status, 401);
  });

  it('takes nothing more from a machine whose account is closed, and gives it nothing, at once', async () => {
    const machine = await machineClient(server.url, 'coordinator', DEMO_PASSWORD);
    const file = await readData('dicom/lut/modality_lut_18.dcm');
    const path = `/dicomweb/studies/${readHeader(file).studyInstanceUid}/metadata`;
    assert.equal((await stow(machine, [file])).status, 200);
    const setActive = (isActive: 0 | 1) =>
      server.database.query(`UPDATE account SET isActive = ${isActive} WHERE login = 'coordinator'`);
    await setActive(0);
    try {
      assert.equal((await machine.fetch(path)).status, 401);
      assert.equal((await machine.fetch('/dicomweb/studies')).status, 401);
      assert.equal((await stow(machine, [file])).status, 401);
    } finally {
      await setActive(1);
    }
  });

  it('lets nobody store whose role has no archive', async () => {
    const file = await readData('dicom/lut/voi_lut_04.dcm');
    for (const account of ['trainee', 'auditor', 'admin'])
      assert.equal((await stow(await server.signIn(account), [file])).status, 403, account);
  });

  it('[DW8] attaches to a case what is stored under the case', async () => {
    const { consultationId } = await doctor.call('consultation:create');
    const file = await readData('dicom/multiframe/nm_heart_13f.dcm');
    const path = `/dicomweb/consultations/${consultationId}/studies`;
    assert.equal((await stow(doctor, [file], path)).status, 200);
    const { materials } = await doctor.call('consultation:read', { params: { consultationId } });
    assert.deepEqual(
      materials.map((material) => imagingOf(material).studyInstanceUid),
      [readHeader(file).studyInstanceUid],
    );
    assert.equal((await stow(await server.signIn('specialist'), [file], path)).status, 404, 'a stranger to the draft');
  });

  it('takes every sample that is a whole DICOM object with its UIDs and refuses the others, without a fault of its own', async () => {
    const folders = ['charset', 'color', 'cr-dx-mg', 'derived', 'lut', 'malformed', 'seg-rt', 'sr', 'syntax'];
    for (const folder of folders) {
      const files = await Promise.all((await listData(`dicom/${folder}`)).map(readData));
      const response = await stow(doctor, files);
      const answer = await answerOf(response);
      const refused = items(answer, '00081198').map((item) => text(item, '00081197'));
      // Some samples are one image in many encodings under one UID: only the first of these is kept.
      assert.deepEqual(
        [...new Set(refused)].filter((reason) => reason !== 0x0111 && reason !== 0xc000),
        [],
        folder,
      );
      assert.equal(refused.filter((reason) => reason === 0xc000).length, files.filter(isUnreadable).length, folder);
      assert.equal(response.status, refused.length === 0 ? 200 : 202, folder);
    }
  });
});

function isUnreadable(file: Uint8Array): boolean {
  try {
    readHeader(file);
    return false;
  } catch {
    return true;
  }
}
