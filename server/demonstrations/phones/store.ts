import type { PhoneCamera } from './phone-camera.ts';

export interface PhoneCameraStore {
  insert(camera: PhoneCamera): Promise<void>;
  find(cameraId: string): Promise<PhoneCamera | undefined>;
  findByHash(secretHash: string): Promise<PhoneCamera | undefined>;
  findMany(cameraIds: readonly string[]): Promise<PhoneCamera[]>;
  /** Those that are not ended, the oldest first. */
  listOf(demonstrationId: string, accountId: string): Promise<PhoneCamera[]>;
  /** @returns whether nobody had opened it: of two at once one wins */
  open(cameraId: string, opened: { openedAt: string; keyHash: string }): Promise<boolean>;
  /** @returns whether it had not ended */
  end(cameraId: string, endedAt: string): Promise<boolean>;
}
