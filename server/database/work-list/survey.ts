import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Consultation } from '../../cases/consultation.ts';
import { stateRulesOf } from '../../cases/kinds/case-kinds.ts';
import type { WorkListReader, WorkListSurvey } from '../../cases/store.ts';
import {
  type CaseKind,
  type ConsultationState,
  MAX_COUNTED,
  type WorkListCounts,
  type WorkListFilter,
  WorkListName,
} from '../../contract/index.ts';
import { ConsultationRow, GrantRow } from '../consultation/rows.ts';
import { AgreementRow } from '../facility/rows.ts';
import { isFewOfAll, restrictToFilter, waitingFor } from './filter.ts';
import { isFitting, isVisible, reachOf, stateColumn, visibleParameters } from './reach.ts';

/** How many cases there are in each list, and between which hospitals. */
export async function surveyWorkList(
  manager: EntityManager,
  reader: WorkListReader,
  { list: _, ...filter }: WorkListFilter,
): Promise<WorkListSurvey> {
  if ((await reachOf(manager, reader)) === 'grants') return surveyGrants(manager, reader, filter);
  const counts: WorkListCounts = { mine: 0, running: 0, finished: null, drafts: 0 };
  for (const list of WorkListName.options)
    if (list !== 'finished' || filter.search === undefined)
      counts[list] = await countAtMost(manager, reader, { ...filter, list });
  return { counts, facilityIds: await listPartnerIds(manager, reader.facilityId) };
}

/** All of it in one pass of the reader's cases. */
async function surveyGrants(
  manager: EntityManager,
  reader: WorkListReader,
  filter: WorkListFilter,
): Promise<WorkListSurvey> {
  const waiting = waitingFor(reader, stateColumn(false));
  const query = manager.createQueryBuilder(ConsultationRow, 'c');
  query.where(isVisible(reader, 'grants'), visibleParameters(reader)).setParameters(waiting.parameters);
  const groups = await restrictToFilter(query, reader, filter, false)
    .select('c.kind', 'kind')
    .addSelect('c.state', 'state')
    .addSelect('c.requesterFacilityId', 'home')
    .addSelect('c.invitedFacilityId', 'invited')
    .addSelect('COUNT(*)', 'count')
    .addSelect(`SUM(CASE WHEN ${waiting.sql} THEN 1 ELSE 0 END)`, 'mine')
    .groupBy('c.kind')
    .addGroupBy('c.state')
    .addGroupBy('c.requesterFacilityId')
    .addGroupBy('c.invitedFacilityId')
    .getRawMany<Group>();
  const counts = { mine: 0, running: 0, finished: 0, drafts: 0 };
  for (const { count, mine, ...one } of groups) {
    counts[stateRulesOf(one).list] += Number(count);
    counts.mine += Number(mine);
  }
  for (const list of WorkListName.options) counts[list] = Math.min(counts[list], MAX_COUNTED + 1);
  const facilityIds = groups.flatMap(({ home, invited }) => (invited === null ? [home] : [home, invited]));
  return { counts, facilityIds: [...new Set(facilityIds)] };
}

interface Group {
  kind: CaseKind;
  state: ConsultationState;
  home: string;
  invited: string | null;
  count: number | string;
  mine: number | string;
}

/** One more than are counted says that there are more. */
async function countAtMost(manager: EntityManager, reader: WorkListReader, filter: WorkListFilter): Promise<number> {
  const query = isFewOfAll(filter) ? byState(manager, reader) : byGrant(manager, reader);
  const [sql, values] = restrictToFilter<ObjectLiteral>(query, reader, filter, isFewOfAll(filter))
    .select('c.consultationId', 'id')
    .distinct(true)
    .limit(MAX_COUNTED + 1)
    .getQueryAndParameters();
  const [row] = (await manager.query(`SELECT COUNT(*) AS found FROM (${sql}) some`, values)) as {
    found: number | string;
  }[];
  return Number(row?.found ?? 0);
}

const byState = (manager: EntityManager, reader: WorkListReader): SelectQueryBuilder<Consultation> =>
  manager.createQueryBuilder(ConsultationRow, 'c').where(isVisible(reader, 'cases'), visibleParameters(reader));

/** Of what most cases are, enough are met soon among the reader's own. */
const byGrant = (manager: EntityManager, reader: WorkListReader) =>
  manager
    .createQueryBuilder(GrantRow, 'g')
    .innerJoin(ConsultationRow.options.name, 'c', 'c.consultationId = g.consultationId')
    .where(isFitting(reader), visibleParameters(reader));

/** A case is between hospitals that have an agreement: of whoever has very many cases, theirs are taken for those of the cases. */
async function listPartnerIds(manager: EntityManager, facilityId: string): Promise<string[]> {
  const agreements = await manager.find(AgreementRow, {
    select: { agreementId: true, invitingFacilityId: true, invitedFacilityId: true },
    where: [{ invitingFacilityId: facilityId }, { invitedFacilityId: facilityId }],
  });
  const sides = agreements.flatMap((one) => [one.invitingFacilityId, one.invitedFacilityId]);
  return [...new Set([facilityId, ...sides])];
}
