import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { findFaults } from '../../../server/audit/verify.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addPerson, enterPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { createClient, signIn } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { goneAfter, isClosed } from '../../support/ended-rights.ts';
import { type Done, operate } from '../../support/operate.ts';
import { refusal } from '../../support/refusal.ts';
import { beginSignIn, confirmSignIn, setUpTotp } from '../../support/second-factor.ts';
import { addKey, named } from '../../support/security-key.ts';
import { findFreePort, type RunningProcess, startProcess } from '../../support/start-process.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const NEXT = 'seven patient otters';

const secretOf = (text: string): string => /#([0-9A-Z-]{24})$/m.exec(text)?.[1] ?? assert.fail(text);

describe('whoever runs the machine', function () {
  this.timeout(240_000);
  let server: RunningServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server?.close());

  const lastActs = (limit: number) => server.database.read.audit.list({ limit });

  it('[AC10] closes an account beside a running server, which is out of it within two seconds', async () => {
    const { login, client } = await enterPerson(server, 'physician');
    const window = await connect(server.url, client.cookie);
    let done: Done | undefined;
    const disable = async () => {
      done = await operate(server.dataDir, 'disable', login, '账号', '被盗用');
    };
    await goneAfter(disable, {
      HTTP: async () => assert.equal((await client.ask('session:read')).status, 401),
      'the socket': () => isClosed(window),
    });
    assert.deepEqual(await window.next('session:ended'), { reason: 'disabled' }, 'and hears why');
    assert.deepEqual([done?.code, done?.err], [0, '']);
    assert.match(done?.out ?? '', /已停用.*\n.*disabled/s);
    await assert.rejects(signIn(server.url, login, PERSON_PASSWORD), { status: 401 });
    const account = await server.database.read.accounts.findByLogin(login);
    assert.equal(account?.disabledReason, '账号 被盗用');
    const again = await operate(server.dataDir, 'disable', login);
    assert.deepEqual([again.code, again.out], [1, '']);
  });

  it('[AC10] opens what wrong passwords have locked, for whoever knows the right one', async () => {
    const { login } = await addPerson(server.database, 'physician');
    for (let guess = 0; guess < 5; guess += 1)
      await assert.rejects(signIn(server.url, login, `${guess}`), { status: 401 });
    await assert.rejects(signIn(server.url, login, PERSON_PASSWORD), { status: 429 });
    const done = await operate(server.dataDir, 'unlock', login);
    assert.deepEqual([done.code, done.err], [0, '']);
    await signIn(server.url, login, PERSON_PASSWORD);
  });

  it('[AC10] opens the second step too, which wrong codes have locked', async () => {
    const { login, client } = await enterPerson(server, 'specialist');
    const { app } = await setUpTotp(client, PERSON_PASSWORD, new Date());
    const step = async (code: string) =>
      confirmSignIn(await beginSignIn(server.url, login, PERSON_PASSWORD), { kind: 'totp', code });
    const right = () => app.codeAt(new Date(), 1);
    for (let guess = 0; guess < 5; guess += 1)
      await assert.rejects(step(right() === '000000' ? '000001' : '000000'), { status: 403 });
    await assert.rejects(step(right()), { status: 429 });
    const done = await operate(server.dataDir, 'unlock', login);
    assert.deepEqual([done.code, done.err], [0, '']);
    await step(right());
  });

  it('[AC10] takes a lost second factor off an account, which ends its sessions', async () => {
    const { login, client } = await enterPerson(server, 'specialist');
    const none = await operate(server.dataDir, 'reset-factor', login);
    assert.deepEqual([none.code, none.out], [1, '']);
    const { app } = await setUpTotp(client, PERSON_PASSWORD, new Date());
    const proof = { kind: 'totp' as const, code: app.codeAt(new Date(), 1) };
    await addKey(named(client), PERSON_PASSWORD, { proof });
    await assert.rejects(signIn(server.url, login, PERSON_PASSWORD), { status: 401 });
    const done = await operate(server.dataDir, 'reset-factor', login);
    assert.deepEqual([done.code, done.err], [0, '']);
    assert.equal((await client.ask('session:read')).status, 401);
    const [act] = await lastActs(1);
    assert.deepEqual([act?.action, act?.detail['operator']], ['second-factor:reset', userInfo().username]);
    await signIn(server.url, login, PERSON_PASSWORD);
  });

  it('[AC10] gives an administrator who lost the password a way back for half an hour, and nobody else', async () => {
    const { login } = await addPerson(server.database, 'admin');
    const { login: physician } = await addPerson(server.database, 'physician');
    const done = await operate(server.dataDir, 'address', login);
    assert.deepEqual([done.code, done.err], [0, '']);
    const secret = secretOf(done.out);
    assert.match(done.out, /^http:\/\/localhost:3456\/set-password#/m);
    const anyone = createClient(server.url, '');
    const { expiresAt } = await anyone.call('one-time-link:read', { body: { secret } });
    assert.ok(Date.parse(expiresAt) - Date.now() < 30 * 60_000);
    await anyone.call('password:set', { body: { secret, password: NEXT } });
    await signIn(server.url, login, NEXT);
    for (const [words, said] of [
      [['address', physician], /no system, security or audit administrator/],
      [['address', 'admin'], /demo account/],
      [['address', 'nobody'], /no such account/],
      [['address'], /a system administrator exists/],
      [['disable', login], /the only account in use of its office/],
    ] as const) {
      const refused = await operate(server.dataDir, ...words);
      assert.deepEqual([refused.code, refused.out], [1, ''], words.join(' '));
      assert.match(refused.err, said);
      assert.match(refused.err, /\p{Script=Han}/u, 'in Chinese as well');
    }
  });

  it('[AC10] is told to stop the server before the key that seals fields is changed, which changes nothing', async () => {
    const before = await readFile(join(server.dataDir, 'field.key'));
    const refused = await operate(server.dataDir, 'reseal');
    assert.deepEqual([refused.code, refused.out], [1, '']);
    assert.match(refused.err, /停止所有服务器.*\n.*stop all servers/s);
    assert.deepEqual(await readFile(join(server.dataDir, 'field.key')), before);
    assert.equal((await operate(server.dataDir, 'list')).code, 0);
  });

  it('[AC10] is told how to call it, and that the settings are at fault, by codes of their own', async () => {
    for (const words of [[], ['nonsense'], ['unlock'], ['list', 'x'], ['unlock', 'a', 'b']]) {
      const wrong = await operate(server.dataDir, ...words);
      assert.deepEqual([wrong.code, wrong.out], [2, ''], words.join(' '));
      assert.match(wrong.err, /用法 \/ usage/);
    }
    // No folder at all.
    const fault = await operate(join(server.dataDir, 'field.key'), 'list');
    assert.equal(fault.code, 3);
  });

  it('[AC10] leaves each act in the chain under the name of the machine’s user, and no secret', async () => {
    const { login, accountId } = await addPerson(server.database, 'admin', demoFacilities.province.facilityId);
    const made = await operate(server.dataDir, 'address', login);
    await operate(server.dataDir, 'unlock', login);
    const listed = await operate(server.dataDir, 'list');
    assert.ok(listed.out.includes(`${login}\tactive\tadmin\t-\t钱一\t${demoFacilities.province.name}`), listed.out);
    assert.match(listed.out, /^specialist\tactive\tspecialist\tdemo/m);
    const entries = await lastActs(3);
    assert.deepEqual(
      entries.map(({ action, subjectId, actorId, detail }) => [action, subjectId, actorId, detail['operator']]),
      [
        ['account:list', 'all', null, userInfo().username],
        ['account:unlock', accountId, null, userInfo().username],
        ['account:reset', accountId, null, userInfo().username],
      ],
    );
    assert.ok(!JSON.stringify(await lastActs(100)).includes(secretOf(made.out)));
    const { faults } = await findFaults(server.database.read.audit, { acts: [], accesses: [] });
    assert.deepEqual(faults, [], 'two processes wrote one chain');
  });
});

