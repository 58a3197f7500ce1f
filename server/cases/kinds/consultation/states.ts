import type { ConsultationState } from '../../../contract/index.ts';
import type { StateRules } from '../kind.ts';

/** The states of a consultation, whether by video or in writing. */
export const consultationStates = {
  draft: { list: 'drafts', awaiting: 'submission', waitsFor: [] },
  submitted: { list: 'running', awaiting: 'acceptance', waitsFor: ['accept', 'decline'], since: 'submittedAt' },
  supplement: { list: 'running', awaiting: 'completion', waitsFor: ['submit'], interruption: 'sent-back' },
  accepted: { list: 'running', awaiting: 'opinion', waitsFor: ['write-opinion'] },
  'in-consultation': { list: 'running', awaiting: 'signature', waitsFor: ['sign'] },
  issued: { list: 'finished', awaiting: 'acknowledgement', waitsFor: ['acknowledge', 'withdraw-amendment'] },
  acknowledged: { list: 'finished', awaiting: 'nothing', waitsFor: ['withdraw-amendment'], isClosed: true },
  declined: { list: 'finished', awaiting: 'nothing', waitsFor: [], interruption: 'turned-down', isClosed: true },
  cancelled: { list: 'finished', awaiting: 'nothing', waitsFor: [], interruption: 'taken-back', isClosed: true },
} as const satisfies Partial<Record<ConsultationState, StateRules>>;

export const ALWAYS = Object.keys(consultationStates) as (keyof typeof consultationStates)[];
export const TYPING = ['draft', 'supplement'] as const;
/** With the invited hospital, and nobody there has taken it. */
export const OFFERED = ['submitted', 'supplement'] as const;
export const OPEN = ['accepted', 'in-consultation'] as const;
export const ANSWERED = ['issued', 'acknowledged'] as const;
export const UNTIL_ISSUED = [...OFFERED, ...OPEN, 'issued'] as const;
