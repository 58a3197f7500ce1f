import type { PausedBy } from './contract/room.ts';
import type { MediaSource } from './contract/token.ts';

/** Whoever hears of one reason only hears of the one that the owner can do nothing about. */
const BY_WEIGHT: readonly PausedBy[] = ['origin-lost', 'cut', 'last-n', 'moderator', 'no-picture', 'owner'];
/** What is the owner's to end; one of them at a time. */
export const OWN_REASONS = ['owner', 'no-picture', 'moderator'] as const;

/** Whether its owner sends nothing, whatever else keeps it. */
export const isHeldByOwner = (pausedBy: ReadonlySet<PausedBy>): boolean =>
  pausedBy.has('owner') || pausedBy.has('no-picture');

/** Whether it is somebody's own camera, which they send. */
export const isCameraSent = ({
  appData,
}: {
  appData: { source: MediaSource; pausedBy: ReadonlySet<PausedBy> };
}): boolean => appData.source === 'video' && !isHeldByOwner(appData.pausedBy);

/** What is told of all that keeps a track from flowing; null: it flows. */
export function heaviest(pausedBy: ReadonlySet<PausedBy>): PausedBy | null {
  return BY_WEIGHT.find((one) => pausedBy.has(one)) ?? null;
}
