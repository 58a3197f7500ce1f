import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { DemonstrationAction, DemonstrationState, Failure, type SeatHolder } from '../../../server/contract/index.ts';
import {
  asked,
  begun,
  consentWithdrawn,
  type Demonstration,
  ended,
  moved,
  opened,
  saved,
  sentBack,
  signedOff,
  toDraft,
} from '../../../server/demonstrations/demonstration.ts';
import { materialChecked } from '../../../server/demonstrations/material-check.ts';
import type { gapsOf } from '../../../server/demonstrations/rules/gaps.ts';
import { holds } from '../../../server/demonstrations/rules/guards.ts';
import { ACTS, CONSENT_WITHDRAWN, SEEN, type Standing } from '../../../server/demonstrations/rules/rules.ts';
import { AT, AWAY, approved, empty, gapsIn, id, SEATS, whole } from '../../support/demonstration-plan.ts';

describe('the rules of a demonstration', () => {
  it('[DM1] lead from the plan to its end by no other way, and into every state', () => {
    const arrows = [...Object.values(ACTS), CONSENT_WITHDRAWN].flatMap(({ arrows = [] }) => arrows);
    const ways = [...new Set(arrows.map(({ from, to }) => `${from} → ${to}`))].sort();
    assert.deepEqual(ways, [
      'approved → cancelled',
      'approved → enrolling',
      'assessed → credited',
      'assessed → replay-review',
      'credited → replay-review',
      'ended → assessed',
      'ended → replay-review',
      'enrolling → cancelled',
      'enrolling → live',
      'live → ended',
      'planned → approved',
      'planned → cancelled',
      'published → retired',
      'replay-review → published',
    ]);
    const reached = new Set(['planned', ...arrows.map(({ to }) => to)]);
    assert.deepEqual([...reached].sort(), DemonstrationState.options.toSorted());
  });

  it('[DM1] let nobody act on what they do not see, and record every change', () => {
    for (const [action, { who, arrows, recorded }] of Object.entries(ACTS)) {
      for (const [standing, states] of Object.entries(who))
        for (const state of states) assert.ok(SEEN[standing as Standing].includes(state), `${action}: ${standing}`);
      if (arrows) {
        assert.ok(recorded, action);
        const from = new Set(arrows.map((arrow) => arrow.from));
        const possible = new Set(Object.values(who).flat());
        for (const state of from) assert.ok(possible.has(state), `${action}: nobody may go along it from ${state}`);
      }
    }
    const unnamed = DemonstrationAction.options.filter((action) => !ACTS[action].recorded);
    const readings = ['read-plan', 'read-attendance', 'enter', 'show', 'read-key-images', 'read-asking'];
    // What is shown and asked is recorded under the names of its own acts.
    assert.deepEqual(unnamed, [...readings, 'ask', 'raise-hand', 'moderate']);
  });

  it('[DM3] say what an empty plan lacks, and of a whole one that it waits to be asked for', () => {
    assert.deepEqual(gapsIn(empty()), [
      'title',
      'procedure',
      'room',
      'time',
      'case',
      'moderator',
      'deputy',
      'advocate',
      'theatre-signer',
      'ethics-signer',
      'audience',
      'sign-off-request',
      'theatre-sign-off',
      'ethics-sign-off',
    ]);
    assert.deepEqual(gapsIn(whole()), ['sign-off-request', 'theatre-sign-off', 'ethics-sign-off']);
    assert.deepEqual(gapsIn(approved()), []);
    assert.deepEqual(gapsIn(approved(), { isConsented: false }), ['teach-consent']);
    assert.deepEqual(gapsIn(approved(), { namesPatient: true }), ['patient-named']);
    assert.deepEqual(gapsIn(approved(), { uncheckedCount: 1 }), ['materials-unchecked']);
    assert.deepEqual(gapsIn(approved(), { isSomebodyGone: true }), ['people-gone']);
    assert.deepEqual(gapsIn(approved(), { at: new Date('2026-12-01T05:00:00.000Z') }), ['time-past']);
    assert.deepEqual(gapsIn({ ...empty(), state: 'ended' }), [], 'nothing is waited for');
    assert.ok(gapsIn({ ...whole(), endsAt: '2026-12-01T01:30:00.000Z' }).includes('time-order'));
  });

  it('[DM3] keep places apart that two people must hold', () => {
    const withSeat = (seat: SeatHolder['seat'], accountId: string) => ({
      ...whole(),
      seats: SEATS.map((one) => (one.seat === seat ? { ...one, accountId } : one)),
    });
    const apart = (demonstration: Demonstration) => !gapsIn(demonstration).includes('people-not-apart');
    assert.ok(apart(whole()));
    for (const seat of ['theatre-signer', 'ethics-signer', 'moderator', 'deputy', 'advocate'] as const)
      assert.ok(!apart(withSeat(seat, id('surgeon'))), `the surgeon as ${seat}`);
    assert.ok(!apart(withSeat('theatre-signer', id('ethics'))), 'one signs for both');
    assert.ok(!apart(withSeat('deputy', id('moderator'))), 'one is their own deputy');
    assert.ok(!apart(withSeat('advocate', id('moderator'))), 'the advocate holds the desk');
  });

  it('[DM4] approve with the second signature, whichever comes first', () => {
    for (const [first, second] of [
      ['theatre', 'ethics'],
      ['ethics', 'theatre'],
    ] as const) {
      const one = signedOff(asked(whole(), AT), first, { accountId: id(first), at: AT });
      assert.equal(one.state, 'planned');
      assert.equal(signedOff(one, second, { accountId: id(second), at: AT }).state, 'approved');
    }
  });

  it('[DM4] take request and signatures back with any change of the plan, and with a return', () => {
    const signed = signedOff(asked(whole(), AT), 'theatre', { accountId: id('theatre'), at: AT });
    const by = { by: id('surgeon'), at: AT };
    const same = saved(signed, toDraft(signed), by);
    assert.ok(same.askedAt && same.signOffs.theatre, 'saved as it was');
    const other = saved(signed, { ...toDraft(signed), description: '另一段' }, by);
    assert.deepEqual([other.askedAt, other.signOffs.theatre], [null, null]);
    const back = sentBack(signed, '缺少术前讨论', AT);
    assert.deepEqual([back.askedAt, back.signOffs.theatre, back.sentBackReason], [null, null, '缺少术前讨论']);
    assert.equal(asked(back, AT).sentBackReason, '');
  });

  it('[DM4] refuse to change what was signed for, and let the rest go on', () => {
    const signed = approved();
    const by = { by: id('surgeon'), at: AT };
    for (const change of [
      { title: '别的手术' },
      { procedure: '别的' },
      { room: '5' },
      { startsAt: '2026-12-02T02:00:00.000Z' },
      { consultationId: randomUUID() },
      { materialIds: [randomUUID()] },
      { seats: SEATS.filter(({ seat }) => seat !== 'ethics-signer') },
    ])
      assert.throws(
        () => saved(signed, { ...toDraft(signed), ...change }, by),
        (err) => err instanceof Failure && err.reason === 'plan-signed' && err.fields?.[0] === Object.keys(change)[0],
        JSON.stringify(change),
      );
    const deputy = { seat: 'deputy' as const, accountId: id('watcher'), facilityId: AWAY };
    const seats = SEATS.map((one) => (one.seat === 'deputy' ? deputy : one));
    const next = saved(signed, { ...toDraft(signed), seats, capacity: 30, description: '补充' }, by);
    assert.deepEqual([next.state, next.capacity, next.signOffs.theatre], ['approved', 30, signed.signOffs.theatre]);
  });

  it('[DM4] keep somebody at the desk and somebody who speaks for the patient while it is live', () => {
    const live = begun(opened(approved(), AT), AT);
    const by = { by: id('surgeon'), at: AT };
    const withSeat = (seat: string, accountId: string | undefined) => ({
      ...toDraft(live),
      seats: SEATS.flatMap((one) => (one.seat !== seat ? one : accountId === undefined ? [] : { ...one, accountId })),
    });
    for (const seat of ['moderator', 'deputy', 'advocate']) {
      for (const nobodyElse of [undefined, id('surgeon')])
        assert.throws(
          () => saved(live, withSeat(seat, nobodyElse), by),
          (err) => err instanceof Failure && err.reason === 'plan-signed' && err.fields?.includes('seats'),
          `${seat} ${nobodyElse}`,
        );
      const other = saved(live, withSeat(seat, id('watcher')), by).seats.find((one) => one.seat === seat);
      assert.equal(other?.accountId, id('watcher'), seat);
    }
    const without = saved(live, withSeat('nurse', undefined), by);
    assert.ok(!without.seats.some(({ seat }) => seat === 'nurse'), 'others may go');
  });

  it('[DM4] have the theatre sign anew after a move, and ethics not', () => {
    const to = { startsAt: '2026-12-03T02:00:00.000Z', endsAt: '2026-12-03T05:00:00.000Z', room: '5' };
    const next = moved(opened(approved(), AT), to, AT);
    assert.deepEqual(gapsIn(next), ['theatre-sign-off']);
    const again = signedOff(next, 'theatre', { accountId: id('theatre'), at: AT });
    assert.deepEqual([again.state, gapsIn(again)], ['enrolling', []]);
  });

  it('[DM5] let a second person check, and ask for it again once there are more pictures', () => {
    const materialId = randomUUID();
    const listed = saved(
      whole(),
      { ...toDraft(whole()), materialIds: [materialId] },
      { by: id('coordinator'), at: AT },
    );
    const check = (by: string) => materialChecked(listed, materialId, { by, at: AT, pictureCount: 3 });
    for (const who of ['surgeon', 'coordinator'])
      assert.throws(
        () => check(id(who)),
        (err) => err instanceof Failure && err.reason === 'people-not-apart',
        who,
      );
    assert.deepEqual(check(id('ethics')).materials[0]?.checkedCount, 3);
    // Listed again for another patient it is another picture.
    const moved = saved(
      check(id('ethics')),
      { ...toDraft(listed), consultationId: randomUUID() },
      { by: id('surgeon'), at: AT },
    );
    assert.equal(moved.materials[0]?.checkedBy, null);
  });

  it('[DM6] cancel with the consent what was opened, end what is on, and leave a plan', () => {
    const outcome = (demonstration: Demonstration) => consentWithdrawn(demonstration, AT)?.next.state;
    assert.equal(outcome(whole()), undefined);
    assert.equal(outcome(approved()), 'cancelled');
    const enrolling = opened(approved(), AT);
    assert.equal(outcome(enrolling), 'cancelled');
    const live = begun(enrolling, AT);
    assert.equal(outcome(live), 'ended');
    assert.equal(consentWithdrawn(live, AT)?.next.endedAt, AT.toISOString());
    assert.equal(outcome(ended(live, AT)), undefined);
  });

  it('[DM1] lets nobody begin without a hall, without the consent, or earlier than an hour before', () => {
    const enrolling = opened(approved(), AT);
    const may = (facts: { hallReady?: boolean; at?: Date; gaps?: ReturnType<typeof gapsOf> }) =>
      holds('may-begin', enrolling, {
        gaps: [],
        enrolledCount: 0,
        hallReady: true,
        isRecordConsented: true,
        isRecorded: true,
        isTeachConsented: true,
        isUnchecked: false,
        at: AT,
        ...facts,
      });
    assert.ok(may({}));
    assert.ok(!may({ hallReady: false }));
    assert.ok(!may({ gaps: ['teach-consent'] }));
    assert.ok(!may({ at: new Date('2026-12-01T00:59:59.999Z') }));
    assert.ok(may({ gaps: ['materials-unchecked'] }), 'what nobody looked through is not shown');
  });

  it('[DM5] wait for what nobody looked through until both have signed, and not after', () => {
    const consents = { isRecordConsented: true, isRecorded: true, isTeachConsented: true };
    const facts = { enrolledCount: 0, hallReady: true, ...consents, isUnchecked: true, at: AT };
    const gaps = ['materials-unchecked' as const];
    assert.ok(!holds('complete-unasked', whole(), { ...facts, gaps }));
    assert.ok(!holds('theatre-unsigned', asked(whole(), AT), { ...facts, gaps }));
    const moved = { ...approved(), signOffs: { ...approved().signOffs, theatre: null } };
    assert.ok(holds('theatre-unsigned', moved, { ...facts, gaps }), 'signed anew after a move');
    assert.ok(holds('ready', approved(), { ...facts, gaps }));
    assert.ok(holds('unchecked', approved(), { ...facts, gaps }), 'it can be looked through all the same');
  });
});
