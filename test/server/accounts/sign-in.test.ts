import assert from 'node:assert/strict';
import { createSessions } from '../../../server/accounts/sessions.ts';
import { createSignIn, type SignIn } from '../../../server/accounts/sign-in.ts';
import type { Database } from '../../../server/database/database.ts';
import { DEMO_PASSWORD, mainPeople } from '../../../server/demo/network.ts';
import { demoPeople } from '../../../server/demo/people.ts';
import { findDemoAccounts, seedDemo } from '../../../server/demo/seed.ts';
import { cheapenSignIn } from '../../support/demo-network.ts';
import { eachDatabase } from '../../support/each-database.ts';

const MINUTE_MS = 60_000;

/** @param isDear whether a guess costs what it costs in a hospital. */
async function world(open: () => Promise<Database>, { isDear = false } = {}) {
  const database = await open();
  let now = new Date('2026-03-04T05:06:07.000Z');
  const clock = () => now;
  await seedDemo(database, now);
  if (!isDear) await cheapenSignIn(database);
  const checkSignIn = createSignIn({ work: database, clock, isBarred: () => false });
  return {
    database,
    signIn: async (...asked: Parameters<SignIn>) => (await checkSignIn(...asked)).account,
    sessions: createSessions({
      work: database,
      clock,
      isBarred: () => false,
      bounds: { idleMs: 30 * MINUTE_MS, absoluteMs: 600 * MINUTE_MS },
    }),
    pass: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
  };
}

const attempt = (account: string, password: string) => ({ account, password });

