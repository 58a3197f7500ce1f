import { ConsentScope, type ConsentTextVersion, type ConsentScope as Scope } from '../contract/index.ts';

/** What a consent says of itself, for whoever asks whether it still holds. */
export interface GivenConsent {
  scopes: readonly Scope[];
  withdrawals: readonly { scope: Scope }[];
}

/** Scopes of one consent that were not taken back. */
export function standingScopes({ scopes, withdrawals }: GivenConsent): Scope[] {
  return scopes.filter((scope) => !withdrawals.some((one) => one.scope === scope));
}

/**
 * What the patient consents to now. Taking a scope back takes it out of every consent given until then; a later consent gives it again.
 * Whoever records a meeting, or shows a case for teaching, asks this.
 */
export function consentedScopes(consents: readonly GivenConsent[]): Scope[] {
  return ConsentScope.options.filter((scope) => consents.some((one) => standingScopes(one).includes(scope)));
}

/** Those before say nothing of an operation that is shown or recorded. */
const OF_THEATRE: readonly ConsentTextVersion[] = ['3'];

/** What the patient consents to now of an operation: by wordings alone that speak of one. */
export function theatreScopes(consents: readonly (GivenConsent & { textVersion: ConsentTextVersion })[]): Scope[] {
  return consentedScopes(consents.filter(({ textVersion }) => OF_THEATRE.includes(textVersion)));
}

/** Whether the patient took back what let the invited hospital see the case. */
export function isConsultWithdrawn(consents: readonly GivenConsent[]): boolean {
  return consents.length > 0 && !consentedScopes(consents).includes('consult');
}
