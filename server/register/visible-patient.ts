import type { Asked } from '../access/asked.ts';
import { type CaseStanding, findBasis } from '../access/may.ts';
import { basesOfRole } from '../access/waited-for.ts';
import type { Consultation } from '../cases/consultation.ts';
import { Failure, type GrantBasis } from '../contract/index.ts';
import type { PatientEntry, PatientReader } from '../patients/store.ts';
import type { Stores } from '../store/stores.ts';
import { groupsOf, type PatientGroup } from './group.ts';

/** A patient with the cases of theirs that somebody may see, and how they stand to each. */
export interface VisiblePatient extends PatientGroup {
  /** The entry that stands for all that were joined. */
  patient: PatientEntry;
  /** The latest first; never empty. */
  standings: CaseStanding<Consultation>[];
  /** On what ground, for the access log: that of the latest case. */
  basis: GrantBasis;
}

/** Whose cases count, as the database needs to know it: the rules themselves stay in `access/may.ts`. */
export function patientReader({ caller, at }: Asked): PatientReader {
  return { accountId: caller.accountId, facilityId: caller.facilityId, at, bases: basesOfRole(caller.role) };
}

/** Those of the patients of whom the caller may see a case, in the order that was given; joined entries are one. */
export async function listVisible(
  stores: Pick<Stores, 'consultations' | 'patients'>,
  asked: Asked,
  patientIds: string[],
): Promise<VisiblePatient[]> {
  const { caller, at } = asked;
  const groups = await groupsOf(stores.patients, patientIds);
  const memberIds = groups.flatMap((one) => one.memberIds);
  const cases = await stores.consultations.listOfPatients({ ...patientReader(asked), waitsFor: [] }, memberIds);
  const grants = await stores.consultations.listGrantsOfAccount(
    caller.accountId,
    cases.map((one) => one.consultationId),
  );
  const heads = await stores.patients.findMany(groups.map((one) => one.headId));
  const patients = new Map(heads.map((one) => [one.patientId, one]));
  return groups.flatMap((group) => {
    const patient = patients.get(group.headId);
    const standings = cases
      .filter((one) => one.patientId !== null && group.memberIds.includes(one.patientId))
      .map((consultation) => ({
        actor: caller,
        consultation,
        grants: grants.filter((one) => one.consultationId === consultation.consultationId),
        // Nothing that is done to a patient depends on a call.
        facts: { callActive: false },
        at,
      }))
      .filter((one) => findBasis(caller, one.grants, at));
    const basis = standings[0] && findBasis(caller, standings[0].grants, at);
    return patient && basis ? [{ ...group, patient, standings, basis }] : [];
  });
}

/** @throws Failure not-found where there is no such patient, or none of whom the caller may see a case. */
export async function getVisible(
  stores: Pick<Stores, 'consultations' | 'patients'>,
  asked: Asked,
  patientId: string,
): Promise<VisiblePatient> {
  const [found] = await listVisible(stores, asked, [patientId]);
  if (!found) throw new Failure('not-found', 'no such patient');
  return found;
}
