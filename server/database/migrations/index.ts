import { Audit1700000000001 } from './0001-audit.ts';
import { Accounts1700000000002 } from './0002-accounts.ts';

/** In the order they run. A migration that has landed is never changed, only followed by another. */
export const migrations = [Audit1700000000001, Accounts1700000000002];
