import type { Request } from 'express';
import type { Caller } from '../access/caller.ts';
import type { Logger } from '../runtime/log.ts';
import type { Studies } from '../studies/studies.ts';

/** What routes that hand out pictures need. */
export interface PictureParts {
  log: Logger;
  clock: () => Date;
  studies: Studies;
  /** @throws Failure unauthenticated */
  authenticate(request: Request): Promise<Caller>;
}
