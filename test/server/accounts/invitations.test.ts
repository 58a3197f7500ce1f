import assert from 'node:assert/strict';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addPerson, enterPerson, newPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { type Client, createClient, signIn } from '../../support/client.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const { county } = demoFacilities;
const NEW_PASSWORD = 'seven patient otters';

describe('people who are invited, or have lost their password', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let facilityAdmin: Client;
  before(async () => {
    server = await startServer();
    facilityAdmin = (await enterPerson(server, 'facility-admin', county.facilityId)).client;
  });
  after(() => server?.close());

  const anyone = () => createClient(server.url, '');

  it('[AC1] are invited by a link that is shown once, and choose their own password', async () => {
    const { person, link } = await facilityAdmin.call('person:invite', { body: newPerson() });
    assert.deepEqual([person.state, person.signedInAt, link.kind], ['invited', null, 'invitation']);
    assert.ok(Date.parse(link.expiresAt) - Date.now() > 71.9 * 3_600_000);
    assert.equal(person.linkExpiresAt, link.expiresAt);
    await assert.rejects(signIn(server.url, person.login, NEW_PASSWORD), { status: 401 });
    const { secret } = link;
    const read = await anyone().call('one-time-link:read', { body: { secret } });
    assert.deepEqual(read.person, { login: person.login, name: '孙小梅', facilityName: county.name });
    assert.equal(
      (await refusal(anyone(), 'password:set', {}, { secret, password: 'sunxiaomei123' })).short,
      'invalid-message/password-own-name',
    );
    await anyone().call('password:set', { body: { secret, password: NEW_PASSWORD } });
    const client = await signIn(server.url, person.login.toUpperCase(), NEW_PASSWORD);
    assert.equal((await client.call('session:read')).person.name, '孙小梅');
    const now = await facilityAdmin.call('person:read', { params: { accountId: person.accountId } });
    assert.deepEqual([now.state, now.linkExpiresAt], ['active', null]);
    assert.ok(now.signedInAt);
    for (const name of ['one-time-link:read', 'password:set'] as const)
      assert.equal((await refusal(anyone(), name, {}, { secret, password: NEW_PASSWORD })).short, 'conflict/link-used');
  });

  it('[AC19] do not find that whoever made the link has used it where they are signed in, and see who made it', async () => {
    const { person, link } = await facilityAdmin.call('person:invite', { body: newPerson() });
    const body = { secret: link.secret, password: NEW_PASSWORD };
    for (const name of ['one-time-link:read', 'password:set'] as const)
      assert.equal((await refusal(facilityAdmin, name, {}, body)).short, 'conflict/link-own', name);
    const colleague = (await enterPerson(server, 'facility-admin', county.facilityId)).client;
    await colleague.call('one-time-link:read', { body: { secret: link.secret } });
    await anyone().call('password:set', { body });
    const client = await signIn(server.url, person.login, NEW_PASSWORD);
    const event = (await client.call('sign-ins:list')).find(({ kind }) => kind === 'link-used');
    assert.equal(event?.linkBy, '钱一');
    const history = await colleague.call('person:history', { params: { accountId: person.accountId } });
    assert.deepEqual(
      history.map(({ action }) => action),
      ['password:set', 'account:invite'],
    );
  });

  it('[AC1] leave nothing of a link in the audit trail, nor of a password', async () => {
    const { link } = await facilityAdmin.call('person:invite', { body: newPerson() });
    await anyone().call('password:set', { body: { secret: link.secret, password: NEW_PASSWORD } });
    const all = JSON.stringify(await server.database.read.audit.list({ limit: 500 }));
    for (const secret of [link.secret, link.secret.replaceAll('-', ''), NEW_PASSWORD]) assert.ok(!all.includes(secret));
    assert.ok(all.includes('password:set'));
  });

  it('[AC1] are reset by a new link: until it is used the old password is good, then every session is over', async () => {
    const { accountId, login } = await addPerson(server.database, 'specialist');
    const before = await signIn(server.url, login, PERSON_PASSWORD);
    const first = await facilityAdmin.call('person:make-link', { params: { accountId } });
    const second = await facilityAdmin.call('person:make-link', { params: { accountId } });
    assert.deepEqual([first.link.kind, second.person.state], ['reset', 'active']);
    await before.call('session:read');
    const set = (secret: string) => ({ secret, password: NEW_PASSWORD });
    assert.equal((await refusal(anyone(), 'password:set', {}, set(first.link.secret))).short, 'conflict/link-used');
    await anyone().call('password:set', { body: set(second.link.secret) });
    assert.equal((await before.ask('session:read')).status, 401);
    await assert.rejects(signIn(server.url, login, PERSON_PASSWORD), { status: 401 });
    await signIn(server.url, login, NEW_PASSWORD);
  });

  it('[AC1] slows down whoever guesses links, before anything is looked up', async () => {
    const guesser = await startServer();
    try {
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, guess) =>
          createClient(guesser.url, '').ask('one-time-link:read', { body: { secret: `AAAA-${guess}` } }),
        ),
      );
      assert.deepEqual([...new Set(answers.map(({ status }) => status))].sort(), [404, 429]);
    } finally {
      await guesser.close();
    }
  });
});
