import assert from 'node:assert/strict';
import type { Caller } from '../../../server/access/caller.ts';
import type { Grant } from '../../../server/access/grant.ts';
import {
  actionsOn,
  findBasis,
  listRemovable,
  maySeeSlideLabels,
  mayUseArchive,
  permissionsOf,
  requireAction,
} from '../../../server/access/may.ts';
import type { Consultation } from '../../../server/cases/consultation.ts';
import { ConsultationAction, ConsultationState, Failure, Role } from '../../../server/contract/index.ts';
import { COUNTY, ELSEWHERE, makeCaller, makeConsultation, makeGrant, PROVINCE } from '../../support/make-case.ts';

const at = new Date('2026-01-03T00:00:00.000Z');
const physician = makeCaller('physician');
const specialist = makeCaller('specialist', PROVINCE);
const poolSpecialist = makeCaller('specialist', PROVINCE);
const surgeon = makeCaller('surgeon', PROVINCE);
const homeCoordinator = makeCaller('coordinator');
const invitedCoordinator = makeCaller('coordinator', PROVINCE);
const everyone = { physician, specialist, poolSpecialist, surgeon, homeCoordinator, invitedCoordinator };

/** The case in a state, with the grants that the use cases give until then. */
function caseIn(state: ConsultationState): { consultation: Consultation; grants: Grant[] } {
  const isAccepted = ['accepted', 'in-consultation', 'issued', 'acknowledged'].includes(state);
  const consultation = makeConsultation({
    state,
    requesterId: physician.accountId,
    specialistId: isAccepted ? specialist.accountId : null,
    issuedAt: ['issued', 'acknowledged'].includes(state) ? '2026-01-02T12:00:00.000Z' : null,
  });
  const ended = isAccepted ? '2026-01-02T10:00:00.000Z' : null;
  const grants = [makeGrant(consultation, physician, 'requester')];
  if (state !== 'draft')
    grants.push(
      makeGrant(consultation, homeCoordinator, 'coordination'),
      makeGrant(consultation, invitedCoordinator, 'coordination'),
      makeGrant(consultation, specialist, 'duty-pool', ended),
      makeGrant(consultation, poolSpecialist, 'duty-pool', ended),
    );
  if (isAccepted)
    grants.push(makeGrant(consultation, specialist, 'assignment'), makeGrant(consultation, surgeon, 'invitation'));
  return { consultation, grants };
}

const listActions = (actor: Caller, state: ConsultationState, callActive = false): string[] =>
  actionsOn({ actor, ...caseIn(state), facts: { callActive }, at });

