import { Brackets, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { DemonstrationFilter, DemonstrationPageQuery } from '../../demonstrations/store.ts';
import { type DemonstrationHead, DemonstrationRow } from './rows.ts';

type Query = SelectQueryBuilder<DemonstrationHead>;

/** One page of a list. Of the same time by id, so that pages neither repeat nor leave out. */
export async function listDemonstrationPage(
  manager: EntityManager,
  { filter, states, order, page, limit }: DemonstrationPageQuery,
): Promise<{ heads: DemonstrationHead[]; total: number }> {
  const query = manager.createQueryBuilder(DemonstrationRow, 'd').where('d.state IN (:...states)', { states });
  narrow(query, filter);
  const direction = order === 'ascending' ? 'ASC' : 'DESC';
  const [heads, total] = await query
    .orderBy('d.startsAt', direction)
    .addOrderBy('d.demonstrationId', direction)
    .skip((page - 1) * limit)
    .take(limit)
    .getManyAndCount();
  return { heads, total };
}

function narrow(query: Query, filter: DemonstrationFilter): void {
  if (filter.desk === 'own') narrowToOwn(query, filter);
  else if (filter.desk === 'watch') narrowToWatched(query, filter);
  else narrowToPeople(query, filter);
}

function narrowToOwn(
  query: Query,
  { accountId, facilityId, all }: Extract<DemonstrationFilter, { desk: 'own' }>,
): void {
  const people = { accountId, facilityId };
  query.andWhere(
    new Brackets((either) => {
      const home = all ? 'd.facilityId = :facilityId' : 'd.facilityId = :facilityId AND d.surgeonId = :accountId';
      either.where(home, people).orWhere(
        `EXISTS (SELECT 1 FROM demonstration_seat s WHERE s.demonstrationId = d.demonstrationId
          AND s.accountId = :accountId AND s.facilityId = :facilityId)`,
        people,
      );
    }),
  );
}

function narrowToWatched(query: Query, filter: Extract<DemonstrationFilter, { desk: 'watch' }>): void {
  const { accountId, facilityId, entries, invitedStates, enrolledStates } = filter;
  query.andWhere(
    new Brackets((either) => {
      either.where(
        `d.state IN (:...enrolledStates) AND EXISTS (SELECT 1 FROM demonstration_enrolment e
          WHERE e.demonstrationId = d.demonstrationId AND e.accountId = :accountId
          AND e.facilityId = :facilityId AND e.withdrawnAt IS NULL)`,
        { accountId, facilityId, enrolledStates },
      );
      for (const kind of ['facility', 'alliance', 'person'] as const) {
        const ids = entries.filter((one) => one.kind === kind).map(({ id }) => id);
        if (ids.length === 0) continue;
        either.orWhere(
          `d.state IN (:...invitedStates) AND EXISTS (SELECT 1 FROM demonstration_audience a
            WHERE a.demonstrationId = d.demonstrationId AND a.kind = '${kind}' AND a.invitedId IN (:...${kind}Ids))`,
          { invitedStates, [`${kind}Ids`]: ids },
        );
      }
    }),
  );
}

function narrowToPeople(
  query: Query,
  { facilityIds, homeStates }: Extract<DemonstrationFilter, { desk: 'people' }>,
): void {
  if (facilityIds.length === 0) query.andWhere('1 = 0');
  else
    query.andWhere(
      `(EXISTS (SELECT 1 FROM demonstration_enrolment e WHERE e.demonstrationId = d.demonstrationId
        AND e.facilityId IN (:...facilityIds)) OR (d.facilityId IN (:...facilityIds) AND d.state IN (:...homeStates)))`,
      { facilityIds: [...facilityIds], homeStates: [...homeStates] },
    );
}
