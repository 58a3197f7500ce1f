import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { createHttpServer } from '../../../server/http/request-progress.ts';
import type { Client } from '../../support/client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

/** A connection as a program without manners opens it: head and body are written when it likes. */
async function openRaw(url: string, head: string[]): Promise<{ socket: Socket; answer: Promise<string> }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const said: string[] = [];
  socket.setEncoding('latin1').on('data', (text: string) => said.push(text));
  // The other side may hang up while this one still writes: that is what is asked for.
  socket.on('error', () => undefined);
  const answer = new Promise<string>((resolve) => socket.once('close', () => resolve(said.join(''))));
  socket.write(`${[...head, 'host: here', 'content-type: application/json'].join('\r\n')}\r\n\r\n`);
  return { socket, answer };
}

/** `keepalive_timeout` of an upstream, where nginx.conf names none. */
const NGINX_KEEPS_S = 60;

describe('what a request may cost', function () {
  this.timeout(180_000);
  const stallMs = 800;
  let server: RunningServer;
  let doctor: Client;
  before(async () => {
    server = await startServer({ environment: { REQUEST_STALL_SECONDS: String(stallMs / 1000) } });
    doctor = await server.signIn('county-doctor');
  });
  after(() => server?.close());

  const post = (path: string, body: string, cookie = '') =>
    fetch(server.url + path, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body });

  /** How long nothing else was answered while `work` went on. */
  async function longestStallMs(work: () => Promise<unknown>): Promise<number> {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    await wait(50);
    delay.enable();
    await work();
    delay.disable();
    return delay.max / 1e6;
  }

  it('[RQ1] stops nobody else: a deeply nested body holds the server up no longer than a flat one of its size', async () => {
    const sizeBytes = 4_000_000;
    const nested = '['.repeat(sizeBytes / 2) + ']'.repeat(sizeBytes / 2);
    const members = `${'{"a":'.repeat(sizeBytes / 6)}1${'}'.repeat(sizeBytes / 6)}`;
    const flat = JSON.stringify('x'.repeat(sizeBytes - 2));
    const { consultationId } = await doctor.call('consultation:create');
    const targets: [method: string, path: string, cookie: string][] = [
      ['POST', '/api/session', ''],
      ['POST', '/api/tokens', ''],
      ['PUT', `/api/consultations/${consultationId}/opinion`, doctor.cookie],
    ];
    for (const [method, path, cookie] of targets) {
      const send = (body: string) => async () => {
        const headers = { 'content-type': 'application/json', cookie };
        const response = await fetch(server.url + path, { method, headers, body });
        assert.ok([400, 413].includes(response.status), `${path}: ${response.status}`);
      };
      const baselineMs = Math.max(await longestStallMs(send(flat)), await longestStallMs(send(flat)));
      for (const body of [nested, members]) {
        const stallMs = await longestStallMs(send(body));
        assert.ok(stallMs < baselineMs * 4 + 150, `${path}: ${stallMs.toFixed()} ms, flat ${baselineMs.toFixed()} ms`);
      }
    }
  });

  it('[RQ1] takes no more than 4 KiB from whoever has not signed in, and says so', async () => {
    for (const path of ['/api/session', '/api/tokens']) {
      const large = await post(path, JSON.stringify({ account: 'x', password: 'x'.repeat(5_000) }));
      assert.equal(large.status, 413);
      assert.equal(((await large.json()) as { code: string }).code, 'too-large');
    }
    const deep = await post('/api/session', '['.repeat(1_000) + ']'.repeat(1_000));
    assert.equal(deep.status, 400);
  });

  it('[RQ1] asks who it is before it reads what they say', async () => {
    const unread = await post('/api/consultations', '{"never": "closed"');
    assert.equal(unread.status, 401);
    const read = await post('/api/consultations', '{"never": "closed"', doctor.cookie);
    assert.equal(read.status, 400);
  });

  it('[RQ1] tells brackets in a text from nesting', async () => {
    const account = `${'[{'.repeat(20)}\\"[`;
    const answered = await post('/api/session', JSON.stringify({ account, password: '[[[[' }));
    assert.equal(answered.status, 401);
  });

  it('[RQ2] lets a slow but steady sender finish, though it takes many times the time a silence may last', async () => {
    assert.equal(createHttpServer({ stallMs }).requestTimeout, 0);
    const { consultationId } = await doctor.call('consultation:create');
    const bytes = Buffer.alloc(1_600, 7);
    const { uploadId } = await doctor.call('upload:announce', {
      params: { consultationId },
      body: { name: 'slow', sizeBytes: bytes.length + 1, sha256: createHash('sha256').update(bytes).digest('hex') },
    });
    async function* steadily() {
      for (let at = 0; at < bytes.length; at += 100) {
        yield bytes.subarray(at, at + 100);
        await wait(stallMs / 4);
      }
    }
    const started = Date.now();
    const sending = request(`${server.url}/api/uploads/${uploadId}/bytes?offset=0`, {
      method: 'PUT',
      headers: { cookie: doctor.cookie, 'content-type': 'application/octet-stream' },
    });
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    await pipeline(steadily, sending);
    const [response] = await answered;
    assert.equal(response.statusCode, 200);
    assert.equal(((await json(response)) as { receivedBytes: number }).receivedBytes, bytes.length);
    assert.ok(Date.now() - started > stallMs * 3);
  });

  it('keeps an idle connection for longer than the proxy before it, which would else send on one that is just being closed', async () => {
    const { headers } = await doctor.ask('session:read');
    const [, keptS] = /timeout=(\d+)/.exec(headers.get('keep-alive') ?? '') ?? [];
    assert.ok(Number(keptS) > NGINX_KEEPS_S, `${keptS} s`);
  });

  it('[RQ2] cuts a body that stops arriving, or only pretends to arrive', async () => {
    const silent = await openRaw(server.url, ['POST /api/session HTTP/1.1', 'content-length: 900']);
    silent.socket.write('{');
    const trickling = await openRaw(server.url, ['POST /api/session HTTP/1.1', 'content-length: 900']);
    const drip = setInterval(() => trickling.socket.write(' '), stallMs / 20);
    try {
      for (const { answer } of [silent, trickling]) assert.match(await answer, /^HTTP\/1\.1 408 /);
    } finally {
      clearInterval(drip);
    }
    assert.equal((await doctor.ask('session:read')).status, 200);
  });

  it('[RQ2] does not go on taking what it has refused already', async () => {
    const { socket, answer } = await openRaw(server.url, [
      'POST /dicomweb/studies HTTP/1.1',
      'transfer-encoding: chunked',
    ]);
    const piece = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const flood = setInterval(() => socket.write(piece), 5);
    try {
      assert.match(await answer, /^HTTP\/1\.1 401 /);
    } finally {
      clearInterval(flood);
    }
  });
});
