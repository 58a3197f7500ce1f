import { randomUUID } from 'node:crypto';
import { requireAgreementAction } from '../access/administration.ts';
import type { Asked } from '../access/asked.ts';
import { changesOf } from '../audit/changes.ts';
import type { AgreementDetail } from '../contract/index.ts';
import { type Agreement, periodOf, stateOf } from './agreement.ts';
import { type AgreementParts, getAgreement, record, requireBothActive } from './agreement-use-cases.ts';
import { toDetail } from './agreement-view.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * A draft that follows: the same text, as many days, from the day after the last one, or from now where that is past. Renewed again it is the
 * same draft.
 * @throws Failure not-found, conflict
 */
export async function renewAgreement(
  { work }: AgreementParts,
  asked: Asked,
  agreementId: string,
): Promise<AgreementDetail> {
  const { caller, at } = asked;
  return work.write(async (stores) => {
    const { agreement, scope } = await getAgreement(stores, caller, agreementId, { lock: true });
    requireAgreementAction('renew', stateOf(agreement, at));
    const known = await stores.facilities.findSuccessor(agreementId);
    if (known) return toDetail(stores, known, scope, at);
    await requireBothActive(stores, agreement);
    const next = successorOf(agreement, at);
    await stores.facilities.insertAgreement(next);
    await record(stores, asked, 'agreement:renew', next, changesOf({}, { predecessorId: agreementId }));
    return toDetail(stores, next, scope, at);
  });
}

/** Whole days, since a validity begins and ends at midnight in China; one of before there were days is rounded to them. */
export function successorOf(agreement: Agreement, at: Date): Agreement {
  const { to } = periodOf(agreement);
  const end = Math.max(Date.parse(to), at.getTime());
  const lengthMs =
    Math.max(1, Math.round((Date.parse(agreement.validTo) - Date.parse(agreement.validFrom)) / DAY_MS)) * DAY_MS;
  return {
    ...agreement,
    agreementId: randomUUID(),
    validFrom: new Date(end).toISOString(),
    validTo: new Date(end + lengthMs).toISOString(),
    signatures: { inviting: null, invited: null },
    signedCopy: null,
    predecessorId: agreement.agreementId,
    endedAt: null,
    endReason: '',
    version: 1,
    changedAt: at.toISOString(),
  };
}
