import assert from 'node:assert/strict';
import type { FactorProof } from '../../../server/contract/index.ts';
import { chinaDate } from '../../../server/patients/china-date.ts';
import { enterPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { agreeOnPolicy, enterTwoAdministrators } from '../../support/agree-on-policy.ts';
import { type Client, signIn } from '../../support/client.ts';
import { newDemoDatabase } from '../../support/demo-network.ts';
import { refusal } from '../../support/refusal.ts';
import { authenticator, beginSignIn, confirmSignIn, setUpTotp } from '../../support/second-factor.ts';
import { type Answer, addKey, named, namedUrl, proveBy, type SoftKey, softKey } from '../../support/security-key.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

/** After so long wrong answers count no more. */
const LOCK_S = 15 * 60 + 1;
const PASSWORD = { password: PERSON_PASSWORD };

for (const databaseName of ['SQLite', 'MariaDB'])
  describe(`security keys as a second factor, on ${databaseName}`, function () {
    this.timeout(180_000);
    let server: RunningServer;
    let now = Date.now();
    before(async () => {
      const databaseUrl = databaseName === 'MariaDB' ? await newDemoDatabase() : undefined;
      server = await startServer({
        clock: () => new Date(now),
        ...(databaseUrl === undefined ? {} : { databaseUrl }),
      });
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
      key: SoftKey;
      recoveryCodes: string[];
    }
    async function enterHolder(key = softKey(), role: 'physician' | 'trainee' = 'physician'): Promise<Holder> {
      const person = await enterPerson(server, role);
      const client = named(person.client);
      const { recoveryCodes } = await addKey(client, PERSON_PASSWORD, { key });
      return { ...person, client, key, recoveryCodes: recoveryCodes ?? [] };
    }
    const begin = (login: string) => beginSignIn(namedUrl(server.url), login, PERSON_PASSWORD);
    async function answer(pending: Client, key: SoftKey, told?: Answer): Promise<FactorProof> {
      const request = await pending.call('pending-sign-in:challenge');
      return { kind: 'security-key', assertion: key.use(request, pending.url, told) };
    }
    const short = async (pending: Client, proof: object) =>
      (await refusal(pending, 'session:confirm', {}, { proof })).short;
    const actsOf = async (subjectId: string) =>
      (await server.database.read.audit.list({ limit: 200 }))
        .filter((act) => act.subjectId === subjectId || act.actorId === subjectId)
        .map(({ action }) => action);

    it('[AC15] are added under a name, bring recovery codes, end what was opened without one, and open the next sign-in', async () => {
      const person = await enterPerson(server, 'physician');
      const client = named(person.client);
      const elsewhere = await signIn(server.url, person.login, PERSON_PASSWORD);
      const before = await client.call('second-factor:read');
      assert.deepEqual([before.isKeyPossible, before.kinds], [true, []]);
      const guess = await refusal(client, 'security-key:begin', {}, { password: 'a guess' });
      assert.equal(guess.short, 'forbidden/own-password');
      const { key, recoveryCodes } = await addKey(client, PERSON_PASSWORD, { name: '蓝色 USB 密钥' });
      assert.equal(recoveryCodes?.length, 10);
      assert.equal((await elsewhere.ask('session:read')).status, 401);
      const view = await client.call('second-factor:read');
      const [first] = view.securityKeys;
      assert.deepEqual([first?.name, first?.usedAt, first?.isOfThisHost], ['蓝色 USB 密钥', null, true]);
      assert.deepEqual(view.kinds, ['security-key', 'recovery-code']);

      pass(60);
      const pending = await begin(person.login);
      assert.deepEqual((await pending.call('pending-sign-in:read')).kinds, ['security-key', 'recovery-code']);
      const { client: entered, recoveryCodesLeft } = await confirmSignIn(pending, await answer(pending, key));
      assert.equal(recoveryCodesLeft, null);
      const used = await entered.call('second-factor:read');
      assert.equal(used.securityKeys[0]?.usedAt, at().toISOString());
      const recovery = { kind: 'recovery-code', code: recoveryCodes?.[0] };
      assert.equal((await confirmSignIn(await begin(person.login), recovery)).recoveryCodesLeft, 9);
      const acts = await actsOf(person.accountId);
      for (const action of ['security-key:begin', 'security-key:add', 'recovery-code:use'])
        assert.ok(acts.includes(action), action);
    });

    it('[AC16] a challenge is good once, a short while, for its own sign-in and its own purpose', async () => {
      const { login, key, client } = await enterHolder();
      const pending = await begin(login);
      const proof = await answer(pending, key);
      await confirmSignIn(pending, proof);
      const second = await begin(login);
      assert.equal(await short(second, proof), 'forbidden/security-key-wrong', 'replayed into another sign-in');
      const wrong = await answer(second, key, { origin: 'https://elsewhere.example' });
      const { challenge } = JSON.parse(
        Buffer.from(
          wrong.kind === 'security-key' ? wrong.assertion.response.clientDataJSON : '',
          'base64url',
        ).toString(),
      );
      assert.equal(await short(second, wrong), 'forbidden/security-key-wrong');
      const retold = key.use(
        { rpId: 'localhost', challenge, timeout: 1, allowCredentials: [], userVerification: 'preferred' },
        second.url,
      );
      const used = { kind: 'security-key', assertion: retold };
      assert.equal(await short(second, used), 'forbidden/security-key-wrong', 'one that failed is used up');

      pass(LOCK_S);
      const third = await begin(login);
      const [mine, foreign] = [await answer(third, key), await proveBy(key, client, 'proof')];
      assert.equal(await short(third, foreign), 'forbidden/security-key-wrong', 'made for a session');
      assert.equal(await short(third, mine), 'forbidden/security-key-wrong', 'the attempt before has used it up');
      const inSession = await proveBy(key, client, 'proof');
      const change = await refusal(client, 'recovery-codes:make', {}, { ...PASSWORD, proof: inSession });
      assert.equal(change.short, 'forbidden/security-key-wrong', 'made for another purpose');
      pass(LOCK_S);
      const late = await begin(login);
      const old = await answer(late, key);
      pass(151);
      assert.equal(await short(late, old), 'forbidden/security-key-wrong', 'too late');
      const two = await answer(late, key);
      const answers = await Promise.all([1, 2].map(() => late.ask('session:confirm', { body: { proof: two } })));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 403]);
    });

    it('[AC16] nothing counts that was signed at another place, for another host, by another key or for another person', async () => {
      const { login, key } = await enterHolder();
      const stranger = await enterHolder();
      const told: [string, SoftKey, Answer][] = [
        ['another origin', key, { origin: 'https://elsewhere.example' }],
        ['another port', key, { origin: 'http://localhost:1' }],
        ['another host', key, { rpId: 'elsewhere.example' }],
        ['another challenge', key, { challenge: Buffer.alloc(32, 7).toString('base64url') }],
      ];
      for (const [what, by, change] of told) {
        const pending = await begin(login);
        assert.equal(await short(pending, await answer(pending, by, change)), 'forbidden/security-key-wrong', what);
        pass(LOCK_S);
      }
      for (const [what, by] of [
        ['a key of somebody else', stranger.key],
        ['a key of nobody', softKey()],
      ] as const) {
        const pending = await begin(login);
        assert.equal(await short(pending, await answer(pending, by)), 'forbidden/security-key-wrong', what);
        pass(LOCK_S);
      }
      const pending = await begin(login);
      const userHandle = Buffer.from(stranger.accountId).toString('base64url');
      assert.equal(await short(pending, await answer(pending, key, { userHandle })), 'forbidden/security-key-wrong');
      await confirmSignIn(pending, await answer(pending, key));
    });

    it('[AC16] a counter that goes back is refused and noted, also of two at once; a key that counts nothing is good', async () => {
      const { login, accountId, key } = await enterHolder();
      key.counter = 7;
      const first = await begin(login);
      await confirmSignIn(first, await answer(first, key));
      for (const counter of [7, 3, 0]) {
        key.counter = counter;
        const pending = await begin(login);
        assert.equal(await short(pending, await answer(pending, key)), 'forbidden/security-key-counter');
      }
      const acts = await actsOf(accountId);
      assert.equal(acts.filter((action) => action === 'security-key:copied').length, 3);
      key.counter = 8;
      const pending = await begin(login);
      await confirmSignIn(pending, await answer(pending, key));

      const still = await enterHolder(softKey({ counts: false }));
      for (let time = 0; time < 2; time += 1) {
        const next = await begin(still.login);
        await confirmSignIn(next, await answer(next, still.key));
      }
    });

    it('[AC11] wrong answers of a key lock the second factor like wrong codes', async () => {
      const { login, client, key } = await enterHolder();
      for (let guess = 0; guess < 5; guess += 1) {
        const pending = await begin(login);
        assert.equal(await short(pending, await answer(pending, softKey())), 'forbidden/security-key-wrong');
      }
      const pending = await begin(login);
      assert.equal(await short(pending, await answer(pending, key)), 'rate-limited/second-factor-locked');
      const kinds = (await client.call('sign-ins:list')).map(({ kind }) => kind);
      assert.deepEqual(kinds.slice(0, 5), ['locked', ...Array(4).fill('factor-refused')]);
    });

    it('[AC15] as many as wanted, beside an app; each further one asks for a factor that is there; recovery codes come once', async () => {
      const { client, key, login } = await enterHolder();
      const bare = await refusal(client, 'security-key:begin', {}, PASSWORD);
      assert.equal(bare.short, 'conflict/second-factor-needed');
      assert.equal((await refusal(client, 'totp:begin', {}, PASSWORD)).short, 'conflict/second-factor-needed');
      const proof = await proveBy(key, client, 'change');
      const { recoveryCodes } = await addKey(client, PERSON_PASSWORD, { name: '第二把', proof });
      assert.equal(recoveryCodes, null);
      const { secret } = await client.call('totp:begin', {
        body: { ...PASSWORD, proof: await proveBy(key, client, 'change') },
      });
      const confirmed = await client.call('totp:confirm', { body: { code: authenticator(secret).codeAt(at()) } });
      assert.equal(confirmed.recoveryCodes, null);
      assert.deepEqual((await client.call('second-factor:read')).kinds, ['security-key', 'totp', 'recovery-code']);
      // The same authenticator is offered to the browser as one to leave out, and refused where it comes again.
      const again = await client.call('security-key:begin', {
        body: { ...PASSWORD, proof: await proveBy(key, client, 'change') },
      });
      assert.equal(again.excludeCredentials.length, 2);
      const attestation = key.make(again, client.url);
      const taken = await refusal(client, 'security-key:add', {}, { name: '又一次', attestation });
      assert.equal(taken.short, 'conflict/security-key-taken');
      const twice = await refusal(client, 'security-key:add', {}, { name: '又一次', attestation });
      assert.equal(twice.short, 'forbidden/security-key-wrong', 'a challenge is good once');
      const pending = await begin(login);
      await confirmSignIn(pending, await answer(pending, key));
    });

    it('[AC15] is not added where the answer comes from another place, or says something else', async () => {
      const { client } = await enterPerson(server, 'physician');
      const at = named(client);
      for (const told of [
        { origin: 'https://elsewhere.example' },
        { rpId: 'elsewhere.example' },
        { challenge: Buffer.alloc(32, 7).toString('base64url') },
      ]) {
        const creation = await at.call('security-key:begin', { body: PASSWORD });
        const attestation = softKey().make(creation, at.url, told);
        const refused = await refusal(at, 'security-key:add', {}, { name: '一把', attestation });
        assert.equal(refused.short, 'forbidden/security-key-wrong', JSON.stringify(told));
      }
      // No browser makes one at an address of digits, nor is one used there.
      assert.equal((await refusal(client, 'security-key:begin', {}, PASSWORD)).short, 'conflict/security-key-address');
      assert.equal((await client.call('second-factor:read')).isKeyPossible, false);
      const { login } = await enterHolder();
      const atDigits = await beginSignIn(server.url, login, PERSON_PASSWORD);
      assert.deepEqual((await atDigits.call('pending-sign-in:read')).kinds, ['recovery-code']);
      const challenge = await refusal(atDigits, 'pending-sign-in:challenge', {});
      assert.equal(challenge.short, 'conflict/security-key-address');
    });

    it('[AC15] are taken off one by one for the password and a proof; with the last the recovery codes go', async () => {
      const { client, key, login, accountId } = await enterHolder();
      const { client: other } = await enterHolder();
      pass(1);
      await addKey(client, PERSON_PASSWORD, { name: '第二把', proof: await proveBy(key, client, 'change') });
      const [first, second] = (await client.call('second-factor:read')).securityKeys;
      assert.ok(first && second);
      const foreign = await other.call('second-factor:read');
      const remove = async (keyId: string) => ({
        params: { keyId },
        body: { ...PASSWORD, proof: await proveBy(key, client, 'change') },
      });
      const theirs = await client.ask('security-key:remove', await remove(foreign.securityKeys[0]?.keyId ?? ''));
      assert.equal(theirs.status, 404);
      assert.equal((await other.call('second-factor:read')).securityKeys.length, 1);
      const left = await client.call('security-key:remove', await remove(second.keyId));
      assert.deepEqual([left.securityKeys.length, left.recoveryCodesLeft], [1, 10]);
      const none = await client.call('security-key:remove', await remove(first.keyId));
      assert.deepEqual([none.securityKeys, none.recoveryCodesLeft, none.kinds], [[], 0, []]);
      await signIn(server.url, login, PERSON_PASSWORD);
      assert.ok((await actsOf(accountId)).includes('security-key:remove'));
    });

    it('[AC14] set up what the platform requires; the last of them cannot be taken off, but may give way to another', async () => {
      const two = await enterTwoAdministrators(server);
      const required = [{ role: 'trainee' as const, fromDay: chinaDate(at()) }];
      await agreeOnPolicy(two, 'second-factor', { required, signingMinutes: null });
      const { client, key, login } = await enterHolder(softKey(), 'trainee');
      const view = await client.call('second-factor:read');
      assert.ok(view.isLastRequired);
      await client.call('own-sessions:list');
      const keyId = view.securityKeys[0]?.keyId ?? '';
      const body = async () => ({ ...PASSWORD, proof: await proveBy(key, client, 'change') });
      const last = await refusal(client, 'security-key:remove', { keyId }, await body());
      assert.equal(last.short, 'conflict/second-factor-last');
      assert.equal((await client.call('second-factor:read')).recoveryCodesLeft, 10);
      await addKey(client, PERSON_PASSWORD, { proof: await proveBy(key, client, 'change') });
      assert.equal((await client.call('second-factor:read')).isLastRequired, false);
      await client.call('security-key:remove', { params: { keyId }, body: await body() });
      await beginSignIn(server.url, login, PERSON_PASSWORD);
      await agreeOnPolicy(two, 'second-factor', { required: [], signingMinutes: null });
    });

    it('[AC13] are all taken off by the administrator of whoever lost them', async () => {
      const { accountId, login, client } = await enterHolder();
      const admin = (await enterPerson(server, 'facility-admin')).client;
      const params = { accountId };
      assert.ok((await admin.call('person:read', { params })).hasSecondFactor);
      const person = await admin.call('person:reset-factor', { params, body: { reason: '密钥丢失' } });
      assert.equal(person.hasSecondFactor, false);
      assert.equal((await client.ask('session:read')).status, 401);
      const again = await signIn(server.url, login, PERSON_PASSWORD);
      assert.deepEqual((await again.call('second-factor:read')).securityKeys, []);
      await setUpTotp(again, PERSON_PASSWORD, at());
    });
  });
