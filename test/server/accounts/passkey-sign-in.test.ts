import assert from 'node:assert/strict';
import type { Role } from '../../../server/contract/index.ts';
import { chinaDate } from '../../../server/patients/china-date.ts';
import { enterPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { agreeOnPolicy, enterTwoAdministrators, type TwoAdministrators } from '../../support/agree-on-policy.ts';
import { type Client, createClient, signIn } from '../../support/client.ts';
import { newDemoDatabase } from '../../support/demo-network.ts';
import { refusedAs } from '../../support/refusal.ts';
import { beginSignIn, confirmSignIn } from '../../support/second-factor.ts';
import {
  type Answer,
  addKey,
  askPasskey,
  named,
  namedUrl,
  openByPasskey,
  proveBy,
  type SoftKey,
  softKey,
} from '../../support/security-key.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const LOCK_S = 15 * 60 + 1;

for (const databaseName of ['SQLite', 'MariaDB'])
  describe(`a passkey in place of name and password, on ${databaseName}`, function () {
    this.timeout(180_000);
    let server: RunningServer;
    let two: TwoAdministrators;
    let now = Date.now();
    before(async () => {
      const databaseUrl = databaseName === 'MariaDB' ? await newDemoDatabase() : undefined;
      server = await startServer({
        clock: () => new Date(now),
        ...(databaseUrl === undefined ? {} : { databaseUrl }),
      });
      two = await enterTwoAdministrators(server);
      await demand('physician');
    });
    after(() => server?.close());
    const pass = (seconds: number) => {
      now += seconds * 1000;
    };
    const demand = (role: Role | null, days = 0) => {
      const fromDay = chinaDate(new Date(now + days * 24 * 3_600_000));
      return agreeOnPolicy(two, 'second-factor', {
        required: role === null ? [] : [{ role, fromDay }],
        signingMinutes: null,
      });
    };
    const url = () => namedUrl(server.url);

    async function enterHolder(key = softKey(), role: Role = 'physician') {
      const person = await enterPerson(server, role);
      const client = named(person.client);
      const { recoveryCodes } = await addKey(client, PERSON_PASSWORD, { key });
      return { ...person, client, key, recoveryCodes: recoveryCodes ?? [] };
    }
    async function enter(key: SoftKey, told?: Answer): Promise<Client> {
      const { browser, request } = await askPasskey(url());
      return openByPasskey(browser, key.use(request, url(), told));
    }
    const kindsOf = async (client: Client) => (await client.call('sign-ins:list')).map(({ kind }) => kind);

    it('[SI6] opens a session of the one whose it is, which acts and history call so; the account shows which keys do', async () => {
      const { client, key, login, accountId } = await enterHolder();
      pass(60);
      const entered = await enter(key);
      assert.equal((await entered.call('session:read')).person.accountId, accountId);
      assert.deepEqual((await kindsOf(client)).slice(0, 2), ['passkey', 'signed-in']);
      const [act] = (await server.database.read.audit.list({ limit: 50 })).filter(
        ({ action, actorId }) => action === 'session:open-by-passkey' && actorId === accountId,
      );
      assert.equal(act?.detail['factor'], 'security-key');
      const [own] = (await entered.call('second-factor:read')).securityKeys;
      assert.deepEqual([own?.signsInAlone, own?.usedAt], [true, new Date(now).toISOString()]);
      const options = (at: string) => createClient(at, '').call('sign-in:options');
      assert.equal((await options(url())).offersPasskey, true);
      assert.equal((await options(server.url)).offersPasskey, false, 'at an address of digits');

      // Of keys from before nobody knows until they have done it.
      const silent = await enterHolder(softKey({ tells: false }));
      const signsInAlone = async () => (await silent.client.call('second-factor:read')).securityKeys[0]?.signsInAlone;
      assert.equal(await signsInAlone(), false);
      await enter(silent.key);
      assert.equal(await signsInAlone(), true);
      // The same key stands beside the password as before.
      const pending = await beginSignIn(url(), login, PERSON_PASSWORD);
      const request = await pending.call('pending-sign-in:challenge');
      await confirmSignIn(pending, { kind: 'security-key', assertion: key.use(request, pending.url) });
    });

    it('[SI6] is for those of whom the platform demands two factors, from that day on', async () => {
      const trainee = await enterHolder(softKey(), 'trainee');
      await refusedAs('forbidden/passkey-not-alone', enter(trainee.key));
      const { securityKeys } = await trainee.client.call('second-factor:read');
      assert.equal(securityKeys[0]?.signsInAlone, false);
      assert.equal((await kindsOf(trainee.client))[0], 'passkey-refused');
      const { key } = await enterHolder();
      await demand('physician', 2);
      await refusedAs('forbidden/passkey-not-alone', enter(key));
      assert.equal((await createClient(url(), '').call('sign-in:options')).offersPasskey, false);
      pass(2 * 24 * 3_600);
      two = await enterTwoAdministrators(server);
      await enter(key);
      assert.equal((await createClient(url(), '').call('sign-in:options')).offersPasskey, true);
    });

    it('[SI6] answers what this browser was asked, once and in time; several of its windows ask side by side', async () => {
      const { key, client } = await enterHolder();
      const { browser, request } = await askPasskey(url());
      const { request: second } = await askPasskey(url(), browser.cookie);
      const [one, other] = [request, second].map((asked) => key.use(asked, url()));
      assert.ok(one && other);
      await openByPasskey(browser, one);
      await refusedAs('forbidden/security-key-wrong', openByPasskey(browser, one));
      await refusedAs('forbidden/security-key-wrong', openByPasskey(createClient(url(), ''), other));
      const stranger = await askPasskey(url());
      await refusedAs('forbidden/security-key-wrong', openByPasskey(stranger.browser, other));
      key.counter += 1;
      await openByPasskey(browser, key.use(second, url()));

      pass(LOCK_S);
      const late = await askPasskey(url());
      pass(601);
      await refusedAs('forbidden/security-key-wrong', openByPasskey(late.browser, key.use(late.request, url())));
      const fresh = await askPasskey(url());
      const twice = key.use(fresh.request, url());
      const answers = await Promise.allSettled([1, 2].map(() => openByPasskey(fresh.browser, twice)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      // What was signed for something else opens nothing, and the other way round.
      const { assertion } = await proveBy(key, client, 'proof');
      await refusedAs('forbidden/security-key-wrong', openByPasskey(fresh.browser, assertion));
    });

    it('[SI6] counts only where its owner was verified, at this page, by this key, for the account that it names', async () => {
      const { key } = await enterHolder();
      const other = await enterHolder();
      const told: [string, SoftKey, Answer][] = [
        ['nobody was verified', key, { isVerified: false }],
        ['another origin', key, { origin: 'https://elsewhere.example' }],
        ['another host', key, { rpId: 'elsewhere.example' }],
        ['another challenge', key, { challenge: Buffer.alloc(32, 7).toString('base64url') }],
        ['another account', key, { userHandle: Buffer.from(other.accountId).toString('base64url') }],
      ];
      for (const [what, by, answer] of told) {
        await assert.doesNotReject(refusedAs('forbidden/security-key-wrong', enter(by, answer)), what);
        pass(LOCK_S);
      }
      const { browser, request } = await askPasskey(url());
      const { userHandle: _, ...response } = key.use(request, url()).response;
      const nameless = { ...key.use(request, url()), response };
      await refusedAs('forbidden/security-key-wrong', openByPasskey(browser, nameless));
      await refusedAs('conflict/security-key-address', askPasskey(server.url));
      await enter(key);
    });

    it('[SI6] is nobody’s where it is not registered, was taken off, or its account is closed', async () => {
      const { key, client, accountId } = await enterHolder();
      await refusedAs('unauthenticated/passkey-unknown', enter(softKey()));
      pass(1);
      const second = softKey();
      await addKey(client, PERSON_PASSWORD, { key: second, proof: await proveBy(key, client, 'change') });
      await enter(second);
      const { securityKeys } = await client.call('second-factor:read');
      await client.call('security-key:remove', {
        params: { keyId: securityKeys[1]?.keyId ?? '' },
        body: { password: PERSON_PASSWORD, proof: await proveBy(key, client, 'change') },
      });
      await refusedAs('unauthenticated/passkey-unknown', enter(second));
      const { admin } = await enterTwoAdministrators(server);
      await admin.call('person:disable', { params: { accountId }, body: { reason: '离职' } });
      await refusedAs('unauthenticated/passkey-unknown', enter(key));
      await admin.call('person:reactivate', { params: { accountId } });
      await enter(key);
      await admin.call('person:reset-factor', { params: { accountId }, body: { reason: '手机丢失' } });
      await refusedAs('unauthenticated/passkey-unknown', enter(key));
    });

    it('[SI6] a copied key is refused; wrong passkeys lock passkeys alone, wrong codes codes alone, wrong passwords neither', async () => {
      const { key, login, accountId, client, recoveryCodes } = await enterHolder();
      key.counter = 7;
      await enter(key);
      key.counter = 3;
      await refusedAs('forbidden/security-key-counter', enter(key));
      const copied = (await server.database.read.audit.list({ limit: 50 })).filter(
        ({ action, subjectId }) => action === 'security-key:copied' && subjectId === accountId,
      );
      assert.equal(copied.length, 1);
      key.counter = 9;
      for (let guess = 0; guess < 5; guess += 1)
        await refusedAs('unauthenticated/wrong-password', signIn(server.url, login, 'a wrong one'));
      await refusedAs('rate-limited/account-locked', signIn(server.url, login, PERSON_PASSWORD));
      await enter(key);

      for (let guess = 0; guess < 5; guess += 1)
        await refusedAs('forbidden/security-key-wrong', enter(key, { isVerified: false }));
      await refusedAs('rate-limited/second-factor-locked', enter(key));
      assert.deepEqual((await kindsOf(client)).slice(0, 2), ['locked', 'passkey-refused']);
      pass(LOCK_S);
      await enter(key);

      // Whoever knows no password, and so has passkeys alone to try, keeps nobody from the second step.
      const pending = await beginSignIn(server.url, login, PERSON_PASSWORD);
      for (let guess = 0; guess < 5; guess += 1)
        await refusedAs('forbidden/security-key-wrong', enter(key, { isVerified: false }));
      await refusedAs('rate-limited/second-factor-locked', enter(key));
      await confirmSignIn(pending, { kind: 'recovery-code', code: recoveryCodes[0] });
      pass(LOCK_S);
      const guessing = await beginSignIn(server.url, login, PERSON_PASSWORD);
      const wrong = { kind: 'recovery-code', code: 'AAAA-AAAA-AA' };
      for (let guess = 0; guess < 5; guess += 1)
        await refusedAs('forbidden/recovery-code-wrong', confirmSignIn(guessing, wrong));
      const [, next] = recoveryCodes;
      await refusedAs(
        'rate-limited/second-factor-locked',
        beginSignIn(server.url, login, PERSON_PASSWORD).then((begun) =>
          confirmSignIn(begun, { kind: 'recovery-code', code: next }),
        ),
      );
      await enter(key);
    });

    it('[SI6] an address asks and answers so often in a minute, then it waits', async () => {
      pass(600);
      const asked = await Promise.allSettled(Array.from({ length: 125 }, () => askPasskey(url())));
      assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 120);
      await refusedAs('rate-limited', askPasskey(url()));
      pass(60);
      await askPasskey(url());
    });
  });
