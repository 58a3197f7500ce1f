import type { Caller } from '../access/caller.ts';
import { type DemonstrationStanding, demonstrationActions } from '../access/demonstrations.ts';
import { findBasis } from '../access/may.ts';
import { findPeople } from '../accounts/person.ts';
import type {
  DemonstrationAction,
  DemonstrationLine,
  DemonstrationMaterial,
  DemonstrationOverlap,
  DemonstrationPlan,
  DemonstrationView,
  PersonView,
} from '../contract/index.ts';
import { toFacilityView } from '../facilities/facility.ts';
import { GRACE_MS } from './attendance.ts';
import { toPoints } from './credits/credit-views.ts';
import { type Demonstration, editableFields, type StoredSignOff, toDraft } from './demonstration.ts';
import type { FoundDemonstration } from './demonstration-access.ts';
import { isChecked, shownCount } from './facts.ts';
import { toLive } from './hall/live.ts';
import { mayCheck } from './material-check.ts';
import type { DemonstrationStores } from './parts.ts';
import { isFull } from './rules/guards.ts';

type NamingStores = Pick<DemonstrationStores, 'accounts' | 'facilities'>;

/** Of several demonstrations: who operates and where. */
export async function findPlaces(stores: NamingStores, demonstrations: readonly Demonstration[]) {
  const surgeons = new Map<string, PersonView>();
  for (const { surgeonId, facilityId } of demonstrations)
    for (const [id, person] of await findPeople(stores, [{ accountId: surgeonId, facilityId }]))
      surgeons.set(`${id} ${facilityId}`, person);
  const ids = [...new Set(demonstrations.map(({ facilityId }) => facilityId))];
  const facilities = new Map((await stores.facilities.findMany(ids)).map((one) => [one.facilityId, one]));
  return { surgeons, facilities };
}

/** What of a standing a line needs. */
type LineStanding = Pick<DemonstrationStanding, 'isEnrolled'> & {
  enrolledCount: number;
  actions: DemonstrationAction[];
};

export function toLine(
  demonstration: Demonstration,
  { surgeons, facilities }: Awaited<ReturnType<typeof findPlaces>>,
  { isEnrolled, enrolledCount, actions }: LineStanding,
): DemonstrationLine {
  const { demonstrationId, state, title, procedure, specialty, facilityId, surgeonId, startsAt, endsAt } =
    demonstration;
  const surgeon = surgeons.get(`${surgeonId} ${facilityId}`);
  const facility = facilities.get(facilityId);
  if (!surgeon || !facility) throw new Error('a demonstration names nobody');
  return {
    demonstrationId,
    state,
    title,
    procedure,
    specialty,
    facility: toFacilityView(facility),
    surgeon,
    startsAt,
    endsAt,
    isEnrolled,
    isFull: isFull(demonstration, { enrolledCount }),
    isEnrolmentClosed: demonstration.enrolmentClosedAt !== null,
    actions,
  };
}

/** The demonstration as the caller sees it. Whether they may see it is decided before. */
export async function toDemonstrationView(
  stores: DemonstrationStores,
  found: FoundDemonstration,
  caller: Caller,
  at: Date,
): Promise<DemonstrationView> {
  const { demonstration, standing } = found;
  const actions = demonstrationActions(standing);
  const places = await findPlaces(stores, [demonstration]);
  const { isEnrolled, facts } = standing;
  return {
    ...toLine(demonstration, places, { isEnrolled, enrolledCount: facts.enrolledCount, actions }),
    description: demonstration.description,
    requiredPercent: demonstration.requiredPercent,
    own: isEnrolled ? await findOwnResult(stores, demonstration, caller.accountId) : null,
    presentCount: await stores.demonstrations.countPresent(
      demonstration.demonstrationId,
      new Date(at.getTime() - GRACE_MS),
    ),
    live: actions.includes('join-hall') ? await toLive(stores, demonstration) : null,
    plan: actions.includes('read-plan') ? await toPlan(stores, found, caller, at) : null,
  };
}

async function findOwnResult(
  { credits }: Pick<DemonstrationStores, 'credits'>,
  { demonstrationId, assessment }: Demonstration,
  accountId: string,
): Promise<DemonstrationView['own']> {
  if (!assessment) return null;
  const assessed = (await credits.listAssessedOf(accountId)).find((one) => one.demonstrationId === demonstrationId);
  const credit = (await credits.listOf(accountId)).find((one) => one.demonstrationId === demonstrationId);
  return assessed ? { qualifies: assessed.qualifies, points: credit ? toPoints(credit.pointsTenths) : null } : null;
}

