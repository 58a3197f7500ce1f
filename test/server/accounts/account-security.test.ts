import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { attemptKey, loginKeyOf } from '../../../server/accounts/origin.ts';
import type { Role, RouteName } from '../../../server/contract/index.ts';
import { AttemptsOfAccounts1700000000184 } from '../../../server/database/migrations/0184-attempts-of-accounts.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { demoFacilityId } from '../../../server/demo/facilities.ts';
import type { AddedPerson } from '../../support/add-person.ts';
import { addPerson, enterPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { readAdministrationTable, statusesOf } from '../../support/administration-table.ts';
import { type Client, signIn } from '../../support/client.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';
import { refusal } from '../../support/refusal.ts';
import { setUpTotp } from '../../support/second-factor.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const FACILITY = demoFacilityId(22);
const COLUMNS = {
  system: 'admin',
  security: 'security-admin',
  audit: 'auditor',
  'facility administrator': 'facility-admin',
  'everybody else': 'physician',
} as const;

eachDatabase('attempts to sign in, by whose name they were made', (open, newUrl) => {
  it('are told where they are locked, of nobody’s name never, and outlive the way back', async () => {
    const url = await newUrl();
    const database = await open(url);
    const at = new Date('2026-11-30T01:02:03.004Z');
    const rule = { at, loginKey: 'a'.repeat(64), most: 1, lockMs: 900_000 };
    const accountId = randomUUID();
    await database.write(async ({ attempts }) => {
      await attempts.take('1'.repeat(64), { ...rule, accountId });
      await attempts.take('2'.repeat(64), { ...rule, accountId, most: 2 });
      await attempts.take('3'.repeat(64), { ...rule, accountId: null });
    });
    const until = new Date(at.getTime() + 900_000);
    const locked = [{ accountId, since: at.toISOString(), until: until.toISOString() }];
    assert.deepEqual(await database.read.attempts.listLocked(at), locked);
    assert.deepEqual(await database.read.attempts.listLocked(until), []);
    const source = await openOlderDatabase(url, migrations);
    for (let step = migrations.indexOf(AttemptsOfAccounts1700000000184); step < migrations.length; step += 1)
      await source.undoLastMigration();
    const [count] = (await source.query('SELECT COUNT(*) AS n FROM sign_in_attempt')) as { n: number | string }[];
    assert.equal(Number(count?.n), 3);
    await source.destroy();
    assert.deepEqual(await (await open(url)).read.attempts.listLocked(at), []);
  });
});

describe('locks and second factors across the platform', function () {
  this.timeout(180_000);
  let server: RunningServer;
  const clients = new Map<string, Client>();
  const get = (role: string): Client => {
    const client = clients.get(role);
    assert.ok(client, role);
    return client;
  };
  before(async () => {
    server = await startServer();
    for (const role of Object.values(COLUMNS)) clients.set(role, (await enterPerson(server, role)).client);
  });
  after(() => server?.close());

  /** As wrong passwords would have it. */
  const lock = ({ accountId, login }: AddedPerson) =>
    server.database.write(({ attempts }) =>
      attempts.take(attemptKey('source', login, randomUUID()), {
        at: new Date(),
        loginKey: loginKeyOf(login),
        accountId,
        most: 1,
        lockMs: 900_000,
      }),
    );
  async function someone(role: Role): Promise<AddedPerson> {
    const person = await addPerson(server.database, role, FACILITY, '林双');
    await lock(person);
    await server.database.write(({ secondFactors }) =>
      secondFactors.putTotp({
        accountId: person.accountId,
        secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
        lastStep: 0,
        addedAt: new Date().toISOString(),
        nextSecret: null,
      }),
    );
    return person;
  }

  it('[AC18] is what every cell of the text says, over the network', async () => {
    const rows = await readAdministrationTable('act of account security');
    assert.equal(rows.size, 4);
    const wrong: string[] = [];
    for (const [act, row] of rows) {
      const name = act.split(' ')[0] as RouteName;
      for (const target of act.includes('three')
        ? (['admin', 'security-admin', 'auditor'] as const)
        : (['physician', 'facility-admin'] as const))
        for (const [column, role] of Object.entries(COLUMNS)) {
          const { accountId } = await someone(target);
          const { status } = await get(role).ask(name, { params: { accountId }, body: { reason: '本人来电，已核实' } });
          if (!statusesOf(row[column]).includes(status)) wrong.push(`${act} (${target}) as ${role}: ${status}`);
        }
    }
    assert.deepEqual(wrong, []);
  });

  it('[AC18] tells of names that are locked now, and of none that nobody has', async () => {
    const person = await addPerson(server.database, 'physician', FACILITY, '高远');
    for (const account of [person.login, `nobody-${randomUUID()}`])
      for (let attempt = 0; attempt < 5; attempt += 1)
        await signIn(server.url, account, 'wrong').catch(() => undefined);
    await assert.rejects(signIn(server.url, person.login, PERSON_PASSWORD), /account-locked/);
    const security = get('security-admin');
    const locked = await security.call('account-security:list');
    assert.ok(locked.every(({ lock }) => lock !== null));
    const found = locked.find(({ accountId }) => accountId === person.accountId);
    assert.deepEqual([found?.name, found?.lock?.places, found?.actions], ['高远', 1, ['unlock']]);
    const minutes = (Date.parse(found?.lock?.until ?? '') - Date.parse(found?.lock?.since ?? '')) / 60_000;
    assert.equal(minutes, 15);

    const params = { accountId: person.accountId };
    assert.equal(
      (await refusal(security, 'account-security:unlock', params, { reason: ' ' })).short,
      'invalid-message/reason-missing',
    );
    const unlocked = await security.call('account-security:unlock', { params, body: { reason: '本人来电' } });
    assert.deepEqual([unlocked.lock, unlocked.actions], [null, []]);
    await signIn(server.url, person.login, PERSON_PASSWORD);
    assert.equal(
      (await refusal(security, 'account-security:unlock', params, { reason: '再次' })).short,
      'conflict/state-not-allowed',
    );
    const acts = await get('auditor').call('audit:list');
    const act = acts.find(({ subjectId, action }) => subjectId === person.accountId && action === 'account:unlock');
    assert.deepEqual(act?.detail, { reason: '本人来电' });
  });

  it('[AC18] takes a lost factor off, puts its owner out, tells them, and stands in their history', async () => {
    const person = await addPerson(server.database, 'physician', FACILITY, '高远');
    const own = await signIn(server.url, person.login, PERSON_PASSWORD);
    await setUpTotp(own, PERSON_PASSWORD, new Date());
    const security = get('security-admin');
    const search = { query: { search: person.login } };
    const [before] = await security.call('account-security:list', search);
    assert.deepEqual(before?.actions, ['reset-factor']);
    const params = { accountId: person.accountId };
    await security.call('account-security:reset-factor', { params, body: { reason: '手机丢失' } });
    assert.equal((await own.ask('session:read')).status, 401);
    const again = await signIn(server.url, person.login, PERSON_PASSWORD);
    const [notice] = (await again.call('notices:list')).notices;
    assert.deepEqual([notice?.kind, notice?.byName], ['factor-reset', '钱一']);
    const administrator = (await enterPerson(server, 'facility-admin', FACILITY)).client;
    const [entry] = await administrator.call('person:history', { params });
    assert.deepEqual([entry?.action, entry?.reason], ['second-factor:reset', '手机丢失']);
    assert.equal(
      (await refusal(security, 'account-security:reset-factor', params, { reason: '再次' })).short,
      'conflict/second-factor-unknown',
    );
  });
});
