import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Appointment, chooseAppointment, endOf, isInForce } from '../../../server/accounts/appointment.ts';
import { startOfChinaDay } from '../../../server/patients/china-date.ts';
import { createRandom } from '../../support/random.ts';

const SEED = 20_261_130;
const DAY_MS = 24 * 3_600_000;
const FIRST = Date.parse('2026-02-26T16:00:00.000Z');

const random = createRandom(SEED);
/** A day around the end of February, as China's calendar writes it; now and then none. */
const anyDay = (): string | null =>
  random.below(4) === 0 ? null : new Date(FIRST + random.below(7) * DAY_MS + 8 * 3_600_000).toISOString().slice(0, 10);
/** Often a midnight in China, or a millisecond beside it. */
const anyInstant = (): Date =>
  new Date(FIRST + random.below(8) * DAY_MS + random.pick([0, -1, 1, random.below(DAY_MS)]));

function anyAppointment(): Appointment {
  return {
    appointmentId: randomUUID(),
    accountId: 'a',
    facilityId: 'f',
    department: null,
    role: 'physician',
    title: '',
    specialty: null,
    fromDay: anyDay(),
    toDay: anyDay(),
    endedAt: random.below(3) === 0 ? anyInstant().toISOString() : null,
    isMain: false,
    revision: 1,
  };
}

/** The same rule in instants alone: midnight to midnight in China, or until somebody ended it. */
function isWithin({ fromDay, toDay, endedAt }: Appointment, at: Date): boolean {
  const from = fromDay === null ? Number.NEGATIVE_INFINITY : startOfChinaDay(fromDay).getTime();
  const to = toDay === null ? Number.POSITIVE_INFINITY : startOfChinaDay(toDay).getTime() + DAY_MS;
  const ended = endedAt === null ? Number.POSITIVE_INFINITY : Date.parse(endedAt);
  return from <= at.getTime() && at.getTime() < to && at.getTime() < ended;
}

describe('when an appointment is in force', () => {
  it(`is from midnight of the first day to midnight after the last, in China (seed ${SEED})`, () => {
    for (let turn = 0; turn < 5_000; turn += 1) {
      const appointment = anyAppointment();
      const at = anyInstant();
      assert.equal(isInForce(appointment, at), isWithin(appointment, at), JSON.stringify({ appointment, at }));
      const end = endOf(appointment);
      if (end !== null) {
        assert.ok(!isInForce(appointment, new Date(end)), 'not at its end');
        assert.ok(!isInForce(appointment, new Date(Date.parse(end) + random.below(10 * DAY_MS))), 'and never after it');
        const before = new Date(Date.parse(end) - 1);
        const hasBegun = appointment.fromDay === null || startOfChinaDay(appointment.fromDay) <= before;
        assert.equal(isInForce(appointment, before), hasBegun, 'a millisecond before it is');
      }
    }
  });

  it('says the hour: 23:59 on the last day is in, 00:00 is out', () => {
    const appointment = { fromDay: '2026-02-28', toDay: '2026-02-28', endedAt: null };
    for (const [at, expected] of [
      ['2026-02-27T15:59:59.999Z', false],
      ['2026-02-27T16:00:00.000Z', true],
      ['2026-02-28T15:59:59.999Z', true],
      ['2026-02-28T16:00:00.000Z', false],
    ] as const)
      assert.equal(isInForce(appointment, new Date(at)), expected, at);
  });

  it(`begins where the person was last, else in the first that is in force, and never in another (seed ${SEED})`, () => {
    for (let turn = 0; turn < 2_000; turn += 1) {
      const own = Array.from({ length: random.below(4) }, anyAppointment);
      const at = anyInstant();
      const last = own.length > 0 && random.below(2) === 0 ? random.pick(own) : undefined;
      const chosen = chooseAppointment(own, last?.appointmentId ?? null, at);
      const inForce = own.filter((one) => isWithin(one, at));
      assert.equal(chosen, last && inForce.includes(last) ? last : inForce[0]);
    }
  });
});
