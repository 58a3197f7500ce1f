import assert from 'node:assert/strict';
import { PeopleAtSize1700000000187 } from '../../../server/database/migrations/0187-people-at-size.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { addPerson } from '../../support/add-person.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';

const FIRST = migrations.indexOf(PeopleAtSize1700000000187);
const PAGE = { facilityIds: 'all', sort: 'name', order: 'ascending', page: 1, limit: 10 } as const;

eachDatabase('a database from before lists were long', (open, newUrl) => {
  it('has the same people on the way there and back, twice, and keeps them where they work', async () => {
    const url = await newUrl();
    const first = await open(url);
    const facilityId = '11111111-1111-4111-8111-111111111111';
    await first.write(({ facilities }) =>
      facilities.insert({ facilityId, name: '北山', tier: 'county', region6: '230126' }),
    );
    await addPerson(first, 'physician', facilityId, '张伟');
    const { accounts } = await first.read.accounts.listPage(PAGE);
    for (let times = 0; times < 2; times += 1) {
      const source = await openOlderDatabase(url, migrations);
      for (let left = migrations.length - FIRST; left > 0; left -= 1) await source.undoLastMigration();
      await assert.rejects(
        source.query(
          "INSERT INTO account (accountId, login, name, title, role, facilityId, isActive, passwordHash) VALUES ('a', 'a', 'a', '', 'physician', 'nowhere', 1, '')",
        ),
        'an account belongs to a facility that is there',
      );
      await source.destroy();
      const database = await open(url);
      assert.deepEqual((await database.read.accounts.listPage(PAGE)).accounts, accounts);
    }
  });
});
