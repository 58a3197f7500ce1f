import type { ConsultationView } from '../../server/contract/consultation.ts';

/** When the patient took the consent to the consultation back, where nobody gave it again. */
export function consultWithdrawnAt({
  consents,
  consentedScopes,
}: Pick<ConsultationView, 'consents' | 'consentedScopes'>): string | undefined {
  if (consentedScopes.includes('consult')) return undefined;
  return consents.flatMap((one) => one.withdrawals.filter(({ scope }) => scope === 'consult')).at(-1)?.at;
}
