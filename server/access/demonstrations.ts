import { DemonstrationAction, Failure, type FailureDetails, type Role, type SeatHolder } from '../contract/index.ts';
import {
  type Guard,
  type GuardedDemonstration,
  type GuardFacts,
  hindering,
  holds,
} from '../demonstrations/rules/guards.ts';
import { ACTS, SEEN, type Standing } from '../demonstrations/rules/rules.ts';
import type { Actor } from './may.ts';

/*
 * Who may do what with a surgical demonstration. DEMONSTRATIONS.md beside this file says the same for people who read no code; a test tries
 * each of its cells over the network. Nothing of a demonstration names the patient: whose case it is sees who may see the case.
 */

/** Who may be given a seat, at whatever facility of the network. */
export const SEAT_ROLES = ['physician', 'coordinator', 'specialist', 'surgeon'] as const satisfies readonly Role[];
/** Who may enrol where they are invited. */
export const WATCHER_ROLES = ['physician', 'specialist', 'surgeon', 'trainee'] as const satisfies readonly Role[];

/** What the rules read of a demonstration. */
export interface StaffedDemonstration extends GuardedDemonstration {
  facilityId: string;
  surgeonId: string;
  seats: readonly SeatHolder[];
}

/** How one person stands to one demonstration at one time. */
export interface DemonstrationStanding {
  actor: Actor;
  demonstration: StaffedDemonstration;
  /** For whom they enrolled: of the facility that they act for. */
  isEnrolled: boolean;
  isInvited: boolean;
  /** They administer somebody who is enrolled. */
  administersEnrolled: boolean;
  /** They administer the facility where it takes place. */
  administersHome: boolean;
  facts: GuardFacts;
}

const isOneOf = (roles: readonly Role[], role: Actor['role']): boolean => (roles as readonly string[]).includes(role);

export function standingsOf(standing: DemonstrationStanding): Standing[] {
  const { actor, demonstration, isEnrolled, isInvited, administersEnrolled, administersHome } = standing;
  const { accountId, facilityId, role } = actor;
  if (actor.onlyCaseId !== undefined) return [];
  const isHome = demonstration.facilityId === facilityId;
  const found: Standing[] = [];
  if (isHome && role === 'surgeon' && demonstration.surgeonId === accountId) found.push('surgeon');
  if (isHome && role === 'coordinator') found.push('coordinator');
  if (isOneOf(SEAT_ROLES, role))
    for (const one of demonstration.seats)
      if (one.accountId === accountId && one.facilityId === facilityId) found.push(one.seat);
  // Who has a part in it is there without enrolling.
  const mayEnrol = isInvited && found.every((one) => one === 'coordinator');
  if (isOneOf(WATCHER_ROLES, role) && (isEnrolled || mayEnrol)) found.push(isEnrolled ? 'enrolled' : 'invited');
  if (role === 'facility-admin' && administersEnrolled) found.push('administrator');
  if (role === 'facility-admin' && administersHome) found.push('credit-officer');
  return found.filter((one) => SEEN[one].includes(demonstration.state));
}

/** What the person may do with it now; empty for a stranger. */
export function demonstrationActions(standing: DemonstrationStanding): DemonstrationAction[] {
  const standings = standingsOf(standing);
  const { demonstration, facts } = standing;
  return DemonstrationAction.options.filter((action) => {
    const { who, when } = ACTS[action];
    return standings.some((one) => who[one]?.includes(demonstration.state)) && holds(when, demonstration, facts);
  });
}

/** Whether the person shows pictures, points and draws in the hall: by their part in it, or since they are named. @param named accounts */
export function mayShow(standing: DemonstrationStanding, named: readonly string[]): boolean {
  const actions = demonstrationActions(standing);
  return actions.includes('show') || (actions.includes('join-hall') && named.includes(standing.actor.accountId));
}

/** @throws Failure not-found: a stranger does not learn that there is such a demonstration. */
export function requireSeen(standing: DemonstrationStanding): void {
  if (standingsOf(standing).length === 0) throw new Failure('not-found', 'no such demonstration');
}

/**
 * @throws Failure not-found to a stranger, forbidden where it is never theirs, conflict where state or guard do not allow it now, with what
 * is missing (`plan-incomplete`), or why nobody can enrol.
 */
export function requireDemonstrationAction(action: DemonstrationAction, standing: DemonstrationStanding): void {
  requireSeen(standing);
  const { demonstration, facts } = standing;
  const { who, when } = ACTS[action];
  const able = standingsOf(standing).filter((one) => who[one]);
  if (able.length === 0) throw new Failure('forbidden', `${action} is not allowed`);
  if (!able.some((one) => who[one]?.includes(demonstration.state)))
    throw new Failure('conflict', `${action} is not possible: ${demonstration.state}`, { reason: 'state-not-allowed' });
  if (holds(when, demonstration, facts)) return;
  throw new Failure('conflict', `${action} is not possible now`, detailsOf(action, demonstration, facts));
}

/** They read nothing of the plan: what it lacks by now is not why. */
const PLANLESS: readonly (Guard | undefined)[] = ['unchecked', 'recorded', 'assessable', 'creditable', 'credited'];

function detailsOf(
  action: DemonstrationAction,
  demonstration: StaffedDemonstration,
  facts: GuardFacts,
): FailureDetails {
  if (action === 'enrol')
    return { reason: demonstration.enrolmentClosedAt === null ? 'enrolment-full' : 'enrolment-closed' };
  if (action === 'start-recording') return { reason: 'recording-not-consented' };
  const { when } = ACTS[action];
  const fields = hindering(demonstration, facts);
  const isAboutGaps = fields.length > 0 && !PLANLESS.includes(when);
  return isAboutGaps ? { reason: 'plan-incomplete', fields } : { reason: 'state-not-allowed' };
}
