import type { Caller } from '../../server/access/caller.ts';
import { type Grant, isActive } from '../../server/access/grant.ts';
import { actionsOn, type CaseStanding } from '../../server/access/may.ts';
import {
  accepted,
  acknowledged,
  amending,
  amendmentWithdrawn,
  answeredInWriting,
  type Consultation,
  cancelled,
  consentWithdrawn,
  declined,
  edited,
  handedOver,
  issued,
  met,
  submitted,
  supplementAsked,
} from '../../server/cases/consultation.ts';
import { findArrow, rulesOf, type StepName, stepOf } from '../../server/cases/kinds/case-kinds.ts';
import { holds } from '../../server/cases/kinds/guards.ts';
import type { CaseKind, GrantBasis } from '../../server/contract/index.ts';
import { COUNTY, makeCaller, makeConsultation, makeGrant, PROVINCE } from './make-case.ts';
import { createRandom } from './random.ts';

const at = new Date('2026-01-03T00:00:00.000Z');

/** What each step does to the case. A kind that brings a step of its own adds it here. */
const CHANGES: Partial<Record<StepName, (now: Consultation, by: Caller) => Consultation>> = {
  edit: (now) => edited(now, now, at),
  submit: (now) => {
    const { consultationId: patientId, patient, terms, parties } = now;
    return submitted(now, { patientId, patient, terms, parties }, at);
  },
  cancel: (now) => cancelled(now, 'changed', at),
  accept: (now, by) => accepted(now, by.accountId, at),
  decline: (now) => declined(now, 'not ours', at),
  'ask-supplement': (now) => supplementAsked(now, 'thin slices', at),
  'hand-over': (now, by) => {
    const from = { fromAccountId: now.specialistId ?? '', byAccountId: by.accountId };
    return handedOver(now, { ...from, reason: 'ill', at: at.toISOString() }, at);
  },
  'answer-in-writing': (now, by) => answeredInWriting(now, 'the camera is broken', by.accountId, at),
  meet: (now) => met(now, at),
  sign: (now) => issued(now, at),
  acknowledge: (now) => acknowledged(now, at),
  'amend-report': (now) => amending(now, { kind: 'corrected', reason: 'the other side' }, at),
  'withdraw-amendment': (now) => amendmentWithdrawn(now, at),
  'withdraw-consent': (now) => consentWithdrawn(now, 'the patient said no', at),
};
/** What ends a case, or sends it back, is tried seldom, or most walks would be short. */
const SELDOM: readonly StepName[] = ['cancel', 'decline', 'hand-over', 'withdraw-consent'];

export interface CaseWalk {
  people: readonly Caller[];
  standingOf(person: Caller): CaseStanding;
  holds(person: Caller, basis: GrantBasis): boolean;
  /** Somebody does something that they may. `name` undefined: nobody may do anything any more. */
  go(): { from: Consultation; to: Consultation; name: StepName | undefined };
}

/** A case of a kind and its people, who do at random what they may; grants come and go as the kind says. */
export function createCaseWalk(kind: CaseKind, seed: number): CaseWalk {
  const random = createRandom(seed);
  const requester = makeCaller('physician');
  const people: Caller[] = [
    requester,
    makeCaller('coordinator'),
    makeCaller('specialist', PROVINCE),
    makeCaller('specialist', PROVINCE),
    makeCaller('specialist', PROVINCE, 'expired'),
    makeCaller('coordinator', PROVINCE),
  ];
  let now = makeConsultation({ kind, requesterId: requester.accountId });
  let grants: Grant[] = [makeGrant(now, requester, 'requester')];
  let callActive = false;

  const standingOf = (actor: Caller): CaseStanding => ({ actor, consultation: now, grants, facts: { callActive }, at });
  const holdsBasis = ({ accountId }: Caller, basis: GrantBasis): boolean =>
    grants.some((one) => one.accountId === accountId && one.basis === basis && isActive(one, at));

  function listMoves(): { name: StepName; by: Caller }[] {
    const acts = people.flatMap((by) => actionsOn(standingOf(by)).map((name) => ({ name, by })));
    const steps = acts.filter(({ name }) => rulesOf(now).acts[name].step);
    return findArrow(now, 'meet') ? [...steps, { name: 'meet', by: requester }] : steps;
  }

  function regrant(name: StepName, by: Caller): void {
    const { gives, ends } = stepOf(now, name);
    if (ends)
      grants = grants.map((one) =>
        ends.bases.includes(one.basis) &&
        !(ends.keepsActor && one.accountId === by.accountId) &&
        !(ends.side === 'invited' && one.facilityId === now.requesterFacilityId)
          ? { ...one, endedAt: at.toISOString() }
          : one,
      );
    if (gives) grants = [...grants, makeGrant(now, by, gives)];
  }

  function admit(): void {
    for (const { basis, side, roles, when } of rulesOf(now).admits) {
      if (!holds(when, now)) continue;
      const facilityId = side === 'home' ? COUNTY : PROVINCE;
      for (const person of people)
        if (
          person.facilityId === facilityId &&
          roles.some((role) => role === person.role) &&
          !holdsBasis(person, basis)
        )
          grants = [...grants, makeGrant(now, person, basis)];
    }
  }

  return {
    people,
    standingOf,
    holds: holdsBasis,
    go() {
      callActive = random.below(4) === 0;
      const from = now;
      const moves = listMoves();
      const usual = moves.filter(({ name }) => !SELDOM.includes(name));
      const tried = usual.length > 0 && random.below(10) > 0 ? usual : moves;
      if (tried.length === 0) return { from, to: now, name: undefined };
      const { name, by } = random.pick(tried);
      const change = CHANGES[name];
      if (!change) throw new Error(`${name} is a step that the walk does not know`);
      const { admits } = stepOf(now, name);
      regrant(name, by);
      now = change(now, by);
      if (admits) admit();
      return { from, to: now, name };
    },
  };
}