describe('a server without a demonstration on an empty database', function () {
  this.timeout(240_000);
  let dataDir: string;
  let running: RunningProcess;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huizhen-first-'));
    const environment = { DATA_DIR: dataDir, DATABASE_URL: '', PORT: String(await findFreePort()), DEMO: '0' };
    running = await startProcess('server/main.ts', ['--without-sfu'], {
      ...environment,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'fatal',
    });
  });
  after(async () => {
    await running?.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  const file = () => join(dataDir, 'first-administrator.txt');
  const found = (secret: string, login: string) => ({
    secret,
    facility: { name: '北山县人民医院', tier: 'county' as const, region6: '230126' },
    administrator: { login, name: '王丽', password: NEXT },
  });

  it('[AC2] prints one address once, keeps it in a file of its own user, and knows it again after a restart', async () => {
    const printed = running.output.filter((line) => line.includes('/first-start#'));
    assert.equal(printed.length, 1);
    const secret = secretOf(printed[0] ?? '');
    assert.ok(printed[0]?.startsWith(`${running.url}/first-start#`));
    assert.equal((await stat(file())).mode & 0o777, 0o600);
    assert.ok((await readFile(file(), 'utf8')).includes(secret));
    const options = await createClient(running.url, '').call('sign-in:options');
    assert.deepEqual([options.awaitsAdministrator, options.demoAccounts], [true, []]);

    const before = running.output.length;
    await running.kill('SIGTERM');
    await running.restart();
    const after = running.output.slice(before).join('\n');
    assert.ok(!after.includes(secret) && after.includes(file()), 'it says where it stands, not what it is');

    // Whoever lost it makes another; the first is good no more.
    const again = await operate(dataDir, 'address');
    assert.equal(again.code, 0, again.err);
    const client = createClient(running.url, '');
    assert.equal((await refusal(client, 'network:found', {}, found(secret, 'w'))).status, 400);
    assert.equal((await refusal(client, 'network:found', {}, found(secret, 'wang.li'))).short, 'conflict/link-used');
    await assert.rejects(stat(file()), { code: 'ENOENT' });

    const { login } = await client.call('network:found', { body: found(secretOf(again.out), 'wang.li') });
    const admin = await signIn(running.url, login, NEXT);
    const { person, permissions } = await admin.call('session:read');
    assert.deepEqual([person.role, person.facilityName], ['admin', '北山县人民医院']);
    assert.ok(permissions.includes('account:manage') && permissions.includes('facility:manage'));
    const reused = found(secretOf(again.out), 'li.si');
    assert.equal((await refusal(client, 'network:found', {}, reused)).short, 'conflict/link-used');
    assert.equal((await client.call('sign-in:options')).awaitsAdministrator, false);

    const beforeLast = running.output.length;
    await running.kill('SIGTERM');
    await running.restart();
    assert.deepEqual(running.output.slice(beforeLast), [`ready ${running.url}`], 'nobody is told any more');
  });
});