async function toPlan(
  stores: DemonstrationStores,
  { demonstration, facts, standing }: FoundDemonstration,
  caller: Caller,
  at: Date,
): Promise<DemonstrationPlan> {
  const { version, seats, materials, signOffs, askedAt, sentBackReason, reason, changedAt, facilityId } = demonstration;
  const people = await findPeople(stores, seats);
  const signers = await findPeople(
    stores,
    [signOffs.theatre, signOffs.ethics].flatMap((one) => (one ? [{ accountId: one.accountId, facilityId }] : [])),
  );
  const toSignOff = (one: StoredSignOff | null) => {
    const by = one && signers.get(one.accountId);
    return one && by ? { by, at: one.at } : null;
  };
  return {
    version,
    draft: toDraft(demonstration),
    editable: demonstrationActions(standing).includes('edit') ? editableFields(demonstration) : [],
    people: [...people.values()],
    audience: await nameAudience(stores, demonstration.audience),
    gaps: facts.gaps,
    consent: facts.consent,
    ...(await toCaseParts(stores, { demonstration, facts, standing }, caller, at)),
    shownCount: materials.length,
    checkedCount: materials.filter((one) => isChecked(one, facts.pictureCounts)).length,
    askedAt,
    sentBackReason,
    signOffs: { theatre: toSignOff(signOffs.theatre), ethics: toSignOff(signOffs.ethics) },
    overlaps: await findOverlaps(stores, demonstration),
    enrolledCount: standing.facts.enrolledCount,
    reason,
    changedAt,
  };
}

async function nameAudience(
  stores: NamingStores,
  audience: Demonstration['audience'],
): Promise<DemonstrationPlan['audience']> {
  const idsOf = (kind: string) => audience.filter((one) => one.kind === kind).map(({ id }) => id);
  const facilities = await stores.facilities.findMany(idsOf('facility'));
  const people = await findPeople(stores, idsOf('person'));
  const alliances = idsOf('alliance').length > 0 ? await stores.facilities.listAlliances() : [];
  const names = new Map([
    ...facilities.map(({ facilityId, name }) => [facilityId, name] as const),
    ...alliances.map(({ allianceId, name }) => [allianceId, name] as const),
    ...[...people.values()].map(
      ({ accountId, name, facilityName }) => [accountId, `${name} · ${facilityName}`] as const,
    ),
  ]);
  return audience.map((one) => ({ ...one, name: names.get(one.id) ?? '' }));
}

/** What only those see who see the case, by the grants that they have on it. */
async function toCaseParts(
  stores: DemonstrationStores,
  { demonstration, facts, standing }: FoundDemonstration,
  caller: Caller,
  at: Date,
): Promise<Pick<DemonstrationPlan, 'caseNumber' | 'materials'>> {
  const { consultationId } = demonstration;
  const none = { caseNumber: null, materials: null };
  if (consultationId === null) return none;
  const consultation = await stores.consultations.find(consultationId);
  const grants = await stores.consultations.listGrantsOfAccount(caller.accountId, [consultationId]);
  if (!consultation || !findBasis(caller, grants, at)) return none;
  const attached = await stores.materials.list(consultationId);
  const counts = await stores.materials.countInstances(attached.map(({ materialId }) => materialId));
  const checkers = await findPeople(
    stores,
    demonstration.materials.flatMap(({ checkedBy }) => checkedBy ?? []),
  );
  const canCheck = demonstrationActions(standing).includes('check-material');
  return {
    caseNumber: consultation.caseNumber,
    materials: attached.map(({ materialId, kind, addedAt }): DemonstrationMaterial => {
      const shown = demonstration.materials.find((one) => one.materialId === materialId);
      const isDone = shown !== undefined && isChecked(shown, facts.pictureCounts);
      return {
        materialId,
        kind,
        pictureCount: shownCount(counts.get(materialId)),
        addedAt,
        shown: shown !== undefined,
        checkedBy: (isDone && checkers.get(shown.checkedBy ?? '')) || null,
        checkedAt: isDone ? shown.checkedAt : null,
        mayCheck: canCheck && shown !== undefined && !isDone && mayCheck(demonstration, shown, caller.accountId),
      };
    }),
  };
}

/** Told, not refused: two theatres may share a name, and a surgeon a short operation between two parts of a long one. */
async function findOverlaps(
  { demonstrations }: Pick<DemonstrationStores, 'demonstrations'>,
  { demonstrationId, facilityId, surgeonId, room, startsAt, endsAt }: Demonstration,
): Promise<DemonstrationOverlap[]> {
  if (startsAt === null || endsAt === null) return [];
  const states = ['planned', 'approved', 'enrolling', 'live'] as const;
  const others = await demonstrations.listBetween(facilityId, states, { from: startsAt, to: endsAt });
  return others.flatMap((other) => {
    if (other.demonstrationId === demonstrationId || other.startsAt === null || other.endsAt === null) return [];
    const at = {
      demonstrationId: other.demonstrationId,
      title: other.title,
      startsAt: other.startsAt,
      endsAt: other.endsAt,
    };
    return [
      ...(other.surgeonId === surgeonId ? [{ what: 'surgeon' as const, ...at }] : []),
      ...(room !== '' && other.room === room ? [{ what: 'room' as const, ...at }] : []),
    ];
  });
}
