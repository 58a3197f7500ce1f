import type { DemonstrationAction, DemonstrationNoticeKind, DemonstrationState } from '../../contract/index.ts';
import type { Guard } from './guards.ts';

/*
 * Who may do what with a demonstration, in which states, and where it leads. Everything here is data: `access/demonstrations.ts` answers
 * from it, `demonstrations/demonstration.ts` goes along its arrows. One that is over is assessed, then credited, then shown again; where the
 * replay comes first, assessment and credits are recorded all the same, and the state stays where it is.
 */

/** How a person stands to a demonstration. */
export type Standing =
  | 'surgeon'
  /** Of the facility where it takes place. */
  | 'coordinator'
  | 'theatre-signer'
  | 'ethics-signer'
  | 'moderator'
  | 'deputy'
  | 'advocate'
  | 'nurse'
  | 'expert'
  | 'enrolled'
  /** The plan invites them, and they have not enrolled. */
  | 'invited'
  /** Administers people who are enrolled. */
  | 'administrator'
  /** Administers the facility where it takes place: credits those who watched. */
  | 'credit-officer';

export interface Arrow {
  from: DemonstrationState;
  to: DemonstrationState;
  told?: DemonstrationNoticeKind;
}

export interface Act {
  /** Who may ever do it, and in which states. A standing without the state is told `conflict`, one that is not named `forbidden`. */
  who: Partial<Record<Standing, readonly DemonstrationState[]>>;
  when?: Guard;
  /** Its name in the audit chain, `noun:verb`; left out: it is a reading. */
  recorded?: string;
  arrows?: readonly Arrow[];
}

const BEFORE: readonly DemonstrationState[] = ['planned', 'approved', 'enrolling'];
const OPEN: readonly DemonstrationState[] = ['enrolling', 'live'];
/** Theatre and stage try sound and picture before anybody watches. */
const REHEARSED: readonly DemonstrationState[] = ['approved', ...OPEN];
const FINISHED: readonly DemonstrationState[] = [
  'ended',
  'assessed',
  'credited',
  'replay-review',
  'published',
  'retired',
];
/** What was shown and made of it is seen by those who made it, and by others soon. */
const KEPT: readonly DemonstrationState[] = ['ended', 'assessed', 'credited', 'replay-review', 'published'];
/** From the replay on, whose states say nothing of credits. */
const REPLAYED: readonly DemonstrationState[] = ['replay-review', 'published', 'retired'];
const ALL: readonly DemonstrationState[] = [...BEFORE, 'live', ...FINISHED, 'cancelled'];

/** Everybody of the list in the same states. */
const each = (standings: readonly Standing[], states: readonly DemonstrationState[]): Act['who'] =>
  Object.fromEntries(standings.map((standing) => [standing, states]));

const ORGANIZERS: readonly Standing[] = ['surgeon', 'coordinator'];
const DESK: readonly Standing[] = ['surgeon', 'coordinator', 'moderator', 'deputy'];
/** Who holds the desk: a moderator who is gone is replaced by the deputy at once. */
const MODERATING: readonly Standing[] = ['moderator', 'deputy'];
const SIGNERS: readonly Standing[] = ['theatre-signer', 'ethics-signer'];
const ON_STAGE: readonly Standing[] = ['moderator', 'deputy', 'advocate', 'nurse', 'expert'];
/** Who may look a replay through before others see it: anybody of the demonstration but the surgeon. */
const SECOND_PEOPLE: readonly Standing[] = ['coordinator', ...SIGNERS, ...ON_STAGE];

