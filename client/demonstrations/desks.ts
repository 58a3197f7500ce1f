import type { DemonstrationDesk } from '../../server/contract/demonstration.ts';
import { usePermission } from '../api/session.tsx';

/** Which lists of demonstrations the person has, the usual one first. */
export function useDemonstrationDesks(): DemonstrationDesk[] {
  const plans = usePermission('demonstration:plan');
  const watches = usePermission('demonstration:watch');
  const administers = usePermission('demonstration:people');
  return [
    ...(plans ? (['own'] as const) : []),
    ...(watches ? (['watch'] as const) : []),
    // Whoever watches may be given a seat as well.
    ...(watches && !plans ? (['own'] as const) : []),
    ...(administers ? (['people'] as const) : []),
  ];
}
