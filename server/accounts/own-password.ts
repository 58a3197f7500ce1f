import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { type ChangePasswordInput, Failure, type SetPasswordInput } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import { LOCK_AFTER_ATTEMPTS, LOCK_MS } from './lockout.ts';
import { getOpenLink, useLink } from './one-time-link.ts';
import { attemptKey, loginKeyOf } from './origin.ts';
import { hashPassword, isPasswordRight } from './password.ts';
import { requireGoodPassword } from './password-rules.ts';
import type { PeopleParts, PeopleStores } from './people.ts';
import { resealSigningKey } from './signing.ts';
import type { Account } from './store.ts';

async function ownerOf({ facilities }: Pick<PeopleStores, 'facilities'>, { login, name, facilityId }: Account) {
  return { login, name, facilityName: (await facilities.find(facilityId))?.name ?? '' };
}

/**
 * The password that the holder of a one-time link has chosen. Whoever was signed in with the old one is out; the key that it sealed is
 * forgotten, and what that signed stays valid.
 * @throws Failure as `getOpenLink` and `requireGoodPassword`
 */
export async function setPassword(
  { work, tellEnded }: PeopleParts,
  { secret, password }: SetPasswordInput,
  { requestId, at, browser }: { requestId: string; at: Date; browser: string | null },
): Promise<{ login: string }> {
  const link = await getOpenLink(work.read, secret, at);
  const account = link.accountId === null ? undefined : await work.read.accounts.find(link.accountId);
  if (!account?.isActive) throw new Failure('not-found', 'no such link', { reason: 'link-unknown' });
  await requireGoodPassword(work.read, password, await ownerOf(work.read, account), 'password');
  const passwordHash = await hashPassword(password);
  const { accountId, login } = account;
  const ended = await work.write(async (stores) => {
    await recordAct(
      stores.audit,
      { caller: account, requestId, at },
      {
        action: 'password:set',
        subjectKind: 'account',
        subjectId: accountId,
        detail: { linkId: link.linkId, madeBy: link.madeBy, ...(browser && { browser }) },
      },
    );
    await useLink(stores, link, at);
    await stores.accounts.setPassword(accountId, passwordHash);
    await stores.accounts.retireSigningKey(accountId, at.toISOString());
    await stores.attempts.clearLogin(loginKeyOf(login));
    return stores.accounts.deleteSessions(accountId);
  });
  tellEnded(ended, 'signed-out');
  return { login };
}

/**
 * All other sessions end. The signing key is sealed anew: the same person goes on signing with the same key.
 * @throws Failure forbidden / old-password or demo-account, rate-limited after as many wrong ones as lock a sign-in
 */
export async function changePassword(
  { work, tellEnded }: PeopleParts,
  asked: Asked,
  { oldPassword, newPassword }: ChangePasswordInput,
): Promise<void> {
  const { caller, at } = asked;
  const { accountId } = caller;
  const account = await work.read.accounts.find(accountId);
  if (!account) throw new Error('a session without an account');
  if (account.isDemo)
    throw new Failure('forbidden', 'the password of a demo account stays', { reason: 'demo-account' });
  await requireOwnPassword(work, account, { typed: oldPassword, at, reason: 'old-password', field: 'oldPassword' });
  if (newPassword === oldPassword)
    throw new Failure('invalid-message', 'it is the same', { reason: 'password-unchanged', fields: ['newPassword'] });
  await requireGoodPassword(work.read, newPassword, await ownerOf(work.read, account), 'newPassword');
  const key = await work.read.accounts.findSigningKey(accountId);
  const sealed = key && (await resealSigningKey(key, oldPassword, newPassword));
  const passwordHash = await hashPassword(newPassword);
  const ended = await work.write(async (stores) => {
    await recordAct(stores.audit, asked, {
      action: 'password:change',
      subjectKind: 'account',
      subjectId: accountId,
    });
    const now = await stores.accounts.find(accountId);
    const keyNow = await stores.accounts.findSigningKey(accountId);
    if (now?.passwordHash !== account.passwordHash || keyNow?.sealedPrivateKey !== key?.sealedPrivateKey)
      throw new Failure('conflict', 'the password was changed meanwhile', { reason: 'version-outdated' });
    await stores.accounts.setPassword(accountId, passwordHash);
    if (key && sealed) await stores.accounts.resealSigningKey(key.keyId, sealed);
    return stores.accounts.deleteSessions(accountId, caller.sessionId);
  });
  tellEnded(ended, 'signed-out');
}

/**
 * A window that was left open is no place to guess passwords at.
 * @throws Failure forbidden with the reason, rate-limited after as many wrong ones as lock a sign-in
 */
export async function requireOwnPassword(
  work: Work<'attempts'>,
  { accountId, login, passwordHash }: Account,
  { typed, at, reason, field }: { typed: string; at: Date; reason: 'old-password' | 'own-password'; field: string },
): Promise<void> {
  const key = attemptKey('own-password', accountId);
  const { lockedS } = await work.write(({ attempts }) =>
    attempts.take(key, { at, loginKey: loginKeyOf(login), accountId, most: LOCK_AFTER_ATTEMPTS, lockMs: LOCK_MS }),
  );
  if (lockedS > 0) throw new Failure('rate-limited', 'too many wrong passwords', { retryAfterS: lockedS });
  if (!(await isPasswordRight(passwordHash, typed)))
    throw new Failure('forbidden', 'the password is wrong', { reason, fields: [field] });
  await work.write(({ attempts }) => attempts.clear([key]));
}
