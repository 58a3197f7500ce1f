import { type Consultation, isFormFulfilled } from '../cases/consultation.ts';
import type { ConsultationAction, ConsultationState } from '../contract/index.ts';

/*
 * Who may do what with a case, in which states: the table that `may.ts` and `waited-for.ts` answer from.
 */

/** What else decides, beside the case itself. */
export interface CaseFacts {
  callActive: boolean;
}

/** How a person stands to a case. Coordinators of the two sides may do different things. */
export type Standing = 'requester' | 'specialist' | 'invitee' | 'pool' | 'home-coordinator' | 'invited-coordinator';

export const ALWAYS: readonly ConsultationState[] = [
  'draft',
  'submitted',
  'supplement',
  'accepted',
  'in-consultation',
  'issued',
  'acknowledged',
  'declined',
  'cancelled',
];
const TYPING = ['draft', 'supplement'] as const;
const WAITING = ['submitted', 'supplement'] as const;
const OPEN = ['accepted', 'in-consultation'] as const;
const ANSWERED = ['issued', 'acknowledged'] as const;
const WRITABLE = [...OPEN, ...ANSWERED] as const;
/** Where somebody who was invited may still be in the case. */
const INVITED = [...OPEN, ...ANSWERED] as const;
export const UNTIL_ISSUED = ['submitted', 'supplement', 'accepted', 'in-consultation', 'issued'] as const;
const TO_DRAW = ['supplement', 'accepted', 'in-consultation'] as const;

export interface Rule {
  /** Who may ever do it, and in which states. */
  allow: Partial<Record<Standing, readonly ConsultationState[]>>;
  when?: (facts: CaseFacts, consultation: Consultation) => boolean;
}

/** A signed report is written on only as an amendment of it. */
function isWritable(_: CaseFacts, { issuedAt, amendment }: Consultation): boolean {
  return issuedAt === null || amendment !== null;
}

export const RULES: Record<ConsultationAction, Rule> = {
  edit: { allow: { requester: TYPING } },
  attach: { allow: { requester: ['draft', 'submitted', 'supplement', 'accepted', 'in-consultation'] } },
  submit: { allow: { requester: TYPING } },
  cancel: {
    allow: {
      requester: ['draft', 'submitted', 'supplement', 'accepted'],
      'home-coordinator': ['submitted', 'supplement', 'accepted'],
    },
  },
  accept: { allow: { pool: ['submitted'] } },
  decline: { allow: { pool: ['submitted'], 'invited-coordinator': ['submitted'] } },
  'ask-supplement': {
    allow: { pool: ['submitted'], 'invited-coordinator': ['submitted'], specialist: ['accepted'] },
  },
  'remove-participant': {
    allow: { requester: INVITED, specialist: INVITED, 'home-coordinator': INVITED, 'invited-coordinator': INVITED },
  },
  invite: { allow: { requester: OPEN, specialist: OPEN, 'home-coordinator': OPEN, 'invited-coordinator': OPEN } },
  /** ID number and phone in full: for those who answer for the case, and for those who arrange it as long as there is something to arrange. */
  'reveal-patient': {
    allow: {
      requester: ALWAYS,
      specialist: ALWAYS,
      'home-coordinator': UNTIL_ISSUED,
      'invited-coordinator': UNTIL_ISSUED,
    },
  },
  review: {
    allow: {
      requester: ALWAYS,
      specialist: ALWAYS,
      invitee: ALWAYS,
      pool: ALWAYS,
      'home-coordinator': ALWAYS,
      'invited-coordinator': ALWAYS,
    },
  },
  annotate: {
    allow: { requester: ['draft', 'submitted', ...TO_DRAW], specialist: TO_DRAW, invitee: TO_DRAW },
  },
  chat: {
    allow: {
      requester: UNTIL_ISSUED,
      specialist: UNTIL_ISSUED,
      invitee: UNTIL_ISSUED,
      pool: WAITING,
      'home-coordinator': UNTIL_ISSUED,
      'invited-coordinator': UNTIL_ISSUED,
    },
  },
  'start-call': { allow: { requester: OPEN, specialist: OPEN }, when: (facts) => !facts.callActive },
  'join-call': {
    allow: {
      requester: ALWAYS,
      specialist: ALWAYS,
      invitee: ALWAYS,
      'home-coordinator': ALWAYS,
      'invited-coordinator': ALWAYS,
    },
    when: (facts) => facts.callActive,
  },
  'end-call': { allow: { requester: ALWAYS, specialist: ALWAYS }, when: (facts) => facts.callActive },
  'answer-in-writing': {
    allow: { requester: ['accepted'], specialist: ['accepted'] },
    when: (_, { serviceForm }) => serviceForm === 'video',
  },
  'write-opinion': { allow: { specialist: WRITABLE }, when: isWritable },
  sign: {
    allow: { specialist: WRITABLE },
    when: (facts, consultation) => isWritable(facts, consultation) && isFormFulfilled(consultation),
  },
  'read-report': {
    allow: {
      requester: ANSWERED,
      specialist: ANSWERED,
      invitee: ANSWERED,
      'home-coordinator': ANSWERED,
      'invited-coordinator': ANSWERED,
    },
  },
  acknowledge: { allow: { requester: ['issued'] } },
  'amend-report': { allow: { specialist: ANSWERED }, when: (_, { amendment }) => amendment === null },
  'withdraw-amendment': { allow: { specialist: ANSWERED }, when: (_, { amendment }) => amendment !== null },
};
