import { randomUUID } from 'node:crypto';
import type { PatientDraft } from '../contract/index.ts';
import { numbersOf, sealIdentifier } from './identifiers.ts';
import { nameKeysOf } from './name-keys.ts';
import { registerKey, sealGuardian } from './patient.ts';
import type { FieldSeal } from './seal.ts';
import type { PatientEntry, PatientStore } from './store.ts';

/** The patient of a case as the register of a facility keeps them. */
export function entryOf(
  seal: FieldSeal,
  patient: PatientDraft,
  { consultationId, facilityId, at }: { consultationId: string; facilityId: string; at: string },
): PatientEntry {
  const { name, sex, birthDate, papers } = patient;
  return {
    patientId: randomUUID(),
    facilityId,
    idNumberIndex: seal.index(registerKey(patient, consultationId)),
    name,
    ...nameKeysOf(name),
    sex,
    birthDate,
    estimatedAgeYears: papers?.estimatedAgeYears ?? null,
    createdAt: at,
    changedAt: at,
  };
}

/** Enters the patient of a case, or finds them again, with whoever decides for them. @returns the id in the register. */
export async function registerPatient(
  { patients }: { patients: PatientStore },
  seal: FieldSeal,
  patient: PatientDraft,
  of: { consultationId: string; facilityId: string; at: string },
): Promise<string> {
  const patientId = await patients.register(entryOf(seal, patient, of), (entryId) =>
    numbersOf(patient).map((one) =>
      sealIdentifier(seal, { ...one, identifierId: randomUUID(), patientId: entryId, addedAt: of.at }),
    ),
  );
  const { guardian } = patient;
  if (guardian) await patients.putGuardian({ ...sealGuardian(seal, guardian, patientId), patientId, changedAt: of.at });
  return patientId;
}
