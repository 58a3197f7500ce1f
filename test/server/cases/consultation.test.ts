import assert from 'node:assert/strict';
import {
  accepted,
  acknowledged,
  amending,
  amendmentWithdrawn,
  answeredInWriting,
  type Consultation,
  cancelled,
  declined,
  drafted,
  edited,
  issued,
  met,
  requireVersion,
  submitted,
  supplementAsked,
} from '../../../server/cases/consultation.ts';
import { type ConsultationState, Failure } from '../../../server/contract/index.ts';
import { COUNTY, makeConsultation, PROVINCE } from '../../support/make-case.ts';
import { createRandom } from '../../support/random.ts';

const SPECIALIST = '44444444-4444-4444-8444-444444444444';
const PATIENT = '55555555-5555-4555-8555-555555555555';
const at = new Date('2026-01-03T00:00:00.000Z');

/** Every step, and every pair of states that it may join, written out a second time by hand. */
interface Step {
  run(now: Consultation): Consultation;
  leads: [ConsultationState, ConsultationState][];
  /** Where the state alone does not decide. */
  fits?(now: Consultation): boolean;
}
const STEPS: Record<string, Step> = {
  edit: {
    run: (now) => edited(now, { ...now, question: `${now.question}?` }, at),
    leads: [
      ['draft', 'draft'],
      ['supplement', 'supplement'],
    ],
  },
  submit: {
    run: (now) => submitted(now, { patientId: PATIENT, patient: now.patient, terms: null, parties: null }, at),
    leads: [
      ['draft', 'submitted'],
      ['supplement', 'submitted'],
      ['supplement', 'accepted'],
    ],
  },
  cancel: {
    run: (now) => cancelled(now, 'changed', at),
    leads: [
      ['draft', 'cancelled'],
      ['submitted', 'cancelled'],
      ['supplement', 'cancelled'],
      ['accepted', 'cancelled'],
    ],
  },
  accept: { run: (now) => accepted(now, SPECIALIST, at), leads: [['submitted', 'accepted']] },
  decline: { run: (now) => declined(now, 'not ours', at), leads: [['submitted', 'declined']] },
  supplement: {
    run: (now) => supplementAsked(now, 'thin slices', at),
    leads: [
      ['submitted', 'supplement'],
      ['accepted', 'supplement'],
    ],
  },
  'answer-in-writing': {
    run: (now) => answeredInWriting(now, 'the camera is broken', SPECIALIST, at),
    leads: [['accepted', 'accepted']],
    fits: (now) => now.kind === 'video',
  },
  meet: { run: (now) => met(now, at), leads: [['accepted', 'in-consultation']] },
  issue: {
    run: (now) => issued(now, at),
    leads: [
      ['accepted', 'issued'],
      ['in-consultation', 'issued'],
      ['issued', 'issued'],
      ['acknowledged', 'issued'],
    ],
    fits: (now) =>
      ['issued', 'acknowledged'].includes(now.state)
        ? now.amendment !== null
        : now.state !== 'accepted' || now.kind === 'written',
  },
  amend: {
    run: (now) => amending(now, { kind: 'corrected', reason: 'the other side' }, at),
    leads: [
      ['issued', 'issued'],
      ['acknowledged', 'acknowledged'],
    ],
    fits: (now) => now.amendment === null,
  },
  'withdraw-amendment': {
    run: (now) => amendmentWithdrawn(now, at),
    leads: [
      ['issued', 'issued'],
      ['acknowledged', 'acknowledged'],
    ],
    fits: (now) => now.amendment !== null,
  },
  acknowledge: { run: (now) => acknowledged(now, at), leads: [['issued', 'acknowledged']] },
};
const STATES: ConsultationState[] = [
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

describe('a case', () => {
  for (const [name, { run, leads, fits }] of Object.entries(STEPS))
    for (const from of STATES) {
      const now = makeConsultation({ state: from });
      const targets = fits?.(now) === false ? [] : leads.filter(([start]) => start === from).map(([, end]) => end);
      it(`[CO10] ${targets.length > 0 ? `goes on from ${from}` : `stays ${from}`} at ${name}`, () => {
        if (targets.length === 0)
          assert.throws(
            () => run(now),
            (thrown) => thrown instanceof Failure && thrown.reason === 'state-not-allowed',
          );
        else assert.ok(targets.includes(run(now).state));
      });
    }

  it('[CO9] comes back to the specialist who asked for more, not to the pool', () => {
    const asked = supplementAsked(
      accepted(makeConsultation({ state: 'submitted' }), SPECIALIST, at),
      'thin slices',
      at,
    );
    const again = submitted(asked, { patientId: PATIENT, patient: asked.patient, terms: null, parties: null }, at);
    assert.equal(again.state, 'accepted');
    assert.equal(again.specialistId, SPECIALIST);
    assert.equal(again.reason, '');
  });

  it('[CO17] of the written form is issued without a meeting; of the video form it is not', () => {
    const now = accepted(makeConsultation({ state: 'submitted' }), SPECIALIST, at);
    const refused = (run: () => unknown) =>
      assert.throws(run, (thrown) => thrown instanceof Failure && thrown.reason === 'state-not-allowed');
    refused(() => issued(now, at));
    const written = answeredInWriting(now, 'the camera is broken', SPECIALIST, at);
    assert.deepEqual(written.kindChange, {
      reason: 'the camera is broken',
      accountId: SPECIALIST,
      at: at.toISOString(),
    });
    refused(() => answeredInWriting(written, 'again', SPECIALIST, at));
    assert.equal(issued(written, at).state, 'issued');
    assert.equal(
      issued(accepted(makeConsultation({ state: 'submitted', kind: 'written' }), SPECIALIST, at), at).metAt,
      null,
    );
    assert.equal(met(written, at).metAt, at.toISOString(), 'who answers in writing may meet all the same');
  });

  it('[CO3] rises by one version at each change and knows an outdated one', () => {
    const now = makeConsultation({ version: 7 });
    assert.equal(cancelled(now, 'no', at).version, 8);
    requireVersion(now, 7);
    assert.throws(
      () => requireVersion(now, 6),
      (thrown) => thrown instanceof Failure && thrown.code === 'conflict' && thrown.reason === 'version-outdated',
    );
  });

  it('never takes an illegal way, whatever is tried in whatever order', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = createRandom(seed);
      let now = drafted({
        consultationId: PATIENT,
        caseNumber: 'HZ',
        requesterId: PATIENT,
        requesterFacilityId: COUNTY,
        patient: makeConsultation().patient,
        at,
      });
      now = { ...now, invitedFacilityId: PROVINCE };
      for (let count = 0; count < 40; count += 1) {
        const [name, step] = random.pick(Object.entries(STEPS));
        const before = structuredClone(now);
        try {
          const next = step.run(now);
          assert.ok(
            step.leads.some(([from, to]) => from === before.state && to === next.state),
            `seed ${seed}: ${name} led from ${before.state} to ${next.state}`,
          );
          assert.equal(next.version, before.version + 1, `seed ${seed}`);
          assert.equal(next.caseNumber, before.caseNumber);
          assert.equal(next.requesterId, before.requesterId);
          assert.deepEqual(now, before, `seed ${seed}: ${name} changed the value it was given`);
          // Nothing is answered that nobody accepted, and nothing acknowledged that was not issued.
          if (['accepted', 'in-consultation', 'issued', 'acknowledged'].includes(next.state))
            assert.ok(next.specialistId);
          if (['issued', 'acknowledged'].includes(next.state)) assert.ok(next.issuedAt);
          // Nothing is issued by video that nobody met for.
          if (next.issuedAt && next.kind === 'video') assert.ok(next.metAt, `seed ${seed}`);
          now = next;
        } catch (thrown) {
          assert.ok(
            thrown instanceof Failure && thrown.reason === 'state-not-allowed',
            `seed ${seed}: ${String(thrown)}`,
          );
          assert.ok(
            step.fits?.(before) === false || !step.leads.some(([from]) => from === before.state),
            `seed ${seed}: ${name} refused in ${before.state}`,
          );
        }
      }
    }
  });
});
