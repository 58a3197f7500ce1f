import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD } from '../../server/demo/network.ts';
import { createLog } from '../../server/runtime/log.ts';
import { closeInOrder } from '../../server/runtime/shutdown.ts';
import { acceptCase, completeDraft, submitCase } from '../support/case-journey.ts';
import { signIn } from '../support/client.ts';
import { connect } from '../support/connect.ts';
import { readData } from '../support/data.ts';
import { eventually } from '../support/eventually.ts';
import { makeFreshMachine } from '../support/fresh-machine.ts';
import { uploadFile } from '../support/images.ts';
import { type MariaDb, startMariaDb } from '../support/mariadb.ts';
import { refusal } from '../support/refusal.ts';
import { connectSfu } from '../support/sfu-client.ts';
import { assertPrivate, ROOT, type Running, readHealth, start } from './process-by-hand.ts';

/** A supervisor kills what takes longer. */
const END_WITHIN_MS = 10_000;

describe('the process', function () {
  this.timeout(180_000);
  let dataDir: string;
  let running: Running | undefined;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huizhen-process-'));
  });
  afterEach(async () => {
    if (running && running.child.exitCode === null && running.child.signalCode === null) {
      running.child.kill('SIGKILL');
      await once(running.child, 'exit');
    }
    running = undefined;
    await rm(dataDir, { recursive: true, force: true });
  });

  it('prints one ready line, logs JSON lines that name no patient, keeps its files from other users, and ends in order when told to', async () => {
    await mkdir(join(dataDir, 'files/ab/cd'), { recursive: true });
    for (const left of ['files/ab/cd/original', 'huizhen.sqlite']) await writeFile(join(dataDir, left), '');
    await chmod(dataDir, 0o755);
    // As permissive as a shell can be.
    const umask = process.umask(0);
    try {
      running = await start(['server/main.ts'], { DATA_DIR: dataDir, LOG_LEVEL: 'trace' });
    } finally {
      process.umask(umask);
    }
    assert.equal(running.printed().match(/^ready http:\/\/127\.0\.0\.1:\d+$/gm)?.length, 1);
    assert.match(running.printed(), /county-doctor.*huizhen-demo/);
    const health = await fetch(`${running.url}/healthz`);
    assert.equal(health.status, 200);
    const { status, database } = (await health.json()) as { status: string; database: string };
    assert.deepEqual({ status, database }, { status: 'ok', database: 'sqlite' });

    const doctor = await signIn(running.url, 'county-doctor', DEMO_PASSWORD);
    const { consultationId } = await submitCase(doctor);
    await uploadFile(doctor, consultationId, await readData('dicom/derived/name_gb18030_4byte.dcm'));
    // Refusals are logged with their cause: theirs is where a value might slip through.
    const { name, idNumber, phone } = completeDraft.patient;
    await doctor.fetch('/api/consultations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"patient": "${name}`,
    });
    await doctor.fetch(`/dicomweb/studies?PatientName=${encodeURIComponent(name)}&limit=-1`);
    await fetch(`${running.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: name, password: idNumber }),
    });

    await assertPrivate(dataDir);

    const { port, hostname } = new URL(running.url);
    const idle = connectTcp(Number(port), hostname);
    await once(idle, 'connect');
    const open = await connect(running.url, doctor.cookie);
    const toldAtMs = performance.now();
    running.child.kill('SIGTERM');
    const [code] = await once(running.child, 'exit');
    const tookMs = Math.round(performance.now() - toldAtMs);
    open.close();
    idle.destroy();
    assert.equal(code, 0, running.logged());
    assert.ok(tookMs < END_WITHIN_MS, `ended after ${tookMs} ms, with a window and a silent connection open`);
    const lines = running.logged().trim().split('\n');
    for (const line of lines) assert.doesNotThrow(() => JSON.parse(line), line);
    assert.ok(
      lines.some((line) => JSON.parse(line).requestId),
      'a refusal bears its request id',
    );
    for (const secret of [name, idNumber, phone, completeDraft.question, DEMO_PASSWORD]) {
      assert.equal(running.logged().includes(secret), false, secret);
    }
  });

  it('does not start in a folder that is open to others and not its own to close, and names it', async function () {
    if (process.getuid?.() !== 0) {
      // Only root can give a folder to somebody else.
      assert.ok(!process.env['CI'], 'this test needs root');
      process.stderr.write('skipped without root: a folder that belongs to another user\n');
      this.skip();
    }
    const theirs = join(dataDir, 'theirs');
    await mkdir(theirs);
    await chmod(dataDir, 0o755);
    await chmod(theirs, 0o777);
    const script = `import('./server/runtime/private-folder.ts').then((one) => one.securePrivateFolder(process.argv[1]))`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--eval', script, theirs], {
      cwd: ROOT,
      uid: 65534,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await once(child, 'close');
    assert.notEqual(child.exitCode, 0);
    assert.match(said, /theirs can be read by other users and cannot be closed to them/);
  });

  it('ends at once, with its cause in the log, on a fault that nobody handled', async () => {
    const fault = `import('./server/runtime/shutdown.ts').then(async ({ closeOnSignals }) => {
      const { createLog } = await import('./server/runtime/log.ts');
      closeOnSignals(createLog('info', 'test'), async () => undefined);
      setInterval(() => undefined, 1000);
      Promise.reject(new Error('nobody waits for this'));
    })`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--eval', fault], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let logged = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      logged += text;
    });
    const [code] = await once(child, 'exit');
    assert.equal(code, 1);
    const line = JSON.parse(logged.trim().split('\n').at(-1) ?? '');
    assert.equal(line.msg, 'unhandledRejection');
    assert.equal(line.err.message, 'nobody waits for this');
    assert.ok(line.err.stack);
  });

  it('ends in time, in order, though one part of it hangs and another fails', async () => {
    const ended: string[] = [];
    const started = performance.now();
    await closeInOrder(
      createLog('silent', 'test'),
      [
        ['first', async () => void ended.push('first')],
        ['hangs', () => new Promise<void>(() => undefined)],
        ['fails', () => Promise.reject(new Error('broken'))],
        ['last', async () => void ended.push('last')],
      ],
      100,
    );
    assert.deepEqual(ended, ['first', 'last']);
    assert.ok(performance.now() - started < 5_000);
  });

  it('does not start on a configuration with faults, and names them', async () => {
    await assert.rejects(
      start(['server/main.ts'], { DATA_DIR: dataDir, DATABASE_URL: 'oracle://somewhere', DEMO: 'maybe' }),
      /DATABASE_URL[\s\S]*DEMO/,
    );
  });

  it('[CA8] is ready before its media worker is: people work meanwhile, and the same call succeeds once it is there', async () => {
    const machine = await makeFreshMachine(dataDir);
    running = await start(['server/main.ts'], { ...machine.environment, LOG_LEVEL: 'fatal' });
    const health = await readHealth(running.url);
    assert.equal(health.status, 200);
    const { workers, preparing } = health.body.sfu ?? assert.fail();
    assert.equal(workers, 0);
    assert.ok(preparing && preparing.leftS > 0 && preparing.leftS <= 180, JSON.stringify(health.body));

    const [doctor, specialist] = await Promise.all(
      ['county-doctor', 'specialist'].map((account) => signIn(running?.url ?? '', account, DEMO_PASSWORD)),
    );
    if (!doctor || !specialist) assert.fail();
    const { consultationId } = await acceptCase(doctor, specialist);
    const params = { consultationId };
    assert.equal((await specialist.call('media:read')).state, 'preparing');
    const refused = await refusal(specialist, 'call:start', params);
    assert.deepEqual([refused.status, refused.short], [503, 'unavailable/media-preparing']);
    assert.ok(refused.retryAfterS);
    assert.equal((await specialist.call('consultation:read', { params })).call, null, 'nobody is called to nowhere');

    await machine.finish();
    await eventually('calls can be held', async () => (await specialist.call('media:read')).state === 'ready');
    assert.deepEqual((await readHealth(running.url)).body.sfu, { workers: 1 });
    await specialist.call('call:start', { params });
    const { token } = await doctor.call('call:ticket', { params });
    const client = await connectSfu(running.url, token);
    assert.deepEqual((await client.join()).peers, []);
    client.close();
  });

  it('[CA9] goes on without calls where its media worker cannot be made, says so, and tries again at the next start', async () => {
    const machine = await makeFreshMachine(dataDir);
    await machine.breakCompiler();
    running = await start(['server/main.ts'], { ...machine.environment, LOG_LEVEL: 'error' });
    const doctor = await signIn(running.url, 'county-doctor', DEMO_PASSWORD);
    await eventually('given up', async () => (await doctor.call('media:read')).state === 'failed');
    const { status, body } = await readHealth(running.url);
    assert.deepEqual([status, body.cause], [503, 'sfu: the media worker could not be made']);
    assert.match(running.logged(), /there is no media worker/);
    assert.match(running.logged(), /cc1plus is missing/, 'with the end of what the compiler said');
    const specialist = await signIn(running.url, 'specialist', DEMO_PASSWORD);
    const { consultationId } = await acceptCase(doctor, specialist);
    assert.equal((await refusal(specialist, 'call:start', { consultationId })).short, 'unavailable/media-failed');
    running.child.kill('SIGTERM');
    await once(running.child, 'exit');

    await machine.mendCompiler();
    await machine.finish();
    running = await start(['server/main.ts'], { ...machine.environment, LOG_LEVEL: 'fatal' });
    const again = await signIn(running.url, 'specialist', DEMO_PASSWORD);
    await eventually('calls can be held', async () => (await again.call('media:read')).state === 'ready');
    await again.call('call:start', { params: { consultationId } });
  });

  it('says 503 and why while the database is away, and is well again by itself when it is back', async () => {
    const mariaDb: MariaDb = await startMariaDb();
    try {
      running = await start(['server/main.ts'], {
        DATA_DIR: dataDir,
        DATABASE_URL: await mariaDb.createDatabase(),
        LOG_LEVEL: 'fatal',
      });
      const health = async () => (await fetch(`${running?.url}/healthz`)).status;
      assert.equal(await health(), 200);
      await mariaDb.kill();
      await eventually('503', async () => (await health()) === 503);
      const answer = (await (await fetch(`${running.url}/healthz`)).json()) as { cause: string };
      assert.match(answer.cause, /^database: /);
      await mariaDb.restart();
      await eventually('200 again', async () => (await health()) === 200);
    } finally {
      await mariaDb.close();
    }
  });
});
