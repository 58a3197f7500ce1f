import assert from 'node:assert/strict';
import type { Consultation } from '../../../server/cases/consultation.ts';
import { type StopFacts, stopsOf } from '../../../server/cases/stops.ts';
import { makeConsultation } from '../../support/make-case.ts';

const DAY = (day: number) => `2026-01-0${day}T08:00:00.000Z`;
const wayOf = (changes: Partial<Consultation>, facts: Partial<StopFacts> = {}): string[] =>
  stopsOf(makeConsultation(changes), {
    requesterName: '李春梅',
    specialistName: null,
    callActive: false,
    acknowledgedAt: null,
    ...facts,
  }).map(({ name, status, at }) => [name, status, at?.slice(8, 10)].filter(Boolean).join(' '));

const submitted = { state: 'submitted', submittedAt: DAY(3), changedAt: DAY(3) } as const;
const accepted = { ...submitted, state: 'accepted', acceptedAt: DAY(4), changedAt: DAY(4) } as const;
const issued = { ...accepted, state: 'issued', metAt: DAY(5), issuedAt: DAY(6), changedAt: DAY(6) } as const;

describe('[CO20] the way of a case', () => {
  it('names what is done and what lies ahead; in writing nobody need meet', () => {
    assert.deepEqual(wayOf(accepted), [
      'created done 02',
      'submitted done 03',
      'accepted done 04',
      'consulted ahead',
      'issued ahead',
      'acknowledged ahead',
    ]);
    const written = { ...accepted, kind: 'written' } as const;
    assert.ok(!wayOf(written).some((stop) => stop.startsWith('consulted')));
    assert.ok(wayOf(written, { callActive: true }).includes('consulted now'));
    assert.ok(wayOf({ ...written, metAt: DAY(5) }).includes('consulted done 05'));
  });

  it('halts where more was asked for, and goes on behind it', () => {
    assert.deepEqual(wayOf({ ...accepted, state: 'supplement', changedAt: DAY(5) }).slice(2, 5), [
      'accepted done 04',
      'supplement stopped 05',
      'consulted ahead',
    ]);
  });

  it('ends where the case was declined or taken back', () => {
    for (const state of ['declined', 'cancelled'] as const)
      assert.deepEqual(wayOf({ ...submitted, state, changedAt: DAY(4) }), [
        'created done 02',
        'submitted done 03',
        `${state} stopped 04`,
      ]);
  });

  it('says when the valid report was acknowledged, whatever happened to the case since', () => {
    const acknowledged = { ...issued, state: 'acknowledged', changedAt: DAY(9) } as const;
    assert.equal(wayOf(acknowledged, { acknowledgedAt: DAY(7) }).at(-1), 'acknowledged done 07');
    assert.equal(wayOf(issued).at(-1), 'acknowledged ahead');
  });
});
