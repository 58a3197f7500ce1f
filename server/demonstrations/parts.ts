import type { FieldSeal } from '../patients/seal.ts';
import type { Logger } from '../runtime/log.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';

type Named =
  | 'accounts'
  | 'audit'
  | 'consents'
  | 'consultations'
  | 'demonstrations'
  | 'facilities'
  | 'materials'
  | 'notices';
export type DemonstrationStores = Pick<Stores, Named>;

export interface DemonstrationParts {
  work: Work<Named>;
  clock: () => Date;
  notify: Notify;
  log: Logger;
  seal: FieldSeal;
  /** Whether there is somewhere for sound and picture, with pages that show them: before that none can begin. */
  isHallReady: () => boolean;
}
