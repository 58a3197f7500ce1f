import assert from 'node:assert/strict';

import {
  type Agreement,
  covers,
  daysLeft,
  dueReminder,
  isValid,
  NO_RESPONSE_TIMES,
  overlap,
  type Period,
  periodOf,
  periodOfDays,
  REMINDER_DAYS,
  stateOf,
} from '../../../server/facilities/agreement.ts';
import { successorOf } from '../../../server/facilities/renew-use-case.ts';
import { createRandom } from '../../support/random.ts';

const DAY_MS = 24 * 3_600_000;
const BEGIN = Date.parse('2026-01-01T00:00:00.000Z');
const instant = (ms: number) => new Date(ms).toISOString();

function agreement(changes: Partial<Agreement> = {}): Agreement {
  const { from, to } = periodOfDays('2026-03-01', '2026-12-31');
  return {
    agreementId: 'a',
    invitingFacilityId: 'one',
    invitedFacilityId: 'other',
    validFrom: from,
    validTo: to,
    services: [],
    responseTimes: NO_RESPONSE_TIMES,
    liabilityText: '',
    signatures: { inviting: true, invited: true },
    signedCopy: null,
    predecessorId: null,
    endedAt: null,
    endReason: '',
    version: 1,
    changedAt: from,
    ...changes,
  };
}

function randomPeriod(random: ReturnType<typeof createRandom>): Period {
  const from = BEGIN + random.below(40) * DAY_MS;
  return { from: instant(from), to: instant(from + (random.below(12) - 1) * DAY_MS) };
}

describe('the periods of agreements', () => {
  it('[AG3] two overlap exactly where some instant lies in both: seeded', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = createRandom(seed);
      const [one, other] = [randomPeriod(random), randomPeriod(random)];
      // Whole days: where they have anything in common, they have a midnight in common.
      const shared = Array.from({ length: 60 }, (_, day) => instant(BEGIN + day * DAY_MS)).some(
        (at) => covers(one, at) && covers(other, at),
      );
      assert.equal(overlap(one, other), shared, `seed ${seed}`);
      assert.equal(overlap(other, one), shared, `seed ${seed}, turned round`);
    }
  });

  it('is in one state at any time, and valid exactly within its days: seeded', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = createRandom(seed);
      const { from, to } = randomPeriod(random);
      const endedAt = random.next() < 0.4 ? instant(BEGIN + random.below(60) * DAY_MS) : null;
      const isSigned = random.next() < 0.8;
      const one = agreement({
        validFrom: from,
        validTo: to,
        endedAt,
        signatures: isSigned ? { inviting: true, invited: true } : { inviting: true, invited: null },
      });
      for (let day = 0; day < 60; day += 1) {
        const at = new Date(BEGIN + day * DAY_MS);
        const text = at.toISOString();
        const expected = isSigned && from <= text && text < to && (endedAt === null || text < endedAt);
        assert.equal(isValid(one, at), expected, `seed ${seed}, day ${day}`);
        assert.equal(stateOf(one, at) === 'draft', !isSigned);
        if (expected) assert.ok(daysLeft(one, at) >= 1);
      }
    }
  });

  it('[AG5] each reminder is due from its day on until the next one, and none outside of the validity', () => {
    const one = agreement();
    const end = Date.parse(periodOf(one).to);
    const at = (days: number) => new Date(end - days * DAY_MS);
    assert.equal(dueReminder(one, at(61)), undefined);
    for (const [days, expected] of [
      [60, 60],
      [31, 60],
      [30, 30],
      [8, 30],
      [7, 7],
      [1, 7],
    ] as const)
      assert.equal(dueReminder(one, at(days)), expected, `${days} days before`);
    assert.equal(dueReminder(one, at(0)), undefined);
    assert.equal(dueReminder(agreement({ signatures: { inviting: true, invited: null } }), at(5)), undefined);
    assert.equal(dueReminder(agreement({ endedAt: at(20).toISOString() }), at(5)), undefined);
    const given = new Set(Array.from({ length: 100 }, (_, days) => dueReminder(one, at(days))));
    assert.deepEqual([...given].filter(Boolean).sort(), [...REMINDER_DAYS].sort());
  });

  it('[AG4] a renewal begins where the one before ends, without a gap and without overlapping: seeded', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const random = createRandom(seed);
      const from = BEGIN + random.below(300) * DAY_MS;
      const one = agreement({ validFrom: instant(from), validTo: instant(from + (1 + random.below(700)) * DAY_MS) });
      const at = new Date(from + random.below(900) * DAY_MS);
      const next = successorOf(one, at);
      assert.equal(overlap(periodOf(one), periodOf(next)), false, `seed ${seed}`);
      if (isValid(one, at)) assert.equal(next.validFrom, one.validTo, `seed ${seed}`);
      assert.ok(next.validFrom >= at.toISOString() || next.validFrom === one.validTo);
      assert.equal(stateOf(next, at), 'draft');
      assert.deepEqual(next.signedCopy, null);
    }
  });
});
