import { requirePermission } from '../access/may.ts';
import { findPeople } from '../accounts/person.ts';
import { findBreak } from '../audit/chain.ts';
import { recordAct } from '../audit/record.ts';
import type { Work } from '../stores.ts';
import type { RouteHandlers } from './bind.ts';

export interface AuditRouteParts {
  work: Work;
  clock: () => Date;
}

/** The auditor's reading room. Reading the trail, and checking it, are acts of their own. */
export function auditRoutes({
  work,
  clock,
}: AuditRouteParts): Pick<RouteHandlers, 'audit:list' | 'audit:accesses' | 'audit:verify'> {
  const name = async (entries: readonly { actorId: string | null; consultationId: string | null }[]) => {
    const people = await findPeople(
      work.read,
      entries.flatMap((entry) => entry.actorId ?? []),
    );
    const cases = await work.read.consultations.findMany([
      ...new Set(entries.flatMap((entry) => entry.consultationId ?? [])),
    ]);
    const caseNumbers = new Map(cases.map((one) => [one.consultationId, one.caseNumber]));
    return ({ actorId, consultationId }: { actorId: string | null; consultationId: string | null }) => {
      const person = actorId === null ? undefined : people.get(actorId);
      return {
        actorName: person?.name ?? '',
        facilityName: person?.facilityName ?? '',
        caseNumber: consultationId === null ? null : (caseNumbers.get(consultationId) ?? null),
      };
    };
  };

  return {
    async 'audit:list'({ caller, query, requestId }) {
      requirePermission(caller, 'audit:read');
      const entries = await work.read.audit.list(query);
      const named = await name(entries);
      if (query.before === undefined) {
        const subjectId = query.consultationId ?? query.actorId ?? 'all';
        await work.write((stores) =>
          recordAct(
            stores.audit,
            { caller, requestId, at: clock() },
            { action: 'audit:read', subjectKind: 'audit', subjectId },
          ),
        );
      }
      return entries.map((entry) => ({ ...entry, ...named(entry) }));
    },

    async 'audit:accesses'({ caller, query }) {
      requirePermission(caller, 'audit:read');
      const entries = await work.read.audit.listAccesses(query);
      const named = await name(entries);
      return entries.map((entry) => ({ ...entry, ...named(entry) }));
    },

    async 'audit:verify'({ caller, requestId }) {
      requirePermission(caller, 'audit:read');
      // The head first: acts that are added while the chain is walked lie beyond it.
      const head = await work.read.audit.head();
      const brokenAtSequence = await findBreak(work.read.audit.walk(head.sequence), head);
      const isValid = brokenAtSequence === null;
      await work.write((stores) =>
        recordAct(
          stores.audit,
          { caller, requestId, at: clock() },
          {
            action: 'audit:verify',
            subjectKind: 'audit',
            subjectId: String(head.sequence),
            detail: { valid: isValid },
          },
        ),
      );
      return { valid: isValid, entries: head.sequence, brokenAtSequence, checkedAt: clock().toISOString() };
    },
  };
}
