import assert from 'node:assert/strict';
import type { FacilityTier, Role } from '../../../server/contract/index.ts';
import { listDemoFacilities } from '../../../server/demo/facilities.ts';
import { demoPeople } from '../../../server/demo/people.ts';
import type { Client } from '../../support/client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const facilities = listDemoFacilities();
const tierOf = (facilityId: string) => facilities.find((one) => one.facilityId === facilityId)?.tier;
const peopleOf = (role: Role) => demoPeople.filter((person) => person.role === role);

describe('the demo network, as those who administer it meet it', () => {
  let server: RunningServer;
  let admin: Client;
  before(async () => {
    server = await startServer();
    admin = await server.signIn('admin');
  });
  after(() => server?.close());

  it('is one province with two cities, six counties, eight townships and some villages', () => {
    const countOf = (tier: FacilityTier) => facilities.filter((one) => one.tier === tier).length;
    assert.deepEqual((['province', 'city', 'county', 'township'] as const).map(countOf), [1, 2, 6, 8]);
    assert.ok(countOf('village') >= 3);
    for (const { parentId, name } of facilities)
      assert.ok(parentId == null || facilities.some((one) => one.facilityId === parentId), name);
  });

  it('has about sixty people: two specialists wherever a hospital of province or city answers, administrators and coordinators', () => {
    assert.ok(demoPeople.length >= 55 && demoPeople.length <= 70, `${demoPeople.length}`);
    for (const { facilityId, name, departments = [] } of facilities)
      if (tierOf(facilityId) === 'province' || tierOf(facilityId) === 'city')
        for (const { name: specialty } of departments.filter(({ answers }) => answers)) {
          const there = peopleOf('specialist').filter((one) => one.facilityId === facilityId);
          assert.ok(there.filter((one) => one.specialty === specialty).length >= 2, `${name} ${specialty}`);
        }
    const administered = new Set(peopleOf('facility-admin').map(({ facilityId }) => facilityId));
    for (const { facilityId, name, tier } of facilities)
      if (tier === 'province' || tier === 'city') assert.ok(administered.has(facilityId), name);
    assert.ok(peopleOf('coordinator').length >= 5);
    assert.equal(new Set(demoPeople.map(({ login }) => login)).size, demoPeople.length);
  });

  it('leaves no page of the administration empty', async () => {
    assert.equal((await admin.call('facilities:list')).length, facilities.length);
    assert.equal((await admin.call('people:list')).total, demoPeople.length);
    assert.ok((await admin.call('agreements:list')).total >= 6);
    assert.ok((await admin.call('alliances:list')).length >= 3);
  });

  it('has names of all kinds, each found by its beginning and by what it sounds like', async () => {
    const tries = [
      ['丁一', 'dingyi'],
      ['张𠮷祥', '张𠮷'],
      ['沈㐂', '沈㐂'],
      ['艾克拜尔·吐尔逊', 'aikebaier'],
      ['乌云其木格', 'wuyun'],
      ['布阿依谢姆·阿卜杜热合曼', '布阿依'],
    ] as const;
    for (const [name, search] of tries) {
      const { people } = await admin.call('people:list', { query: { search } });
      assert.ok(
        people.some((one) => one.name === name),
        `${name} by ${search}`,
      );
    }
  });

  it('lets each of them in with the password that is shown, and offers the main characters first', async () => {
    const client = await server.signIn('zhang.jixiang');
    assert.equal((await client.call('session:read')).person.name, '张𠮷祥');
    const { demoAccounts } = await client.call('sign-in:options');
    const firstOther = demoAccounts.findIndex(({ isMain }) => !isMain);
    assert.ok(firstOther > 0 && firstOther <= 12);
    assert.ok(demoAccounts.slice(firstOther).every(({ isMain }) => !isMain));
    assert.ok(demoAccounts.every(({ facilityName }) => facilityName !== ''));
  });
});
