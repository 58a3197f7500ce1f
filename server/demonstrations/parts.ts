import type { FieldSeal } from '../patients/seal.ts';
import type { Logger } from '../runtime/log.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';
import type { Demonstration } from './demonstration.ts';

type Named =
  | 'accounts'
  | 'asking'
  | 'audit'
  | 'consents'
  | 'consultations'
  | 'credits'
  | 'demonstrations'
  | 'facilities'
  | 'halls'
  | 'materials'
  | 'notices'
  | 'presenceChecks'
  | 'recordings'
  | 'showings';
export type DemonstrationStores = Pick<Stores, Named>;

export interface DemonstrationParts {
  work: Work<Named>;
  clock: () => Date;
  notify: Notify;
  log: Logger;
  seal: FieldSeal;
  /** Whether there is somewhere for sound and picture, with pages that show them: before that none can begin. */
  isHallReady: () => boolean;
  hall: HallEnds;
}

/** What of a hall ends with its demonstration, and with somebody's part in it. Neither fails: the room is looked at again and again. */
export interface HallEnds {
  /** Nobody is in it any more, or hears of it. */
  close(demonstrationId: string): Promise<void>;
  remove(demonstrationId: string, accountId: string): Promise<void>;
  /** Seats have changed: whoever has one less does no more from it. Whoever has none left is removed besides. */
  reseat(before: Demonstration, next: Demonstration): Promise<void>;
}
