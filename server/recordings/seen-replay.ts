import type { Asked } from '../access/asked.ts';
import { requireDemonstrationAction } from '../access/demonstrations.ts';
import { type FoundDemonstration, getDemonstration } from '../demonstrations/demonstration-access.ts';
import type { RecordingParts } from './parts.ts';

/**
 * A demonstration whose replay the caller may have before them: those who made it while it is looked through, everybody invited afterwards.
 * @throws Failure not-found, forbidden; conflict where there is no replay, or what it stands on is sealed
 */
export async function getSeenReplay(
  parts: RecordingParts,
  { caller, at }: Asked,
  demonstrationId: string,
): Promise<FoundDemonstration> {
  const found = await getDemonstration(parts, parts.work.read, caller, demonstrationId, { at });
  const isInReview = found.demonstration.state === 'replay-review';
  requireDemonstrationAction(isInReview ? 'review-replay' : 'watch-replay', found.standing);
  return found;
}
