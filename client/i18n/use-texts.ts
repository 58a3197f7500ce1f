import { useTranslation } from 'react-i18next';

const AREAS = [
  'common',
  'failures',
  'terms',
  'signIn',
  'appointments',
  'secondFactor',
  'shell',
  'workList',
  'case',
  'accounts',
  'accountSecurity',
  'audit',
  'administration',
  'specialties',
  'machines',
  'imports',
  'newCase',
  'uploads',
  'call',
  'room',
  'chat',
  'consents',
  'demonstrations',
  'asking',
  'theatre',
  'demonstrationHall',
  'credits',
  'replay',
  'showing',
  'review',
  'imaging',
  'opinion',
  'patient',
  'patients',
  'policies',
  'report',
] as const;

/** The texts of every area under one function: `t('shell:signOut')`, `t('terms:state.draft')`; without a prefix those of `common`. */
export function useTexts() {
  return useTranslation(AREAS).t;
}
