import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD, mainPeople } from '../../../server/demo/network.ts';
import { demoPeople } from '../../../server/demo/people.ts';
import { createClient } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { startServer } from '../../support/start-server.ts';

const send = (url: string, account: string, password: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
  });

/** What a caller sees of a failure, without what differs between any two requests. */
async function told(response: Response): Promise<unknown> {
  const { requestId: _, ...failure } = (await response.json()) as Record<string, unknown>;
  return { status: response.status, failure };
}

describe('a database that was once a demonstration', function () {
  this.timeout(180_000);

  it('[SI1] lets nobody in with a public password once DEMO is off: not by password, session, token or socket', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'huizhen-demonstration-'));
    const databaseUrl = `sqlite:${join(folder, 'test.sqlite')}`;
    try {
      const demonstration = await startServer({ databaseUrl });
      const { cookie } = await demonstration.signIn('auditor');
      const minted = await send(`${demonstration.url}/api/tokens`, 'specialist', DEMO_PASSWORD);
      const { token } = (await minted.json()) as { token: string };
      assert.equal((await createClient(demonstration.url, cookie).call('session:read')).isDemonstration, true);
      await demonstration.close();

      const hospital = await startServer({ databaseUrl, environment: { DEMO: '0' } });
      try {
        const options = await (await fetch(`${hospital.url}/api/sign-in`)).json();
        assert.deepEqual((options as { demoAccounts: unknown }).demoAccounts, []);
        for (const path of ['/api/session', '/api/tokens']) {
          const unknown = await told(await send(hospital.url + path, 'nobody-here', DEMO_PASSWORD));
          // Some of each: an address has forty attempts a minute.
          for (const { login } of [...mainPeople, ...demoPeople.slice(-3)])
            assert.deepEqual(await told(await send(hospital.url + path, login, DEMO_PASSWORD)), unknown, login);
        }
        assert.equal((await createClient(hospital.url, cookie).ask('session:read')).status, 401);
        assert.equal((await createClient(hospital.url, cookie).ask('audit:verify')).status, 401);
        const bearer = { authorization: `Bearer ${token}` };
        assert.equal((await fetch(`${hospital.url}/dicomweb/studies`, { headers: bearer })).status, 401);
        await assert.rejects(connect(hospital.url, cookie), (err: Error & { data?: { code: string } }) => {
          assert.equal(err.data?.code, 'unauthenticated');
          return true;
        });
      } finally {
        await hospital.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
