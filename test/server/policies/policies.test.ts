import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PolicyName, Role } from '../../../server/contract/index.ts';
import { addPerson, enterPerson, newPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { agreeOnPolicy, enterTwoAdministrators, type TwoAdministrators } from '../../support/agree-on-policy.ts';
import { type Client, createClient, signIn } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { refusal } from '../../support/refusal.ts';
import { setUpTotp } from '../../support/second-factor.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const MINUTE_MS = 60_000;

describe('the policies of the platform', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let two: TwoAdministrators;
  before(async () => {
    server = await startServer();
    two = await enterTwoAdministrators(server);
  });
  after(() => server?.close());

  const policyOf = async <Name extends PolicyName>(client: Client, name: Name) =>
    (await client.call('policies:read')).policies[name];

  it('[PO7] are confirmed by whoever has just shown their second factor, where they have one', async () => {
    let now = Date.now();
    const other = await startServer({ clock: () => new Date(now) });
    try {
      const both = await enterTwoAdministrators(other);
      const { app } = await setUpTotp(both.security, PERSON_PASSWORD, new Date(now));
      now += 6 * MINUTE_MS;
      const value = { minLength: 12, attempts: 5 };
      const body = { subject: 'passwords' as const, version: 0, value, reason: '加强' };
      const { proposalId } = await both.admin.call('proposal:make', { body });
      const params = { proposalId };
      const stale = await refusal(both.security, 'proposal:confirm', params);
      assert.equal(stale.short, 'conflict/second-factor-stale');
      const proof = { kind: 'totp' as const, code: app.codeAt(new Date(now)) };
      await both.security.call('second-factor:prove', { body: { proof } });
      assert.equal((await both.security.call('proposal:confirm', { params })).state, 'confirmed');
      assert.deepEqual((await policyOf(both.admin, 'passwords')).value, value);
    } finally {
      await other.close();
    }
  });

  it('[PO3] let a session end sooner at once: one that is open, its socket, and on a second server', async () => {
    let now = Date.now();
    const pass = (minutes: number) => {
      now += minutes * MINUTE_MS;
    };
    const folder = await mkdtemp(join(tmpdir(), 'huizhen-policies-'));
    const shared = {
      databaseUrl: `sqlite:${join(folder, 'test.sqlite')}`,
      environment: { FIELD_SECRET: 'one that both servers share, for their database', SESSION_IDLE_MINUTES: '30' },
      clock: () => new Date(now),
    };
    const first = await startServer(shared);
    const second = await startServer(shared);
    try {
      const both = await enterTwoAdministrators(first);
      const { client, login } = await enterPerson(first, 'physician');
      const elsewhere = createClient(second.url, client.cookie);
      assert.equal((await elsewhere.call('session:read')).idleTimeoutS, 30 * 60);
      await agreeOnPolicy(both, 'sessions', { idleMinutes: 10, hours: 2 });
      const session = await elsewhere.call('session:read');
      assert.equal(session.idleTimeoutS, 10 * 60);
      assert.ok(Date.parse(session.expiresAt) - now <= 120 * MINUTE_MS, 'opened for ten hours, good for two');
      pass(11);
      for (const one of [client, elsewhere])
        assert.equal((await refusal(one, 'session:read', {})).short, 'unauthenticated/session-expired');
      await assert.rejects(connect(second.url, client.cookie));

      const busy = await signIn(second.url, login, PERSON_PASSWORD);
      for (let minutes = 0; minutes < 119; minutes += 7) {
        await busy.call('session:read');
        pass(7);
      }
      pass(2);
      assert.equal((await busy.ask('session:read')).status, 401, 'in use all the time, and over after two hours');
    } finally {
      await second.close();
      await first.close();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('[PO3] never let one last longer than the server is set to', async () => {
    await agreeOnPolicy(two, 'sessions', { idleMinutes: 600, hours: 100 });
    const { client } = await enterPerson(server, 'physician');
    const session = await client.call('session:read');
    assert.equal(session.idleTimeoutS, 30 * 60);
    assert.ok(Date.parse(session.expiresAt) - Date.now() <= 600 * MINUTE_MS);
    assert.deepEqual((await two.admin.call('policies:read')).bounds, { idleMinutes: 30, hours: 10 });
  });

  it('[PO4] ask for longer passwords from then on, and lock a sign-in sooner', async () => {
    for (const value of [
      { minLength: 7, attempts: 5 },
      { minLength: 65, attempts: 5 },
      { minLength: 12, attempts: 2 },
    ]) {
      const { version } = await policyOf(two.admin, 'passwords');
      const body = { subject: 'passwords', version, value, reason: '调整' };
      assert.equal((await refusal(two.admin, 'proposal:make', {}, body)).status, 400);
    }
    await agreeOnPolicy(two, 'passwords', { minLength: 14, attempts: 3 });
    const { person, link } = await two.admin.call('person:invite', { body: newPerson() });
    const anyone = createClient(server.url, '');
    const { secret } = link;
    assert.equal((await anyone.call('one-time-link:read', { body: { secret } })).minPasswordLength, 14);
    const short = await refusal(anyone, 'password:set', {}, { secret, password: 'seven otters' });
    assert.equal(short.short, 'invalid-message/password-too-short');
    const common = await refusal(anyone, 'password:set', {}, { secret, password: '12345678901234567890' });
    assert.equal(common.code, 'invalid-message', 'a long one that is guessed first is refused all the same');
    await anyone.call('password:set', { body: { secret, password: 'seven patient otters' } });
    const wrong = { account: person.login, password: 'not this one' };
    for (let count = 0; count < 3; count += 1)
      assert.equal((await refusal(anyone, 'session:open', {}, wrong)).status, 401);
    assert.equal((await refusal(anyone, 'session:open', {}, wrong)).short, 'rate-limited/account-locked');
  });

  it('[PO2] are proposed once at a time, on the version that holds, with a reason, and decided once', async () => {
    const { version, value } = await policyOf(two.admin, 'passwords');
    const body = (minLength: number, change: object = {}) => ({
      subject: 'passwords',
      version,
      value: { ...value, minLength },
      reason: '调整',
      ...change,
    });
    const refused = async (client: Client, of: object) => (await refusal(client, 'proposal:make', {}, of)).short;
    assert.equal(await refused(two.admin, body(20, { reason: ' ' })), 'invalid-message/reason-missing');
    assert.equal(await refused(two.admin, body(20, { version: version + 1 })), 'conflict/version-outdated');
    assert.equal(await refused(two.admin, body(value.minLength)), 'conflict/proposal-changes-nothing');
    const both = await Promise.all(
      [two.admin, two.security].map((client, index) =>
        client.ask('proposal:make', { body: body(20 + index) as never }),
      ),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
    const [open] = (await two.security.call('policies:read')).proposals;
    assert.ok(open?.state === 'open');
    assert.deepEqual(
      open.changes.map(({ field, before }) => [field, before]),
      [['minLength', value.minLength]],
    );
    const { client: auditor } = await enterPerson(server, 'auditor');
    const params = { proposalId: open.proposalId };
    assert.equal(
      (await refusal(auditor, 'proposal:refuse', params, { reason: '' })).short,
      'invalid-message/reason-missing',
    );
    const { client: another } = await enterPerson(server, 'auditor');
    const decisions = await Promise.all([auditor, another].map((one) => one.ask('proposal:confirm', { params })));
    assert.deepEqual(decisions.map(({ status }) => status).sort(), [200, 409]);
    assert.equal((await policyOf(two.admin, 'passwords')).version, version + 1);
    assert.equal((await refusal(auditor, 'proposal:confirm', params)).short, 'conflict/proposal-decided');
    await agreeOnPolicy(two, 'passwords', { minLength: 10, attempts: 5 });
    const trail = await server.database.read.audit.list({ limit: 500 });
    const proposed = trail.filter(({ action, detail }) => action === 'proposal:make' && detail['reason'] === '调整');
    assert.ok(proposed.length > 0, 'a reason stands with the act');
    const confirmed = trail.find(({ action, detail }) => action === 'proposal:confirm' && 'changes' in detail);
    assert.ok(confirmed, 'and what it changed with the confirmation');
  });

  it('[PO6] tell those who could confirm, and nobody else; who they are follows from who can sign in', async () => {
    const { client: auditor } = await enterPerson(server, 'auditor');
    const { client: colleague } = await enterPerson(server, 'admin');
    const { client: demo } = { client: await server.signIn('auditor') };
    const unread = async (client: Client) => (await client.call('notices:list')).notices.map(({ kind }) => kind);
    const before = await unread(auditor);
    const { version } = await policyOf(two.admin, 'sessions');
    const body = { subject: 'sessions', version, value: { idleMinutes: 20, hours: null }, reason: '检查要求' } as const;
    const { proposalId } = await two.admin.call('proposal:make', { body });
    assert.deepEqual(await unread(auditor), ['policy-proposed', ...before]);
    const [notice] = (await two.security.call('notices:list')).notices;
    assert.deepEqual(notice?.proposal, { proposalId, subject: 'sessions' });
    for (const one of [colleague, demo]) assert.deepEqual(await unread(one), []);
    assert.equal((await refusal(demo, 'proposal:confirm', { proposalId })).short, 'forbidden', 'anybody could be them');
    await two.admin.call('proposal:withdraw', { params: { proposalId } });
  });

  it('[PO5] give the first of each office alone, and every other by two', async () => {
    const other = await startServer();
    try {
      const founder = (await enterPerson(other, 'admin')).client;
      assert.equal((await founder.call('policies:read')).confirmers, 0);
      const invite = (role: Role) => founder.ask('person:invite', { body: { ...newPerson(), role } });
      assert.equal((await invite('security-admin')).status, 201, 'nobody could confirm it');
      assert.equal((await invite('security-admin')).status, 201, 'nor as long as none of them has a password');
      const security = await enterPerson(other, 'security-admin');
      assert.equal((await founder.call('policies:read')).confirmers, 1);
      const refused = await refusal(founder, 'person:invite', {}, { ...newPerson(), role: 'auditor' });
      assert.deepEqual([refused.short, refused.fields], ['conflict/second-needed', ['role']]);

      const { accountId } = await addPerson(other.database, 'trainee');
      const propose = async (role: Role) =>
        (
          await founder.call('proposal:make', {
            body: { subject: 'platform-role', accountId, role, reason: '任命' },
          })
        ).proposalId;
      const confirm = (proposalId: string) => security.client.ask('proposal:confirm', { params: { proposalId } });
      assert.equal((await confirm(await propose('auditor'))).status, 200);
      const params = { accountId };
      const person = await founder.call('person:read', { params });
      assert.deepEqual([person.role, person.actions], ['auditor', ['edit', 'propose-role', 'disable']]);
      await addPerson(other.database, 'auditor');
      await founder.call('person:disable', { params, body: { reason: '调离' } });
      assert.equal((await refusal(founder, 'person:reactivate', params)).short, 'conflict/second-needed');
      assert.equal((await confirm(await propose('auditor'))).status, 200);
      assert.equal((await founder.call('person:read', { params })).state, 'active', 'given again, and open again');

      const taking = await propose('trainee');
      await founder.call('person:disable', { params, body: { reason: '调离' } });
      const outdated = await refusal(security.client, 'proposal:confirm', { proposalId: taking });
      assert.equal(outdated.short, 'conflict/version-outdated', 'what was agreed on was about somebody in office');
      const ordinary = {
        subject: 'platform-role',
        accountId: security.accountId,
        role: 'security-admin',
        reason: '无',
      };
      assert.equal((await refusal(founder, 'proposal:make', {}, ordinary)).short, 'conflict/proposal-changes-nothing');
    } finally {
      await other.close();
    }
  });
});
