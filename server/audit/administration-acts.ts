import type { Caller } from '../access/caller.ts';
import { requirePermission } from '../access/may.ts';
import type { PlatformRole } from '../access/platform-roles.ts';
import type { AdministrationActView } from '../contract/index.ts';
import type { RouteHandlers } from '../http/bind.ts';
import type { Work } from '../store/stores.ts';
import type { ChainedEntry } from './chain.ts';
import { recordAct } from './record.ts';

export interface AdministrationActsParts {
  work: Work<'accounts' | 'audit' | 'facilities'>;
  clock: () => Date;
}

/** Those whom the security administrator watches. What security administrators do, the audit administrator reads. */
const WATCHED: readonly PlatformRole[] = ['admin', 'auditor'];
/** What administering is about; nothing here names a patient. */
const SUBJECT_KINDS = [
  'account',
  'session',
  'security-key',
  'machine',
  'facility',
  'agreement',
  'alliance',
  'import',
  'export',
  'appointment',
  'network',
  'policy',
  'audit',
] as const;
/** Of the audit administrator's reading it tells that there was some: which case, or whose acts, is between patients and them. */
const KEPT_BACK = ['consultationId', 'actorId'];

/** The acts of system and audit administrators. Reading them is an act of its own. */
export function administrationActsRoutes({
  work,
  clock,
}: AdministrationActsParts): Pick<RouteHandlers, 'administration-acts:list'> {
  return {
    async 'administration-acts:list'({ caller, query, requestId }) {
      requirePermission(caller, 'administration-acts:read');
      const watched = (await Promise.all(WATCHED.map((role) => work.read.accounts.listAllByRole(role)))).flat();
      const holders = new Map(watched.map((account) => [account.accountId, account]));
      const of = { roles: WATCHED, actorIds: [...holders.keys()], subjectKinds: SUBJECT_KINDS };
      const entries = await work.read.audit.listOfRoles(of, query);
      // Whoever held an office then may have another role by now.
      const found = await work.read.accounts.findMany([...new Set(entries.flatMap(({ actorId }) => actorId ?? []))]);
      const actors = new Map(found.map((account) => [account.accountId, account]));
      const names = await findSubjectNames(work.read, entries);
      await recordReading({ work, clock }, caller, requestId, query.before);
      return entries.flatMap((entry): AdministrationActView[] => {
        const actor = entry.actorId === null ? undefined : actors.get(entry.actorId);
        if (!actor) return [];
        const { sequence, at, action, subjectKind, subjectId, facilityId, actorRole } = entry;
        return [
          {
            sequence,
            at,
            actorName: actor.name,
            actorRole: WATCHED.find((role) => role === actorRole) ?? actor.role,
            facilityName: names.get(facilityId ?? '') ?? '',
            action,
            subjectKind,
            subjectName: subjectKind === 'audit' ? null : (names.get(subjectId) ?? null),
            detail: Object.fromEntries(Object.entries(entry.detail).filter(([key]) => !KEPT_BACK.includes(key))),
          },
        ];
      });
    },
  };
}

/** People and facilities by id, those of the actors too. */
async function findSubjectNames(
  stores: Pick<AdministrationActsParts['work']['read'], 'accounts' | 'facilities'>,
  entries: readonly ChainedEntry[],
): Promise<Map<string, string>> {
  const ids = (kind: string) => entries.flatMap((entry) => (entry.subjectKind === kind ? entry.subjectId : []));
  const people = await stores.accounts.findMany([...new Set(ids('account'))]);
  const homes = entries.flatMap(({ facilityId }) => facilityId ?? []);
  const facilities = await stores.facilities.findMany([...new Set([...ids('facility'), ...homes])]);
  return new Map([
    ...people.map(({ accountId, name }) => [accountId, name] as const),
    ...facilities.map(({ facilityId, name }) => [facilityId, name] as const),
  ]);
}

async function recordReading(
  { work, clock }: AdministrationActsParts,
  caller: Caller,
  requestId: string,
  before: number | undefined,
): Promise<void> {
  await work.write(({ audit }) =>
    recordAct(
      audit,
      { caller, requestId, at: clock() },
      {
        action: 'administration-acts:read',
        subjectKind: 'audit',
        subjectId: 'administration',
        ...(before === undefined ? {} : { detail: { before } }),
      },
    ),
  );
}
