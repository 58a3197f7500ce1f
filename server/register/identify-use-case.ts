import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { requirePatientAction } from '../access/patient.ts';
import { recordAct } from '../audit/record.ts';
import { type AddIdentifierInput, Failure, type PatientPageView, readIdNumber } from '../contract/index.ts';
import { cleanIdentifier, hasIdentifierFormat, isDocument, sealIdentifier } from '../patients/identifiers.ts';
import { contradictionsOf } from '../patients/merge.ts';
import { nameKeysOf } from '../patients/name-keys.ts';
import type { PatientEntry } from '../patients/store.ts';
import type { RegisterParts } from './parts.ts';
import { readPatient } from './read-use-cases.ts';
import { getVisible } from './visible-patient.ts';

/**
 * Enters a number of the patient that became known later. An ID number also tells birth date and sex where nobody knew them.
 * @throws Failure invalid-message with `fields` for what can be no such number, or a name for somebody who has one by document; conflict /
 * patients-contradict where the ID number tells another birth date or sex.
 */
export async function addIdentifier(
  parts: RegisterParts,
  asked: Asked,
  patientId: string,
  { kind, number: typed, name }: AddIdentifierInput,
): Promise<PatientPageView> {
  const addedAt = asked.at.toISOString();
  await parts.work.write(async (stores) => {
    const { patient, standings, headId, memberIds } = await getVisible(stores, asked, patientId);
    requirePatientAction('add-identifier', standings);
    const number = cleanIdentifier(kind, typed);
    if (!hasIdentifierFormat(kind, number))
      throw new Failure('invalid-message', 'no such number', { fields: ['number'] });
    const known = await stores.patients.listIdentifiers(memberIds);
    if (name !== undefined && known.some((one) => isDocument(one.kind)))
      throw new Failure('invalid-message', 'a document says who it is', { fields: ['name'] });
    const told = kind === 'id-card' || kind === 'foreign-residence-card' ? readIdNumber(number) : undefined;
    requireAgreement(patient, told);
    await stores.patients.addIdentifier(
      sealIdentifier(parts.seal, { identifierId: randomUUID(), patientId: headId, kind, number, addedAt }),
    );
    const named = name ?? patient.name;
    await stores.patients.describe(headId, {
      ...nameKeysOf(named),
      name: named,
      sex: told?.sex ?? patient.sex,
      birthDate: told?.birthDate ?? patient.birthDate,
      changedAt: addedAt,
    });
    await recordAct(stores.audit, asked, {
      action: 'patient:add-identifier',
      subjectKind: 'patient-entry',
      subjectId: headId,
      detail: { kind, named: name !== undefined },
    });
  });
  return readPatient(parts, asked, patientId);
}

function requireAgreement(patient: PatientEntry, told: ReturnType<typeof readIdNumber>): void {
  if (!told) return;
  const fields = contradictionsOf({ patient, identifiers: [] }, { patient: told, identifiers: [] });
  if (fields.length > 0)
    throw new Failure('conflict', 'the number is of somebody else', { reason: 'patients-contradict', fields });
}
