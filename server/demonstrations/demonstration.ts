import {
  type AudienceEntry,
  type DemonstrationAction,
  type DemonstrationDraft,
  type DemonstrationField,
  type DemonstrationSeat,
  type DemonstrationState,
  Failure,
  type SeatHolder,
} from '../contract/index.ts';
import { type Assessment, type Crediting, DEFAULT_REQUIRED_PERCENT } from './credits/credit.ts';
import { ACTS, type Arrow, CONSENT_WITHDRAWN } from './rules/rules.ts';

export interface StoredSignOff {
  accountId: string;
  at: string;
}

/** Something of the case's that is to be shown. */
export interface ShownMaterial {
  materialId: string;
  /** Who put it on the list, and so does not check it. */
  listedBy: string;
  checkedBy: string | null;
  checkedAt: string | null;
  /** How many pictures were looked through: one that came later was not. */
  checkedCount: number;
}

/** A surgical demonstration. Every change makes a new value with the next `version`; where it may go the rules say. */
export interface Demonstration {
  demonstrationId: string;
  state: DemonstrationState;
  version: number;
  /** Where it takes place. */
  facilityId: string;
  surgeonId: string;
  createdBy: string;
  title: string;
  procedure: string;
  description: string;
  specialty: DemonstrationDraft['specialty'];
  room: string;
  startsAt: string | null;
  endsAt: string | null;
  capacity: number | null;
  /** Of the time and of the presence checks, to be credited. */
  requiredPercent: number;
  consultationId: string | null;
  seats: SeatHolder[];
  audience: AudienceEntry[];
  materials: ShownMaterial[];
  /** When the signers were asked; null: it is being written. */
  askedAt: string | null;
  sentBackReason: string;
  signOffs: { theatre: StoredSignOff | null; ethics: StoredSignOff | null };
  enrolmentClosedAt: string | null;
  reason: string;
  createdAt: string;
  changedAt: string;
  beganAt: string | null;
  endedAt: string | null;
  assessment: Assessment | null;
  credit: Crediting | null;
}

/** @throws Failure conflict / version-outdated where the change was made on another version than the stored one. */
export function requireVersion(demonstration: Demonstration, version: number): void {
  if (demonstration.version !== version)
    throw new Failure('conflict', `made on version ${version}, stored is ${demonstration.version}`, {
      reason: 'version-outdated',
    });
}

export function planned(
  ids: Pick<Demonstration, 'demonstrationId' | 'facilityId' | 'surgeonId' | 'createdBy'>,
  at: Date,
): Demonstration {
  return {
    ...ids,
    state: 'planned',
    version: 1,
    title: '',
    procedure: '',
    description: '',
    specialty: null,
    room: '',
    startsAt: null,
    endsAt: null,
    capacity: null,
    requiredPercent: DEFAULT_REQUIRED_PERCENT,
    consultationId: null,
    seats: [],
    audience: [],
    materials: [],
    askedAt: null,
    sentBackReason: '',
    signOffs: { theatre: null, ethics: null },
    enrolmentClosedAt: null,
    reason: '',
    createdAt: at.toISOString(),
    changedAt: at.toISOString(),
    beganAt: null,
    endedAt: null,
    assessment: null,
    credit: null,
  };
}

export type Changes = Partial<Omit<Demonstration, 'demonstrationId' | 'version' | 'state'>>;

/** The next version of it, at that time. */
export function changed(demonstration: Demonstration, at: Date, changes: Changes): Demonstration {
  return { ...demonstration, ...changes, version: demonstration.version + 1, changedAt: at.toISOString() };
}

export function findArrow({ state }: Pick<Demonstration, 'state'>, arrows: readonly Arrow[] = []): Arrow | undefined {
  return arrows.find(({ from }) => from === state);
}

/** What the arrow that the act goes along from here tells. */
export const toldBy = (demonstration: Demonstration, action: DemonstrationAction): Arrow['told'] =>
  findArrow(demonstration, ACTS[action].arrows)?.told;

/** @throws Failure conflict / state-not-allowed where none leads on from here. */
export function along(
  demonstration: Demonstration,
  arrows: readonly Arrow[] | undefined,
  at: Date,
  changes: Changes = {},
): Demonstration {
  const arrow = findArrow(demonstration, arrows);
  if (!arrow)
    throw new Failure('conflict', `there is no way on from ${demonstration.state}`, { reason: 'state-not-allowed' });
  return { ...changed(demonstration, at, changes), state: arrow.to };
}

/** What was not signed for: it may change as long as somebody may edit at all. */
const UNSIGNED_FIELDS: readonly DemonstrationField[] = [
  'description',
  'capacity',
  'requiredPercent',
  'seats',
  'audience',
];
const ALL_FIELDS: readonly DemonstrationField[] = [
  'title',
  'procedure',
  'specialty',
  'room',
  'startsAt',
  'endsAt',
  'consultationId',
  'materialIds',
  ...UNSIGNED_FIELDS,
];
/** Whoever signed stays who signed. */
const SIGNING_SEATS: readonly DemonstrationSeat[] = ['theatre-signer', 'ethics-signer'];

export function editableFields({ state }: Pick<Demonstration, 'state'>): DemonstrationField[] {
  // Whoever watches already is measured by what they came for.
  const fixed: readonly DemonstrationField[] = state === 'live' ? ['requiredPercent'] : [];
  return (state === 'planned' ? ALL_FIELDS : UNSIGNED_FIELDS).filter((field) => !fixed.includes(field));
}

