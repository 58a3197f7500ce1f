import type { CaseMaterials } from '../cases/parts.ts';
import type { DemonstrationParts } from '../demonstrations/parts.ts';
import type { Work } from '../store/stores.ts';
import type { Showables } from './showable.ts';
import type { ShowingStream } from './stream.ts';

type Named = keyof DemonstrationParts['work']['read'] | 'showings' | 'studies';

export interface ShowingParts extends DemonstrationParts {
  work: Work<Named>;
  pictures: CaseMaterials;
  showables: Showables;
  stream: ShowingStream;
}

/** One window, as far as what is shown goes. */
export interface ShowingWindow {
  peerId: string;
  /** Hears of what is shown from now on. @param mayShow of what others are not shown too */
  enter(demonstrationId: string, mayShow: boolean): void;
  leave(demonstrationId: string): void;
  isIn(demonstrationId: string): boolean;
  /** Those that it is in. */
  listShowings(): string[];
  /** Whether another window is there, on whichever server. */
  isConnected(peerId: string): Promise<boolean>;
}
