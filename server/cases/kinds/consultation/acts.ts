import type { ConsultationAction, ConsultationState } from '../../../contract/index.ts';
import type { Act, Arrow, Step } from '../kind.ts';
import { ALWAYS, ANSWERED, OFFERED, OPEN, TYPING, UNTIL_ISSUED } from './states.ts';

/** Where somebody who was invited may still be in the case. */
const INVITED = [...OPEN, ...ANSWERED] as const;
const TO_DRAW = ['supplement', ...OPEN] as const;
/** Where a specialist may have the case and has not signed. */
const TAKEN = ['supplement', ...OPEN] as const;
/** Whatever became of the case: those who saw it may see it still. */
const SENT = [...OFFERED, ...OPEN, ...ANSWERED, 'declined', 'cancelled'] as const;

export const arrows = (
  from: readonly ConsultationState[],
  to: ConsultationState,
  more: Omit<Arrow, 'from' | 'to'> = {},
): Arrow[] => from.map((state) => ({ from: state, to, ...more }));

/** What only one of the kinds has, or each in its own way. */
export type OwnActs = 'sign' | 'answer-in-writing';

export const consultationActs: Record<Exclude<ConsultationAction, OwnActs>, Act> = {
  edit: {
    who: { requester: TYPING },
    step: { recorded: 'consultation:save', arrows: TYPING.map((state) => ({ from: state, to: state })) },
  },
  attach: { who: { requester: ['draft', 'submitted', 'supplement', 'accepted', 'in-consultation'] } },
  submit: {
    who: { requester: TYPING },
    step: {
      recorded: 'consultation:submit',
      arrives: true,
      admits: true,
      arrows: [
        { from: 'draft', to: 'submitted', told: 'arrived' },
        { from: 'supplement', to: 'submitted', when: 'untaken', told: 'supplemented' },
        // Asked for after the acceptance, it goes back to the specialist who asked.
        { from: 'supplement', to: 'accepted', when: 'taken', told: 'supplemented' },
      ],
    },
  },
  cancel: {
    who: {
      requester: ['draft', 'submitted', 'supplement', 'accepted'],
      'home-coordinator': ['submitted', 'supplement', 'accepted'],
    },
    step: {
      recorded: 'consultation:cancel',
      arrows: arrows(['draft', 'submitted', 'supplement', 'accepted'], 'cancelled', { told: 'cancelled' }),
      ends: { bases: ['duty-pool', 'assignment', 'invitation'] },
    },
  },
  accept: {
    who: { pool: ['submitted'] },
    licensed: ['pool'],
    step: {
      recorded: 'consultation:accept',
      arrows: arrows(['submitted'], 'accepted', { told: 'accepted' }),
      gives: 'assignment',
      ends: { bases: ['duty-pool'] },
    },
  },
  decline: {
    who: { pool: ['submitted'], 'invited-coordinator': ['submitted'] },
    licensed: ['pool'],
    step: {
      recorded: 'consultation:decline',
      arrows: arrows(['submitted'], 'declined', { told: 'declined' }),
      // Whoever declined keeps the case in view and answers for it.
      ends: { bases: ['duty-pool'], keepsActor: true },
    },
  },
  'ask-supplement': {
    who: { pool: ['submitted'], 'invited-coordinator': ['submitted'], specialist: ['accepted'] },
    licensed: ['pool'],
    step: {
      recorded: 'consultation:ask-supplement',
      arrives: true,
      arrows: arrows(['submitted', 'accepted'], 'supplement', { told: 'supplement-asked' }),
    },
  },
  /** Back to the duty pool with all that was written, by whoever has it or for them; not while people are in its call. */
  'hand-over': {
    who: { specialist: TAKEN, 'invited-coordinator': TAKEN },
    when: 'call-off',
    step: {
      recorded: 'consultation:hand-over',
      arrives: true,
      admits: true,
      arrows: [
        ...arrows(OPEN, 'submitted', { told: 'handed-over' }),
        { from: 'supplement', to: 'supplement', when: 'taken', told: 'handed-over' },
      ],
      ends: { bases: ['assignment'] },
    },
  },
  'remove-participant': {
    who: { requester: INVITED, specialist: INVITED, 'home-coordinator': INVITED, 'invited-coordinator': INVITED },
  },
  invite: { who: { requester: OPEN, specialist: OPEN, 'home-coordinator': OPEN, 'invited-coordinator': OPEN } },
  /** ID number and phone in full: for those who answer for the case, and for those who arrange it as long as there is something to arrange. */
  'reveal-patient': {
    who: {
      requester: ALWAYS,
      specialist: ALWAYS,
      'home-coordinator': UNTIL_ISSUED,
      'invited-coordinator': UNTIL_ISSUED,
    },
  },
  review: {
    who: {
      requester: ALWAYS,
      specialist: ALWAYS,
      invitee: ALWAYS,
      pool: ALWAYS,
      'home-coordinator': ALWAYS,
      'invited-coordinator': ALWAYS,
    },
  },
  annotate: { who: { requester: ['draft', 'submitted', ...TO_DRAW], specialist: TO_DRAW, invitee: TO_DRAW } },
  chat: {
    who: {
      requester: UNTIL_ISSUED,
      specialist: UNTIL_ISSUED,
      invitee: UNTIL_ISSUED,
      pool: OFFERED,
      'home-coordinator': UNTIL_ISSUED,
      'invited-coordinator': UNTIL_ISSUED,
    },
  },
  'start-call': { who: { requester: OPEN, specialist: OPEN }, when: 'call-off' },
  'join-call': {
    who: {
      requester: ALWAYS,
      specialist: ALWAYS,
      invitee: ALWAYS,
      'home-coordinator': ALWAYS,
      'invited-coordinator': ALWAYS,
    },
    when: 'call-on',
  },
  'end-call': { who: { requester: ALWAYS, specialist: ALWAYS }, when: 'call-on' },
  'write-opinion': { who: { specialist: [...OPEN, ...ANSWERED] }, when: 'unsigned-or-amending' },
  'read-report': {
    who: {
      requester: ANSWERED,
      specialist: ANSWERED,
      invitee: ANSWERED,
      'home-coordinator': ANSWERED,
      'invited-coordinator': ANSWERED,
    },
  },
  acknowledge: {
    who: { requester: ['issued'] },
    step: { recorded: 'report:acknowledge', arrows: arrows(['issued'], 'acknowledged', { told: 'acknowledged' }) },
  },
  // A signed report is amended without leaving its state; the amended one waits for its acknowledgement anew.
  'amend-report': {
    who: { specialist: ANSWERED },
    licensed: ['specialist'],
    step: {
      recorded: 'report:amend',
      arrows: ANSWERED.flatMap((state) => arrows([state], state, { when: 'not-amending', told: 'amendment-begun' })),
    },
  },
  'withdraw-amendment': {
    who: { specialist: ANSWERED },
    step: {
      recorded: 'report:withdraw-amendment',
      arrows: ANSWERED.flatMap((state) => arrows([state], state, { when: 'amending', told: 'amendment-withdrawn' })),
    },
  },
  'record-consent': {
    who: {
      requester: ['draft', ...OFFERED, ...OPEN, ...ANSWERED],
      'home-coordinator': [...OFFERED, ...OPEN, ...ANSWERED],
    },
  },
  // The step is gone where the consent to the consultation is among what is taken back (Personal Information Protection Law of the PRC,
  // article 15: what was done before stays lawful, so a signed report remains).
  'withdraw-consent': {
    who: { requester: SENT, 'home-coordinator': SENT },
    step: {
      recorded: 'consent:withdraw',
      arrows: [
        ...arrows([...OFFERED, ...OPEN], 'cancelled', { told: 'consent-withdrawn' }),
        ...[...ANSWERED, 'declined' as const, 'cancelled' as const].flatMap((state) =>
          arrows([state], state, { told: 'consent-withdrawn' }),
        ),
      ],
      ends: { bases: ['duty-pool', 'assignment', 'invitation', 'coordination'], side: 'invited' },
    },
  },
};

/** Signing, from these states on; once more only what is being amended. */
export function signing(from: readonly ConsultationState[]): Act {
  return {
    who: { specialist: [...from, ...ANSWERED] },
    licensed: ['specialist'],
    step: {
      recorded: 'report:sign',
      arrives: true,
      arrows: [
        ...arrows(from, 'issued', { told: 'signed' }),
        ...arrows(ANSWERED, 'issued', { when: 'amending', told: 'amended' }),
      ],
    },
  };
}

/** Both sides are in a call together, whether the kind asks for it or not. */
export const meet: Step = { recorded: 'call:meet', arrows: arrows(['accepted'], 'in-consultation') };
