import type { ConsultationAction } from '../../../server/contract/consultation.ts';

/** The buttons of the case page, the most pressing step first. */
const BUTTONS = [
  'join-call',
  'accept',
  'acknowledge',
  'edit',
  'start-call',
  'write-opinion',
  'read-report',
  'review',
  'invite',
  'ask-supplement',
  'decline',
  'cancel',
] as const satisfies readonly ConsultationAction[];
export type CaseButton = (typeof BUTTONS)[number];

/** The server's actions that have a button here; two that lead to the same page make one, and an empty viewer has none. */
export function offeredButtons(actions: readonly ConsultationAction[], hasImages: boolean): CaseButton[] {
  return BUTTONS.filter(
    (button) =>
      actions.includes(button) &&
      !(button === 'review' && !hasImages) &&
      !(button === 'read-report' && actions.includes('acknowledge')) &&
      !(button === 'start-call' && actions.includes('join-call')),
  );
}