/** What each may do in each state, written out by hand; `review` stands for being able to see it at all. */
const EXPECTED: Record<keyof typeof everyone, Partial<Record<ConsultationState, string>>> = {
  physician: {
    draft: 'edit attach submit cancel review reveal-patient annotate record-consent',
    submitted: 'attach cancel review reveal-patient annotate chat record-consent withdraw-consent',
    supplement: 'edit attach submit cancel review reveal-patient annotate chat record-consent withdraw-consent',
    accepted:
      'attach cancel invite remove-participant review reveal-patient annotate chat start-call answer-in-writing record-consent withdraw-consent',
    'in-consultation':
      'attach invite remove-participant review reveal-patient annotate chat start-call record-consent withdraw-consent',
    issued: 'review reveal-patient chat read-report acknowledge remove-participant record-consent withdraw-consent',
    acknowledged: 'review reveal-patient read-report remove-participant record-consent withdraw-consent',
    declined: 'review reveal-patient withdraw-consent',
    cancelled: 'review reveal-patient withdraw-consent',
  },
  specialist: {
    submitted: 'accept decline ask-supplement review chat',
    supplement: 'review chat',
    accepted:
      'ask-supplement invite remove-participant review reveal-patient annotate chat start-call answer-in-writing write-opinion hand-over',
    'in-consultation':
      'invite remove-participant review reveal-patient annotate chat start-call write-opinion sign hand-over',
    issued: 'review reveal-patient chat read-report amend-report remove-participant',
    acknowledged: 'review reveal-patient read-report amend-report remove-participant',
    declined: 'review',
    cancelled: 'review',
  },
  poolSpecialist: {
    submitted: 'accept decline ask-supplement review chat',
    supplement: 'review chat',
    declined: 'review',
    cancelled: 'review',
  },
  surgeon: {
    accepted: 'review annotate chat',
    'in-consultation': 'review annotate chat',
    issued: 'review chat read-report',
    acknowledged: 'review read-report',
  },
  homeCoordinator: {
    submitted: 'cancel review reveal-patient chat record-consent withdraw-consent',
    supplement: 'cancel review reveal-patient chat record-consent withdraw-consent',
    accepted: 'cancel invite remove-participant review reveal-patient chat record-consent withdraw-consent',
    'in-consultation': 'invite remove-participant review reveal-patient chat record-consent withdraw-consent',
    issued: 'review reveal-patient chat read-report remove-participant record-consent withdraw-consent',
    acknowledged: 'review read-report remove-participant record-consent withdraw-consent',
    declined: 'review withdraw-consent',
    cancelled: 'review withdraw-consent',
  },
  invitedCoordinator: {
    submitted: 'decline ask-supplement review reveal-patient chat',
    supplement: 'review reveal-patient chat',
    accepted: 'invite remove-participant review reveal-patient chat hand-over',
    'in-consultation': 'invite remove-participant review reveal-patient chat hand-over',
    issued: 'review reveal-patient chat read-report remove-participant',
    acknowledged: 'review read-report remove-participant',
    declined: 'review',
    cancelled: 'review',
  },
};

