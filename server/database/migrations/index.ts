import { Audit1700000000001 } from './0001-audit.ts';

/** In the order they run. A migration that has landed is never changed, only followed by another. */
export const migrations = [Audit1700000000001];
