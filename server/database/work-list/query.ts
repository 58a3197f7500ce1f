import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import type { Consultation } from '../../cases/consultation.ts';
import type { ConsultationStore, WorkListReader } from '../../cases/store.ts';
import type { ExaminationLabel, WorkListFilter } from '../../contract/index.ts';
import { ConsultationRow } from '../consultation/rows.ts';
import { isFewOfAll, matching, restrictToFilter } from './filter.ts';
import { isPastCursor, KEYS } from './keys.ts';
import { isVisible, type Reach, reachOf, visibleParameters } from './reach.ts';
import { surveyWorkList } from './survey.ts';

type WorkListStore = Pick<
  ConsultationStore,
  'pageOfWorkList' | 'surveyWorkList' | 'visibleAmong' | 'listOfPatients' | 'listExaminations'
>;

/** A study of images often holds objects of these modalities beside them: they are no examination of their own. */
const NO_EXAMINATION = new Set(['', 'ECG', 'SM', 'SR', 'PR', 'KO', 'SEG', 'DOC', 'OT']);

/**
 * Of whoever sees very many cases so many are searched for each line of a page, since no index knows parts of words; where the page is not
 * full by then, the next one goes on from there. Pages of 50 take a tenth of a second.
 */
const LOOKED_THROUGH = 60;

/** Reads the work list by key, never by offset: whatever comes or goes meanwhile moves no page. */
export function createWorkListQuery(manager: EntityManager): WorkListStore {
  const cases = (reader: WorkListReader, filter: WorkListFilter, reach: Reach): SelectQueryBuilder<Consultation> => {
    const query = manager.createQueryBuilder(ConsultationRow, 'c');
    query.where(isVisible(reader, reach), visibleParameters(reader));
    return restrictToFilter(query, reader, filter, reach === 'cases' && isFewOfAll(filter));
  };

  return {
    async pageOfWorkList(reader, filter, { sort, after, limit }) {
      const keys = KEYS[sort];
      // By what is computed all cases of the list have to be sorted: they are the reader's own, unless all of them are few.
      const isComputed = sort === 'waiting' && !isFewOfAll(filter);
      const reach = isComputed ? 'grants' : await reachOf(manager, reader);
      const { search, ...others } = filter;
      const found = search !== undefined && reach === 'cases' && sort !== 'waiting' && matching(reader, search);
      const query = cases(reader, found ? others : filter, reach).select('c.consultationId', 'id');
      if (found) query.addSelect(`CASE WHEN ${found.sql} THEN 1 ELSE 0 END`, 'isFound').setParameters(found.parameters);
      if (after) query.andWhere(isPastCursor(keys, after));
      keys.forEach(({ expression, order }, index) => {
        query.addSelect(expression, `k${index}`);
        query.addOrderBy(`k${index}`, order);
      });
      const most = found ? limit * LOOKED_THROUGH : limit + 1;
      const rows = await query.limit(most).getRawMany<Record<string, string | number>>();
      const lines = found ? rows.filter(({ isFound }) => Number(isFound) === 1) : rows;
      const page = lines.slice(0, limit);
      const last = lines.length > limit ? page.at(-1) : found && rows.length === most ? rows.at(-1) : undefined;
      const read = await manager.findBy(ConsultationRow, { consultationId: In(page.map(({ id }) => String(id))) });
      const byId = new Map(read.map((one) => [one.consultationId, one]));
      return {
        consultations: page.flatMap(({ id }) => byId.get(String(id)) ?? []),
        next: last ? keys.map((key, index) => key.read(last[`k${index}`] ?? '')) : null,
      };
    },

    surveyWorkList: (reader, filter) => surveyWorkList(manager, reader, filter),

    visibleAmong: async (reader, consultationIds) =>
      consultationIds.length === 0
        ? []
        : cases(reader, {}, 'cases').andWhere('c.consultationId IN (:...among)', { among: consultationIds }).getMany(),

    listOfPatients: async (reader, patientIds) =>
      patientIds.length === 0
        ? []
        : cases(reader, {}, 'cases')
            .andWhere('c.patientId IN (:...patientIds)', { patientIds })
            .orderBy('c.submittedAt', 'DESC')
            .addOrderBy('c.consultationId', 'DESC')
            .getMany(),

    listExaminations: (consultationIds) => listExaminations(manager, consultationIds),
  };
}

async function listExaminations(
  manager: EntityManager,
  consultationIds: string[],
): Promise<Map<string, ExaminationLabel[]>> {
  const labels = new Map<string, ExaminationLabel[]>();
  if (consultationIds.length === 0) return labels;
  const rows = await manager
    .createQueryBuilder()
    .select('m.consultationId', 'consultationId')
    .addSelect('m.kind', 'kind')
    .addSelect('s.modality', 'modality')
    .distinct(true)
    .from('material', 'm')
    .leftJoin('study_series', 's', 's.facilityId = m.facilityId AND s.studyInstanceUid = m.studyInstanceUid')
    .where('m.consultationId IN (:...consultationIds)', { consultationIds })
    .orderBy('m.kind')
    .addOrderBy('s.modality')
    .getRawMany<{ consultationId: string; kind: string; modality: string | null }>();
  for (const { consultationId, kind, modality } of rows) {
    const known = labels.get(consultationId) ?? [];
    labels.set(consultationId, known);
    const label = known.find((one) => one.kind === kind) ?? { kind, modalities: [] };
    if (!known.includes(label)) known.push(label);
    if (kind === 'imaging' && modality !== null && !NO_EXAMINATION.has(modality)) label.modalities.push(modality);
  }
  return labels;
}
