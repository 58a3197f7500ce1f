import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { io } from 'socket.io-client';
import { CONTRACT_VERSION } from '../../server/contract/index.ts';
import { DEMO_PASSWORD } from '../../server/demo/network.ts';
import { dataPath } from '../support/data.ts';
import { findFreePort } from '../support/start-process.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';

const run = promisify(execFile);
const CONFIGURATION = fileURLToPath(new URL('../../nginx.conf', import.meta.url));

interface HttpsAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

describe('behind nginx with the configuration that ships', function () {
  this.timeout(60_000);
  let server: RunningServer;
  let folder: string;
  let port: number;
  let nginx: ReturnType<typeof spawn>;
  let token: string;

  before(async () => {
    server = await startServer({ environment: { SECURE_COOKIES: '1', TRUSTED_PROXIES: '1' } });
    folder = await mkdtemp(join(tmpdir(), 'huizhen-nginx-'));
    port = await findFreePort();
    await mkdir(join(folder, 'tls'));
    await mkdir(join(folder, 'temp'));
    await run('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-keyout',
      join(folder, 'tls/key.pem'),
      '-out',
      join(folder, 'tls/certificate.pem'),
    ]);
    // The addresses of this machine instead of a hospital's; all else as it ships.
    const upstream = new URL(server.url).host;
    const configuration = (await readFile(CONFIGURATION, 'utf8'))
      .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
      .replace('listen 80;', `listen 127.0.0.1:${await findFreePort()};`)
      .replaceAll('127.0.0.1:3000', upstream)
      .replaceAll('127.0.0.1:3001', upstream);
    await writeFile(join(folder, 'nginx.conf'), configuration);
    nginx = spawn('nginx', ['-p', folder, '-c', 'nginx.conf', '-g', 'daemon off;'], {
      stdio: 'ignore',
      env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
    });
    for (let tries = 0; ; tries += 1) {
      try {
        await ask('GET', '/healthz');
        break;
      } catch (error) {
        if (tries > 50) throw error;
        await sleep(100);
      }
    }
    const answer = await ask(
      'POST',
      '/api/tokens',
      { 'content-type': 'application/json' },
      JSON.stringify({ account: 'county-doctor', password: DEMO_PASSWORD }),
    );
    token = JSON.parse(answer.body.toString()).token;
  });
  after(async () => {
    nginx.kill('SIGTERM');
    await once(nginx, 'exit');
    await rm(folder, { recursive: true, force: true });
    await server.close();
  });

  function ask(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string | Uint8Array,
  ): Promise<HttpsAnswer> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port,
          method,
          path,
          headers: { host: `localhost:${port}`, ...headers },
          rejectUnauthorized: false,
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('end', () =>
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
          );
          incoming.on('error', reject);
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

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
    assert.match(String(frame.headers['cache-control']), /private.*immutable/);
    assert.ok(frame.body.length > 512 * 512 * 2);
    const metadata = await ask('GET', `${address}/metadata`, { authorization, 'accept-encoding': 'gzip' });
    assert.equal(metadata.headers['content-encoding'], 'gzip');
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
