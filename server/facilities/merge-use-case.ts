import type { Asked } from '../access/asked.ts';
import { changesOf } from '../audit/changes.ts';
import { recordAct } from '../audit/record.ts';
import type { FacilityDetail, FacilityView } from '../contract/index.ts';
import { Failure } from '../contract/index.ts';
import type { Stores, Work } from '../store/stores.ts';
import { type Agreement, isSigned, overlap, periodOf } from './agreement.ts';
import { facilityIdsOf, withSuccessor } from './alliance.ts';
import { type Facility, merged, moved, requireVersion, toFacilityView } from './facility.ts';
import { recordFacility, replaceFacility, requireReason } from './facility-use-cases.ts';
import { toDetail } from './facility-view.ts';
import { getAdministered, getFacilityFor } from './scope.ts';
import { requireNoCircle } from './tree.ts';

export type MergerStores = Pick<
  Stores,
  'accounts' | 'audit' | 'consents' | 'consultations' | 'demonstrations' | 'facilities'
>;

export interface MergerParts {
  work: Work<'accounts' | 'audit' | 'consents' | 'consultations' | 'demonstrations' | 'facilities'>;
  /** Its cases go over, in the same transaction. @returns the open ones. */
  takeOverCases(stores: MergerStores, asked: Asked, from: FacilityView, to: FacilityView): Promise<string[]>;
  /** After the commit: everybody sees these cases as they are now. */
  announceCases(consultationIds: string[]): Promise<void>;
}

/**
 * A facility becomes part of another one, which the caller administers too. People, open cases, agreements, alliances and what
 * lies below go over; closed cases and signed reports keep the old name. Its administrators stay behind with nothing to
 * administer: the other one's rights are not theirs.
 * @throws Failure not-found, conflict / facility-circular where the other one lies below it
 */
export async function mergeFacility(
  { work, takeOverCases, announceCases }: MergerParts,
  asked: Asked,
  facilityId: string,
  { version, intoId, reason }: { version: number; intoId: string; reason: string },
): Promise<FacilityDetail> {
  requireReason(reason);
  const { caller, at } = asked;
  const { detail, consultationIds } = await work.write(async (stores) => {
    const { facility, standing, nodes } = await getFacilityFor(stores, caller, facilityId, 'merge');
    requireVersion(facility, version);
    const { facility: into } = await getAdministered(stores, caller, intoId);
    requireNoCircle(nodes, facilityId, intoId);
    if (into.status !== 'active')
      throw new Failure('conflict', 'the other one is closed', { reason: 'facility-closed' });
    await moveWhatIsBelow(
      stores,
      asked,
      nodes.filter(({ parentId }) => parentId === facilityId),
      intoId,
    );
    await handOverPeople(stores, asked, facilityId, intoId);
    await stores.demonstrations.moveFacility(facilityId, intoId);
    await handOverAgreements(stores, asked, facilityId, intoId);
    await handOverAlliances(stores, asked, facilityId, intoId);
    const ids = await takeOverCases(stores, asked, toFacilityView(facility), toFacilityView(into));
    const next = { ...merged(facility, intoId, reason, at), parentId: intoId };
    await replaceFacility(stores, next);
    const changes = changesOf(
      { status: facility.status, mergedIntoId: facility.mergedIntoId },
      { status: next.status, mergedIntoId: next.mergedIntoId },
    );
    await recordFacility(stores, asked, 'facility:merge', next, { changes, reason });
    return { detail: await toDetail(stores, next, standing), consultationIds: ids };
  });
  await announceCases(consultationIds);
  return detail;
}

async function moveWhatIsBelow(
  stores: Pick<Stores, 'audit' | 'facilities'>,
  asked: Asked,
  children: readonly { facilityId: string }[],
  parentId: string,
): Promise<void> {
  const facilities: Facility[] = await stores.facilities.findMany(children.map(({ facilityId }) => facilityId));
  for (const child of facilities) {
    const next = moved(child, parentId, asked.at);
    await replaceFacility(stores, next);
    const changes = changesOf({ parentId: child.parentId }, { parentId });
    await recordFacility(stores, asked, 'facility:move', next, { changes });
  }
}

/** In each person's history too. */
async function handOverPeople(
  { accounts, audit }: Pick<Stores, 'accounts' | 'audit'>,
  asked: Asked,
  from: string,
  to: string,
): Promise<void> {
  for (const { appointmentId, accountId } of await accounts.moveAppointments(from, to, 'facility-admin'))
    await recordAct(audit, asked, {
      action: 'appointment:take-over',
      subjectKind: 'appointment',
      subjectId: appointmentId,
      detail: { accountId, changes: changesOf({ facilityId: from }, { facilityId: to }) },
    });
}

/**
 * The successor takes the merged one's place (Civil Code of the PRC, article 67). What would bind it to itself, or a second time at
 * the same time, ends.
 */
async function handOverAgreements(
  { audit, facilities }: Pick<Stores, 'audit' | 'facilities'>,
  asked: Asked,
  from: string,
  to: string,
): Promise<void> {
  const instant = asked.at.toISOString();
  const ofSuccessor = await facilities.listAgreementsOf([to]);
  for (const agreement of await facilities.listAgreementsOf([from])) {
    // What is over stays as it was.
    if (periodOf(agreement).to <= instant) continue;
    const side = (id: string) => (id === from ? to : id);
    const next: Agreement = {
      ...agreement,
      invitingFacilityId: side(agreement.invitingFacilityId),
      invitedFacilityId: side(agreement.invitedFacilityId),
      version: agreement.version + 1,
      changedAt: instant,
    };
    const isSecond = ofSuccessor.some(
      (other) =>
        other.invitingFacilityId === next.invitingFacilityId &&
        other.invitedFacilityId === next.invitedFacilityId &&
        isSigned(other) &&
        overlap(periodOf(other), periodOf(next)),
    );
    const ends = next.invitingFacilityId === next.invitedFacilityId || isSecond;
    const kept = ends ? { ...agreement, endedAt: instant, version: next.version, changedAt: instant } : next;
    // A draft that would bind nobody is nothing to keep.
    if (ends && !isSigned(agreement)) await facilities.deleteAgreement(agreement.agreementId);
    else await facilities.replaceAgreement(kept, agreement.version);
    await recordAct(audit, asked, {
      action: 'agreement:take-over',
      subjectKind: 'agreement',
      subjectId: agreement.agreementId,
      detail: { changes: changesOf(partiesOf(agreement), partiesOf(kept)) },
    });
  }
}

const partiesOf = ({ invitingFacilityId, invitedFacilityId, endedAt }: Agreement) => ({
  invitingFacilityId,
  invitedFacilityId,
  endedAt,
});

async function handOverAlliances(
  { audit, facilities }: Pick<Stores, 'audit' | 'facilities'>,
  asked: Asked,
  from: string,
  to: string,
): Promise<void> {
  for (const alliance of await facilities.listAlliances()) {
    if (!facilityIdsOf(alliance).includes(from)) continue;
    const next = {
      ...withSuccessor(alliance, from, to),
      version: alliance.version + 1,
      changedAt: asked.at.toISOString(),
    };
    await facilities.replaceAlliance(next, alliance.version);
    await recordAct(audit, asked, {
      action: 'alliance:take-over',
      subjectKind: 'alliance',
      subjectId: alliance.allianceId,
      detail: {
        changes: changesOf(
          { hubId: alliance.hubId, members: alliance.members },
          { hubId: next.hubId, members: next.members },
        ),
      },
    });
  }
}
