import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD, mainPeople } from '../../../server/demo/network.ts';
import { demoPeople } from '../../../server/demo/people.ts';
import { seedDemo } from '../../../server/demo/seed.ts';
import { addPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { createClient, signIn } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { isClosed } from '../../support/ended-rights.ts';
import { startServer } from '../../support/start-server.ts';

/** Some of each: an address has forty attempts a minute. */
const TRIED = [...mainPeople, ...demoPeople.slice(-3)];

describe('the end of a demonstration', function () {
  this.timeout(180_000);

  it('[AC9] closes every account with a public password for good, also where DEMO is on, and is an administrator’s whose own is real', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'huizhen-demo-end-'));
    const databaseUrl = `sqlite:${join(folder, 'test.sqlite')}`;
    try {
      let server = await startServer({ databaseUrl });
      const [demoAdmin, doctor] = [await server.signIn('admin'), await server.signIn('county-doctor')];
      const window = await connect(server.url, doctor.cookie);
      assert.ok(!(await demoAdmin.call('session:read')).permissions.includes('demo-network:end'));
      assert.equal((await demoAdmin.ask('demo-network:end')).status, 403, 'anybody could press it');
      const { login } = await addPerson(server.database, 'admin');
      const admin = await signIn(server.url, login, PERSON_PASSWORD);
      assert.ok((await admin.call('session:read')).permissions.includes('demo-network:end'), 'warned');
      await admin.call('demo-network:end');
      await isClosed(window);
      assert.equal((await doctor.ask('session:read')).status, 401);
      const after = await admin.call('session:read');
      assert.deepEqual([after.isDemonstration, after.permissions.includes('demo-network:end')], [false, false]);
      const [entry] = await server.database.read.audit.list({ limit: 1 });
      assert.deepEqual([entry?.action, entry?.detail], ['demo:end', { accounts: demoPeople.length }]);
      for (const one of TRIED)
        await assert.rejects(signIn(server.url, one.login, DEMO_PASSWORD), { status: 401 }, one.login);
      const { people } = await admin.call('people:list', { query: { state: 'disabled', limit: '100' } });
      assert.deepEqual([people.length, people.flatMap(({ actions }) => actions)], [demoPeople.length, []]);
      for (const one of demoPeople)
        assert.equal((await server.database.read.accounts.findByLogin(one.login))?.passwordHash, null, one.login);
      const params = { accountId: people[0]?.accountId ?? '' };
      assert.equal((await admin.ask('person:reactivate', { params })).status, 403);
      await server.close();

      for (const DEMO of ['1', '0']) {
        server = await startServer({ databaseUrl, environment: { DEMO } });
        assert.equal(await seedDemo(server.database, new Date()), false, 'it is not made anew');
        const options = await createClient(server.url, '').call('sign-in:options');
        assert.deepEqual([options.demoAccounts, options.awaitsAdministrator], [[], false]);
        for (const one of TRIED)
          await assert.rejects(signIn(server.url, one.login, DEMO_PASSWORD), { status: 401 }, one.login);
        await signIn(server.url, login, PERSON_PASSWORD);
        await server.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
