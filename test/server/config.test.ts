import assert from 'node:assert/strict';
import { loadConfig } from '../../server/config.ts';

describe('the environment', () => {
  it('is optional: a plain start keeps SQLite in ./data, with the demo network', () => {
    const config = loadConfig({});
    assert.equal(config.databaseUrl, 'sqlite:./data/huizhen.sqlite');
    assert.equal(config.port, 3000);
    assert.equal(config.isDemo, true);
  });

  it('names the proxies that are believed by their addresses, not by their number', () => {
    const read = (TRUSTED_PROXIES: string) => loadConfig({ TRUSTED_PROXIES }).trustedProxies;
    assert.deepEqual(loadConfig({}).trustedProxies, []);
    assert.deepEqual(read('0'), []);
    assert.deepEqual(read('1'), ['127.0.0.0/8', '::1']);
    assert.deepEqual(read('10.0.0.2, 10.1.0.0/24,fd00::/8'), ['10.0.0.2', '10.1.0.0/24', 'fd00::/8']);
    for (const wrong of ['2', 'nginx', '10.0.0.2,', '10.0.0.0/40']) assert.throws(() => read(wrong), /TRUSTED_PROXIES/);
  });

  it('names relays by their addresses, with the secret shared with them', () => {
    const TURN_URLS = 'turn:relay.example:3478?transport=udp, turns:relay.example:443?transport=tcp';
    const TURN_SECRET = 'shared with the relay';
    assert.equal(loadConfig({}).turn, undefined);
    assert.deepEqual(loadConfig({ TURN_URLS, TURN_SECRET }).turn?.urls, [
      'turn:relay.example:3478?transport=udp',
      'turns:relay.example:443?transport=tcp',
    ]);
    for (const half of [{ TURN_URLS }, { TURN_SECRET }]) assert.throws(() => loadConfig(half), /belong together/);
    for (const wrong of ['stun:relay.example', 'https://relay.example', 'turn:user@relay.example', ''.padEnd(3, ',')])
      assert.throws(() => loadConfig({ TURN_URLS: wrong, TURN_SECRET }), /TURN_URLS/);
  });

  it('tells browsers where the sfu is, or that it is where they are', () => {
    const SFU_URL = 'http://10.0.0.7:3001';
    assert.equal(loadConfig({}).sfuPublicUrl, '');
    assert.equal(loadConfig({ SFU_URL }).sfuPublicUrl, SFU_URL);
    assert.equal(loadConfig({ SFU_URL, SFU_PUBLIC_URL: '/' }).sfuPublicUrl, '');
    assert.equal(
      loadConfig({ SFU_URL, SFU_PUBLIC_URL: 'https://media.example' }).sfuPublicUrl,
      'https://media.example',
    );
  });

  it('is refused as a whole, naming every variable at fault and no value', () => {
    assert.throws(
      () =>
        loadConfig({ PORT: 'many', DATABASE_URL: 'postgres://user:secret@host/db', ROOM_TOKEN_SECRET: 'short-secret' }),
      (err: Error) =>
        /PORT/.test(err.message) &&
        /DATABASE_URL/.test(err.message) &&
        /ROOM_TOKEN_SECRET/.test(err.message) &&
        !/secret@|short-secret/.test(err.message),
    );
  });
});
