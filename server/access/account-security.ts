import { type AccountSecurityAction, Failure, type PersonState, type Role } from '../contract/index.ts';
import type { Actor } from './may.ts';
import { permissionsOf } from './may.ts';
import { isPlatformRole } from './platform-roles.ts';

/** What the rules need to know of an account. */
export interface SecuredAccount {
  accountId: string;
  /** Of the main appointment: whoever holds one of the three offices holds no other role. */
  role: Role;
  state: PersonState;
  hasSecondFactor: boolean;
  isLocked: boolean;
}

/** Whoever took the second factor off a colleague of the three could come near their office: that is left to the operator. */
function isEverAllowed(
  action: AccountSecurityAction,
  actor: Pick<Actor, 'accountId'>,
  account: SecuredAccount,
): boolean {
  return action === 'unlock' || (account.accountId !== actor.accountId && !isPlatformRole(account.role));
}

function isPossible(action: AccountSecurityAction, { state, hasSecondFactor, isLocked }: SecuredAccount): boolean {
  return action === 'unlock' ? isLocked : hasSecondFactor && state === 'active';
}

const ACTIONS: readonly AccountSecurityAction[] = ['unlock', 'reset-factor'];

export function accountSecurityActions(
  actor: Pick<Actor, 'accountId'>,
  account: SecuredAccount,
): AccountSecurityAction[] {
  return ACTIONS.filter((action) => isEverAllowed(action, actor, account) && isPossible(action, account));
}

/**
 * @param account undefined: there is none. @throws Failure not-found to whoever is no security administrator, forbidden where it is never
 * theirs, conflict / second-factor-unknown or state-not-allowed
 */
export function requireAccountSecurity(
  action: AccountSecurityAction,
  actor: Pick<Actor, 'accountId' | 'role' | 'onlyCaseId'>,
  account: SecuredAccount | undefined,
): asserts account is SecuredAccount {
  if (!account || !permissionsOf(actor).includes('account-security:manage'))
    throw new Failure('not-found', 'no such account');
  if (!isEverAllowed(action, actor, account)) throw new Failure('forbidden', `${action} is not allowed`);
  if (isPossible(action, account)) return;
  throw new Failure('conflict', `${action} is not possible`, {
    reason: action === 'reset-factor' && !account.hasSecondFactor ? 'second-factor-unknown' : 'state-not-allowed',
  });
}
