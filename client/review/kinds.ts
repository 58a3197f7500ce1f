import type { Target } from '../../server/contract/review.ts';
import type { KindModule } from './viewer.ts';

/** The kinds of picture that can be reviewed together; each is loaded when the first of its pictures is opened. */
export const kinds: Record<Target['kind'], () => Promise<KindModule>> = {
  imaging: () => import('../imaging/kind.ts'),
};
