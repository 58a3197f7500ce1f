import { randomUUID } from 'node:crypto';
import type { Caller } from '../../server/access/caller.ts';
import type { Grant } from '../../server/access/grant.ts';
import type { Consultation } from '../../server/cases/consultation.ts';
import type { GrantBasis, LicenceState, Role } from '../../server/contract/index.ts';
import { sealPatient } from '../../server/patients/patient.ts';
import { createFieldSeal } from '../../server/patients/seal.ts';
import { signedConsent } from './signed-consent.ts';

export const COUNTY = '11111111-1111-4111-8111-111111111111';
export const PROVINCE = '22222222-2222-4222-8222-222222222222';
export const ELSEWHERE = '33333333-3333-4333-8333-333333333333';

export const seal = createFieldSeal(Buffer.alloc(32, 7));

/** An invented person; the number's check character is right, and it says the same birth date and sex. */
export const patient = {
  name: '张建国',
  sex: 'male',
  birthDate: '1960-02-29',
  idNumber: '230125196002291212',
  phone: '13800001234',
} as const;

export function makeCaller(
  role: Role,
  facilityId: string = COUNTY,
  licence: LicenceState = 'valid',
): Caller & { role: Role } {
  const accountId = randomUUID();
  return {
    accountId,
    appointmentId: accountId,
    name: `${role} 某`,
    role,
    facilityId,
    facilityName: '某医院',
    specialty: null,
    licence,
    sessionId: randomUUID(),
  };
}

export function makeConsultation(changes: Partial<Consultation> = {}): Consultation {
  const consultationId = changes.consultationId ?? randomUUID();
  return {
    consultationId,
    caseNumber: 'HZ-230125-20260102-000010',
    state: 'draft',
    version: 1,
    patientId: null,
    patient: sealPatient(seal, patient, consultationId),
    question: '右肺下叶结节性质？',
    historySummary: '咳嗽两月。',
    diagnosis: [{ code: 'R91', display: '肺结节' }],
    invitedFacilityId: PROVINCE,
    wantedSpecialty: '放射科',
    kind: 'video',
    kindChange: null,
    handOver: null,
    urgency: 'routine',
    consent: signedConsent('张建国'),
    terms: null,
    parties: null,
    requesterId: randomUUID(),
    requesterFacilityId: COUNTY,
    specialistId: null,
    reason: '',
    createdAt: '2026-01-02T00:00:00.000Z',
    submittedAt: null,
    acceptedAt: null,
    metAt: null,
    issuedAt: null,
    amendment: null,
    changedAt: '2026-01-02T00:00:00.000Z',
    ...changes,
  };
}

export function makeGrant(
  consultation: Consultation,
  person: Caller,
  basis: GrantBasis,
  endedAt: string | null = null,
): Grant {
  return {
    grantId: randomUUID(),
    consultationId: consultation.consultationId,
    accountId: person.accountId,
    facilityId: person.facilityId,
    basis,
    fromAt: '2026-01-02T00:00:00.000Z',
    endedAt,
    endedBy: null,
    endReason: null,
  };
}
