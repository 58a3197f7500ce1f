import { z } from 'zod';
import { OpenedPhoneCamera } from '../../server/contract/phone-camera.ts';

const STORED_UNDER = 'huizhen.phone-camera';

/** What the telephone holds once its code was read, kept over a reload of this tab: the code itself is good no more. */
export function readOpenedPhone(storage: Pick<Storage, 'getItem'>): OpenedPhoneCamera | undefined {
  try {
    return OpenedPhoneCamera.parse(JSON.parse(storage.getItem(STORED_UNDER) ?? 'null'));
  } catch (thrown) {
    if (thrown instanceof z.ZodError || thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

export function keepOpenedPhone(storage: Pick<Storage, 'setItem'>, opened: OpenedPhoneCamera): void {
  storage.setItem(STORED_UNDER, JSON.stringify(opened));
}

export function forgetOpenedPhone(storage: Pick<Storage, 'removeItem'>): void {
  storage.removeItem(STORED_UNDER);
}
