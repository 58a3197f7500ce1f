import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SFU_CONTRACT_VERSION } from '../../sfu/contract/version.ts';
import { createSfuControl } from '../../sfu/control.ts';
import { programArguments } from '../support/program.ts';
import { connectSfu, tokenFor } from '../support/sfu-client.ts';

describe('the sfu as a process of its own', function () {
  this.timeout(180_000);
  let dataDir: string;
  const processes: ChildProcess[] = [];
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huizhen-sfu-'));
  });
  afterEach(async () => {
    for (const one of processes.splice(0)) one.kill('SIGKILL');
    await rm(dataDir, { recursive: true });
  });

  function start(environment: Record<string, string> = {}): ChildProcess {
    const env = {
      ...process.env,
      MEDIA_DRAIN_S: '0',
      HOST: '127.0.0.1',
      PORT: '0',
      MEDIA_PORT: '0',
      MEDIA_ADDRESS: '127.0.0.1',
    };
    const child = spawn(process.execPath, programArguments('sfu/main.ts'), {
      env: { ...env, DATA_DIR: dataDir, WORKERS: '1', LOG_LEVEL: 'error', ...environment },
    });
    processes.push(child);
    return child;
  }

  async function ready(child: ChildProcess): Promise<string> {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    while (!text.includes('\n')) await once(child.stdout ?? assert.fail(), 'data');
    assert.match(text, /^ready http:\/\/127\.0\.0\.1:\d+\n$/, 'one line and nothing else');
    return text.slice('ready '.length).trim();
  }

  it('says when and where it is ready, is healthy, and ends in order', async () => {
    const child = start();
    const url = await ready(child);
    const health = await fetch(`${url}/healthz`);
    assert.deepEqual([health.status, await health.json()], [200, { status: 'ok', workers: 1 }]);
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  it('shares its secret through the data folder, and a client comes back to the next process by itself', async () => {
    const first = start();
    const url = await ready(first);
    const secret = (await readFile(join(dataDir, 'room-token-secret'), 'utf8')).trim();
    const [roomId, accountId] = [randomUUID(), randomUUID()];
    const token = tokenFor(roomId, secret, { accountId });
    const client = await connectSfu(url, token);
    const sessionId = randomUUID();
    await client.join(sessionId);
    client.socket.io.reconnection(true);
    client.socket.auth = (give) =>
      give({ token: tokenFor(roomId, secret, { accountId }), contractVersion: SFU_CONTRACT_VERSION });
    first.kill('SIGTERM');
    await client.disconnected();
    const { port } = new URL(url);
    assert.equal(await ready(start({ PORT: port })), url);
    if (!client.socket.connected) await new Promise<void>((resolve) => client.socket.once('connect', () => resolve()));
    const again = await client.join(sessionId, true);
    assert.equal(again.resumed, false);
    const stale = await connectSfu(url, token);
    const reply = await stale.ask('room:join', { sessionId: randomUUID(), resume: false });
    assert.equal(
      !reply.ok && reply.failure.reason,
      'token-expired',
      'what was taken back before is not known any more',
    );
    stale.close();
    assert.deepEqual(await createSfuControl({ url, secret }).health(), { workers: 1 });
    client.close();
  });

  it('lets the call that is on go on when it is to stop, begins none, and ends with the last', async () => {
    const child = start({ MEDIA_DRAIN_S: '60' });
    const url = await ready(child);
    const secret = (await readFile(join(dataDir, 'room-token-secret'), 'utf8')).trim();
    const roomId = randomUUID();
    const first = await connectSfu(url, tokenFor(roomId, secret));
    await first.join();
    child.kill('SIGTERM');
    let refused = false;
    while (!refused) {
      const other = await connectSfu(url, tokenFor(randomUUID(), secret));
      const answer = await other.ask('room:join', { sessionId: randomUUID(), resume: false });
      refused = !answer.ok && answer.failure.code === 'unavailable';
      if (answer.ok) await other.get('room:leave', {});
      other.close();
    }
    const second = await connectSfu(url, tokenFor(roomId, secret));
    assert.equal((await second.join()).peers.length, 1, 'whoever belongs to the call still gets in');
    const exit = once(child, 'exit');
    await first.get('room:leave', {});
    await second.get('room:leave', {});
    assert.deepEqual(await exit, [0, null]);
    for (const client of [first, second]) client.close();
  });

  it('receives media on one port for each worker, by UDP and TCP, and opens a call where there are fewest people', async () => {
    const base = await freePort();
    const url = await ready(start({ MEDIA_PORT: String(base), WORKERS: '2' }));
    const secret = (await readFile(join(dataDir, 'room-token-secret'), 'utf8')).trim();
    const clients = [];
    const candidates: string[][] = [];
    let crowded: string | undefined;
    for (const roomId of [randomUUID(), randomUUID()]) {
      const client = await connectSfu(url, tokenFor(roomId, secret));
      clients.push(client);
      const { recvTransport } = await client.join();
      candidates.push(recvTransport.iceCandidates.map(({ protocol, port }) => `${protocol} ${port - base}`));
      crowded ??= roomId;
    }
    assert.deepEqual(candidates.flat().sort(), ['tcp 0', 'tcp 1', 'udp 0', 'udp 1']);
    assert.ok(
      candidates.every(([first]) => first?.startsWith('udp')),
      'UDP comes first',
    );
    // Each has one call now; the first one's fills up, and two more calls are begun.
    const enter = async (roomId: string) => {
      const client = await connectSfu(url, tokenFor(roomId, secret));
      clients.push(client);
      const [first] = (await client.join()).recvTransport.iceCandidates;
      return `${first?.protocol} ${(first?.port ?? 0) - base}`;
    };
    for (let person = 0; person < 4; person += 1) assert.equal(await enter(crowded ?? ''), candidates[0]?.[0]);
    for (const call of [randomUUID(), randomUUID()]) assert.equal(await enter(call), candidates[1]?.[0]);
    for (const client of clients) client.close();
  });

  it('says which port is taken instead of starting half', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    for (const [name, message] of [
      ['MEDIA_PORT', `media port ${port} cannot be opened on 127.0.0.1`],
      ['PORT', 'EADDRINUSE'],
    ] as const) {
      const child = start({ [name]: String(port) });
      let text = '';
      child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      const [code] = await once(child, 'close');
      assert.equal(code, 1);
      assert.ok(text.includes(message), text);
    }
    taken.close();
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