export const ACTS: Record<DemonstrationAction, Act> = {
  'read-plan': { who: each([...ORGANIZERS, ...SIGNERS, ...ON_STAGE], ALL) },
  edit: { who: each(ORGANIZERS, [...BEFORE, 'live']), recorded: 'demonstration:save' },
  'ask-sign-off': {
    who: each(ORGANIZERS, ['planned']),
    when: 'complete-unasked',
    recorded: 'demonstration:ask-sign-off',
  },
  'sign-theatre': {
    who: each(['theatre-signer'], BEFORE),
    when: 'theatre-unsigned',
    recorded: 'demonstration:sign-theatre',
    arrows: [{ from: 'planned', to: 'approved', told: 'demonstration-approved' }],
  },
  'sign-ethics': {
    who: each(['ethics-signer'], BEFORE),
    when: 'ethics-unsigned',
    recorded: 'demonstration:sign-ethics',
    arrows: [{ from: 'planned', to: 'approved', told: 'demonstration-approved' }],
  },
  'send-back': { who: each(SIGNERS, ['planned']), when: 'asked', recorded: 'demonstration:send-back' },
  'check-material': {
    who: each(['coordinator', ...SIGNERS, ...ON_STAGE], [...BEFORE, 'live', ...KEPT]),
    when: 'unchecked',
    recorded: 'demonstration:check-material',
  },
  'withdraw-check': {
    who: each(['surgeon', 'coordinator', ...SIGNERS, ...ON_STAGE], [...BEFORE, 'live', ...KEPT]),
    recorded: 'demonstration:withdraw-check',
  },
  'open-enrolment': {
    who: each(DESK, ['approved']),
    when: 'ready',
    recorded: 'demonstration:open-enrolment',
    arrows: [{ from: 'approved', to: 'enrolling' }],
  },
  'close-enrolment': { who: each(DESK, OPEN), when: 'enrolment-open', recorded: 'demonstration:close-enrolment' },
  'reopen-enrolment': { who: each(DESK, OPEN), when: 'enrolment-closed', recorded: 'demonstration:reopen-enrolment' },
  move: { who: each(ORGANIZERS, ['approved', 'enrolling']), recorded: 'demonstration:move' },
  begin: {
    who: each(DESK, ['enrolling']),
    when: 'may-begin',
    recorded: 'demonstration:begin',
    arrows: [{ from: 'enrolling', to: 'live', told: 'demonstration-begun' }],
  },
  end: { who: each(DESK, ['live']), recorded: 'demonstration:end', arrows: [{ from: 'live', to: 'ended' }] },
  cancel: {
    who: each(ORGANIZERS, BEFORE),
    recorded: 'demonstration:cancel',
    arrows: [
      { from: 'planned', to: 'cancelled', told: 'demonstration-cancelled' },
      { from: 'approved', to: 'cancelled', told: 'demonstration-cancelled' },
      { from: 'enrolling', to: 'cancelled', told: 'demonstration-cancelled' },
    ],
  },
  'read-attendance': {
    who: {
      ...each(DESK, [...OPEN, ...FINISHED, 'cancelled']),
      administrator: [...OPEN, ...FINISHED, 'cancelled'],
      'credit-officer': FINISHED,
    },
  },
  assess: {
    who: each(DESK, ['ended', ...REPLAYED]),
    when: 'assessable',
    recorded: 'demonstration:assess',
    arrows: [{ from: 'ended', to: 'assessed' }],
  },
  credit: {
    who: { 'credit-officer': ['assessed', ...REPLAYED] },
    when: 'creditable',
    recorded: 'demonstration:credit',
    arrows: [{ from: 'assessed', to: 'credited' }],
  },
  'correct-credit': {
    who: { 'credit-officer': ['credited', ...REPLAYED] },
    when: 'credited',
    recorded: 'demonstration:correct-credit',
  },
  enrol: { who: { invited: OPEN }, when: 'enrolment-possible', recorded: 'demonstration:enrol' },
  withdraw: { who: { enrolled: OPEN }, recorded: 'demonstration:withdraw' },
  enter: { who: { ...each(['surgeon', ...ON_STAGE], REHEARSED), enrolled: OPEN } },
  'join-hall': {
    who: { ...each(['surgeon', ...ON_STAGE], REHEARSED), enrolled: ['live'] },
    recorded: 'demonstration:join-hall',
  },
  cut: {
    who: each(['surgeon', 'nurse', 'moderator', 'deputy', 'advocate'], REHEARSED),
    recorded: 'demonstration:cut',
  },
  'choose-program': { who: each(MODERATING, REHEARSED), recorded: 'demonstration:choose-program' },
  /** Pictures, pointers and marks; experts and watchers where moderator or deputy name them. */
  show: { who: each(['surgeon', ...MODERATING], REHEARSED) },
  'answer-check': { who: { enrolled: ['live'] }, recorded: 'demonstration:answer-check' },
  'give-voice': { who: each(MODERATING, ['live']), recorded: 'demonstration:give-voice' },
  'give-back-voice': { who: { enrolled: ['live'] }, recorded: 'demonstration:give-back-voice' },
  'take-still': { who: each(['surgeon', 'nurse'], REHEARSED), recorded: 'demonstration:take-still' },
  'arrange-inputs': { who: each(['surgeon', 'nurse'], REHEARSED), recorded: 'demonstration:arrange-inputs' },
  'read-asking': { who: { ...each(['surgeon', ...ON_STAGE], [...OPEN, ...FINISHED]), enrolled: OPEN } },
  // What is asked is recorded by its own names (`question:ask` and so on).
  ask: { who: each(['surgeon', ...ON_STAGE, 'enrolled'], ['live']) },
  'raise-hand': { who: { enrolled: ['live'] } },
  moderate: { who: each(MODERATING, ['live']) },
  'start-recording': { who: each(DESK, ['live']), when: 'record-consented', recorded: 'demonstration:start-recording' },
  'stop-recording': { who: each(DESK, ['live']), recorded: 'demonstration:stop-recording' },
  'open-replay': {
    who: each(DESK, ['ended', 'assessed', 'credited']),
    when: 'recorded',
    recorded: 'demonstration:open-replay',
    arrows: [
      { from: 'ended', to: 'replay-review' },
      { from: 'assessed', to: 'replay-review' },
      { from: 'credited', to: 'replay-review' },
    ],
  },
  'edit-replay': { who: each(DESK, ['replay-review']), recorded: 'demonstration:edit-replay' },
  'publish-replay': {
    who: each(SECOND_PEOPLE, ['replay-review']),
    when: 'recorded',
    recorded: 'demonstration:publish-replay',
    arrows: [{ from: 'replay-review', to: 'published' }],
  },
  'retire-replay': {
    who: each(DESK, ['published']),
    recorded: 'demonstration:retire-replay',
    arrows: [{ from: 'published', to: 'retired' }],
  },
  /** Seen by those who made it, before it is published. */
  'review-replay': {
    who: each([...ORGANIZERS, ...SIGNERS, ...ON_STAGE], ['replay-review']),
    when: 'recorded',
    recorded: 'demonstration:watch-replay',
  },
  /** Stills and marks that were made while it was live; others see those that a published replay shows, with it. */
  'read-key-images': {
    who: each([...ORGANIZERS, ...SIGNERS, ...ON_STAGE], KEPT),
    when: 'teach-consented',
  },
  'watch-replay': {
    who: each([...ORGANIZERS, ...SIGNERS, ...ON_STAGE, 'enrolled', 'invited'], ['published']),
    when: 'recorded',
    recorded: 'demonstration:watch-replay',
  },
};

