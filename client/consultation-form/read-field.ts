import type { ConsultationDraft } from '../../server/contract/consultation.ts';
import { papersOf } from '../../server/contract/patient-problems.ts';
import type { useTexts } from '../i18n/use-texts.ts';
import { diagnosisText } from './diagnosis-text.ts';
import type { FieldPath } from './draft.ts';

/** A field's value in words, for comparing two versions of it. */
export function readField(
  t: ReturnType<typeof useTexts>,
  draft: ConsultationDraft,
  field: FieldPath,
  partners: readonly { facilityId: string; name: string }[] | undefined,
): string {
  const { patient, consent } = draft;
  switch (field) {
    case 'patient.sex':
      return patient.sex ? t(`terms:sex.${patient.sex}`) : '';
    case 'patient.idNumber': {
      const { document, absence, note } = papersOf(patient);
      if (document === 'none') return [absence && t(`terms:absence.${absence}`), note].filter(Boolean).join(' ');
      return document === 'id-card' ? patient.idNumber : `${t(`terms:document.${document}`)} ${patient.idNumber}`;
    }
    case 'patient.phone':
      return papersOf(patient).phoneAbsent ? t('newCase:document.phoneAbsent') : patient.phone;
    case 'patient.name':
    case 'patient.birthDate':
      return patient[field.slice('patient.'.length) as 'name' | 'birthDate'];
    case 'diagnosis':
      return draft.diagnosis.map(diagnosisText).join('\n');
    case 'invitedFacilityId':
      return partners?.find(({ facilityId }) => facilityId === draft.invitedFacilityId)?.name ?? '';
    case 'urgency':
      return draft.urgency ? t(`terms:urgency.${draft.urgency}`) : '';
    case 'kind':
      return t(`terms:caseKind.${draft.kind}`);
    case 'patient.guardian': {
      const { name, relation, phone } = patient.guardian ?? { name: '', relation: null, phone: '' };
      return [name, relation && t(`terms:relation.${relation}`), phone].filter(Boolean).join(' ');
    }
    case 'consent': {
      if (!consent) return '';
      const scopes = consent.scopes.map((scope) => t(`consents:scope.${scope}`));
      return [t(`terms:signer.${consent.signer}`), consent.signerName, ...scopes, consent.given ? '✓' : '✗'].join(' ');
    }
    default:
      return draft[field];
  }
}
