import assert from 'node:assert/strict';
import {
  dueLicenceReminder,
  LICENCE_REMINDER_DAYS,
  type Licence,
  licenceState,
  toLicenceView,
} from '../../../server/licences/licence.ts';
import { endOfChinaDay, startOfChinaDay } from '../../../server/patients/china-date.ts';
import { createRandom } from '../../support/random.ts';

const DAY_MS = 24 * 3_600_000;
const FIRST = Date.parse('2026-01-01T00:00:00.000Z');
const licenceNumber = '110230100001234';

describe('the period of a licence', () => {
  it('[LI4] decides at every instant as its two days in China do, and never has a day left once it is over', () => {
    const random = createRandom(170);
    const dayOf = (days: number) => new Date(FIRST + days * DAY_MS).toISOString().slice(0, 10);
    const met = new Set<string>();
    for (let round = 0; round < 3_000; round += 1) {
      const [one, other] = [random.below(200), random.below(200)].sort((a, b) => a - b) as [number, number];
      const validFrom = random.below(5) === 0 ? null : dayOf(one);
      const validTo = random.below(5) === 0 ? null : dayOf(other);
      const licence: Licence = { licenceNumber: random.below(10) === 0 ? null : licenceNumber, validFrom, validTo };
      const at = new Date(FIRST + random.below(200 * DAY_MS));
      const state = licenceState(licence, at);
      met.add(state);
      const begun = validFrom === null || at >= startOfChinaDay(validFrom);
      const over = validTo !== null && at >= endOfChinaDay(validTo);
      const expected = licence.licenceNumber === null ? 'unrecorded' : !begun ? 'upcoming' : over ? 'expired' : 'valid';
      const where = `round ${round}: ${JSON.stringify(licence)} at ${at.toISOString()}`;
      assert.equal(state, expected, where);
      const { daysLeft } = toLicenceView(licence, at);
      assert.equal(daysLeft !== null, validTo !== null && (state === 'valid' || state === 'upcoming'), where);
      if (daysLeft === null || validTo === null) continue;
      const last = new Date(at.getTime() + daysLeft * DAY_MS);
      assert.ok(last < endOfChinaDay(validTo) && last >= startOfChinaDay(validTo), where);
      const due = dueLicenceReminder(licence, at);
      const nearest = state === 'valid' ? LICENCE_REMINDER_DAYS.filter((days) => daysLeft <= days).at(-1) : undefined;
      assert.equal(due, nearest, where);
    }
    assert.deepEqual([...met].sort(), ['expired', 'unrecorded', 'upcoming', 'valid']);
  });

  it('is not on file where nothing is', () => {
    assert.deepEqual(toLicenceView(undefined, new Date()), { state: 'unrecorded', validTo: null, daysLeft: null });
  });
});
