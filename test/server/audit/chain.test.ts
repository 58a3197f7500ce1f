import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAnchorKey } from '../../../server/audit/anchor.ts';
import { openAnchorKeeper } from '../../../server/audit/anchor-keeper.ts';
import { type ChainedEntry, GENESIS_HASH } from '../../../server/audit/chain.ts';
import { recordAct } from '../../../server/audit/record.ts';
import { findFaults } from '../../../server/audit/verify.ts';
import type { AuditFault } from '../../../server/contract/index.ts';
import type { Database } from '../../../server/database/database.ts';
import { AccessChain1700000000060 } from '../../../server/database/migrations/0060-access-chain.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { createLog } from '../../../server/runtime/log.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';

const log = createLog('silent', 'test');

const context = { caller: null, requestId: 'request', at: new Date('2026-01-02T03:04:05.678Z') };
const act = (number: number) => ({
  action: 'test:act',
  subjectKind: 'thing',
  subjectId: String(number),
  detail: { 名称: '值', number },
});

const read = (number: number) => ({
  accessId: `read ${number}`,
  at: context.at.toISOString(),
  actorId: 'reader',
  facilityId: 'facility',
  basis: 'assignment' as const,
  subjectKind: 'study',
  subjectId: String(number),
  consultationId: null,
});

