import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, get, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { io } from 'socket.io-client';
import { CONTRACT_VERSION } from '../../../server/contract/index.ts';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { dataPath } from '../../support/data.ts';
import { type Nginx, startNginx } from '../../support/nginx.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('behind nginx with the configuration that ships', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let port: number;
  let nginx: Nginx;
  let ask: Nginx['ask'];
  let token: string;

  before(async () => {
    server = await startServer({ environment: { SECURE_COOKIES: '1', TRUSTED_PROXIES: '1' } });
    nginx = await startNginx({ server: server.url, sfu: server.url });
    ({ ask } = nginx);
    ({ port } = nginx);
    const answer = await ask(
      'POST',
      '/api/tokens',
      { 'content-type': 'application/json' },
      JSON.stringify({ account: 'county-doctor', password: DEMO_PASSWORD }),
    );
    token = JSON.parse(answer.body.toString()).token;
  });
  after(async () => {
    await nginx?.close();
    await server?.close();
  });

  it('speaks HTTP/2 over TLS 1.2 and 1.3 alone', async () => {
    const session = connectHttp2(`https://127.0.0.1:${port}`, { rejectUnauthorized: false });
    const stream = session.request({ ':path': '/healthz' });
    const [headers] = await once(stream, 'response');
    assert.equal(headers[':status'], 200);
    session.close();
    const old = connectTls({
      host: '127.0.0.1',
      port,
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
    });
    await assert.rejects(once(old, 'secureConnect'));
  });

  it('asks about each late fragment on a connection that is kept', async () => {
    let connections = 0;
    let asked = 0;
    const upstream = createServer({ keepAliveTimeout: 30_000 }, ({ url }, response) => {
      if (url === '/api/hls-access') asked += 1;
      response.writeHead(url === '/api/hls-access' ? 204 : 200).end();
    });
    upstream.on('connection', () => {
      connections += 1;
    });
    await once(upstream.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
    const other = await startNginx({ server: url, sfu: url });
    try {
      const before = connections;
      for (let count = 0; count < 60; count += 1)
        assert.equal((await other.ask('GET', `/api/demonstrations/0a/hls/abc-${count % 3}.m4s`)).status, 200);
      assert.equal(asked, 60);
      assert.ok(connections - before <= 10, `${connections - before} connections`);
    } finally {
      await other.close();
      upstream.close();
    }
  });

  it('lets people sign in with a secure cookie and stay on the same site', async () => {
    const answer = await ask(
      'POST',
      '/api/session',
      { 'content-type': 'application/json', origin: `https://localhost:${port}` },
      JSON.stringify({ account: 'county-doctor', password: DEMO_PASSWORD }),
    );
    assert.equal(answer.status, 201);
    const cookie = String(answer.headers['set-cookie']);
    assert.match(cookie, /__Host-huizhen=/);
    const created = await ask('POST', '/api/consultations', {
      cookie: cookie.split(';')[0] ?? '',
      origin: `https://localhost:${port}`,
    });
    assert.equal(created.status, 201);
    assert.ok(answer.headers['strict-transport-security']);
  });

  it('carries the live link over WebSocket', async () => {
    const socket = io(`https://127.0.0.1:${port}`, {
      transports: ['websocket'],
      rejectUnauthorized: false,
      auth: { contractVersion: CONTRACT_VERSION },
      extraHeaders: { authorization: `Bearer ${token}` },
    });
    try {
      await once(socket as unknown as NodeJS.EventEmitter, 'connect');
      assert.equal(socket.connected, true);
    } finally {
      socket.close();
    }
  });

  it('takes a study much larger than a web form, and hands its frames out for the browser to keep', async () => {
    const authorization = `Bearer ${token}`;
    const boundary = 'piece';
    const image = await readFile(dataPath('dicom/series/ct-chest-lidc0314/ct_148.dcm'));
    // A second part of 24 MB that is no image: the whole passes, the part alone is refused.
    const body = Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
      image,
      Buffer.from(`\r\n--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
      randomBytes(24 * 1024 * 1024),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const stored = await ask(
      'POST',
      '/dicomweb/studies',
      { authorization, 'content-type': `multipart/related; type="application/dicom"; boundary=${boundary}` },
      body,
    );
    assert.equal(stored.status, 202, stored.body.toString().slice(0, 300));
    const found = JSON.parse((await ask('GET', '/dicomweb/instances', { authorization })).body.toString());
    const [uid, series, study] = ['00080018', '0020000E', '0020000D'].map((tag) => found[0][tag].Value[0]);
    const address = `/dicomweb/studies/${study}/series/${series}/instances/${uid}`;
    const frame = await ask('GET', `${address}/frames/1`, { authorization });
    assert.equal(frame.status, 200);
    assert.match(String(frame.headers['cache-control']), /private, max-age=3600/);
    assert.ok(frame.body.length > 512 * 512 * 2);
    const metadata = await ask('GET', `${address}/metadata`, { authorization, 'accept-encoding': 'gzip' });
    assert.equal(metadata.headers['content-encoding'], 'gzip');
  });

  it('sends plain HTTP on to the address of this system alone, and says no version', async () => {
    const plain = (host: string) =>
      fetchPlain({ host: '127.0.0.1', port: nginx.plainPort, path: '/work-list', headers: { host } });
    const own = await plain('localhost');
    assert.deepEqual([own.statusCode, own.headers.location], [308, 'https://localhost/work-list']);
    const foreign = await plain('evil.example');
    assert.deepEqual([foreign.statusCode, foreign.headers.location], [421, undefined]);
    assert.equal(own.headers['server'], 'nginx');
  });

  it('holds back whoever tries one password after the other, and nobody else', async () => {
    const body = JSON.stringify({ account: 'nobody', password: 'guess' });
    const tries = await Promise.all(
      Array.from({ length: 120 }, () => ask('POST', '/api/session', { 'content-type': 'application/json' }, body)),
    );
    assert.ok(tries.some(({ status }) => status === 429));
    const reads = await Promise.all(Array.from({ length: 120 }, () => ask('GET', '/healthz')));
    assert.ok(reads.every(({ status }) => status === 200));
  });

  it('shows no one the frames that another may see', async () => {
    assert.equal((await ask('GET', '/dicomweb/studies')).status, 401);
  });

  it('lets people reach the sfu’s signalling, and nobody its private control', async () => {
    const polled = await ask('GET', '/sfu/socket.io/?EIO=4&transport=polling');
    assert.match(polled.body.toString(), /^0\{"sid"|Transport unknown/);
    assert.equal((await ask('GET', '/sfu/health')).status, 404);
    assert.equal((await ask('DELETE', '/sfu/rooms/any')).status, 404);
  });
});

async function fetchPlain(options: RequestOptions): Promise<IncomingMessage> {
  const [answer] = await once(get(options), 'response');
  answer.resume();
  return answer;
}
