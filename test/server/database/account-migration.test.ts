import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { AccountAdministration1700000000090 } from '../../../server/database/migrations/0090-account-administration.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';

const BEFORE = migrations.slice(0, migrations.indexOf(AccountAdministration1700000000090));
const OWN_FACILITY = randomUUID();

/** Accounts as the version before their administration wrote them: [login, name, facility]. */
const ROWS = [
  ['specialist', '陈致远', demoFacilities.province.facilityId],
  ['zhang.wei', '张伟', demoFacilities.province.facilityId],
  // A name of the demonstration's, of somebody real.
  ['coordinator', '李春梅', OWN_FACILITY],
] as const;

eachDatabase('a database from before accounts were administered', (open, _, newEmptyUrl) => {
  it('knows which passwords are public, finds people by pinyin, and lets everybody go on', async () => {
    const url = await newEmptyUrl();
    const source = await openOlderDatabase(url, BEFORE);
    await source.runMigrations();
    for (const facilityId of [demoFacilities.province.facilityId, OWN_FACILITY])
      await source.query(
        "INSERT INTO facility (facilityId, name, tier, region6, specialties) VALUES (?, '医院', 'county', '230125', '[]')",
        [facilityId],
      );
    for (const [login, name, facilityId] of ROWS)
      await source.query(
        "INSERT INTO account (accountId, login, name, title, role, facilityId, isActive, passwordHash) VALUES (?, ?, ?, '', 'specialist', ?, 1, 'a hash')",
        [randomUUID(), login, name, facilityId],
      );
    await source.destroy();

    const database = await open(url);
    const found = await database.read.accounts.findByLogins(ROWS.map(([login]) => login));
    assert.deepEqual(
      found.map(({ login, isDemo, passwordHash, revision }) => [login, isDemo, passwordHash, revision]).sort(),
      [
        ['coordinator', false, 'a hash', 1],
        ['specialist', true, 'a hash', 1],
        ['zhang.wei', false, 'a hash', 1],
      ],
    );
    const page = { facilityIds: 'all', sort: 'name', order: 'ascending', page: 1, limit: 10 } as const;
    const { accounts } = await database.read.accounts.listPage(page);
    assert.deepEqual(
      accounts.map(({ name }) => name),
      ['陈致远', '李春梅', '张伟'],
    );
    assert.equal((await database.read.accounts.listPage({ ...page, search: 'lcm' })).accounts[0]?.name, '李春梅');
  });
});