eachDatabase('the audit trail', (open, _, newEmptyUrl) => {
  it('is one unbroken chain when many people act at the same time and some of it fails', async () => {
    const database = await open();
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_, number) =>
        database.write(async (stores) => {
          await recordAct(stores.audit, context, act(number));
          if (number % 10 === 3) throw new Error('the act itself failed');
        }),
      ),
    );
    assert.equal(results.filter((result) => result.status === 'rejected').length, 4);
    assert.equal((await database.read.audit.head()).sequence, 36);
    assert.deepEqual((await findFaults(database.read.audit)).faults, []);
  });

  it('reads back what was written, newest first, page by page', async () => {
    const database = await open();
    for (const number of [1, 2, 3]) await database.write((stores) => recordAct(stores.audit, context, act(number)));
    const [third, second] = await database.read.audit.list({ limit: 2 });
    assert.deepEqual([third?.sequence, second?.sequence], [3, 2]);
    assert.deepEqual(third?.detail, { 名称: '值', number: 3 });
    const rest = await database.read.audit.list({ limit: 2, before: 2 });
    assert.deepEqual(
      rest.map((entry) => entry.sequence),
      [1],
    );
  });

  const fault = (trail: 'acts' | 'accesses', kind: 'missing' | 'changed', from: number, to = from) => ({
    trail,
    kind,
    from,
    to,
    at: null,
  });
  const tamperings: Record<string, { statements: string[]; faults: unknown[] }> = {
    'a changed detail': {
      statements: [`UPDATE audit_entry SET detail = '{"number":7}' WHERE sequence = 2`],
      faults: [fault('acts', 'changed', 2)],
    },
    'a changed actor': {
      statements: [`UPDATE audit_entry SET actorId = 'somebody else' WHERE sequence = 3`],
      faults: [fault('acts', 'changed', 3)],
    },
    'a removed entry': {
      statements: ['DELETE FROM audit_entry WHERE sequence = 2'],
      faults: [fault('acts', 'missing', 2)],
    },
    'the newest entries cut off': {
      statements: ['DELETE FROM audit_entry WHERE sequence > 2'],
      faults: [fault('acts', 'missing', 3, 4)],
    },
    'a removed read': {
      statements: ['DELETE FROM access_entry WHERE position = 2'],
      faults: [fault('accesses', 'missing', 2)],
    },
    'a read in another person’s name': {
      statements: [`UPDATE access_entry SET actorId = 'somebody else' WHERE position = 1`],
      faults: [fault('accesses', 'changed', 1)],
    },
  };
  for (const [title, { statements, faults }] of Object.entries(tamperings)) {
    it(`finds ${title}`, async () => {
      const database = await openFilled(open);
      assert.deepEqual((await findFaults(database.read.audit)).faults, []);
      for (const statement of statements) await database.query(statement);
      assert.deepEqual((await findFaults(database.read.audit)).faults, faults);
    });
  }

  it('finds two entries in the other order', async () => {
    const database = await openFilled(open);
    for (const [from, to] of [
      [2, 99],
      [3, 2],
      [99, 3],
    ])
      await database.query(`UPDATE audit_entry SET sequence = ${to} WHERE sequence = ${from}`);
    const { faults } = await findFaults(database.read.audit);
    assert.deepEqual([faults[0]?.kind, faults[0]?.from], ['changed', 2]);
  });

  it('[AU1] chains the reads of an older database as they are found, and goes on from there', async () => {
    const url = await newEmptyUrl();
    const older = await openOlderDatabase(url, migrations.slice(0, migrations.indexOf(AccessChain1700000000060)));
    await older.runMigrations();
    // A read that was rolled back has left a gap.
    for (const position of [1, 2, 5]) {
      const row = { position, ...read(position) };
      await older.createQueryBuilder().insert().into('access_entry', Object.keys(row)).values(row).execute();
    }
    await older.destroy();

    const database = await open(url);
    await database.write((stores) => stores.audit.recordAccess(read(6)));
    const { faults, accesses } = await findFaults(database.read.audit);
    assert.deepEqual(faults, []);
    assert.equal(accesses.sequence, 4);
    const found = await database.read.audit.listAccesses({ limit: 10 });
    assert.deepEqual(
      found.map(({ position, accessId }) => [position, accessId]),
      [6, 5, 2, 1].map((number, index) => [4 - index, `read ${number}`]),
    );
  });

  describe('with its heads kept outside', () => {
    const clock = () => new Date();
    let dataDir: string;
    beforeEach(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'huizhen-anchors-'));
    });
    afterEach(() => rm(dataDir, { recursive: true, force: true }));

    /** What the auditor is told, by whoever signs with this secret. */
    async function verify(database: Database, secret = 'a secret that is not in the database') {
      const key = createAnchorKey(Buffer.from(secret));
      const parts = { audit: database.read.audit, key, clock, log, dataDir, everyMs: 3_600_000 };
      const keeper = await openAnchorKeeper(parts);
      const kept = await keeper.read();
      const { faults } = await findFaults(database.read.audit, {
        acts: kept.anchors.map(({ at, acts }) => ({ at, ...acts })),
        accesses: kept.anchors.map(({ at, accesses }) => ({ at, ...accesses })),
      });
      await keeper.close();
      return [...faults, ...kept.faults];
    }
    const brief = (faults: AuditFault[]) => faults.map(({ trail, kind, from, to }) => `${trail} ${kind} ${from}-${to}`);

    /** As somebody does who knows how the chain is made and may write the database. */
    async function rewrite(database: Database, change: (entry: ChainedEntry) => ChainedEntry): Promise<void> {
      const entries: ChainedEntry[] = [];
      for await (const entry of database.read.audit.walk(99)) entries.push(entry);
      await database.query('DELETE FROM audit_entry');
      await database.query(`UPDATE audit_head SET sequence = 0, hash = '${GENESIS_HASH}' WHERE headId = 1`);
      for (const entry of entries) {
        const { sequence: _s, hash: _h, previousHash: _p, ...act } = change(entry);
        await database.write((stores) => stores.audit.append(act));
      }
    }

    it('[AU2] names a tail that was cut off together with its head', async () => {
      const database = await openFilled(open);
      assert.deepEqual(await verify(database), []);
      await database.query('DELETE FROM audit_entry WHERE sequence > 2');
      const [, second] = (await database.read.audit.list({ limit: 2 })).toReversed();
      await database.query(`UPDATE audit_head SET sequence = 2, hash = '${second?.hash}' WHERE headId = 1`);
      assert.deepEqual((await findFaults(database.read.audit)).faults, [], 'the chain alone does not know');
      const faults = await verify(database);
      assert.deepEqual(brief(faults), ['acts missing 3-4']);
      assert.ok(faults[0]?.at, 'when they were still there');
    });

    it('[AU2] names a chain that was made anew with another past', async () => {
      const database = await openFilled(open);
      await verify(database);
      await rewrite(database, (entry) => (entry.sequence === 2 ? { ...entry, subjectId: 'somebody else' } : entry));
      assert.deepEqual((await findFaults(database.read.audit)).faults, [], 'the chain alone does not know');
      assert.deepEqual(brief(await verify(database)), ['acts rewritten 1-4']);
      // What is signed from now on does not make it right again.
      assert.deepEqual(brief(await verify(database)), ['acts rewritten 1-4']);
    });

    it('[AU2] names reads that were all deleted', async () => {
      const database = await openFilled(open);
      await verify(database);
      await database.query('DELETE FROM access_entry');
      await database.query(`UPDATE audit_head SET sequence = 0, hash = '${GENESIS_HASH}' WHERE headId = 2`);
      assert.deepEqual(brief(await verify(database)), ['accesses missing 1-3']);
    });

    it('[AU2] does not believe signatures made with another key, nor misses one that was taken out', async () => {
      const database = await openFilled(open);
      await verify(database);
      for (const number of [5, 6]) {
        await database.write((stores) => recordAct(stores.audit, context, act(number)));
        await verify(database);
      }
      assert.deepEqual(await verify(database), []);
      const [, second = ''] = (await readdir(join(dataDir, 'audit-anchors'))).toSorted();
      await rm(join(dataDir, 'audit-anchors', second));
      assert.deepEqual(brief(await verify(database)), ['anchors missing 2-2']);
      assert.ok(
        (await verify(database, 'the secret of somebody else altogether')).every(({ kind }) => kind === 'changed'),
      );
    });
  });
});

/** Four acts and three reads. */
async function openFilled(open: () => Promise<Database>): Promise<Database> {
  const database = await open();
  for (const number of [1, 2, 3, 4]) await database.write((stores) => recordAct(stores.audit, context, act(number)));
  for (const number of [1, 2, 3]) await database.write((stores) => stores.audit.recordAccess(read(number)));
  return database;
}
