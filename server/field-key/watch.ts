import type { Database } from '../database/database.ts';
import type { Logger } from '../runtime/log.ts';
import { type Repeated, repeat } from '../runtime/repeat.ts';

/** A search by an outdated index finds nobody, and says so as if there were nobody. */
const EVERY_MS = 2_000;

/** Writing looks at the key each time; this is for whoever only reads and searches. */
export function startKeyWatch({ database, log }: { database: Pick<Database, 'ping'>; log: Logger }): Repeated {
  return repeat(() => database.ping(), { everyMs: EVERY_MS, log, what: 'this server cannot use its database' });
}
