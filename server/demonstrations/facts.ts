import { SEAT_ROLES } from '../access/demonstrations.ts';
import { type Appointment, isInForce } from '../accounts/appointment.ts';
import type { DemonstrationPlan, Role } from '../contract/index.ts';
import { theatreScopes } from '../patients/consented-scopes.ts';
import { openPatient } from '../patients/patient.ts';
import type { FieldSeal } from '../patients/seal.ts';
import type { Demonstration } from './demonstration.ts';
import type { DemonstrationStores } from './parts.ts';
import { readTexts, textsNaming } from './patient-named.ts';
import { gapsOf, type PlanFacts } from './rules/gaps.ts';

/** What is found out about a plan beside what stands in it. */
export interface FoundFacts extends PlanFacts {
  consent: DemonstrationPlan['consent'];
  gaps: ReturnType<typeof gapsOf>;
  /** By material. */
  pictureCounts: ReadonlyMap<string, number>;
  isRecordConsented: boolean;
  isRecorded: boolean;
}

export async function findFacts(
  stores: DemonstrationStores,
  seal: FieldSeal,
  demonstration: Demonstration,
  at: Date,
): Promise<FoundFacts> {
  const { consultationId, materials } = demonstration;
  const scopes = consultationId === null ? [] : theatreScopes(await stores.consents.list(consultationId));
  const consent = consultationId === null ? 'no-case' : scopes.includes('teach') ? 'given' : 'missing';
  const pictureCounts = await stores.materials.countInstances(materials.map(({ materialId }) => materialId));
  const facts: PlanFacts = {
    isConsented: consent === 'given',
    namesPatient: (await findNamingTexts(stores, seal, consultationId, readTexts(demonstration))).length > 0,
    uncheckedCount: await countUnchecked(stores, demonstration, pictureCounts),
    isSomebodyGone: await isSomebodyGone(stores, demonstration, at),
    at,
  };
  const recordings = await stores.recordings.listOf(demonstration.demonstrationId);
  return {
    ...facts,
    consent,
    pictureCounts,
    isRecordConsented: scopes.includes('record'),
    isRecorded: recordings.some(({ sealedAt }) => sealedAt === null),
    gaps: gapsOf(demonstration, facts),
  };
}

/** What was taken out of the case is shown to nobody, and so not waited for. */
async function countUnchecked(
  { materials }: Pick<DemonstrationStores, 'materials'>,
  demonstration: Demonstration,
  pictureCounts: ReadonlyMap<string, number>,
): Promise<number> {
  const unchecked = demonstration.materials.filter((one) => !isChecked(one, pictureCounts));
  if (unchecked.length === 0 || demonstration.consultationId === null) return unchecked.length;
  const attached = await materials.list(demonstration.consultationId);
  return unchecked.filter((one) => attached.some(({ materialId }) => materialId === one.materialId)).length;
}

/** A study that has grown since is looked through again. */
export function isChecked(
  { materialId, checkedBy, checkedCount }: Demonstration['materials'][number],
  pictureCounts: ReadonlyMap<string, number>,
): boolean {
  return checkedBy !== null && checkedCount === (pictureCounts.get(materialId) ?? 0);
}

/** As a person counts: what has no images of its own, as a document, is one. */
export const shownCount = (instanceCount: number | undefined): number => instanceCount || 1;

/** The patient is read by the server alone: nobody is told more than that a text names them. */
export async function findNamingTexts<Field extends string>(
  { consultations }: Pick<DemonstrationStores, 'consultations'>,
  seal: FieldSeal,
  consultationId: string | null,
  texts: Record<Field, string>,
): Promise<Field[]> {
  const consultation = consultationId === null ? undefined : await consultations.find(consultationId);
  if (!consultation) return [];
  return textsNaming(texts, openPatient(seal, consultation.patient, consultation.consultationId));
}

async function isSomebodyGone(
  { accounts }: Pick<DemonstrationStores, 'accounts'>,
  { surgeonId, facilityId, seats }: Pick<Demonstration, 'surgeonId' | 'facilityId' | 'seats'>,
  at: Date,
): Promise<boolean> {
  const ids = [...new Set([surgeonId, ...seats.map(({ accountId }) => accountId)])];
  const appointments = await listStanding({ accounts }, ids, at);
  const isThere = (accountId: string, place: string, roles: readonly Role[]) =>
    appointments.some((one) => one.accountId === accountId && one.facilityId === place && roles.includes(one.role));
  return (
    !isThere(surgeonId, facilityId, ['surgeon']) ||
    seats.some(({ accountId, facilityId: place }) => !isThere(accountId, place, SEAT_ROLES))
  );
}

/** Appointments in force of those of these people whose accounts can be used. */
export async function listStanding(
  { accounts }: Pick<DemonstrationStores, 'accounts'>,
  accountIds: readonly string[],
  at: Date,
): Promise<Appointment[]> {
  const active = (await accounts.findMany([...accountIds])).filter(({ isActive }) => isActive);
  const appointments = await accounts.listAppointments(active.map(({ accountId }) => accountId));
  return appointments.filter((one) => isInForce(one, at));
}
