import { Brackets, type SelectQueryBuilder } from 'typeorm';
import type { Consultation } from '../../cases/consultation.ts';
import type { WorkListReader } from '../../cases/store.ts';
import type { WorkListFilter } from '../../contract/index.ts';
import { endOfChinaDay, startOfChinaDay } from '../../patients/china-date.ts';

/** Restricts the cases to what was searched and chosen. */
export function restrictTo(
  query: SelectQueryBuilder<Consultation>,
  reader: WorkListReader,
  { search, state, urgency, kind, facilityId, fromDay, toDay }: Omit<WorkListFilter, 'list'>,
): SelectQueryBuilder<Consultation> {
  if (state) query.andWhere('c.state = :state', { state });
  if (urgency) query.andWhere('c.urgency = :urgency', { urgency });
  if (facilityId) query.andWhere('(c.requesterFacilityId = :of OR c.invitedFacilityId = :of)', { of: facilityId });
  if (kind)
    query.andWhere('EXISTS (SELECT 1 FROM material m WHERE m.consultationId = c.consultationId AND m.kind = :kind)', {
      kind,
    });
  if (fromDay) query.andWhere('c.createdAt >= :from', { from: startOfChinaDay(fromDay).toISOString() });
  if (toDay) query.andWhere('c.createdAt < :until', { until: endOfChinaDay(toDay).toISOString() });
  if (search) query.andWhere(matching(reader, search));
  return query;
}

/**
 * A patient is found by name only by their own requester: for anyone else a search that finds would tell the name that
 * the list masks.
 */
function matching({ accountId }: WorkListReader, search: string): Brackets {
  const like = `%${search.replace(/[!%_]/g, '!$&')}%`;
  const parameters = { like, upper: like.toUpperCase(), me: accountId };
  // Case numbers are ASCII; MySQL compares such a column with nothing else.
  const isAscii = /^[\x20-\x7e]+$/.test(search);
  return new Brackets((any) =>
    any
      .where(isAscii ? "c.caseNumber LIKE :upper ESCAPE '!'" : '1 = 0', parameters)
      .orWhere("c.diagnosis LIKE :like ESCAPE '!'")
      .orWhere("(c.requesterId = :me AND JSON_EXTRACT(c.patient, '$.name') LIKE :like ESCAPE '!')")
      .orWhere(
        'EXISTS (SELECT 1 FROM facility f WHERE f.facilityId IN (c.requesterFacilityId, c.invitedFacilityId) ' +
          "AND f.name LIKE :like ESCAPE '!')",
      ),
  );
}
