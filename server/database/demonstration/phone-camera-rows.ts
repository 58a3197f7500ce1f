import { EntitySchema } from 'typeorm';
import type { PhoneCamera } from '../../demonstrations/phones/phone-camera.ts';
import { idColumn, instantColumn, nullable, primary } from '../columns.ts';

export const PhoneCameraRow = new EntitySchema<PhoneCamera>({
  name: 'phone_camera',
  columns: {
    cameraId: primary(idColumn),
    demonstrationId: idColumn,
    accountId: idColumn,
    facilityId: idColumn,
    sessionId: idColumn,
    secretHash: { type: 'varchar', length: 64, unique: true },
    createdAt: instantColumn,
    expiresAt: instantColumn,
    openedAt: nullable(instantColumn),
    keyHash: nullable({ type: 'varchar', length: 64 }),
    endedAt: nullable(instantColumn),
  },
});