/** The patient took back the consent that its recordings stand on: what could be seen again cannot any more. */
export const RECORDINGS_SEALED: { recorded: string; arrows: readonly Arrow[] } = {
  recorded: 'demonstration:seal-recordings',
  arrows: [
    { from: 'replay-review', to: 'retired' },
    { from: 'published', to: 'retired' },
  ],
};

/**
 * The patient took the consent to teaching back; nobody's act on the demonstration. What is not approved yet keeps its plan, which then
 * lacks the consent; what people were let in to is over.
 */
export const CONSENT_WITHDRAWN: { recorded: string; arrows: readonly Arrow[] } = {
  recorded: 'demonstration:consent-withdrawn',
  arrows: [
    { from: 'approved', to: 'cancelled', told: 'demonstration-cancelled' },
    { from: 'enrolling', to: 'cancelled', told: 'demonstration-cancelled' },
    { from: 'live', to: 'ended' },
  ],
};

/** Nobody of theatre and stage has been there for long after its end; nobody's act either. */
export const LEFT_ALONE = 'demonstration:end-left-alone';

/** Whether anybody may be in its hall. */
export const hasHall = (state: DemonstrationState): boolean => REHEARSED.includes(state);

/** In which states a standing sees that there is such a demonstration. Plans are for those who make them. */
export const SEEN: Record<Standing, readonly DemonstrationState[]> = {
  surgeon: ALL,
  coordinator: ALL,
  'theatre-signer': ALL,
  'ethics-signer': ALL,
  moderator: ALL,
  deputy: ALL,
  advocate: ALL,
  nurse: ALL,
  expert: ALL,
  enrolled: [...OPEN, ...FINISHED, 'cancelled'],
  invited: [...OPEN, ...FINISHED],
  administrator: [...OPEN, ...FINISHED, 'cancelled'],
  'credit-officer': FINISHED,
};

/** The states behind each of the lists. */
export const STATES_WHEN = {
  now: ['live'],
  soon: [...BEFORE],
  past: [...FINISHED, 'cancelled'],
} as const satisfies Record<string, readonly DemonstrationState[]>;
