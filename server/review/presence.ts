import type { Quality, ReviewPeer } from '../contract/index.ts';

/** Which windows have a case's review open now, on whichever server they are. */
export interface Presence {
  list(consultationId: string): Promise<ReviewPeer[]>;
  isConnected(peerId: string): Promise<boolean>;
}

/** One window, as far as reviewing goes. */
export interface ReviewWindow {
  peerId: string;
  /** Hears what happens in the case's review from now on. */
  enter(consultationId: string): void;
  leave(consultationId: string): void;
  /** Only windows that were let in; a grant that ends puts them out. */
  isIn(consultationId: string): boolean;
  listCases(): string[];
  setQuality(consultationId: string, quality: Quality): void;
}
