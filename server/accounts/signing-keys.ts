import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { Failure } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import { isPasswordRight } from './password.ts';
import { createSigningKey, type Signer, unlockSigner } from './signing.ts';
import type { SigningKey } from './store.ts';

/** Undoes what the slower of two signatures has begun. */
const ANOTHER_WAS_QUICKER = new Error('another request has made the key');

/**
 * The caller's key, opened. It is made at their first signature, and again at the first after a reset: what is sealed under a
 * password that is gone, nobody opens any more.
 * @throws Failure forbidden / signature-password
 */
export async function openSigner(work: Work<'accounts' | 'audit'>, asked: Asked, password: string): Promise<Signer> {
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
