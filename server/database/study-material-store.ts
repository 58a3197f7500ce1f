import { type EntityManager, In } from 'typeorm';
import type { MaterialStore } from '../studies/store.ts';
import { MaterialInstanceRow, MaterialRow } from './study-rows.ts';
import { insertIfNew } from './study-store.ts';

export function createMaterialStore(manager: EntityManager): MaterialStore {
  return {
    async insert(material) {
      const { consultationId, studyInstanceUid } = material;
      const found = await manager.findOneBy(MaterialRow, { consultationId, studyInstanceUid });
      if (found) return found;
      await insertIfNew(manager, MaterialRow, material);
      return manager.findOneByOrFail(MaterialRow, { consultationId, studyInstanceUid });
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
    listInstances: (materialId) => manager.findBy(MaterialInstanceRow, { materialId }),
    async delete(materialId) {
      await manager.delete(MaterialInstanceRow, { materialId });
      await manager.delete(MaterialRow, { materialId });
    },
    async listConsultations(studyInstanceUid) {
      const materials = await manager.find(MaterialRow, {
        where: { studyInstanceUid },
        order: { addedAt: 'DESC', materialId: 'ASC' },
      });
      return materials.map((material) => material.consultationId);
    },
    async listConsultationsWithMaterial(consultationIds) {
      if (consultationIds.length === 0) return [];
      const materials = await manager.findBy(MaterialRow, { consultationId: In(consultationIds) });
      return [...new Set(materials.map((material) => material.consultationId))];
    },
  };
}
