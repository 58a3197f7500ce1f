import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { Failure } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import { LOCK_AFTER_ATTEMPTS } from './lockout.ts';
import { attemptKey, loginKeyOf } from './origin.ts';
import { isPasswordRight } from './password.ts';
import { createSigningKey, type Signer, unlockSigner } from './signing.ts';
import type { SigningKey } from './store.ts';

/** Undoes what the slower of two signatures has begun. */
const ANOTHER_WAS_QUICKER = new Error('another request has made the key');

/** A window that was left open is no place to guess passwords at. Shorter than at a sign-in: whoever signs is at work. */
const SIGNING_LOCK_MS = 5 * 60_000;

/**
 * The caller's key, opened. Attempts are counted before they are checked, so that guesses made at once, or at several servers, count too.
 * @throws Failure forbidden / signature-password, rate-limited after five wrong ones
 */
export async function openSigner(
  work: Work<'accounts' | 'attempts' | 'audit'>,
  asked: Asked,
  password: string,
): Promise<Signer> {
  const { accountId } = asked.caller;
  const account = await work.read.accounts.find(accountId);
  if (!account) throw wrongPassword();
  const attempt = attemptKey('signature', accountId);
  const rule = { at: asked.at, loginKey: loginKeyOf(account.login), accountId };
  const { lockedS } = await work.write(({ attempts }) =>
    attempts.take(attempt, { ...rule, most: LOCK_AFTER_ATTEMPTS, lockMs: SIGNING_LOCK_MS }),
  );
  if (lockedS > 0) throw new Failure('rate-limited', 'too many wrong passwords', { retryAfterS: lockedS });
  const signer = await unlockOrMake(work, asked, password);
  await work.write(({ attempts }) => attempts.clear([attempt]));
  return signer;
}

/**
 * A key is made at its owner's first signature, and again at the first after a reset: what is sealed under a
 * password that is gone, nobody opens any more.
 */
async function unlockOrMake(work: Work<'accounts' | 'audit'>, asked: Asked, password: string): Promise<Signer> {
  const { accountId } = asked.caller;
  let key = await work.read.accounts.findSigningKey(accountId);
  try {
    key ??= await makeKey(work, asked, password);
  } catch (err) {
    if (err !== ANOTHER_WAS_QUICKER) throw err;
    key = await work.read.accounts.findSigningKey(accountId);
  }
  if (!key) throw wrongPassword();
  return unlockSigner(key, password);
}

async function makeKey(work: Work<'accounts' | 'audit'>, asked: Asked, password: string): Promise<SigningKey> {
  const { caller, at } = asked;
  const account = await work.read.accounts.find(caller.accountId);
  if (!account || !(await isPasswordRight(account.passwordHash, password))) throw wrongPassword();
  const made = await createSigningKey(caller.accountId, password, randomUUID(), at.toISOString());
  return work.write(async ({ accounts, audit }) => {
    // First: of two signatures at once the slower waits here, and finds the key that the other made.
    await recordAct(audit, asked, {
      action: 'signing-key:make',
      subjectKind: 'account',
      subjectId: caller.accountId,
      detail: { publicKey: made.publicKey },
    });
    const now = await accounts.find(caller.accountId);
    // Whoever reset the password meanwhile would have a key that theirs does not open.
    if (now?.passwordHash !== account.passwordHash) throw wrongPassword();
    if (await accounts.findSigningKey(caller.accountId)) throw ANOTHER_WAS_QUICKER;
    await accounts.insertSigningKey(made);
    return made;
  });
}

function wrongPassword(): Failure {
  return new Failure('forbidden', 'the password is not the signer’s', { reason: 'signature-password' });
}
