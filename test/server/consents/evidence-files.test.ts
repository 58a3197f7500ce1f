import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FileStore } from '../../../server/archive/file-store.ts';
import { openFolderFileStore } from '../../../server/archive/folder-file-store.ts';
import { type EvidenceFiles, type KeyHolder, openEvidenceFiles } from '../../../server/consents/evidence-files.ts';
import { createEvidenceSeal } from '../../../server/consents/evidence-seal.ts';
import { Failure } from '../../../server/contract/index.ts';
import { pngByHand } from '../../support/photograph-by-hand.ts';

const KEY = Buffer.alloc(32, 7);
const LONG_AGO = new Date('2026-01-01');
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const nobody = async () => false;

/** No database is about whose key could be changed meanwhile. */
const alone: KeyHolder = { write: (work) => work() };

describe('the files of evidence', function () {
  this.timeout(180_000);
  let dataDir: string;
  let originals: FileStore;
  let files: EvidenceFiles;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huizhen-evidence-'));
    originals = await openFolderFileStore(dataDir);
    files = openEvidenceFiles(alone, dataDir, createEvidenceSeal(KEY), originals);
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const sealedPath = (sha256: string) => join(dataDir, 'evidence', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  async function onDisk(): Promise<{ path: string; bytes: Buffer }[]> {
    const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
  }
  /** As versions before have left it: with the originals, in the clear. */
  async function leaveInClear(bytes: Uint8Array, keptAt = LONG_AGO): Promise<string> {
    const received = await originals.receive(
      (async function* () {
        yield bytes;
      })(),
      bytes.length,
    );
    await originals.keep(received);
    await originals.discard(received);
    await utimes(await originals.localPath(received.sha256), keptAt, keptAt);
    return received.sha256;
  }
  const reasonOf = (work: Promise<unknown>) =>
    work.then(
      () => 'opened',
      (err) => (err instanceof Failure ? `${err.code}/${err.reason}` : assert.fail(err)),
    );

  it('hold nothing of the picture, are the server’s own to read, and give back what was sent', async () => {
    const picture = await pngByHand({ bare: true });
    const sha256 = hashOf(picture);
    await files.keep(sha256, picture);
    assert.deepEqual(new Uint8Array(await files.read(sha256)), picture);
    const [file, ...others] = await onDisk();
    assert.ok(file);
    assert.equal(others.length, 0);
    for (let at = 0; at + 8 <= picture.length; at += 4)
      assert.equal(file.bytes.indexOf(picture.subarray(at, at + 8)), -1, `bytes ${at} of the picture`);
    assert.equal((await stat(file.path)).mode & 0o777, 0o600);

    await files.keep(sha256, picture);
    assert.deepEqual(await readFile(file.path), file.bytes, 'sent again it stays as it was');
  });

  it('open under no other key, as no other file and with no byte changed', async () => {
    const [one, other] = [Buffer.from('signature'), Buffer.from('photograph')];
    for (const bytes of [one, other]) await files.keep(hashOf(bytes), bytes);
    const elsewhere = openEvidenceFiles(alone, dataDir, createEvidenceSeal(Buffer.alloc(32, 8)), originals);
    assert.equal(await reasonOf(elsewhere.read(hashOf(one))), 'internal/evidence-other-key');

    const path = sealedPath(hashOf(one));
    const sealed = await readFile(path);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await writeFile(path, changed);
      const isKeyId = at >= 5 && at < 13;
      const expected = isKeyId ? 'internal/evidence-other-key' : 'internal/evidence-damaged';
      assert.equal(await reasonOf(files.read(hashOf(one))), expected, `byte ${at}`);
    }
    for (const length of [0, 4, 13, 30, sealed.length - 1]) {
      await writeFile(path, sealed.subarray(0, length));
      assert.match(await reasonOf(files.read(hashOf(one))), /evidence-(damaged|other-key)/, `cut to ${length}`);
    }
    await writeFile(path, await readFile(sealedPath(hashOf(other))));
    assert.equal(await reasonOf(files.read(hashOf(one))), 'internal/evidence-damaged', 'another file in its place');
    await rm(path);
    assert.equal(await reasonOf(files.read(hashOf(one))), 'internal/evidence-missing');

    await writeFile(path, sealed.subarray(1));
    await files.keep(hashOf(one), one);
    assert.deepEqual(await files.read(hashOf(one)), one, 'sent again it is whole again');
  });

  it('of earlier versions are read as they lie, then sealed, once, and the clear ones are gone', async () => {
    const bytes = randomBytes(3_000);
    const sha256 = await leaveInClear(bytes);
    assert.deepEqual(await files.read(sha256), bytes);
    assert.equal(await files.sealEarlier(sha256, nobody), 'sealed');
    assert.equal(await files.sealEarlier(sha256, nobody), 'done');
    assert.deepEqual(await files.read(sha256), bytes);
    assert.deepEqual(
      (await onDisk()).map(({ path }) => path),
      [sealedPath(sha256)],
    );

    const damagedSha256 = await leaveInClear(randomBytes(100));
    const path = await originals.localPath(damagedSha256);
    await writeFile(path, 'something else');
    assert.equal(await reasonOf(files.sealEarlier(damagedSha256, nobody)), 'internal/evidence-damaged');
    assert.equal(await reasonOf(files.read(damagedSha256)), 'internal/evidence-damaged');
  });

  it('leave an original alone that something else names, or may be about to', async () => {
    const bytes = randomBytes(100);
    const sha256 = await leaveInClear(bytes);
    assert.equal(await files.sealEarlier(sha256, async () => true), 'done');
    assert.ok(await originals.has(sha256), 'a document of the case has the same bytes');

    // The same bytes come in as a document while it is being forgotten; their row is not there yet.
    let asked = 0;
    const meanwhile = async () => {
      asked += 1;
      if (asked === 1) await leaveInClear(bytes, new Date());
      return false;
    };
    assert.equal(await files.sealEarlier(sha256, meanwhile), 'young');
    assert.deepEqual(await readFile(await originals.localPath(sha256)), bytes);
    await utimes(await originals.localPath(sha256), LONG_AGO, LONG_AGO);
    let looks = 0;
    const namedMeanwhile = async () => {
      looks += 1;
      return looks > 1;
    };
    assert.equal(await files.sealEarlier(sha256, namedMeanwhile), 'done');
    assert.deepEqual(await readFile(await originals.localPath(sha256)), bytes, 'put back');
  });

  it('are all there after a process was killed while it sealed, and the next one goes on', async () => {
    const all = new Map<string, Buffer>();
    for (let index = 0; index < 60; index += 1) {
      const bytes = randomBytes(20_000);
      all.set(await leaveInClear(bytes), bytes);
    }
    const script = `
      import { openFolderFileStore } from './server/archive/folder-file-store.ts';
      import { openEvidenceFiles } from './server/consents/evidence-files.ts';
      import { createEvidenceSeal } from './server/consents/evidence-seal.ts';
      const files = openEvidenceFiles({ write: (work) => work() }, ${JSON.stringify(dataDir)}, createEvidenceSeal(Buffer.alloc(32, 7)), await openFolderFileStore(${JSON.stringify(dataDir)}));
      for (const sha256 of ${JSON.stringify([...all.keys()])}) console.log(await files.sealEarlier(sha256, async () => false));`;
    const sealing = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = 0;
    const ended = once(sealing, 'exit');
    for await (const line of createInterface(sealing.stdout)) {
      assert.equal(line, 'sealed');
      told += 1;
      if (told === 5) sealing.kill('SIGKILL');
    }
    const [, signal] = await ended;
    assert.equal(signal, 'SIGKILL');
    for (const [sha256, bytes] of all) assert.deepEqual(await files.read(sha256), bytes);
    const outcomes = await Promise.all([...all.keys()].map((sha256) => files.sealEarlier(sha256, nobody)));
    assert.ok(outcomes.includes('sealed'), 'it was killed in the middle');
    for (const [sha256, bytes] of all) {
      assert.equal(await originals.has(sha256), false);
      assert.deepEqual(await files.read(sha256), bytes);
    }
    assert.equal((await onDisk()).filter(({ path }) => path.startsWith(join(dataDir, 'files'))).length, 0);
  });
});
