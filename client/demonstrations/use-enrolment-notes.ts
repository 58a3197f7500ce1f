import type { DemonstrationLine } from '../../server/contract/demonstration.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** Whether one is enrolled and others still may be; of one that is over nobody asks whether its enrolment is closed. */
export function useEnrolmentNotes({
  state,
  isEnrolled,
  isEnrolmentClosed,
  isFull,
}: Pick<DemonstrationLine, 'state' | 'isEnrolled' | 'isEnrolmentClosed' | 'isFull'>): string[] {
  const t = useTexts();
  const isOpen = state === 'enrolling' || state === 'live';
  return [
    ...(isEnrolled ? [t('demonstrations:enrolled')] : []),
    ...(isOpen && isEnrolmentClosed ? [t('demonstrations:closed')] : []),
    ...(isOpen && !isEnrolmentClosed && isFull ? [t('demonstrations:full')] : []),
  ];
}
