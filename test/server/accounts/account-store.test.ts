import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { AccountPage } from '../../../server/accounts/store.ts';
import type { Database } from '../../../server/database/database.ts';
import { addPerson } from '../../support/add-person.ts';
import { eachDatabase } from '../../support/each-database.ts';

const PAGE: AccountPage = { facilityIds: 'all', sort: 'name', order: 'ascending', page: 1, limit: 100 };

async function addFacility(database: Database, name: string): Promise<string> {
  const facilityId = randomUUID();
  await database.write(({ facilities }) =>
    facilities.insert({ facilityId, name, tier: 'county', region6: '230126', specialties: [] }),
  );
  return facilityId;
}

eachDatabase('accounts as they are administered', (open) => {
  async function world() {
    const database = await open();
    const [north, south] = [await addFacility(database, '北山'), await addFacility(database, '南山')];
    for (const [name, role, facilityId] of [
      ['张伟', 'physician', north],
      ['李春梅', 'specialist', south],
      ['欧阳锋', 'physician', south],
      ['阿依古丽', 'coordinator', north],
      ['曾国强', 'physician', north],
      ['100%_真', 'trainee', north],
    ] as const)
      await addPerson(database, role, facilityId, name);
    const list = async (part: Partial<AccountPage>) => {
      const { accounts, total } = await database.read.accounts.listPage({ ...PAGE, ...part });
      return { names: accounts.map(({ name }) => name), total };
    };
    return { database, north, south, list };
  }

  it('sorts names as they sound, family names with their own reading', async () => {
    const { list } = await world();
    const { names } = await list({});
    assert.deepEqual(names, ['100%_真', '阿依古丽', '李春梅', '欧阳锋', '曾国强', '张伟']);
    assert.deepEqual((await list({ order: 'descending' })).names, names.toReversed());
  });

  it('finds people by part of a name, pinyin, initials or account, and takes signs for themselves', async () => {
    const { list } = await world();
    for (const [search, found] of [
      ['春', ['李春梅']],
      ['LiChun', ['李春梅']],
      ['li chun', ['李春梅']],
      ['lcm', ['李春梅']],
      ['zeng', ['曾国强']],
      ['coordinator-', ['阿依古丽']],
      ['%', ['100%_真']],
      ['_', ['100%_真']],
      ["'; DROP TABLE account", []],
    ] as const)
      assert.deepEqual((await list({ search })).names, found, search);
  });

  it('narrows by role, facility, state and by what the administrator answers for', async () => {
    const { database, list, north, south } = await world();
    assert.deepEqual((await list({ role: 'physician', facilityId: north })).names, ['曾国强', '张伟']);
    assert.deepEqual((await list({ facilityIds: [south] })).names, ['李春梅', '欧阳锋']);
    assert.deepEqual(await list({ facilityIds: [] }), { names: [], total: 0 });
    assert.deepEqual(await list({ facilityIds: [south], facilityId: north }), { names: [], total: 0 });
    const { accounts } = await database.read.accounts.listPage({ ...PAGE, search: '张伟' });
    const accountId = accounts[0]?.accountId ?? '';
    await database.write((stores) => stores.accounts.setPassword(accountId, null));
    assert.deepEqual((await list({ state: 'invited' })).names, ['张伟']);
    const disabledAt = new Date().toISOString();
    await database.write((stores) =>
      stores.accounts.setActive(accountId, { isActive: false, disabledAt, disabledReason: '离职' }),
    );
    assert.deepEqual((await list({ state: 'disabled' })).names, ['张伟']);
    assert.equal((await list({ state: 'active' })).total, 5);
    const found = await database.read.accounts.find(accountId);
    assert.deepEqual([found?.passwordHash, found?.disabledReason, found?.revision], [null, '离职', 2]);
  });

  it('gives each person on one page, alike as they may be', async () => {
    const { list } = await world();
    const pages = await Promise.all([1, 2, 3].map((page) => list({ sort: 'role', page, limit: 2 })));
    assert.deepEqual(
      pages.map(({ total }) => total),
      [6, 6, 6],
    );
    assert.equal(new Set(pages.flatMap(({ names }) => names)).size, 6);
  });

  it('gives the same pages whether they are reached from the first or from the last, and none beyond', async () => {
    const { list } = await world();
    for (const order of ['ascending', 'descending'] as const)
      for (const sort of ['name', 'login', 'role', 'signed-in'] as const) {
        const { names } = await list({ sort, order });
        for (const limit of [1, 2, 4, 5])
          for (let page = 1; page <= 7; page += 1) {
            const expected = { names: names.slice((page - 1) * limit, page * limit), total: 6 };
            assert.deepEqual(await list({ sort, order, page, limit }), expected, `${sort} ${order} ${limit} ${page}`);
          }
      }
  });

  it('names all who pass a filter, each once and in order', async () => {
    const { database, north, south } = await world();
    const { accounts } = await database.read.accounts.listPage({ ...PAGE, sort: 'login' });
    for (const filter of [
      { facilityIds: 'all' },
      { facilityIds: [north, south] },
      { facilityIds: [south] },
      { facilityIds: [] },
      { facilityIds: 'all', role: 'physician', search: 'z' },
    ] as const) {
      const page = await database.read.accounts.listPage({ ...PAGE, ...filter, sort: 'login' });
      const logins = page.accounts.map(({ login }) => login);
      assert.deepEqual(await database.read.accounts.listLogins(filter), logins);
    }
    assert.equal(accounts.length, 6);
  });

  it('knows no account by a name that none can have, and says so calmly', async () => {
    const { database } = await world();
    for (const login of ['王芳', 'é', '😀']) assert.equal(await database.read.accounts.findByLogin(login), undefined);
  });

  it('takes an edit of the revision it was made on, and of no other', async () => {
    const { database } = await world();
    const [account] = (await database.read.accounts.listPage({ ...PAGE, search: '张伟' })).accounts;
    assert.ok(account);
    const data = { name: '张为', title: '', role: account.role, specialty: null, facilityId: account.facilityId };
    const edit = (revision: number) =>
      database.write(({ accounts }) => accounts.edit(account.accountId, revision, data));
    const both = await Promise.all([edit(1), edit(1)]);
    assert.deepEqual(both.sort(), [false, true]);
    assert.deepEqual(
      (await database.read.accounts.listPage({ ...PAGE, search: 'zhangwei' })).accounts.map(({ name }) => name),
      ['张为'],
    );
  });
});
