import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { evidencePath } from '../../../server/consents/evidence-files.ts';
import { openDatabase } from '../../../server/database/database.ts';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { seedDemo } from '../../../server/demo/seed.ts';
import { createFieldSeal } from '../../../server/patients/seal.ts';
import { draftCase } from '../../support/case-journey.ts';
import { type Client, RefusedError, signIn } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { hashOf } from '../../support/images.ts';
import { patient } from '../../support/make-case.ts';
import { sharedMariaDb } from '../../support/mariadb.ts';
import { TEST_SEAL } from '../../support/migrated.ts';
import { operateWith } from '../../support/operate.ts';
import { pngByHand } from '../../support/photograph-by-hand.ts';
import { sealedValues } from '../../support/sealed-values.ts';
import { readHealth, start } from '../process-by-hand.ts';

const [FORMER, NEXT] = ['the key of before'.repeat(3), 'the key of now'.repeat(3)];
const MAIN = ['server/main.ts', '--without-sfu'];

describe('a server that runs on while the field key is changed by somebody who does not see it', function () {
  this.timeout(240_000);
  let dataDir: string;
  let url: string;
  let environment: Record<string, string>;
  const running: Awaited<ReturnType<typeof start>>[] = [];
  const startServer = async (secret: string) => {
    const server = await start(MAIN, { ...environment, FIELD_SECRET: secret });
    running.push(server);
    return server;
  };
  const openAs = (secret: string) => openDatabase(url, createFieldSeal(Buffer.from(secret)));

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huizhen-outdated-'));
    url = await (await sharedMariaDb()).createDatabase();
    environment = { DATA_DIR: dataDir, DATABASE_URL: url, DEMO: '1', LOG_LEVEL: 'warn' };
    const database = await openAs(FORMER);
    await seedDemo(database, new Date());
    // Without the right to see whose connections there are, MariaDB shows a user their own alone.
    await database.query("CREATE USER 'operator'@'localhost'");
    await database.query(`GRANT ALL ON ${new URL(url).pathname.slice(1)}.* TO 'operator'@'localhost'`);
    await database.close();
  });
  after(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  it('[RT12] writes nothing under the former one, refuses, and says why; what it had confirmed opens under the new one', async () => {
    const outdated = await startServer(FORMER);
    const doctor = await signIn(outdated.url, 'county-doctor', DEMO_PASSWORD);
    const first = await draftCase(doctor);
    const evidence = await pngByHand({ bare: true });
    assert.equal((await putEvidence(doctor, first.consultationId, evidence)).status, 201);

    const confirmed = [first.consultationId];
    const isRefused = draftUntilRefused(doctor, confirmed);
    const asOperator = url.replace('//root@', '//operator@');
    const reseal = { ...environment, DATABASE_URL: asOperator, FIELD_SECRET: FORMER, NEXT_FIELD_SECRET: NEXT };
    const done = await operateWith(reseal, 'reseal');
    assert.deepEqual([done.code, done.err], [0, '']);
    const refused = await isRefused;
    assert.deepEqual([refused.status, refused.failure.code], [503, 'unavailable']);
    assert.match(refused.failure.reason ?? '', /^field-key-chang(ed|ing)$/);

    const database = await openAs(NEXT);
    const before = await sealedValues(database);
    const file = evidencePath(dataDir, hashOf(evidence));
    const sealedEvidence = await readFile(file);
    await assert.rejects(draftCase(doctor), { status: 503 });
    const put = await putEvidence(doctor, first.consultationId, evidence);
    assert.deepEqual([put.status, put.reason], [503, 'field-key-changed']);
    assert.deepEqual(await sealedValues(database), before);
    assert.deepEqual(await readFile(file), sealedEvidence, 'no file under the former key takes its place');
    await database.close();
    const params = { consultationId: first.consultationId };
    const read = await doctor.ask('consultation:read', { params });
    assert.deepEqual([read.status, (read.body as { reason: string }).reason], [503, 'field-key-changed']);
    const { status, body } = await readHealth(outdated.url);
    assert.equal(status, 503);
    assert.match(body.cause ?? '', /another field key/);

    await assert.rejects(startServer(FORMER), /FIELD_SECRET.* is not the one that this database was filled under/);
    const current = await startServer(NEXT);
    const again = await signIn(current.url, 'county-doctor', DEMO_PASSWORD);
    for (const consultationId of confirmed) {
      const view = await again.call('consultation:read', { params: { consultationId } });
      assert.equal(view.patient.idNumber.slice(-4), patient.idNumber.slice(-4));
    }
    const path = `/api/consultations/${first.consultationId}/consent-evidence/${hashOf(evidence)}`;
    assert.equal(hashOf(new Uint8Array(await (await again.fetch(path)).arrayBuffer())), hashOf(evidence));
  });

  it('sees it without being asked to write anything', async () => {
    const server = await startServer(NEXT);
    const database = await openAs(NEXT);
    try {
      assert.equal((await readHealth(server.url)).body.status, 'degraded', 'there is no sfu');
      // As the change begins, and as one that is given up.
      await database.query("UPDATE field_key SET nextKeyId = '0123456789abcdef'");
      await eventually('the log says so', () => server.logged().includes('field-key-changing'));
      assert.match((await readHealth(server.url)).body.cause ?? '', /is being changed/);
      await database.query('UPDATE field_key SET nextKeyId = NULL');
      await eventually('it goes on', async () => (await readHealth(server.url)).status === 200);
      await draftCase(await signIn(server.url, 'county-doctor', DEMO_PASSWORD));
    } finally {
      await database.close();
    }
  });
});

/** Somebody who works on, whatever the operator does. @returns why they no longer could. */
async function draftUntilRefused(doctor: Client, confirmed: string[]): Promise<RefusedError> {
  for (;;) {
    try {
      confirmed.push((await draftCase(doctor)).consultationId);
      await wait(20);
    } catch (err) {
      assert.ok(err instanceof RefusedError, String(err));
      return err;
    }
  }
}

async function putEvidence(client: Client, consultationId: string, bytes: Uint8Array) {
  const response = await client.fetch(`/api/consultations/${consultationId}/consent-evidence/${hashOf(bytes)}`, {
    method: 'PUT',
    body: new Uint8Array(bytes),
  });
  const { reason } = response.ok ? {} : ((await response.json()) as { reason?: string });
  return { status: response.status, reason };
}

describe('a database in a file that another program has for itself', function () {
  this.timeout(60_000);

  it('says what to wait for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'huizhen-field-key-'));
    const file = join(folder, 'huizhen.sqlite');
    await (await openDatabase(`sqlite:${file}`, TEST_SEAL)).close();
    const other = new BetterSqlite3(file);
    try {
      other.pragma('journal_mode = DELETE');
      other.exec('BEGIN EXCLUSIVE');
      await assert.rejects(openDatabase(`sqlite:${file}`, TEST_SEAL), /admin -- reseal.*start again/);
      other.exec('COMMIT');
      await (await openDatabase(`sqlite:${file}`, TEST_SEAL)).close();
    } finally {
      other.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
