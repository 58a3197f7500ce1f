import { type EntityManager, In, IsNull, Not } from 'typeorm';
import type { PatientStore } from '../../patients/store.ts';
import { insertRow } from '../insert-row.ts';
import { updateRow } from '../update-row.ts';
import { PatientIdentifierRow, PatientMergeRow, PatientRow } from './rows.ts';

type MergeStore = Pick<PatientStore, 'lock' | 'listAlike' | 'insertMerge' | 'findMerge' | 'undoMerge' | 'listMerges'>;

/** What joins entries of a register, and finds those that may be joined. */
export function createMergeStore(manager: EntityManager): MergeStore {
  const isMysql = manager.connection.options.type === 'mysql';
  return {
    async lock(patientIds) {
      // SQLite has one writer at a time anyway. In one order, so that two who merge never wait for each other crosswise.
      if (isMysql)
        await manager.find(PatientRow, {
          select: { patientId: true },
          where: { patientId: In(patientIds) },
          order: { patientId: 'ASC' },
          lock: { mode: 'pessimistic_write' },
        });
    },

    async listAlike({ patientId, facilityId, nameKey, sex, birthDate }, numberIndices, limit) {
      const isNamed = nameKey !== '' && birthDate !== '';
      const named = isNamed
        ? await manager.find(PatientRow, {
            select: { patientId: true },
            where: { facilityId, nameKey, sex: sex ?? IsNull(), birthDate, patientId: Not(patientId) },
            take: limit,
          })
        : [];
      const numbered =
        numberIndices.length === 0
          ? []
          : await manager
              .createQueryBuilder(PatientIdentifierRow, 'i')
              .select('i.patientId', 'patientId')
              .distinct(true)
              .innerJoin('patient', 'p', 'p.patientId = i.patientId AND p.facilityId = :facilityId', { facilityId })
              .where('i.numberIndex IN (:...numberIndices)', { numberIndices })
              .andWhere('i.patientId <> :patientId', { patientId })
              .limit(limit)
              .getRawMany<{ patientId: string }>();
      const withNumber = new Set(numbered.map((one) => one.patientId));
      return [...new Set([...withNumber, ...named.map((one) => one.patientId)])]
        .slice(0, limit)
        .map((id) => ({ patientId: id, sameNumber: withNumber.has(id) }));
    },

    insertMerge: (merge) => insertRow(manager, PatientMergeRow, merge),
    findMerge: async (mergeId) => (await manager.findOneBy(PatientMergeRow, { mergeId })) ?? undefined,
    undoMerge: (mergeId, undone) =>
      updateRow(
        manager,
        PatientMergeRow,
        { mergeId, activeMergedId: Not(IsNull()) },
        { ...undone, activeMergedId: null },
      ),

    async listMerges(of) {
      const ids = 'mergedIds' in of ? of.mergedIds : of.keptIds;
      if (ids.length === 0) return [];
      return manager.find(PatientMergeRow, {
        where: 'mergedIds' in of ? { activeMergedId: In(ids) } : { keptId: In(ids), activeMergedId: Not(IsNull()) },
        order: { mergedAt: 'ASC', mergeId: 'ASC' },
      });
    },
  };
}
