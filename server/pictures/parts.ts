import type { Request } from 'express';
import { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import type { FindShown } from '../archive/picture-home.ts';
import type { Studies } from '../archive/studies.ts';
import { Id } from '../contract/index.ts';
import type { Logger } from '../runtime/log.ts';
import type { ImagingPool } from './thread/pool.ts';

/** What routes that hand out pictures need. */
export interface PictureParts {
  log: Logger;
  clock: () => Date;
  studies: Studies;
  imaging: ImagingPool;
  /** What a demonstration shows to whom. */
  findShown: FindShown;
  /** @throws Failure unauthenticated */
  authenticate(request: Request): Promise<Caller>;
}

/** Pictures lie under a case's address, and what a demonstration shows of them under its own. */
export const homePaths = (path: string): string[] => [
  `/api/consultations/:consultationId/${path}`,
  `/api/demonstrations/:demonstrationId/${path}`,
];

/** One of the two stands in an address of {@link homePaths}. */
export const HomeParams = z.object({ consultationId: Id.optional(), demonstrationId: Id.optional() });