export function toDraft(demonstration: Demonstration): DemonstrationDraft {
  const { title, procedure, description, specialty, room, startsAt, endsAt, capacity, consultationId } = demonstration;
  const { requiredPercent, seats, audience, materials } = demonstration;
  const materialIds = materials.map(({ materialId }) => materialId);
  const text = { title, procedure, description, specialty, room, startsAt, endsAt, capacity, consultationId };
  return { ...text, requiredPercent, seats, audience, materialIds };
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const signers = (seats: readonly SeatHolder[]) =>
  seats.filter(({ seat }) => SIGNING_SEATS.includes(seat)).toSorted((a, b) => a.seat.localeCompare(b.seat));

/** Somebody else than the surgeon speaks for the patient and holds the desk, as long as it goes on. */
const KEPT_WHILE_LIVE: readonly DemonstrationSeat[] = ['moderator', 'deputy', 'advocate'];
const lacksWhoWatchesOver = (
  { surgeonId }: Pick<Demonstration, 'surgeonId'>,
  { seats }: Pick<DemonstrationDraft, 'seats'>,
): boolean =>
  KEPT_WHILE_LIVE.some((kept) => !seats.some(({ seat, accountId }) => seat === kept && accountId !== surgeonId));

/**
 * The plan as it was typed. As long as it is planned, whatever changes takes the request and every sign-off back.
 * @throws Failure conflict / plan-signed with the fields that were signed for.
 */
export function saved(
  demonstration: Demonstration,
  draft: DemonstrationDraft,
  { by, at }: { by: string; at: Date },
): Demonstration {
  const before = toDraft(demonstration);
  const fields = ALL_FIELDS.filter((field) => !isSame(before[field], draft[field]));
  const editable = editableFields(demonstration);
  const isPlanned = demonstration.state === 'planned';
  const signed = fields.filter((field) => !editable.includes(field));
  if (!isPlanned && !isSame(signers(demonstration.seats), signers(draft.seats))) signed.push('seats');
  if (demonstration.state === 'live' && lacksWhoWatchesOver(demonstration, draft)) signed.push('seats');
  if (signed.length > 0)
    throw new Failure('conflict', 'it was signed for', { reason: 'plan-signed', fields: [...new Set(signed)] });
  const { materialIds, ...text } = draft;
  // Another patient's pictures are other pictures.
  const kept = draft.consultationId === demonstration.consultationId ? demonstration.materials : [];
  const materials = [...new Set(materialIds)].map(
    (materialId): ShownMaterial =>
      kept.find((one) => one.materialId === materialId) ?? {
        materialId,
        listedBy: by,
        checkedBy: null,
        checkedAt: null,
        checkedCount: 0,
      },
  );
  const takenBack = { askedAt: null, signOffs: { theatre: null, ethics: null } };
  return changed(demonstration, at, { ...text, materials, ...(isPlanned && fields.length > 0 ? takenBack : {}) });
}

export const asked = (demonstration: Demonstration, at: Date): Demonstration =>
  changed(demonstration, at, { askedAt: at.toISOString(), sentBackReason: '' });

/** The second of the two signatures approves the plan; one that was given anew after a move leaves the state as it is. */
export function signedOff(
  demonstration: Demonstration,
  by: 'theatre' | 'ethics',
  { accountId, at }: { accountId: string; at: Date },
): Demonstration {
  const signOffs = { ...demonstration.signOffs, [by]: { accountId, at: at.toISOString() } };
  const isWhole = signOffs.theatre !== null && signOffs.ethics !== null;
  if (!isWhole || demonstration.state !== 'planned') return changed(demonstration, at, { signOffs });
  return along(demonstration, ACTS[`sign-${by}`].arrows, at, { signOffs });
}

export const sentBack = (demonstration: Demonstration, reason: string, at: Date): Demonstration =>
  changed(demonstration, at, {
    askedAt: null,
    sentBackReason: reason,
    signOffs: { theatre: null, ethics: null },
  });

export const opened = (demonstration: Demonstration, at: Date): Demonstration =>
  along(demonstration, ACTS['open-enrolment'].arrows, at, { enrolmentClosedAt: null });

export const enrolmentClosed = (demonstration: Demonstration, at: Date): Demonstration =>
  changed(demonstration, at, { enrolmentClosedAt: at.toISOString() });

export const enrolmentReopened = (demonstration: Demonstration, at: Date): Demonstration =>
  changed(demonstration, at, { enrolmentClosedAt: null });

/** At another time, or in another room: the theatre signs anew. */
export const moved = (
  demonstration: Demonstration,
  to: Pick<Demonstration, 'startsAt' | 'endsAt' | 'room'>,
  at: Date,
): Demonstration => changed(demonstration, at, { ...to, signOffs: { ...demonstration.signOffs, theatre: null } });

export const begun = (demonstration: Demonstration, at: Date): Demonstration =>
  along(demonstration, ACTS.begin.arrows, at, { beganAt: at.toISOString() });

/** @param endedAt where it was over before anybody noted it. */
export const ended = (demonstration: Demonstration, at: Date, endedAt = at): Demonstration =>
  along(demonstration, ACTS.end.arrows, at, { endedAt: endedAt.toISOString() });

export const cancelled = (demonstration: Demonstration, reason: string, at: Date): Demonstration =>
  along(demonstration, ACTS.cancel.arrows, at, { reason });

/** undefined: the withdrawal changes nothing in the state that it is in. */
export function consentWithdrawn(
  demonstration: Demonstration,
  at: Date,
): { next: Demonstration; told: Arrow['told'] } | undefined {
  const arrow = findArrow(demonstration, CONSENT_WITHDRAWN.arrows);
  if (!arrow) return undefined;
  const endedAt = arrow.to === 'ended' ? { endedAt: at.toISOString() } : {};
  return { next: along(demonstration, CONSENT_WITHDRAWN.arrows, at, endedAt), told: arrow.told };
}
