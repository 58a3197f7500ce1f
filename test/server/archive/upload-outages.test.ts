import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openDatabase } from '../../../server/database/database.ts';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { createFieldSeal, loadFieldSecret } from '../../../server/patients/seal.ts';
import { type Client, signIn } from '../../support/client.ts';
import { readData } from '../../support/data.ts';
import { placeDemoNetwork } from '../../support/demo-network.ts';
import { announceFile, hashOf, putChunk, stow, uploadFile } from '../../support/images.ts';
import { imagingOf } from '../../support/imaging-parts.ts';
import { findFreePort, type RunningProcess, startProcess } from '../../support/start-process.ts';
import { startServer } from '../../support/start-server.ts';

const run = promisify(execFile);
const LARGE = 'dicom/cr-dx-mg/mg_3062x2394_jpeg_lossless.dcm';

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('an upload while the server is killed', function () {
  this.timeout(240_000);
  let dataDir: string;
  let server: RunningProcess;
  let doctor: Client;
  let bytes: Uint8Array;
  let consultationId: string;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huizhen-killed-'));
    await placeDemoNetwork(dataDir);
    const port = String(await findFreePort());
    server = await startProcess('server/main.ts', ['--without-sfu'], {
      DATA_DIR: dataDir,
      PORT: port,
      HOST: '127.0.0.1',
    });
    doctor = await signIn(server.url, 'county-doctor', DEMO_PASSWORD);
    bytes = await readData(LARGE);
    consultationId = (await doctor.call('consultation:create')).consultationId;
  });
  after(async () => {
    await server.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Sends the beginning of a chunk and never its end. */
  async function sendHalf(uploadId: string, offset: number, chunk: Uint8Array): Promise<void> {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    socket.write(
      `PUT /api/uploads/${uploadId}/bytes?offset=${offset} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${doctor.cookie}\r\n` +
        `Content-Type: application/octet-stream\r\nContent-Length: ${chunk.length}\r\n\r\n`,
    );
    socket.write(chunk.subarray(0, chunk.length / 2));
  }

  it('[UP3] goes on after each kill from what was acknowledged, and ends with the very bytes', async () => {
    let upload = await announceFile(doctor, consultationId, bytes);
    for (let kills = 0; kills < 3; kills += 1) {
      let acknowledged = upload.receivedBytes;
      for (let chunks = 0; chunks < 2; chunks += 1) {
        const answer = await putChunk(
          doctor,
          upload.uploadId,
          acknowledged,
          bytes.subarray(acknowledged, acknowledged + 150_000),
        );
        assert.equal(answer.status, 200);
        acknowledged += 150_000;
      }
      // One chunk is on its way when the process dies: half sent, or sent and not answered.
      const onItsWay = bytes.subarray(acknowledged, acknowledged + 200_000);
      if (kills % 2 === 0) await sendHalf(upload.uploadId, acknowledged, onItsWay);
      else putChunk(doctor, upload.uploadId, acknowledged, onItsWay).catch(() => undefined);
      await server.kill('SIGKILL');
      await server.restart();
      upload = await announceFile(doctor, consultationId, bytes);
      assert.equal(upload.state, 'receiving');
      assert.ok(upload.receivedBytes >= acknowledged, `${upload.receivedBytes} of ${acknowledged} acknowledged`);
    }
    assert.equal((await uploadFile(doctor, consultationId, bytes))?.status, 200);
    const { materials } = await doctor.call('consultation:read', { params: { consultationId } });
    assert.equal(materials.length, 1);
    const { studyInstanceUid, series } = imagingOf(materials[0]);
    const study = await doctor.fetch(
      `/dicomweb/consultations/${consultationId}/studies/${studyInstanceUid}/series/${series[0]?.seriesInstanceUid}/instances`,
    );
    const [instance] = (await study.json()) as Record<string, { Value: string[] }>[];
    const address = instance?.['00081190']?.Value[0] ?? '';
    const whole = await doctor.fetch(new URL(address).pathname, { headers: { accept: 'application/dicom' } });
    assert.equal(hashOf(new Uint8Array(await whole.arrayBuffer())), hashOf(bytes));
  });

  it('[UP3] is finished when it is announced again, where all bytes had arrived before the kill', async () => {
    const file = await readData('dicom/lut/mr_small.dcm');
    const { uploadId } = await announceFile(doctor, consultationId, file);
    await putChunk(doctor, uploadId, 0, file.subarray(0, 1000));
    await server.kill('SIGKILL');
    // The last chunk was written, and nobody had time to look at the file.
    await writeFile(join(dataDir, 'uploads', uploadId), file);
    await server.restart();
    assert.equal((await announceFile(doctor, consultationId, file)).state, 'stored');
    assert.deepEqual(await readdir(join(dataDir, 'uploads')), []);
  });

  it('[UP4] is forgotten after seven days without a word, but not before', async () => {
    const [forgotten, slow] = [randomBytes(5000), randomBytes(5000)];
    for (const file of [forgotten, slow]) {
      const { uploadId } = await announceFile(doctor, consultationId, file);
      await putChunk(doctor, uploadId, 0, file.subarray(0, 1000));
      if (file === forgotten) {
        const longAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
        await utimes(join(dataDir, 'uploads', uploadId), longAgo, longAgo);
      }
    }
    await server.kill('SIGKILL');
    const seal = createFieldSeal(await loadFieldSecret(dataDir, undefined));
    const database = await openDatabase(`sqlite:${dataDir}/huizhen.sqlite`, seal);
    await database.query(`UPDATE upload SET announcedAt = '2020-01-01T00:00:00.000Z'`);
    await database.close();
    await server.restart();
    // Sweeping begins with the server; the first request may come before its end.
    for (let tries = 0; tries < 50 && (await readdir(join(dataDir, 'uploads'))).length > 1; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal((await announceFile(doctor, consultationId, forgotten)).receivedBytes, 0);
    assert.equal((await announceFile(doctor, consultationId, slow)).receivedBytes, 1000);
  });
});

describe('a full disk', function () {
  this.timeout(180_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huizhen-full-'));
    await mkdir(join(folder, 'disk'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const isMounted = async (): Promise<boolean> => {
    try {
      await run('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', join(folder, 'disk')]);
      return true;
    } catch {
      return false;
    }
  };

  it('[UP8] stops an upload and a store request with a clear reason, half-stores nothing, and they go on when there is space', async function () {
    if (!(await isMounted())) {
      if (process.env['CI']) throw new Error('this test mounts a small tmpfs: it must run as root');
      this.skip();
    }
    const disk = join(folder, 'disk');
    const server = await startServer({
      environment: { DATA_DIR: disk, DATABASE_URL: `sqlite:${join(folder, 'database.sqlite')}` },
    });
    try {
      const doctor = await server.signIn('county-doctor');
      const { consultationId } = await doctor.call('consultation:create');
      const filler = join(disk, 'filler');
      await writeFile(filler, randomBytes(2_500_000));
      const file = await readData('dicom/multiframe/mr_heart_16f_8bit.dcm');

      const { uploadId } = await announceFile(doctor, consultationId, file);
      let acknowledged = 0;
      let full: Response | undefined;
      while (acknowledged < file.length && full === undefined) {
        const answer = await putChunk(
          doctor,
          uploadId,
          acknowledged,
          file.subarray(acknowledged, acknowledged + 200_000),
        );
        if (answer.ok) acknowledged += 200_000;
        else full = answer;
      }
      assert.ok(full);
      assert.equal(full.status, 503);
      assert.equal(((await full.json()) as { reason?: string }).reason, 'storage-full');
      assert.ok(acknowledged > 0);
      assert.equal(
        (await stat(join(disk, 'uploads', uploadId))).size,
        acknowledged,
        'no half chunk counts as received',
      );

      const refused = await stow(doctor, [file]);
      assert.equal(refused.status, 503);
      assert.match(await refused.text(), /"00081197":\{"vr":"US","Value":\[42752\]\}/);
      assert.deepEqual(await filesIn(join(disk, 'staging')), []);
      assert.deepEqual(await filesIn(join(disk, 'files')), []);

      await rm(filler);
      const again = await announceFile(doctor, consultationId, file);
      assert.equal(again.receivedBytes, acknowledged, 'what was acknowledged is still there');
      assert.equal((await uploadFile(doctor, consultationId, file))?.status, 200);
      const { materials } = await doctor.call('consultation:read', { params: { consultationId } });
      assert.equal(materials.length, 1);
      assert.equal((await filesIn(join(disk, 'files'))).length, 1);
      assert.deepEqual(await filesIn(join(disk, 'uploads')), []);
    } finally {
      await server.close();
      await run('umount', [disk]);
    }
  });
});

describe('a limit on the size of files', function () {
  this.timeout(180_000);

  it('[UP8] is a full disk to whoever uploads', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'huizhen-limit-'));
    await placeDemoNetwork(dataDir);
    const port = String(await findFreePort());
    const server = await startProcess('server/main.ts', ['--without-sfu'], {
      DATA_DIR: dataDir,
      PORT: port,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'silent',
    });
    try {
      // Room for the database, not for the upload.
      await run('prlimit', ['--pid', String(server.pid()), `--fsize=${16 * 1024 ** 2}`]);
      const doctor = await signIn(server.url, 'county-doctor', DEMO_PASSWORD);
      const { consultationId } = await doctor.call('consultation:create');
      const file = randomBytes(17 * 1024 ** 2);
      const { uploadId } = await announceFile(doctor, consultationId, file);
      const piece = 1024 ** 2;
      for (let offset = 0; offset < 16 * piece; offset += piece)
        assert.equal((await putChunk(doctor, uploadId, offset, file.subarray(offset, offset + piece))).status, 200);
      const full = await putChunk(doctor, uploadId, 16 * piece, file.subarray(16 * piece));
      assert.equal(full.status, 503);
      assert.equal(((await full.json()) as { reason?: string }).reason, 'storage-full');
      assert.equal((await announceFile(doctor, consultationId, file)).receivedBytes, 16 * piece);
    } finally {
      await server.kill('SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
