import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSfuConfig } from '../../sfu/config.ts';
import { parseMediaAddresses } from '../../sfu/media-address.ts';
import { readSharedSecret } from '../../sfu/secret.ts';

describe('configuration of the sfu', () => {
  it('needs nothing: every address of the machine, port 40000, a worker for each core', () => {
    const config = readSfuConfig({});
    const own = Object.values(networkInterfaces())
      .flatMap((entries) => entries ?? [])
      .filter(({ family }) => family === 'IPv4');
    assert.deepEqual(config.mediaAddresses.map(({ ip }) => ip).sort(), own.map(({ address }) => address).sort());
    assert.ok(config.mediaAddresses.some(({ ip }) => ip === '127.0.0.1'));
    assert.deepEqual([config.port, config.mediaPort, config.dataDir, config.graceMs], [3001, 40000, './data', 30_000]);
    assert.deepEqual([config.recordingsFolder, config.recordingMinFreeBytes], ['data/recordings', 500_000_000]);
    assert.ok(config.workerCount >= 1);
    assert.equal(config.roomTokenSecret, undefined);
  });

  it('takes an empty variable for an unset one', () => {
    const config = readSfuConfig({ PORT: '', MEDIA_ADDRESS: '', ROOM_TOKEN_SECRET: '' });
    assert.deepEqual(config, readSfuConfig({}));
  });

  it('tells every fault at once', () => {
    const faulty = {
      PORT: 'http',
      MEDIA_PORT: '70000',
      ROOM_TOKEN_SECRET: 'short',
      WORKERS: '0',
      MEDIA_ADDRESS: 'a=b=c',
    };
    assert.throws(
      () => readSfuConfig(faulty),
      (error) => error instanceof Error && Object.keys(faulty).every((name) => error.message.includes(name)),
    );
  });

  it('announces the public address of a NAT and listens where it can', () => {
    assert.deepEqual(parseMediaAddresses('203.0.113.7'), [{ ip: '0.0.0.0', announcedAddress: '203.0.113.7' }]);
    assert.deepEqual(parseMediaAddresses(' 127.0.0.1 , 127.0.0.1=media.example.cn '), [
      { ip: '127.0.0.1' },
      { ip: '127.0.0.1', announcedAddress: 'media.example.cn' },
    ]);
    assert.throws(() => parseMediaAddresses('127.0.0.1,203.0.113.7'), /203\.0\.113\.7/);
    assert.throws(() => parseMediaAddresses('127.0.0.1='), /ip=announced/);
  });
});

describe('the secret that server and sfu share', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = join(await mkdtemp(join(tmpdir(), 'huizhen-secret-')), 'data');
  });
  afterEach(() => rm(join(dataDir, '..'), { recursive: true }));

  it('is the same for all who start at once, random, and readable by the user alone', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => readSharedSecret(dataDir)));
    assert.equal(new Set(secrets).size, 1);
    assert.ok(Buffer.from(secrets[0] ?? '', 'base64url').length === 32);
    assert.equal(await readSharedSecret(dataDir), secrets[0]);
    assert.deepEqual(await readdir(dataDir), ['room-token-secret']);
    const file = join(dataDir, 'room-token-secret');
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.equal((await readFile(file, 'utf8')).trim(), secrets[0]);
  });
});
