import type { ConsultationAction, ConsultationView } from '../../../server/contract/consultation.ts';

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
  'answer-in-writing',
  'ask-supplement',
  'hand-over',
  'decline',
  'cancel',
] as const satisfies readonly ConsultationAction[];
export type CaseButton = (typeof BUTTONS)[number];

/** Where nobody need meet, a call is what one may do besides. */
const MEETING_LAST: readonly CaseButton[] = [
  ...BUTTONS.filter((button) => button !== 'start-call' && button !== 'cancel'),
  'start-call',
  'cancel',
];

/** The server's actions that have a button here; two that lead to the same page make one, and an empty viewer has none. */
export function offeredButtons({
  actions,
  meeting,
  hasPictures,
}: Pick<ConsultationView, 'actions' | 'meeting'> & { hasPictures: boolean }): CaseButton[] {
  return (meeting === 'needed' ? BUTTONS : MEETING_LAST).filter(
    (button) =>
      actions.includes(button) &&
      !(button === 'review' && !hasPictures) &&
      !(button === 'read-report' && actions.includes('acknowledge')) &&
      !(button === 'start-call' && actions.includes('join-call')),
  );
}
