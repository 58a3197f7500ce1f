import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { recordAct } from '../../../server/audit/record.ts';
import { findFaults } from '../../../server/audit/verify.ts';
import { RolesOfActs1700000000186 } from '../../../server/database/migrations/0186-roles-of-acts.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { enterPerson, newPerson } from '../../support/add-person.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';
import { startServer } from '../../support/start-server.ts';

eachDatabase('acts by the role in which they were done', (open, newUrl) => {
  it('are found by it, older ones by who did them, and the chain holds on the way back and forth', async () => {
    const url = await newUrl();
    const database = await open(url);
    const [former, present] = [randomUUID(), randomUUID()];
    const at = new Date('2026-11-30T01:02:03.004Z');
    const record = (accountId: string, role: 'admin' | 'physician' | undefined, subjectId: string) =>
      database.write(({ audit }) =>
        recordAct(
          audit,
          { caller: { accountId, facilityId: randomUUID(), ...(role && { role }) }, requestId: subjectId, at },
          { action: 'account:edit', subjectKind: 'account', subjectId },
        ),
      );
    await record(former, 'admin', 'in office');
    await record(present, 'physician', 'before the office');
    await record(present, undefined, 'older');
    await record(former, 'physician', 'after the office');
    const of = { roles: ['admin'] as const, actorIds: [present], subjectKinds: ['account'] };
    const found = async (limit: number) =>
      (await database.read.audit.listOfRoles(of, { limit })).map(({ subjectId }) => subjectId);
    assert.deepEqual(await found(10), ['older', 'in office']);
    assert.deepEqual(await found(1), ['older']);
    assert.deepEqual((await findFaults(database.read.audit)).faults, []);

    const source = await openOlderDatabase(url, migrations);
    for (let step = migrations.indexOf(RolesOfActs1700000000186); step < migrations.length; step += 1)
      await source.undoLastMigration();
    await source.destroy();
    const again = await open(url);
    assert.deepEqual((await findFaults(again.read.audit)).faults, [], 'no hash is over the role');
    const left = await again.read.audit.listOfRoles(of, { limit: 10 });
    assert.deepEqual(
      left.map(({ subjectId }) => subjectId),
      ['older', 'before the office'],
    );
  });
});

describe('what the security administrator watches', function () {
  this.timeout(180_000);

  it('[PA2] stays there when its doer has left the office, and begins with the office', async () => {
    const server = await startServer();
    try {
      const security = (await enterPerson(server, 'security-admin')).client;
      const { accountId, client } = await enterPerson(server, 'facility-admin');
      const setRole = (role: string) =>
        server.database.query(`UPDATE account SET role = '${role}' WHERE accountId = '${accountId}'`);
      await client.call('person:invite', { body: newPerson() });
      await setRole('admin');
      const { person } = await client.call('person:invite', { body: newPerson() });
      await setRole('trainee');
      const acts = await security.call('administration-acts:list');
      const invitations = acts.filter(({ action }) => action === 'account:invite');
      assert.deepEqual(
        invitations.map(({ actorRole, detail }) => [actorRole, detail['login']]),
        [['admin', person.login]],
      );
    } finally {
      await server.close();
    }
  });
});
