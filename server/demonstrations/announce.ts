import { findPeople } from '../accounts/person.ts';
import type { DemonstrationNoticeKind } from '../contract/index.ts';
import { upwardsFrom } from '../facilities/tree.ts';
import { postDemonstrationNotices } from '../notices/demonstration-notice.ts';
import type { Demonstration } from './demonstration.ts';
import { listStanding } from './facts.ts';
import type { DemonstrationParts, DemonstrationStores } from './parts.ts';

export interface Announcement {
  /** What happened, for the history of everybody whom it concerns but whoever did it. */
  happened?: {
    kind: DemonstrationNoticeKind;
    by: string | null;
    /** Left out: whom the kind is for. */
    to?: Place[] | undefined;
  };
}

export interface Place {
  accountId: string;
  facilityId: string;
}

/** Of the surgeon, the seats and whoever enrolled: in which appointments it concerns them. */
interface Concerned {
  staff: Place[];
  signers: { theatre: Place[]; ethics: Place[] };
  enrolled: Place[];
}

function concernedBy({ seats, surgeonId, facilityId }: Demonstration, enrolled: Place[]): Concerned {
  const of = (seat: string) => seats.filter((one) => one.seat === seat);
  return {
    staff: [{ accountId: surgeonId, facilityId }, ...seats],
    signers: { theatre: of('theatre-signer'), ethics: of('ethics-signer') },
    enrolled,
  };
}

/** Who is told of what. Signers are asked for what they have not signed yet. */
function whomToTell(kind: DemonstrationNoticeKind, demonstration: Demonstration, concerned: Concerned): Place[] {
  const { staff, signers, enrolled } = concerned;
  const { signOffs, createdBy, facilityId } = demonstration;
  switch (kind) {
    case 'demonstration-sign-off-asked':
      return [...(signOffs.theatre ? [] : signers.theatre), ...(signOffs.ethics ? [] : signers.ethics)];
    case 'demonstration-sent-back':
      return [staff[0], { accountId: createdBy, facilityId }].flatMap((one) => one ?? []);
    case 'demonstration-approved':
      return [...staff, { accountId: createdBy, facilityId }];
    default:
      return [...staff, ...enrolled];
  }
}

/** Who prepares it where it takes place, and all who may credit those who watched: administrators there and above. */
async function listOffices(
  { accounts, facilities }: Pick<DemonstrationStores, 'accounts' | 'facilities'>,
  home: string,
  at: Date,
): Promise<{ accountId: string; appointmentId: string }[]> {
  const offices = await accounts.listAppointed(home, ['coordinator'], at);
  for (const facilityId of upwardsFrom(await facilities.listNodes(), home))
    offices.push(...(await accounts.listAppointed(facilityId, ['facility-admin'], at)));
  return offices;
}

/**
 * After the commit: windows of all whom it concerns ask anew, and what happened is kept for them. A failure here is logged and not
 * answered: what was asked for has been done.
 */
export async function announceDemonstration(
  { work, notify, clock, log }: Pick<DemonstrationParts, 'work' | 'notify' | 'clock' | 'log'>,
  demonstration: Demonstration,
  { happened }: Announcement = {},
): Promise<void> {
  const { demonstrationId } = demonstration;
  try {
    const at = clock();
    const concerned = concernedBy(demonstration, await listEnrolled(work.read, demonstrationId));
    const offices = await listOffices(work.read, demonstration.facilityId, at);
    const everybody = [...concerned.staff, ...concerned.enrolled];
    const windows = await appointmentsOf(work.read, everybody, at);
    const meant = happened ? (happened.to ?? whomToTell(happened.kind, demonstration, concerned)) : [];
    const told = meant.filter(({ accountId }) => accountId !== happened?.by);
    const to = await appointmentsOf(work.read, told, at);
    notify.toAppointments([...windows, ...offices, ...to], 'demonstration:changed', { demonstrationId });
    if (!happened) return;
    const by = happened.by === null ? undefined : (await findPeople(work.read, [happened.by])).get(happened.by);
    await postDemonstrationNotices({ work, notify }, demonstration, happened.kind, { by, to, at });
  } catch (err) {
    log.error({ err, demonstrationId }, 'a change of a demonstration was not announced');
  }
}

async function listEnrolled(
  { demonstrations }: Pick<DemonstrationStores, 'demonstrations'>,
  demonstrationId: string,
): Promise<Place[]> {
  return (await demonstrations.listEnrolments(demonstrationId)).filter(({ withdrawnAt }) => withdrawnAt === null);
}

/** Each once, where they are appointed there now. */
export async function appointmentsOf(
  stores: Pick<DemonstrationStores, 'accounts'>,
  places: readonly Place[],
  at: Date,
): Promise<{ accountId: string; appointmentId: string }[]> {
  const standing = await listStanding(stores, [...new Set(places.map(({ accountId }) => accountId))], at);
  return standing.filter((one) =>
    places.some(({ accountId, facilityId }) => accountId === one.accountId && facilityId === one.facilityId),
  );
}

/** Everybody who is told when it begins. */
export const peopleOf = (demonstration: Demonstration, enrolled: Place[]): Place[] => {
  const { staff } = concernedBy(demonstration, enrolled);
  return [...staff, ...enrolled];
};
