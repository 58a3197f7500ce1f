import { type EntityManager, In, IsNull } from 'typeorm';
import type { PhoneCameraStore } from '../../demonstrations/phones/store.ts';
import { insertRow } from '../insert-row.ts';
import { updateRow } from '../update-row.ts';
import { PhoneCameraRow } from './phone-camera-rows.ts';

export function createPhoneCameraStore(manager: EntityManager): PhoneCameraStore {
  return {
    insert: (camera) => insertRow(manager, PhoneCameraRow, camera),
    find: async (cameraId) => (await manager.findOneBy(PhoneCameraRow, { cameraId })) ?? undefined,
    findByHash: async (secretHash) => (await manager.findOneBy(PhoneCameraRow, { secretHash })) ?? undefined,
    findMany: async (cameraIds) =>
      cameraIds.length === 0 ? [] : manager.findBy(PhoneCameraRow, { cameraId: In([...cameraIds]) }),
    listOf: (demonstrationId, accountId) =>
      manager.find(PhoneCameraRow, {
        where: { demonstrationId, accountId, endedAt: IsNull() },
        order: { createdAt: 'ASC', cameraId: 'ASC' },
      }),
    open: (cameraId, opened) =>
      updateRow(manager, PhoneCameraRow, { cameraId, openedAt: IsNull(), endedAt: IsNull() }, opened),
    end: (cameraId, endedAt) => updateRow(manager, PhoneCameraRow, { cameraId, endedAt: IsNull() }, { endedAt }),
  };
}
