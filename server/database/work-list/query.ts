import { Brackets, type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import type { Consultation } from '../../cases/consultation.ts';
import { stateRulesOf, statesOfList } from '../../cases/kinds/case-kinds.ts';
import type { ConsultationStore, WorkListReader } from '../../cases/store.ts';
import type {
  CaseKind,
  ConsultationState,
  ExaminationLabel,
  WorkListFilter,
  WorkListName,
} from '../../contract/index.ts';
import { ConsultationRow } from '../consultation/rows.ts';
import { restrictTo } from './filter.ts';
import { isPastCursor, KEYS } from './keys.ts';

type WorkListStore = Pick<
  ConsultationStore,
  'pageOfWorkList' | 'countWorkList' | 'visibleAmong' | 'listOfPatients' | 'listFacilityIds' | 'listExaminations'
>;

/** A study of images often holds objects of these modalities beside them: they are no examination of their own. */
const NO_EXAMINATION = new Set(['', 'ECG', 'SM', 'SR', 'PR', 'KO', 'SEG', 'DOC', 'OT']);

/** Reads the work list by key, never by offset: whatever comes or goes meanwhile moves no page. */
export function createWorkListQuery(manager: EntityManager): WorkListStore {
  const cases = (reader: WorkListReader, filter: WorkListFilter): SelectQueryBuilder<Consultation> => {
    const query = manager.createQueryBuilder(ConsultationRow, 'c');
    query.where(visibleTo(reader), visibleParameters(reader));
    return restrictTo(query, reader, filter);
  };

  return {
    async pageOfWorkList(reader, { list, ...filter }, { sort, after, limit }) {
      const keys = KEYS[sort];
      const query = cases(reader, filter).select('c.consultationId', 'id');
      if (list === 'mine') query.andWhere(waitingFor(reader));
      else if (list) query.andWhere(inList(list));
      if (after) query.andWhere(isPastCursor(keys, after));
      keys.forEach(({ expression, order }, index) => {
        query.addSelect(expression, `k${index}`);
        query.addOrderBy(`k${index}`, order);
      });
      const rows = await query.limit(limit + 1).getRawMany<Record<string, string | number>>();
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const found = await manager.findBy(ConsultationRow, { consultationId: In(page.map(({ id }) => String(id))) });
      const byId = new Map(found.map((one) => [one.consultationId, one]));
      return {
        consultations: page.flatMap(({ id }) => byId.get(String(id)) ?? []),
        next: rows.length > limit && last ? keys.map((key, index) => key.read(last[`k${index}`] ?? '')) : null,
      };
    },

    async countWorkList(reader, { list: _, ...filter }) {
      const counts = { mine: 0, running: 0, finished: 0, drafts: 0 };
      counts.mine = await cases(reader, filter).andWhere(waitingFor(reader)).getCount();
      const rows = await cases(reader, filter)
        .select('c.kind', 'kind')
        .addSelect('c.state', 'state')
        .addSelect('COUNT(*)', 'count')
        .groupBy('c.kind')
        .addGroupBy('c.state')
        .getRawMany<{ kind: CaseKind; state: ConsultationState; count: number | string }>();
      for (const { count, ...one } of rows) counts[stateRulesOf(one).list] += Number(count);
      return counts;
    },

    visibleAmong: async (reader, consultationIds) =>
      consultationIds.length === 0
        ? []
        : cases(reader, {}).andWhere('c.consultationId IN (:...among)', { among: consultationIds }).getMany(),

    listOfPatients: async (reader, patientIds) =>
      patientIds.length === 0
        ? []
        : cases(reader, {})
            .andWhere('c.patientId IN (:...patientIds)', { patientIds })
            .orderBy('c.submittedAt', 'DESC')
            .addOrderBy('c.consultationId', 'DESC')
            .getMany(),

    async listFacilityIds(reader) {
      const rows = await cases(reader, {})
        .select('c.requesterFacilityId', 'home')
        .addSelect('c.invitedFacilityId', 'invited')
        .distinct(true)
        .getRawMany<{ home: string; invited: string | null }>();
      return [...new Set(rows.flatMap(({ home, invited }) => (invited === null ? [home] : [home, invited])))];
    },

    listExaminations: (consultationIds) => listExaminations(manager, consultationIds),
  };
}

function inList(list: Exclude<WorkListName, 'mine'>): Brackets {
  return new Brackets((any) => {
    any.where('1 = 0');
    for (const { kind, states } of statesOfList(list))
      if (states.length > 0)
        any.orWhere(`(c.kind = :${kind}Kind AND c.state IN (:...${kind}Listed))`, {
          [`${kind}Kind`]: kind,
          [`${kind}Listed`]: states,
        });
  });
}

const GRANT =
  'SELECT 1 FROM consultation_grant g WHERE g.consultationId = c.consultationId AND g.accountId = :me ' +
  'AND g.facilityId = :home AND g.fromAt <= :at AND (g.endedAt IS NULL OR g.endedAt > :at)';

/** A grant that fits the person's role and facility of today: `access/may.ts` then always allows at least to look. */
function visibleTo({ bases }: WorkListReader): string {
  return bases.length === 0 ? '1 = 0' : `EXISTS (${GRANT} AND g.basis IN (:...bases))`;
}

function visibleParameters({ accountId, facilityId, at, bases }: WorkListReader) {
  return { me: accountId, home: facilityId, at: at.toISOString(), bases };
}

function waitingFor({ waitsFor }: WorkListReader): Brackets {
  return new Brackets((any) => {
    any.where('1 = 0');
    for (const [index, { kind, basis, states, side, whileAmending }] of waitsFor.entries()) {
      const sideIs = side === 'home' ? '=' : '<>';
      const ofSide = side ? ` AND c.requesterFacilityId ${sideIs} :home` : '';
      const amending = whileAmending ? ' AND c.amendment IS NOT NULL' : '';
      any.orWhere(
        `(c.kind = :waitKind${index} AND c.state IN (:...waits${index}) AND EXISTS (${GRANT} AND g.basis = :waitBasis${index})${ofSide}${amending})`,
        { [`waitKind${index}`]: kind, [`waits${index}`]: states, [`waitBasis${index}`]: basis },
      );
    }
  });
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
