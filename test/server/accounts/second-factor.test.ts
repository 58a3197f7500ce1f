import assert from 'node:assert/strict';
import { addPerson, enterPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { type Client, createClient, machineClient, signIn } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { isClosed } from '../../support/ended-rights.ts';
import { refusal } from '../../support/refusal.ts';
import {
  type Authenticator,
  authenticator,
  beginSignIn,
  confirmSignIn,
  setUpTotp,
} from '../../support/second-factor.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const PASSWORD = { password: PERSON_PASSWORD };

describe('the second factor of an account', function () {
  this.timeout(240_000);
  let server: RunningServer;
  /** Later than the machine's, so that a test may let it go on. */
  let now = Date.now();
  before(async () => {
    server = await startServer({ clock: () => new Date(now) });
  });
  after(() => server?.close());
  const pass = (seconds: number) => {
    now += seconds * 1000;
  };
  const at = () => new Date(now);

  interface Holder {
    login: string;
    accountId: string;
    client: Client;
    app: Authenticator;
    recoveryCodes: string[];
  }
  async function enterHolder(): Promise<Holder> {
    const person = await enterPerson(server, 'physician');
    return { ...person, ...(await setUpTotp(person.client, PERSON_PASSWORD, at())) };
  }
  const begin = (login: string) => beginSignIn(server.url, login, PERSON_PASSWORD);
  const totp = (app: Authenticator, steps = 0) => ({ kind: 'totp', code: app.codeAt(at(), steps) });
  const short = async (pending: Client, proof: object) =>
    (await refusal(pending, 'session:confirm', {}, { proof })).short;

  it('[AC11] is set up with the password and a code of the app, and ends what was opened without it', async () => {
    const { client, login, accountId } = await enterPerson(server, 'physician');
    const elsewhere = await signIn(server.url, login, PERSON_PASSWORD);
    const machine = await machineClient(server.url, login, PERSON_PASSWORD);
    const window = await connect(server.url, elsewhere.cookie);
    assert.equal((await refusal(client, 'totp:begin', {}, { password: 'a guess' })).short, 'forbidden/own-password');
    const abandoned = await client.call('totp:begin', { body: PASSWORD });
    assert.equal((await client.call('second-factor:read')).totpAddedAt, null);
    await signIn(server.url, login, PERSON_PASSWORD);
    assert.equal((await refusal(client, 'totp:confirm', {}, { code: '000000' })).short, 'forbidden/code-wrong');
    const { app, recoveryCodes } = await setUpTotp(client, PERSON_PASSWORD, at());
    assert.notEqual(app.secret, abandoned.secret);
    assert.equal(new Set(recoveryCodes).size, 10);
    await isClosed(window);
    assert.equal((await elsewhere.ask('session:read')).status, 401);
    assert.equal((await machine.fetch('/dicomweb/studies')).status, 401);
    const view = await client.call('second-factor:read');
    assert.deepEqual([view.totpAddedAt, view.recoveryCodesLeft], [at().toISOString(), 10]);
    assert.equal((await refusal(client, 'totp:begin', {}, PASSWORD)).short, 'conflict/second-factor-needed');
    const rows = (await server.database.query(
      `SELECT * FROM totp_factor t JOIN recovery_code r ON r.accountId = t.accountId WHERE t.accountId = '${accountId}'`,
    )) as object[];
    assert.equal(rows.length, 10);
    for (const secret of [app.secret, ...recoveryCodes.flatMap((code) => [code, code.replace('-', '')])])
      assert.ok(!JSON.stringify(rows).includes(secret), 'neither secret nor code can be read in the database');
  });

  it('[SI5] is asked for after the password: what that gives opens nothing else, and five minutes long', async () => {
    const { login, app } = await enterHolder();
    const pending = await begin(login);
    for (const name of ['session:read', 'consultations:list', 'second-factor:read'] as const)
      assert.equal((await pending.ask(name)).status, 401, name);
    const bearer = pending.cookie.split('pending=')[1]?.split(';')[0];
    const asToken = await fetch(`${server.url}/api/session`, { headers: { authorization: `Bearer ${bearer}` } });
    assert.equal(asToken.status, 401);
    await assert.rejects(connect(server.url, pending.cookie));
    const { kinds } = await pending.call('pending-sign-in:read');
    assert.deepEqual(kinds, ['totp', 'recovery-code']);
    pass(301);
    assert.equal(await short(pending, totp(app)), 'unauthenticated/sign-in-expired');
    const next = await begin(login);
    const { client, recoveryCodesLeft } = await confirmSignIn(next, totp(app));
    assert.equal(recoveryCodesLeft, null);
    await client.call('session:read');
    pass(30);
    assert.equal(await short(next, totp(app)), 'unauthenticated/sign-in-expired', 'a first step is of use once');
    assert.equal(await short(createClient(server.url, ''), totp(app)), 'unauthenticated/sign-in-expired');
  });

  it('[AC11] takes each code once, also of two at the same moment, and none before one that was taken', async () => {
    const { login, app } = await enterHolder();
    // The code of the set-up is used up as well.
    assert.equal(await short(await begin(login), totp(app)), 'forbidden/code-used');
    pass(30);
    const both = await Promise.all([begin(login), begin(login)]);
    const proof = totp(app);
    const answers = await Promise.all(both.map((pending) => pending.ask('session:confirm', { body: { proof } })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 403]);
    assert.equal(await short(await begin(login), totp(app, -1)), 'forbidden/code-used');
    assert.equal(await short(await begin(login), totp(app, 2)), 'forbidden/code-wrong');
    await confirmSignIn(await begin(login), totp(app, 1));
  });

  it('[AC11] is no place to guess at: five wrong codes lock it for a quarter of an hour, wherever they come from', async () => {
    const { login, app, client } = await enterHolder();
    pass(30);
    const wrong = { kind: 'totp', code: '000000' };
    for (let guess = 0; guess < 5; guess += 1)
      assert.equal(await short(await begin(login), wrong), 'forbidden/code-wrong');
    const locked = await refusal(await begin(login), 'session:confirm', {}, { proof: totp(app) });
    assert.equal(locked.short, 'rate-limited/second-factor-locked');
    assert.ok((locked.retryAfterS ?? 0) > 800);
    const otp = app.codeAt(at());
    const mint = { account: login, password: PERSON_PASSWORD, otp };
    assert.equal((await refusal(createClient(server.url, ''), 'token:mint', {}, mint)).status, 429);
    const kinds = (await client.call('sign-ins:list')).map(({ kind }) => kind);
    assert.deepEqual(kinds.slice(0, 5), ['locked', ...Array(4).fill('factor-refused')]);
    pass(15 * 60);
    await confirmSignIn(await begin(login), totp(app));
  });

  it('[AC12] opens with each printed recovery code once, and says how many are left', async () => {
    const { login, recoveryCodes, client } = await enterHolder();
    const [first = '', second = ''] = recoveryCodes;
    const proof = { kind: 'recovery-code', code: first.toLowerCase().replace('-', '') };
    const both = await Promise.all([begin(login), begin(login)]);
    const answers = await Promise.all(both.map((pending) => pending.ask('session:confirm', { body: { proof } })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 403]);
    assert.equal(await short(await begin(login), proof), 'forbidden/recovery-code-wrong');
    const { recoveryCodesLeft } = await confirmSignIn(await begin(login), { kind: 'recovery-code', code: second });
    assert.equal(recoveryCodesLeft, 8);
    assert.equal((await client.call('second-factor:read')).recoveryCodesLeft, 8);
    const { login: other } = await enterHolder();
    const foreign = { kind: 'recovery-code', code: recoveryCodes[2] };
    assert.equal(await short(await begin(other), foreign), 'forbidden/recovery-code-wrong');
  });

  it('[AC12] gives ten new recovery codes, and is removed, for the password and a code', async () => {
    const { login, app, recoveryCodes, client } = await enterHolder();
    pass(30);
    const wrong = { ...PASSWORD, proof: { kind: 'totp', code: '000000' } };
    for (const name of ['totp:remove', 'recovery-codes:make'] as const)
      assert.equal((await refusal(client, name, {}, wrong)).short, 'forbidden/code-wrong');
    const right = { kind: 'totp' as const, code: app.codeAt(at()) };
    const unknown = { password: 'a guess', proof: right };
    assert.equal((await refusal(client, 'totp:remove', {}, unknown)).short, 'forbidden/own-password');
    const made = await client.call('recovery-codes:make', { body: { ...PASSWORD, proof: right } });
    const former = { kind: 'recovery-code', code: recoveryCodes[0] };
    assert.equal(await short(await begin(login), former), 'forbidden/recovery-code-wrong');
    const proof = { kind: 'recovery-code' as const, code: made.recoveryCodes?.[0] ?? '' };
    const view = await client.call('totp:remove', { body: { ...PASSWORD, proof } });
    assert.deepEqual([view.totpAddedAt, view.recoveryCodesLeft], [null, 0]);
    await signIn(server.url, login, PERSON_PASSWORD);
  });

  it('[AC11] moves to another telephone: the old app is good until the first code of the new one, and never afterwards', async () => {
    const { login, app, client } = await enterHolder();
    pass(30);
    const proof = { kind: 'totp' as const, code: app.codeAt(at()) };
    const { secret } = await client.call('totp:begin', { body: { ...PASSWORD, proof } });
    pass(30);
    await confirmSignIn(await begin(login), totp(app));
    const next = authenticator(secret);
    assert.equal((await refusal(client, 'totp:confirm', {}, { code: app.codeAt(at()) })).short, 'forbidden/code-wrong');
    const { recoveryCodes } = await client.call('totp:confirm', { body: { code: next.codeAt(at()) } });
    assert.equal(recoveryCodes, null);
    pass(30);
    assert.equal(await short(await begin(login), totp(app)), 'forbidden/code-wrong');
    await confirmSignIn(await begin(login), totp(next));
    assert.equal((await client.call('second-factor:read')).recoveryCodesLeft, 10);
  });

  it('[SI3] goes along in one request for a machine client, and is refused where there is none', async () => {
    const { login, app } = await enterHolder();
    pass(30);
    const anyone = createClient(server.url, '');
    const input = { account: login, password: PERSON_PASSWORD };
    assert.equal((await refusal(anyone, 'token:mint', {}, input)).short, 'unauthenticated/second-factor-needed');
    const otp = app.codeAt(at());
    await anyone.call('token:mint', { body: { ...input, otp } });
    assert.equal((await refusal(anyone, 'session:open', {}, { ...input, otp })).short, 'forbidden/code-used');
    pass(30);
    await anyone.call('session:open', { body: { ...input, otp: app.codeAt(at()) } });
    const { login: without } = await addPerson(server.database, 'physician');
    const body = { account: without, password: PERSON_PASSWORD, otp };
    assert.equal((await refusal(anyone, 'token:mint', {}, body)).short, 'invalid-message');
    // A wrong password tells nothing of the second factor.
    const guess = { account: login, password: 'a guess', otp };
    assert.equal((await refusal(anyone, 'token:mint', {}, guess)).short, 'unauthenticated/wrong-password');
  });

  it('[AC13] is taken off by the administrator of whoever lost it, who says why, and all sessions end', async () => {
    const { login, accountId, client, app } = await enterHolder();
    const admin = (await enterPerson(server, 'facility-admin')).client;
    const params = { accountId };
    const listed = await admin.call('person:read', { params });
    assert.ok(listed.hasSecondFactor && listed.actions.includes('reset-factor'));
    const pending = await begin(login);
    const missing = await refusal(admin, 'person:reset-factor', params, { reason: ' ' });
    assert.equal(missing.short, 'invalid-message/reason-missing');
    const foreign = (await enterPerson(server, 'facility-admin', listed.facilityId)).accountId;
    assert.equal((await refusal(client, 'person:reset-factor', params, { reason: '丢失' })).status, 404);
    const person = await admin.call('person:reset-factor', { params, body: { reason: '手机丢失' } });
    assert.deepEqual(
      [person.hasSecondFactor, person.factorReset?.reason, person.actions.includes('reset-factor')],
      [false, '手机丢失', false],
    );
    assert.equal((await client.ask('session:read')).status, 401);
    assert.equal(await short(pending, totp(app)), 'unauthenticated/sign-in-expired');
    await signIn(server.url, login, PERSON_PASSWORD);
    const none = await refusal(admin, 'person:reset-factor', { accountId: foreign }, { reason: '无' });
    assert.equal(none.short, 'conflict/second-factor-unknown');
    const acts = await server.database.read.audit.list({ limit: 20 });
    const act = acts.find(({ action, subjectId }) => action === 'second-factor:reset' && subjectId === accountId);
    assert.deepEqual(act?.detail, { reason: '手机丢失' });
  });

  it('[AC11] a changed password ends a first step that was made with the old one', async () => {
    const { login, app, client } = await enterHolder();
    pass(30);
    const pending = await begin(login);
    await client.call('password:change', {
      body: { oldPassword: PERSON_PASSWORD, newPassword: 'seven patient otters' },
    });
    assert.equal(await short(pending, totp(app)), 'unauthenticated/sign-in-expired');
  });

  it('[AC11] no demo account has one: whoever set it up would lock out everybody else', async () => {
    const client = await server.signIn('county-doctor');
    assert.equal((await client.call('second-factor:read')).isPossible, false);
    const refused = await refusal(client, 'totp:begin', {}, { password: 'huizhen-demo' });
    assert.equal(refused.short, 'forbidden/demo-account');
  });
});
