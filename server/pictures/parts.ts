import type { Request } from 'express';
import type { Caller } from '../access/caller.ts';
import type { Studies } from '../archive/studies.ts';
import type { Logger } from '../runtime/log.ts';
import type { ImagingPool } from './thread/pool.ts';

/** What routes that hand out pictures need. */
export interface PictureParts {
  log: Logger;
  clock: () => Date;
  studies: Studies;
  imaging: ImagingPool;
  /** @throws Failure unauthenticated */
  authenticate(request: Request): Promise<Caller>;
}