describe('who may do what', () => {
  for (const [name, actor] of Object.entries(everyone))
    for (const state of ConsultationState.options) {
      const expected = EXPECTED[name as keyof typeof everyone][state]?.split(' ') ?? [];
      it(`[CO11] ${name} in ${state}: ${expected.length > 0 ? expected.join(', ') : 'nothing'}`, () => {
        assert.deepEqual(new Set(listActions(actor, state)), new Set(expected));
      });
    }

  it('[CO11] everything that is listed is let through, everything else is refused', () => {
    for (const actor of Object.values(everyone))
      for (const state of ConsultationState.options)
        for (const callActive of [false, true]) {
          const standing = { actor, ...caseIn(state), facts: { callActive }, at };
          const actions = actionsOn(standing);
          for (const action of ConsultationAction.options)
            if (actions.includes(action)) requireAction(action, standing);
            else assert.throws(() => requireAction(action, standing), Failure);
        }
  });

  it('[CO2] a stranger, a colleague of the same hospital, an administrator and an auditor are told there is no such case', () => {
    const strangers = [
      makeCaller('physician'),
      makeCaller('physician', ELSEWHERE),
      makeCaller('specialist', ELSEWHERE),
      makeCaller('admin'),
      makeCaller('auditor', PROVINCE),
      makeCaller('trainee'),
    ];
    for (const actor of strangers)
      for (const state of ConsultationState.options)
        for (const action of ConsultationAction.options) {
          const standing = { actor, ...caseIn(state), facts: { callActive: true }, at };
          assert.deepEqual(actionsOn(standing), []);
          assert.throws(
            () => requireAction(action, standing),
            (thrown) => thrown instanceof Failure && thrown.code === 'not-found',
          );
        }
  });

  it('[CO2] a grant in the table does not help an administrator or an auditor', () => {
    const { consultation } = caseIn('submitted');
    for (const role of ['admin', 'auditor', 'trainee'] as const)
      for (const basis of ['requester', 'duty-pool', 'assignment', 'invitation', 'coordination'] as const) {
        const actor = makeCaller(role, PROVINCE);
        assert.equal(findBasis(actor, [makeGrant(consultation, actor, basis)], at), undefined);
      }
  });

  it('[CO2] a grant ends with its time, and does not follow a person to another hospital', () => {
    const { consultation } = caseIn('submitted');
    const grants = [makeGrant(consultation, specialist, 'duty-pool', '2026-01-03T00:00:00.000Z')];
    assert.equal(findBasis(specialist, grants, new Date('2026-01-02T23:59:59.999Z')), 'duty-pool');
    assert.equal(findBasis(specialist, grants, at), undefined);
    assert.equal(findBasis(specialist, grants, new Date('2026-01-01T23:59:59.999Z')), undefined);
    assert.equal(
      findBasis({ ...specialist, facilityId: ELSEWHERE }, grants, new Date('2026-01-02T12:00:00Z')),
      undefined,
    );
  });

  it('[CO7] whoever was slower is told that a colleague has the case, though they do not see it any more', () => {
    const standing = { actor: poolSpecialist, ...caseIn('accepted'), facts: { callActive: false }, at };
    assert.throws(
      () => requireAction('accept', standing),
      (thrown) => thrown instanceof Failure && thrown.code === 'conflict' && thrown.reason === 'already-accepted',
    );
    assert.throws(
      () => requireAction('review', standing),
      (thrown) => thrown instanceof Failure && thrown.code === 'not-found',
    );
  });

  it('[CO10] what is never theirs is forbidden, what the state does not allow is a conflict', () => {
    const facts = { callActive: false };
    const refusal = (actor: Caller, state: ConsultationState, action: ConsultationAction): string | undefined => {
      try {
        requireAction(action, { actor, ...caseIn(state), facts, at });
        return undefined;
      } catch (thrown) {
        return thrown instanceof Failure ? [thrown.code, thrown.reason].filter(Boolean).join('/') : 'no failure';
      }
    };
    assert.equal(refusal(physician, 'submitted', 'accept'), 'forbidden');
    assert.equal(refusal(homeCoordinator, 'submitted', 'decline'), 'forbidden');
    assert.equal(refusal(surgeon, 'in-consultation', 'sign'), 'forbidden');
    assert.equal(refusal(physician, 'submitted', 'edit'), 'conflict/state-not-allowed');
    assert.equal(refusal(specialist, 'accepted', 'sign'), 'conflict/state-not-allowed');
    assert.equal(refusal(specialist, 'issued', 'sign'), 'conflict/report-signed');
    assert.equal(refusal(specialist, 'acknowledged', 'write-opinion'), 'conflict/report-signed');
  });

  it('[RP9] a signed report is written on only as an amendment, by its author', () => {
    for (const state of ['issued', 'acknowledged'] as const) {
      const { consultation, grants } = caseIn(state);
      const amended = { ...consultation, amendment: { kind: 'corrected' as const, reason: 'the other side' } };
      const actionsOf = (actor: Caller) =>
        actionsOn({ actor, consultation: amended, grants, facts: { callActive: false }, at });
      const own = actionsOf(specialist);
      for (const action of ['write-opinion', 'sign', 'withdraw-amendment', 'read-report'] as const)
        assert.ok(own.includes(action), `${action} in ${state}`);
      assert.ok(!own.includes('amend-report'));
      for (const actor of [physician, surgeon, homeCoordinator, invitedCoordinator])
        for (const action of ['write-opinion', 'sign', 'withdraw-amendment', 'amend-report'] as const)
          assert.ok(!actionsOf(actor).includes(action), `${action} in ${state}`);
      assert.equal(actionsOf(physician).includes('acknowledge'), state === 'issued', 'the valid one is still answered');
    }
  });

  it('[CO17] a written case is signed without a meeting, and cannot be made one twice', () => {
    const { consultation, grants } = caseIn('accepted');
    const written = { ...consultation, kind: 'written' as const };
    const actionsOf = (actor: Caller) =>
      actionsOn({ actor, consultation: written, grants, facts: { callActive: false }, at });
    assert.ok(actionsOf(specialist).includes('sign'));
    assert.ok(actionsOf(specialist).includes('start-call'), 'a call stays possible');
    for (const actor of [physician, specialist]) assert.ok(!actionsOf(actor).includes('answer-in-writing'));
    assert.ok(!actionsOf(physician).includes('sign'));
  });

  it('[CA1] a call that is on is joined or ended, not started', () => {
    assert.ok(listActions(physician, 'in-consultation', true).includes('join-call'));
    assert.ok(listActions(physician, 'in-consultation', true).includes('end-call'));
    assert.ok(!listActions(physician, 'in-consultation', true).includes('start-call'));
    assert.ok(listActions(surgeon, 'in-consultation', true).includes('join-call'));
    assert.ok(!listActions(surgeon, 'in-consultation', true).includes('end-call'));
    assert.ok(listActions(specialist, 'issued', true).includes('end-call'), 'a call outlives the signature');
  });

  it('[CO13] a slide’s label is for those who see identifiers in full, for coordinators until the case is closed', () => {
    for (const state of ['accepted', 'acknowledged', 'cancelled'] as const) {
      const { consultation } = caseIn(state);
      for (const basis of ['requester', 'assignment'] as const) assert.ok(maySeeSlideLabels(basis, consultation));
      for (const basis of ['duty-pool', 'invitation'] as const) assert.ok(!maySeeSlideLabels(basis, consultation));
      assert.equal(maySeeSlideLabels('coordination', consultation), state === 'accepted');
    }
    assert.ok(maySeeSlideLabels('own-archive', null));
  });

  it('[CO19] requester and specialist remove whoever was invited, coordinators those of their own hospital, nobody the others', () => {
    const { consultation, grants } = caseIn('in-consultation');
    const guest = makeCaller('physician');
    const all = [...grants, makeGrant(consultation, guest, 'invitation')];
    const removable = (actor: Caller) =>
      new Set(listRemovable({ actor, consultation, grants: all, facts: { callActive: false }, at }));
    const both = new Set([surgeon.accountId, guest.accountId]);
    for (const actor of [physician, specialist]) assert.deepEqual(removable(actor), both);
    assert.deepEqual(removable(homeCoordinator), new Set([guest.accountId]));
    assert.deepEqual(removable(invitedCoordinator), new Set([surgeon.accountId]));
    for (const actor of [surgeon, guest, poolSpecialist]) assert.deepEqual(removable(actor), new Set());
  });

  it('roles without patients see no work list, and only auditors the trail', () => {
    const byRole = Object.fromEntries(Role.options.map((role) => [role, permissionsOf({ role })]));
    assert.deepEqual(byRole, {
      physician: ['consultation:create', 'consultation:list', 'notice:list', 'patient:search', 'demonstration:watch'],
      coordinator: ['consultation:list', 'notice:list', 'patient:search', 'machine:list', 'demonstration:plan'],
      specialist: ['consultation:list', 'notice:list', 'patient:search', 'demonstration:watch'],
      surgeon: ['consultation:list', 'notice:list', 'patient:search', 'demonstration:plan', 'demonstration:watch'],
      trainee: ['notice:list', 'demonstration:watch'],
      'facility-admin': ['account:manage', 'facility:manage', 'machine:list', 'notice:list', 'demonstration:people'],
      admin: ['account:manage', 'facility:manage', 'machine:list', 'policy:read', 'policy:propose', 'notice:list'],
      'security-admin': [
        'account-security:manage',
        'administration-acts:read',
        'policy:read',
        'policy:propose',
        'notice:list',
      ],
      auditor: ['audit:read', 'policy:read', 'notice:list'],
    });
    assert.deepEqual(
      Role.options.filter((role) => mayUseArchive({ role })),
      ['physician', 'coordinator', 'specialist', 'surgeon'],
    );
  });

  it('two facilities of one case do not make its coordinators the same', () => {
    assert.notEqual(COUNTY, PROVINCE);
    assert.ok(listActions(homeCoordinator, 'submitted').includes('cancel'));
    assert.ok(!listActions(invitedCoordinator, 'submitted').includes('cancel'));
  });
});
