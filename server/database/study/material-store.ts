import { type EntityManager, In } from 'typeorm';
import type { MaterialStore } from '../../archive/store.ts';
import type { Instance } from '../../archive/study.ts';
import type { FieldSeal } from '../../patients/seal.ts';
import { insertIfNew } from '../insert-row.ts';
import { createNamedPatients } from '../named-patients.ts';
import { InstanceRow, MaterialInstanceRow, MaterialRow } from './rows.ts';

export function createMaterialStore(manager: EntityManager, seal: FieldSeal): MaterialStore {
  const patients = createNamedPatients(manager, seal);
  return {
    async insert(material) {
      const { consultationId, kind, studyInstanceUid, fileSha256 } = material;
      const same = { consultationId, kind, studyInstanceUid, fileSha256 };
      const found = await manager.findOneBy(MaterialRow, same);
      if (found) return found;
      await insertIfNew(manager, MaterialRow, material);
      return manager.findOneByOrFail(MaterialRow, same);
    },
    async insertInstance(instance) {
      const { consultationId, sopInstanceUid } = instance;
      const found = await manager.findOneBy(MaterialInstanceRow, { consultationId, sopInstanceUid });
      if (found) return found;
      await insertIfNew(manager, MaterialInstanceRow, instance);
      return manager.findOneByOrFail(MaterialInstanceRow, { consultationId, sopInstanceUid });
    },
    find: async (consultationId, materialId) =>
      (await manager.findOneBy(MaterialRow, { consultationId, materialId })) ?? undefined,
    list: (consultationId) =>
      manager.find(MaterialRow, { where: { consultationId }, order: { addedAt: 'ASC', materialId: 'ASC' } }),
    async listInstances(materialId) {
      const rows = await manager
        .createQueryBuilder(InstanceRow, 'i')
        .innerJoin(
          MaterialInstanceRow.options.name,
          'm',
          'm.facilityId = i.facilityId AND m.sopInstanceUid = i.sopInstanceUid',
        )
        .where('m.materialId = :materialId', { materialId })
        .orderBy('i.instanceNumber')
        .addOrderBy('i.sopInstanceUid')
        .getMany();
      return patients.named<Instance>(rows);
    },
    async countInstances(materialIds) {
      const counts = new Map(materialIds.map((id) => [id, 0]));
      if (materialIds.length === 0) return counts;
      const found = await manager
        .createQueryBuilder(MaterialInstanceRow, 'm')
        .select('m.materialId', 'materialId')
        .addSelect('COUNT(*)', 'instances')
        .where({ materialId: In([...materialIds]) })
        .groupBy('m.materialId')
        .getRawMany<{ materialId: string; instances: number | string }>();
      for (const { materialId, instances } of found) counts.set(materialId, Number(instances));
      return counts;
    },
    findFile: async (consultationId, fileSha256) =>
      (await manager.findOneBy(MaterialRow, { consultationId, fileSha256 })) ?? undefined,
    async delete(materialId) {
      await manager.delete(MaterialInstanceRow, { materialId });
      await manager.delete(MaterialRow, { materialId });
    },
    async listConsultations(studyInstanceUid) {
      const materials = await manager.find(MaterialRow, {
        where: { studyInstanceUid },
        order: { addedAt: 'DESC', materialId: 'ASC' },
      });
      return [...new Set(materials.map((material) => material.consultationId))];
    },
    async listConsultationsWithMaterial(consultationIds) {
      if (consultationIds.length === 0) return [];
      const materials = await manager.findBy(MaterialRow, { consultationId: In(consultationIds) });
      return [...new Set(materials.map((material) => material.consultationId))];
    },
  };
}
