import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { SeatHolder } from '../../server/contract/index.ts';
import {
  asked,
  type Demonstration,
  planned,
  saved,
  signedOff,
  toDraft,
} from '../../server/demonstrations/demonstration.ts';
import { gapsOf, type PlanFacts } from '../../server/demonstrations/rules/gaps.ts';

/*
 * A plan and its people without any server, for the rules alone.
 */

export const AT = new Date('2026-12-01T01:00:00.000Z');
export const [HOME, AWAY] = [randomUUID(), randomUUID()] as [string, string];
const people = Object.fromEntries(
  [
    'surgeon',
    'colleague',
    'coordinator',
    'theatre',
    'ethics',
    'moderator',
    'deputy',
    'advocate',
    'watcher',
    'officer',
  ].map((name) => [name, randomUUID()]),
) as Record<string, string>;
export const id = (name: string): string => people[name] ?? assert.fail(name);

export const SEATS: SeatHolder[] = [
  { seat: 'theatre-signer', accountId: id('theatre'), facilityId: HOME },
  { seat: 'ethics-signer', accountId: id('ethics'), facilityId: HOME },
  { seat: 'moderator', accountId: id('moderator'), facilityId: AWAY },
  { seat: 'deputy', accountId: id('deputy'), facilityId: AWAY },
  { seat: 'advocate', accountId: id('advocate'), facilityId: HOME },
];
const CONSENTED: PlanFacts = {
  isConsented: true,
  namesPatient: false,
  uncheckedCount: 0,
  isSomebodyGone: false,
  at: AT,
};

export const empty = (): Demonstration =>
  planned({ demonstrationId: randomUUID(), facilityId: HOME, surgeonId: id('surgeon'), createdBy: id('surgeon') }, AT);
/** All but the sign-off. */
export function whole(): Demonstration {
  return saved(
    empty(),
    {
      ...toDraft(empty()),
      title: '示教',
      procedure: '肺段切除',
      room: '3',
      startsAt: '2026-12-01T02:00:00.000Z',
      endsAt: '2026-12-01T05:00:00.000Z',
      consultationId: randomUUID(),
      seats: SEATS,
      audience: [{ kind: 'facility', id: AWAY }],
    },
    { by: id('surgeon'), at: AT },
  );
}
export const gapsIn = (demonstration: Demonstration, facts: Partial<PlanFacts> = {}) =>
  gapsOf(demonstration, { ...CONSENTED, ...facts });

export function approved(): Demonstration {
  const first = signedOff(asked(whole(), AT), 'theatre', { accountId: id('theatre'), at: AT });
  return signedOff(first, 'ethics', { accountId: id('ethics'), at: AT });
}
