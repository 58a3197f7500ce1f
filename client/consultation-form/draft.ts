import { ConsultationDraft, type ConsultationView } from '../../server/contract/consultation.ts';
import type { Saved } from '../drafts/save-state.ts';

/** The fields of the form by their path in the contract; also the order in which they stand on the page. */
export const FIELD_PATHS = [
  'patient.name',
  'patient.idNumber',
  'patient.sex',
  'patient.birthDate',
  'patient.phone',
  'patient.guardian',
  'question',
  'historySummary',
  'diagnosis',
  'invitedFacilityId',
  'wantedSpecialty',
  'kind',
  'urgency',
  'consent',
] as const;
export type FieldPath = (typeof FIELD_PATHS)[number];

/** The field that a path inside the draft belongs to: `consent.signerName` is part of the consent. */
export function fieldOf(path: string): FieldPath {
  if (path.startsWith('patient.papers')) return path.endsWith('phoneAbsent') ? 'patient.phone' : 'patient.idNumber';
  return FIELD_PATHS.find((field) => path === field || path.startsWith(`${field}.`)) ?? 'question';
}

export type Section = 'patient' | 'clinical' | 'materials' | 'destination' | 'consent';

export const SECTION_OF: Record<FieldPath, Section> = {
  'patient.name': 'patient',
  'patient.idNumber': 'patient',
  'patient.sex': 'patient',
  'patient.birthDate': 'patient',
  'patient.phone': 'patient',
  'patient.guardian': 'patient',
  question: 'clinical',
  historySummary: 'clinical',
  diagnosis: 'clinical',
  invitedFacilityId: 'destination',
  wantedSpecialty: 'destination',
  kind: 'destination',
  urgency: 'destination',
  consent: 'consent',
};

/** What the form edits of a case. */
export function draftOf(view: ConsultationView): Saved<ConsultationDraft> {
  const { name, sex, birthDate, idNumber, phone, papers, guardian } = view.patient;
  const { question, historySummary, diagnosis, wantedSpecialty, kind, urgency, consent } = view;
  return {
    value: {
      patient: { name, sex, birthDate, idNumber, phone, ...(papers && { papers }), ...(guardian && { guardian }) },
      question,
      historySummary,
      diagnosis,
      invitedFacilityId: view.invitedFacility?.facilityId ?? null,
      wantedSpecialty,
      kind,
      urgency,
      consent,
    },
    version: view.version,
    savedAt: view.changedAt,
  };
}

/** undefined where it is no draft of today's form. A copy that lies in a browser since before cases had a kind says `serviceForm`. */
export function parseDraft(stored: unknown): ConsultationDraft | undefined {
  const isOlder = typeof stored === 'object' && stored !== null && 'serviceForm' in stored;
  return ConsultationDraft.safeParse(isOlder ? { kind: stored.serviceForm, ...stored } : stored).data;
}
