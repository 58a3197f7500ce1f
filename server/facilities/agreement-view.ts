import { agreementActions } from '../access/administration.ts';
import {
  type AgreementDetail,
  type AgreementDraft,
  type AgreementLine,
  AgreementSide,
  type FacilityView,
} from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import type { Stores } from '../store/stores.ts';
import { type Agreement, daysLeft, isSigned, periodOf, stateOf } from './agreement.ts';
import { toFacilityView } from './facility.ts';
import type { Scope } from './scope.ts';

/** The last day on which an instant before `to` lies. */
const lastDay = (to: string): string => chinaDate(new Date(Date.parse(to) - 1));

export const facilityOf = (agreement: Agreement, side: AgreementSide): string =>
  side === 'inviting' ? agreement.invitingFacilityId : agreement.invitedFacilityId;

export function toDraft(agreement: Agreement): AgreementDraft {
  const { validFrom, validTo, services, responseTimes, liabilityText } = agreement;
  return { fromDay: chinaDate(new Date(validFrom)), toDay: lastDay(validTo), services, responseTimes, liabilityText };
}

/** A line of the table. `named`: both facilities by id; `isFollowed`: a signed successor takes over. */
export function toLine(
  agreement: Agreement,
  { named, isFollowed, at }: { named: ReadonlyMap<string, FacilityView>; isFollowed: boolean; at: Date },
): AgreementLine {
  const state = stateOf(agreement, at);
  const view = (side: AgreementSide) => {
    const found = named.get(facilityOf(agreement, side));
    if (!found) throw new Error(`no facility ${facilityOf(agreement, side)}`);
    return found;
  };
  return {
    agreementId: agreement.agreementId,
    inviting: view('inviting'),
    invited: view('invited'),
    fromDay: chinaDate(new Date(agreement.validFrom)),
    toDay: lastDay(periodOf(agreement).to),
    services: agreement.services,
    state,
    daysLeft: state === 'valid' && !isFollowed ? daysLeft(agreement, at) : null,
  };
}

/** The agreement as an administrator of one of its sides sees it. Whether they may is decided before. */
export async function toDetail(
  { accounts, facilities }: Pick<Stores, 'accounts' | 'facilities'>,
  agreement: Agreement,
  scope: Scope,
  at: Date,
): Promise<AgreementDetail> {
  const { agreementId, signatures, signedCopy, predecessorId, endedAt, endReason, version, changedAt } = agreement;
  const found = await facilities.findMany(AgreementSide.options.map((side) => facilityOf(agreement, side)));
  const named = new Map(found.map((one) => [one.facilityId, toFacilityView(one)]));
  const successor = await facilities.findSuccessor(agreementId);
  const signature = async (side: AgreementSide) => {
    const one = signatures[side];
    if (one === null) return null;
    if (one === true) return { name: '', at: agreement.validFrom };
    return { name: (await accounts.find(one.accountId))?.name ?? '', at: one.at };
  };
  const state = stateOf(agreement, at);
  return {
    ...toLine(agreement, { named, isFollowed: successor !== undefined && isSigned(successor), at }),
    draft: toDraft(agreement),
    signatures: { inviting: await signature('inviting'), invited: await signature('invited') },
    signedCopy,
    predecessorId,
    successorId: successor?.agreementId ?? null,
    endedAt,
    endReason,
    version,
    changedAt,
    actions: agreementActions(state),
    signableSides:
      state === 'draft'
        ? AgreementSide.options.filter((side) => signatures[side] === null && scope.has(facilityOf(agreement, side)))
        : [],
  };
}
