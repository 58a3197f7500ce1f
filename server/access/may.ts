import { findArrow, rulesOf } from '../cases/kinds/case-kinds.ts';
import { type CaseFacts, holds, type RuledCase } from '../cases/kinds/guards.ts';
import type { Act, Standing } from '../cases/kinds/kind.ts';
import {
  type AccessBasis,
  ConsultationAction,
  Failure,
  type GrantBasis,
  type LicenceState,
  type Permission,
  type Role,
} from '../contract/index.ts';
import type { Caller, CallerRole } from './caller.ts';
import { type Grant, isActive } from './grant.ts';
import { isPlatformRole } from './platform-roles.ts';

/*
 * Every permission is answered here. What a person may do with a case follows from its kind's rules (`server/cases/kinds`) and from
 * four things together: role, facility, a grant on the case, and time. Administrators and auditors never come near clinical data.
 */

/** What the rules need to know of a person; a caller, or a colleague whose view is computed for them. */
export type Actor = Pick<Caller, 'accountId' | 'role' | 'facilityId' | 'licence' | 'onlyCaseId'>;

const PERMISSIONS: Record<CallerRole, readonly Permission[]> = {
  machine: [],
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
};

/**
 * Whether an account may be used at all. Whoever is barred is as if they were not there.
 * @param isBarred accounts that this server takes for none, as the demo network's where it shows no demonstration.
 */
export function maySignIn<Account extends { isActive: boolean }>(
  account: Account,
  { isBarred }: { isBarred: (account: Account) => boolean },
): boolean {
  return account.isActive && !isBarred(account);
}

export function permissionsOf({ role, onlyCaseId }: Pick<Actor, 'role' | 'onlyCaseId'>): Permission[] {
  return onlyCaseId === undefined ? [...PERMISSIONS[role]] : [];
}

/** @throws Failure forbidden where the role does not carry the permission. */
export function requirePermission(actor: Pick<Actor, 'role' | 'onlyCaseId'>, permission: Permission): void {
  if (!permissionsOf(actor).includes(permission)) throw new Failure('forbidden', `${permission} is not allowed`);
}

/**
 * Whether somebody may practise today: accept a case, be invited to one, sign. Without a licence on file they may, since a network begins
 * without any; their administrators see what is missing.
 */
export function mayPractise(licence: LicenceState): boolean {
  return licence === 'valid' || licence === 'unrecorded';
}

/** Roles that use the image archive of their own facility; of a machine its scopes say what of it (`machines.ts`). */
const ARCHIVE_ROLES: readonly CallerRole[] = ['machine', 'physician', 'coordinator', 'specialist', 'surgeon'];

/** Of what nobody has a way to, no list is handed out either, not even an empty one. @throws Failure forbidden */
export function requirePictures(actor: Pick<Actor, 'role'>): void {
  if (isPlatformRole(actor.role)) throw new Failure('forbidden', 'administrators of the platform see no pictures');
}

/** Whether the person sees, and adds to, the image archive of their facility. */
export function mayUseArchive({ role, onlyCaseId }: Pick<Actor, 'role' | 'onlyCaseId'>): boolean {
  return onlyCaseId === undefined && ARCHIVE_ROLES.includes(role);
}

/** The strongest first: the basis that the access log names where a person has several. */
export const ROLES_OF_BASIS: Record<GrantBasis, readonly Role[]> = {
  requester: ['physician'],
  assignment: ['specialist'],
  invitation: ['physician', 'specialist', 'surgeon'],
  coordination: ['coordinator'],
  'duty-pool': ['specialist'],
};
const BASES = Object.keys(ROLES_OF_BASIS) as GrantBasis[];

/** Roles that may be asked to join a case. */
export const INVITABLE_ROLES: Role[] = [...ROLES_OF_BASIS.invitation];

export const isRoleOf = (basis: GrantBasis, role: CallerRole): boolean =>
  (ROLES_OF_BASIS[basis] as readonly CallerRole[]).includes(role);

/** On which grounds the person may see the case now, the strongest first. `grants`: of this case. */
export function basesOf(actor: Actor, grants: readonly Grant[], at: Date): GrantBasis[] {
  const held = new Set(
    grants
      .filter(
        (grant) =>
          grant.accountId === actor.accountId &&
          grant.facilityId === actor.facilityId &&
          (actor.onlyCaseId === undefined || actor.onlyCaseId === grant.consultationId) &&
          isRoleOf(grant.basis, actor.role) &&
          isActive(grant, at),
      )
      .map((grant) => grant.basis),
  );
  return BASES.filter((basis) => held.has(basis));
}

/** On what ground the person may see the case now, if any. `grants`: of this case. */
export function findBasis(actor: Actor, grants: readonly Grant[], at: Date): GrantBasis | undefined {
  return basesOf(actor, grants, at)[0];
}

function standingOf(basis: GrantBasis, actor: Actor, consultation: RuledCase): Standing {
  switch (basis) {
    case 'requester':
      return 'requester';
    case 'assignment':
      return 'specialist';
    case 'invitation':
      return 'invitee';
    case 'duty-pool':
      return 'pool';
    case 'coordination':
      return actor.facilityId === consultation.requesterFacilityId ? 'home-coordinator' : 'invited-coordinator';
  }
}

/**
 * A slide's label and overview may show the patient's name and number as the laboratory wrote them: who may see identifiers in
 * full sees them too, and a hospital its own archive. @param consultation null: of no case.
 */
