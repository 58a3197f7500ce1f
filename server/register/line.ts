import type { MaskedIdentifier, PatientLine, PatientPageView } from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import { isDocument, type PatientIdentifier } from '../patients/identifiers.ts';
import { ageYears, maskMiddle } from '../patients/patient.ts';
import type { PatientEntry } from '../patients/store.ts';
import type { Stores } from '../store/stores.ts';

export type MaskedPatient = Pick<
  PatientLine & PatientPageView,
  'patientId' | 'label' | 'sex' | 'ageYears' | 'facilityName' | 'identifiers' | 'isIdentified'
>;

/** As lists and pages show patients: nothing that would tell a stranger who it is. In the order that was given. */
export async function maskPatients(
  stores: Pick<Stores, 'facilities' | 'patients'>,
  groups: readonly { patient: PatientEntry; memberIds: string[] }[],
  at: Date,
): Promise<MaskedPatient[]> {
  const identifiers = await stores.patients.listIdentifiers(groups.flatMap((one) => one.memberIds));
  const facilities = await stores.facilities.findMany([...new Set(groups.map((one) => one.patient.facilityId))]);
  const names = new Map(facilities.map(({ facilityId, name }) => [facilityId, name]));
  return groups.map(({ patient, memberIds }) => {
    const { patientId, name, sex, birthDate, estimatedAgeYears, facilityId } = patient;
    const own = identifiers.filter((one) => memberIds.includes(one.patientId));
    return {
      patientId,
      label: maskMiddle(name),
      sex,
      ageYears: ageYears(birthDate, chinaDate(at)) ?? estimatedAgeYears,
      facilityName: names.get(facilityId) ?? '',
      identifiers: toMasked(own),
      isIdentified: own.some(({ kind }) => isDocument(kind)),
    };
  });
}

/** Joined entries often have the same number: it is shown once. */
export function toMasked(identifiers: PatientIdentifier[]): MaskedIdentifier[] {
  const once = new Map(identifiers.map((one) => [`${one.kind}/${one.numberIndex}`, one]));
  return [...once.values()].map(({ kind, masked }) => ({ kind, masked }));
}
