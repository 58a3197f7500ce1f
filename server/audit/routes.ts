import type { Caller } from '../access/caller.ts';
import { requirePermission } from '../access/may.ts';
import type { PersonView } from '../contract/index.ts';
import type { RouteHandlers } from '../http/bind.ts';
import type { Work } from '../store/stores.ts';
import type { AnchorKeeper } from './anchor-keeper.ts';
import { recordAct } from './record.ts';
import type { AuditPage } from './store.ts';
import { findFaults } from './verify.ts';

export interface AuditRouteParts {
  work: Work<'audit' | 'consultations'>;
  clock: () => Date;
  anchors: AnchorKeeper;
  /** Those who acted, by account id: people and machines. */
  findActors(actorIds: string[]): Promise<ReadonlyMap<string, Pick<PersonView, 'name' | 'facilityName'>>>;
}

/** The auditor's reading room. Reading the trail, and checking it, are acts of their own. */
export function auditRoutes(
  parts: AuditRouteParts,
): Pick<RouteHandlers, 'audit:list' | 'audit:accesses' | 'audit:export' | 'audit:verify'> {
  const { work, clock } = parts;
  return {
    async 'audit:list'({ caller, query, requestId }) {
      requirePermission(caller, 'audit:read');
      const entries = await work.read.audit.list(query);
      const named = await nameActors(parts, entries);
      await recordReading(parts, { trail: 'acts', caller, requestId, page: query });
      return entries.map((entry) => ({ ...entry, ...named(entry) }));
    },

    async 'audit:accesses'({ caller, query, requestId }) {
      requirePermission(caller, 'audit:read');
      const entries = await work.read.audit.listAccesses(query);
      const named = await nameActors(parts, entries);
      await recordReading(parts, { trail: 'accesses', caller, requestId, page: query });
      return entries.map((entry) => ({ ...entry, ...named(entry) }));
    },

    async 'audit:export'({ caller, body: { trail, ...filter }, requestId }) {
      requirePermission(caller, 'audit:read');
      await work.write((stores) =>
        recordAct(
          stores.audit,
          { caller, requestId, at: clock() },
          {
            action: 'audit:export',
            subjectKind: 'audit',
            subjectId: filter.consultationId ?? filter.actorId ?? 'all',
            detail: { trail, ...filter },
          },
        ),
      );
      return {};
    },

    async 'audit:verify'({ caller, requestId }) {
      requirePermission(caller, 'audit:read');
      return verify(parts, caller, requestId);
    },
  };
}

interface Named {
  actorId: string | null;
  consultationId: string | null;
}

/** Names and case numbers as they are now: the trail itself holds only ids. */
async function nameActors({ work, findActors }: AuditRouteParts, entries: readonly Named[]) {
  const people = await findActors(entries.flatMap((entry) => entry.actorId ?? []));
  const cases = await work.read.consultations.findMany([
    ...new Set(entries.flatMap((entry) => entry.consultationId ?? [])),
  ]);
  const caseNumbers = new Map(cases.map((one) => [one.consultationId, one.caseNumber]));
  return ({ actorId, consultationId }: Named) => {
    const person = actorId === null ? undefined : people.get(actorId);
    return {
      actorName: person?.name ?? '',
      facilityName: person?.facilityName ?? '',
      caseNumber: consultationId === null ? null : (caseNumbers.get(consultationId) ?? null),
    };
  };
}

interface Reading {
  trail: 'acts' | 'accesses';
  caller: Caller;
  requestId: string;
  page: Omit<AuditPage, 'limit'>;
}

/** Every page that is read is an act: which page was asked for decides nothing. */
async function recordReading({ work, clock }: AuditRouteParts, { trail, caller, requestId, page }: Reading) {
  const { before, consultationId, actorId } = page;
  await work.write((stores) =>
    recordAct(
      stores.audit,
      { caller, requestId, at: clock() },
      {
        action: 'audit:read',
        subjectKind: 'audit',
        subjectId: consultationId ?? actorId ?? 'all',
        detail: { trail, ...(before === undefined ? {} : { before }) },
      },
    ),
  );
}

/** Checks both trails against themselves and against the anchors that were kept; that it was done is an act, and anchored. */
async function verify({ work, clock, anchors }: AuditRouteParts, caller: Caller, requestId: string) {
  const kept = await anchors.read();
  const { acts, accesses, faults } = await findFaults(work.read.audit, {
    acts: kept.anchors.map(({ at, acts }) => ({ at, ...acts })),
    accesses: kept.anchors.map(({ at, accesses }) => ({ at, ...accesses })),
  });
  const all = [...faults, ...kept.faults];
  await work.write((stores) =>
    recordAct(
      stores.audit,
      { caller, requestId, at: clock() },
      {
        action: 'audit:verify',
        subjectKind: 'audit',
        subjectId: String(acts.sequence),
        detail: { valid: all.length === 0, accesses: accesses.sequence },
      },
    ),
  );
  await anchors.keep();
  return {
    valid: all.length === 0,
    entries: acts.sequence,
    accesses: accesses.sequence,
    faults: all,
    anchors: {
      count: kept.anchors.length,
      firstAt: kept.anchors[0]?.at ?? null,
      lastAt: kept.anchors.at(-1)?.at ?? null,
    },
    checkedAt: clock().toISOString(),
  };
}