eachDatabase('signing in', (open) => {
  it('lets the demo people in with the password that the sign-in page shows, and seeds only once', async () => {
    const { database, signIn } = await world(open);
    assert.equal(await seedDemo(database, new Date()), false);
    const accounts = await findDemoAccounts(database.read);
    assert.equal(accounts.length, demoPeople.length);
    assert.deepEqual(
      accounts.filter(({ isMain }) => isMain).map(({ account }) => account),
      mainPeople.map(({ login }) => login),
    );
    const account = await signIn(attempt('county-doctor', DEMO_PASSWORD), { address: '10.0.0.1' }, 'request');
    assert.equal(account.role, 'physician');
  });

  it('locks an account after five wrong passwords, even guessed in parallel, says for how long, and opens it again', async () => {
    const { signIn, pass } = await world(open);
    const guesses = await Promise.allSettled(
      [1, 2, 3, 4, 5].map((guess) =>
        signIn(attempt('specialist', `guess ${guess}`), { address: '10.0.0.1' }, 'request'),
      ),
    );
    assert.ok(guesses.every((guess) => guess.status === 'rejected' && guess.reason.reason === 'wrong-password'));
    await assert.rejects(signIn(attempt('specialist', DEMO_PASSWORD), { address: '10.0.0.1' }, 'request'), {
      code: 'rate-limited',
      reason: 'account-locked',
      retryAfterS: 900,
    });
    pass(15 * MINUTE_MS);
    assert.equal(
      (await signIn(attempt('specialist', DEMO_PASSWORD), { address: '10.0.0.1' }, 'request')).login,
      'specialist',
    );
  });

  it('forgets wrong passwords once the right one was given', async () => {
    const { signIn } = await world(open);
    for (const round of [1, 2, 3]) {
      for (const guess of [1, 2, 3, 4])
        await assert.rejects(signIn(attempt('surgeon', `${round} ${guess}`), { address: '10.0.0.1' }, 'request'), {
          reason: 'wrong-password',
        });
      await signIn(attempt('surgeon', DEMO_PASSWORD), { address: '10.0.0.1' }, 'request');
    }
  });

  it('[SI2] answers names that do not exist like names that do, lock included, and as slowly', async () => {
    const { signIn } = await world(open, { isDear: true });
    const tell = async (account: string) => {
      const answers: unknown[] = [];
      const tookMs: number[] = [];
      for (let guess = 1; guess <= 7; guess += 1) {
        const started = performance.now();
        await signIn(attempt(account, `${guess}`), { address: '10.0.0.1' }, 'request').catch(
          ({ code, reason, message, retryAfterS }) => answers.push({ code, reason, message, retryAfterS }),
        );
        tookMs.push(performance.now() - started);
      }
      return { answers, guessMs: tookMs.slice(0, 5), lockedMs: tookMs.slice(5) };
    };
    const known = await tell('surgeon');
    const unknown = await tell('nobody');
    assert.deepEqual(unknown.answers, known.answers);
    assert.deepEqual(
      known.answers.map((one) => (one as { reason: string }).reason),
      [...Array(5).fill('wrong-password'), 'account-locked', 'account-locked'],
    );
    // A lock that is answered without hashing is told from a guess by a factor of thirty.
    for (const { guessMs, lockedMs } of [known, unknown])
      assert.ok(Math.min(...lockedMs) > Math.min(...guessMs) / 3, `${lockedMs} against ${guessMs}`);
  });

  it('[SI2] does not let a stranger’s guesses lock the owner out of the usual computer or hospital', async () => {
    const { signIn, pass } = await world(open);
    const [device, password] = ['the secret of the usual computer', DEMO_PASSWORD];
    await signIn(attempt('specialist', password), { address: '10.0.0.1', device }, 'request');
    for (let stranger = 1; stranger <= 12; stranger += 1)
      for (let guess = 1; guess <= 5; guess += 1)
        await signIn(attempt('specialist', `${guess}`), { address: `192.0.2.${stranger}` }, 'request').catch(
          () => undefined,
        );
    const elsewhere = signIn(attempt('specialist', password), { address: '198.51.100.1' }, 'request');
    await assert.rejects(elsewhere, { reason: 'account-locked' }, 'sixty guesses from a dozen places are enough');
    const account = await signIn(attempt('specialist', password), { address: '203.0.113.9', device }, 'request');
    assert.equal(account.login, 'specialist', 'the usual computer, wherever it is');
    await signIn(attempt('specialist', password), { address: '10.0.0.1' }, 'request');
    // At the hospital's one address a guesser locks that address, not the computers that are known.
    for (let guess = 1; guess <= 5; guess += 1)
      await signIn(attempt('specialist', `${guess}`), { address: '10.0.0.1' }, 'request').catch(() => undefined);
    await signIn(attempt('specialist', password), { address: '10.0.0.1', device }, 'request');
    pass(15 * MINUTE_MS);
    await signIn(attempt('specialist', password), { address: '198.51.100.1' }, 'request');
  }).timeout(180_000);

  it('slows down an address that tries one name after the other', async () => {
    const { signIn } = await world(open);
    // People's names first: a guess at a name that nobody has costs here what it costs in a hospital.
    const names = [...demoPeople.map(({ login }) => login), 'name 1', 'name 2'];
    assert.ok(names.length > 45, `${names.length} names`);
    const tries = await Promise.allSettled(
      names.map((name) => signIn(attempt(name, 'x'), { address: '10.0.0.9' }, 'request')),
    );
    assert.ok(
      tries.some(
        (result) =>
          result.status === 'rejected' && result.reason.code === 'rate-limited' && result.reason.reason === undefined,
      ),
    );
  }).timeout(180_000);

  it('ends a session that is not used, and every session after its time, but not one in use', async () => {
    const { signIn, sessions, pass } = await world(open);
    const account = await signIn(attempt('county-doctor', DEMO_PASSWORD), { address: '10.0.0.1' }, 'request');
    const used = await sessions.open(account, 'browser', 'request');
    const unused = await sessions.open(account, 'browser', 'request');
    for (let minutes = 0; minutes < 580; minutes += 20) {
      pass(20 * MINUTE_MS);
      assert.equal((await sessions.authenticate(used.secret, 'browser')).accountId, account.accountId);
    }
    await assert.rejects(sessions.authenticate(unused.secret, 'browser'), {
      code: 'unauthenticated',
      reason: 'session-expired',
    });
    pass(20 * MINUTE_MS);
    await assert.rejects(sessions.authenticate(used.secret, 'browser'), {
      code: 'unauthenticated',
      reason: 'session-expired',
    });
  });

  it('signs a person out everywhere at once and tells their other windows', async () => {
    const { signIn, sessions } = await world(open);
    const account = await signIn(attempt('county-doctor', DEMO_PASSWORD), { address: '10.0.0.1' }, 'request');
    const [here, there] = [
      await sessions.open(account, 'browser', 'request'),
      await sessions.open(account, 'machine', 'request'),
    ];
    const ended: string[] = [];
    sessions.onEnded((sessionIds) => ended.push(...sessionIds));
    await sessions.closeAll(await sessions.authenticate(here.secret, 'browser'), 'request');
    assert.deepEqual(ended.toSorted(), [here.session.sessionId, there.session.sessionId].toSorted());
    for (const [{ secret }, kind] of [
      [here, 'browser'],
      [there, 'machine'],
    ] as const)
      await assert.rejects(sessions.authenticate(secret, kind), { code: 'unauthenticated' });
  });

  it('ends the tokens of a machine, too, when its account is closed', async () => {
    const { database, signIn, sessions } = await world(open);
    const account = await signIn(attempt('specialist', DEMO_PASSWORD), { address: '10.0.0.1' }, 'request');
    const token = await sessions.open(account, 'machine', 'request');
    assert.equal((await sessions.authenticate(token.secret, 'machine')).accountId, account.accountId);
    await database.query("UPDATE account SET isActive = 0 WHERE login = 'specialist'");
    await assert.rejects(sessions.authenticate(token.secret, 'machine'), { code: 'unauthenticated' });
    assert.equal(await sessions.isOpen(token.session.sessionId), false);
    assert.equal((await sessions.findCallers([token.session.sessionId])).size, 0);
  });
});
