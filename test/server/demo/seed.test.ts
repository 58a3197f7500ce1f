import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFaults } from '../../../server/audit/verify.ts';
import type { Database } from '../../../server/database/database.ts';
import { seedDemoWithCases } from '../../../server/demo/cases.ts';
import { demoPeople } from '../../../server/demo/people.ts';
import { seedDemo } from '../../../server/demo/seed.ts';
import { createLog } from '../../../server/runtime/log.ts';
import { eachDatabase } from '../../support/each-database.ts';

async function countOf(database: Database, table: string): Promise<number> {
  const [row] = (await database.query(`SELECT COUNT(*) AS rowCount FROM ${table}`)) as { rowCount: number | string }[];
  return Number(row?.rowCount);
}

eachDatabase('the demo network', (open, newUrl) => {
  it('is made once by two servers that start at the same moment, with its cases', async function () {
    this.timeout(240_000);
    const url = await newUrl();
    const one = await open(url);
    // A SQLite file has one server.
    const other = one.kind === 'mysql' ? await open(url) : one;
    const folder = await mkdtemp(join(tmpdir(), 'huizhen-seed-'));
    try {
      const config = {
        dataDir: folder,
        caseAccessMs: 30 * 86_400_000,
      };
      const log = createLog('silent', 'test');
      const now = new Date();
      const made = await Promise.all([one, other].map((work) => seedDemoWithCases({ work, config, log }, now)));
      assert.deepEqual(made.sort(), [false, true]);
      assert.equal(await countOf(one, 'account'), demoPeople.length);
      assert.equal(await countOf(one, 'consultation'), 6);
      assert.deepEqual((await findFaults(one.read.audit)).faults, []);
      const until = new Date(now.getTime() + 86_400_000);
      const [waiting] = await one.read.demonstrations.listBeginning(['enrolling'], now, until);
      const checked = waiting?.materials.map(({ checkedBy }) => checkedBy !== null);
      assert.deepEqual(checked, [true], 'the demonstration that waits has a scan to show');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('is not there at all where filling it failed', async function () {
    this.timeout(180_000);
    const database = await open();
    const failing = async () => async () => {
      throw new Error('the disk is full');
    };
    await assert.rejects(seedDemo(database, new Date(), failing), /the disk is full/);
    assert.equal(await database.read.accounts.count(), 0);
    assert.equal((await database.read.audit.head()).sequence, 0);
    assert.equal(await seedDemo(database, new Date()), true);
  });
});
