import { randomUUID } from 'node:crypto';
import type { DemonstrationState, RouteName } from '../../../server/contract/index.ts';
import { type Demonstration, toDraft } from '../../../server/demonstrations/demonstration.ts';
import { newQuestion } from '../asking/asking-world.ts';

export const HOUR_MS = 3_600_000;
const LATER = { startsAt: new Date(Date.now() + HOUR_MS), endsAt: new Date(Date.now() + 3 * HOUR_MS) };

const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
const OVER = { beganAt: ago(3 * HOUR_MS), endedAt: ago(HOUR_MS) };
const ASSESSMENT = { by: randomUUID(), at: ago(HOUR_MS / 2), liveS: 7200, requiredPercent: 80, remark: '' };

/** In which state each act is tried, and with what body. */
export interface Trial {
  name: RouteName;
  state: DemonstrationState;
  changes?: Partial<Demonstration>;
  body?: (stored: Demonstration) => object;
  query?: Record<string, string>;
}
const EVENTS = { fromAt: LATER.startsAt.toISOString() };

const step = (name: RouteName, state: DemonstrationState, changes: Partial<Demonstration> = {}): Trial => ({
  name,
  state,
  changes,
  body: () => ({ version: 1 }),
});
const reasoned = (name: RouteName, state: DemonstrationState): Trial => ({
  name,
  state,
  body: () => ({ version: 1, reason: '改期' }),
});
export const TRIALS: Record<string, Trial> = {
  'demonstration:read': { name: 'demonstration:read', state: 'enrolling' },
  'demonstration:save': {
    name: 'demonstration:save',
    state: 'enrolling',
    body: (stored) => ({ ...toDraft(stored), description: '另一段说明。', version: 1 }),
  },
  'demonstration:ask-sign-off': step('demonstration:ask-sign-off', 'planned', { askedAt: null }),
  'demonstration:sign-theatre': step('demonstration:sign-theatre', 'planned'),
  'demonstration:sign-ethics': step('demonstration:sign-ethics', 'planned'),
  'demonstration:send-back': reasoned('demonstration:send-back', 'planned'),
  'demonstration:check-material (who sees the case)': {
    name: 'demonstration:check-material',
    state: 'enrolling',
    body: () => ({ version: 1, pictureCount: 1 }),
  },
  'demonstration:withdraw-check': { name: 'demonstration:withdraw-check', state: 'live' },
  'demonstration:withdraw-check (assessed)': {
    name: 'demonstration:withdraw-check',
    state: 'assessed',
    changes: { ...OVER, assessment: ASSESSMENT },
  },
  'demonstration:open-enrolment': step('demonstration:open-enrolment', 'approved'),
  'demonstration:close-enrolment': step('demonstration:close-enrolment', 'enrolling'),
  'demonstration:reopen-enrolment': step('demonstration:reopen-enrolment', 'enrolling', {
    enrolmentClosedAt: '2026-11-30T00:00:00.000Z',
  }),
  'demonstration:move': {
    name: 'demonstration:move',
    state: 'enrolling',
    body: () => ({
      version: 1,
      room: '第五手术间',
      startsAt: LATER.startsAt.toISOString(),
      endsAt: LATER.endsAt.toISOString(),
    }),
  },
  'demonstration:begin': step('demonstration:begin', 'enrolling'),
  'demonstration:end': step('demonstration:end', 'live'),
  'demonstration:cancel': reasoned('demonstration:cancel', 'enrolling'),
  'demonstration:attendance': { name: 'demonstration:attendance', state: 'enrolling' },
  'demonstration:ticket': { name: 'demonstration:ticket', state: 'live' },
  'demonstration:cut': { name: 'demonstration:cut', state: 'live', body: () => ({ picture: true, sound: true }) },
  'demonstration:resume-cut': {
    name: 'demonstration:resume-cut',
    state: 'live',
    body: () => ({ picture: true, sound: true, number: 0 }),
  },
  'demonstration:program': {
    name: 'demonstration:program',
    state: 'live',
    body: () => ({ layout: 'single', main: null, second: null }),
  },
  'demonstration:give-voice': { name: 'demonstration:give-voice', state: 'live', body: () => ({ sources: ['audio'] }) },
  'demonstration:take-voice': { name: 'demonstration:take-voice', state: 'live' },
  'demonstration:give-back-voice': { name: 'demonstration:give-back-voice', state: 'live' },
  'showing:name': { name: 'showing:name', state: 'live' },
  'showing:unname': { name: 'showing:unname', state: 'live' },
  'demonstration:arrange-inputs': { name: 'demonstration:arrange-inputs', state: 'live', body: () => ({ inputs: [] }) },
  'phone-camera:invite': { name: 'phone-camera:invite', state: 'live' },
  'phone-cameras:list': { name: 'phone-cameras:list', state: 'live' },
  'demonstration:start-recording': { name: 'demonstration:start-recording', state: 'live' },
  'demonstration:stop-recording': { name: 'demonstration:stop-recording', state: 'live' },
  'demonstration:open-replay': step('demonstration:open-replay', 'ended'),
  'replay:read (in review)': { name: 'replay:read', state: 'replay-review' },
  'replay:events (in review)': { name: 'replay:events', state: 'replay-review', query: EVENTS },
  'replay:events (published)': { name: 'replay:events', state: 'published', query: EVENTS },
  'demonstration:key-images (before)': { name: 'demonstration:key-images', state: 'ended' },
  'demonstration:key-images (published)': { name: 'demonstration:key-images', state: 'published' },
  'replay:save': {
    name: 'replay:save',
    state: 'replay-review',
    body: () => ({ version: 1, cutParts: [], maskedParts: [], leftOutQuestions: [], chapters: [] }),
  },
  'demonstration:publish-replay': step('demonstration:publish-replay', 'replay-review'),
  'replay:read (published)': { name: 'replay:read', state: 'published' },
  'demonstration:retire-replay': step('demonstration:retire-replay', 'published'),
  'asking:read': { name: 'asking:read', state: 'live' },
  'question:ask': { name: 'question:ask', state: 'live', body: () => newQuestion('段间平面怎样辨认？') },
  'hand:raise': { name: 'hand:raise', state: 'live' },
  'poll:open': { name: 'poll:open', state: 'live', body: () => ({ text: '入路？', options: ['单孔', '三孔'] }) },
  'demonstration:answer-check': { name: 'demonstration:answer-check', state: 'live' },
  'demonstration:assess': {
    name: 'demonstration:assess',
    state: 'ended',
    changes: OVER,
    body: () => ({ version: 1, remark: '' }),
  },
  'demonstration:credit': {
    name: 'demonstration:credit',
    state: 'assessed',
    changes: { ...OVER, assessment: ASSESSMENT },
    body: () => ({ version: 1, points: 1.5 }),
  },
  'demonstration:correct-credit': {
    name: 'demonstration:correct-credit',
    state: 'credited',
    changes: {
      ...OVER,
      assessment: ASSESSMENT,
      credit: { by: randomUUID(), at: new Date().toISOString(), pointsTenths: 15 },
    },
    body: () => ({ version: 1, points: 0.5, reason: '补看回放' }),
  },
  'demonstration:enrol': { name: 'demonstration:enrol', state: 'enrolling' },
  'demonstration:withdraw': { name: 'demonstration:withdraw', state: 'enrolling' },
};