export function maySeeSlideLabels(basis: AccessBasis, consultation: Pick<RuledCase, 'kind' | 'state'> | null): boolean {
  if (basis !== 'coordination') return basis !== 'duty-pool' && basis !== 'invitation';
  if (consultation === null) return false;
  const { who } = rulesOf(consultation).acts['reveal-patient'];
  return who['home-coordinator']?.includes(consultation.state) ?? false;
}

/** How one person stands to one case at one time. `grants`: of this case, ended ones too. */
export interface CaseStanding<Case extends RuledCase = RuledCase> {
  actor: Actor;
  consultation: Case;
  grants: readonly Grant[];
  facts: CaseFacts;
  at: Date;
}

function standingsOf({ actor, consultation, grants, at }: CaseStanding): Standing[] {
  return basesOf(actor, grants, at).map((basis) => standingOf(basis, actor, consultation));
}

/** Whether the rules, standing apart, let this be done to the case as it is now. */
function isPossible(action: ConsultationAction, { consultation, facts }: CaseStanding): boolean {
  const { when, step } = rulesOf(consultation).acts[action];
  return holds(when, consultation, facts) && (step === undefined || findArrow(consultation, action) !== undefined);
}

/** What the person may do with the case now; empty for a stranger. */
export function actionsOn(standing: CaseStanding): ConsultationAction[] {
  const { consultation } = standing;
  const standings = standingsOf(standing);
  const { acts } = rulesOf(consultation);
  return ConsultationAction.options.filter(
    (action) =>
      standings.some(
        (one) =>
          acts[action].who[one]?.includes(consultation.state) && isLicensed(acts[action], one, standing.actor.licence),
      ) && isPossible(action, standing),
  );
}

/** Whether the licence suffices for what the act asks of this standing. */
export function isLicensed({ licensed = [] }: Pick<Act, 'licensed'>, one: Standing, licence: LicenceState): boolean {
  return !licensed.includes(one) || mayPractise(licence);
}

/**
 * @throws Failure not-found where the person has no grant (a stranger does not learn that the case exists),
 * forbidden where the action is never theirs, or their licence is not valid (licence-expired, licence-upcoming), conflict where the state does not allow it now. Whoever was in the duty
 * pool when a colleague was faster is told so (already-accepted), though their grant has ended.
 */
export function requireAction(action: ConsultationAction, standing: CaseStanding): void {
  const { consultation, actor, grants } = standing;
  const standings = standingsOf(standing);
  const wasFaster = action === 'accept' && consultation.specialistId !== null && wasInPool(actor, grants);
  if (standings.length === 0) throw wasFaster ? taken() : new Failure('not-found', 'no such consultation');
  const act = rulesOf(consultation).acts[action];
  const { who } = act;
  const allowed = standings.flatMap((one) => who[one] ?? []);
  if (!standings.some((one) => who[one]))
    throw wasFaster ? taken() : new Failure('forbidden', `${action} is not allowed`);
  if (allowed.includes(consultation.state) && isPossible(action, standing)) {
    const able = standings.filter((one) => who[one]?.includes(consultation.state));
    if (able.some((one) => isLicensed(act, one, actor.licence))) return;
    throw new Failure('forbidden', `${action} needs a licence that is valid`, {
      reason: actor.licence === 'upcoming' ? 'licence-upcoming' : 'licence-expired',
    });
  }
  throw new Failure('conflict', `${action} is not possible in state ${consultation.state}`, {
    reason:
      (action === 'write-opinion' || action === 'sign') && consultation.issuedAt !== null
        ? 'report-signed'
        : 'state-not-allowed',
  });
}

/**
 * Whom the person may remove: those who were invited. Requester and specialist, who answer for the case, any of them; a coordinator those
 * of their own hospital. `grants`: all of the case.
 */
export function listRemovable(standing: CaseStanding): string[] {
  if (!actionsOn(standing).includes('remove-participant')) return [];
  const standings = standingsOf(standing);
  const any = standings.includes('requester') || standings.includes('specialist');
  const { grants, at, actor } = standing;
  const invited = grants.filter(
    (grant) => grant.basis === 'invitation' && isActive(grant, at) && (any || grant.facilityId === actor.facilityId),
  );
  return [...new Set(invited.map(({ accountId }) => accountId))].filter((accountId) => accountId !== actor.accountId);
}

/** When the person's access to the case ends, as far as that is known; null: it does not, or they have none. */
export function accessEnd(actor: Pick<Actor, 'accountId'>, grants: readonly Grant[], at: Date): string | null {
  const ends = grants
    .filter((grant) => grant.accountId === actor.accountId && isActive(grant, at))
    .map((one) => one.endedAt);
  return ends.includes(null) ? null : (ends.toSorted().at(-1) ?? null);
}

function wasInPool(actor: Actor, grants: readonly Grant[]): boolean {
  return grants.some(
    (grant) =>
      grant.accountId === actor.accountId && grant.facilityId === actor.facilityId && grant.basis === 'duty-pool',
  );
}

function taken(): Failure {
  return new Failure('conflict', 'a colleague has accepted the case', { reason: 'already-accepted' });
}

/**
 * A mark is its author's: nobody else alters it. Whoever presents may take a colleague's away; taking back one's own deletion
 * is always allowed.
 * @param authorId whose it is; undefined: it is not there yet.
 * @throws Failure forbidden, reason `not-author`
 */
export function requireAnnotationChange(
  change: 'put' | 'delete',
  actor: Pick<Actor, 'accountId'>,
  authorId: string | undefined,
  presenterId: string | undefined,
): void {
  if (authorId === undefined || authorId === actor.accountId) return;
  if (change === 'delete' && presenterId === actor.accountId) return;
  throw new Failure('forbidden', 'somebody else drew it', { reason: 'not-author' });
}
