import type { WithdrawConsentInput } from '../contract/index.ts';
import { standingScopes } from '../patients/consented-scopes.ts';
import type { Consent, StoredWithdrawal } from './store.ts';

/** What has to be written down where these scopes are taken back: one line for each consent that gives one of them. */
export function withdrawalsOf(
  consents: readonly Consent[],
  { scopes, askedBy, askedByName, reason }: WithdrawConsentInput,
  { byAccountId, at }: { byAccountId: string; at: Date },
): StoredWithdrawal[] {
  return consents.flatMap((one) =>
    standingScopes(one)
      .filter((scope) => scopes.includes(scope))
      .map((scope) => ({
        consentId: one.consentId,
        scope,
        askedBy,
        askedByName,
        reason,
        byAccountId,
        at: at.toISOString(),
      })),
  );
}
