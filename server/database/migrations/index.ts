import { Audit1700000000001 } from './0001-audit.ts';
import { Accounts1700000000002 } from './0002-accounts.ts';
import { Consultations1700000000010 } from './0010-consultations.ts';
import { Studies1700000000020 } from './0020-studies.ts';

/** In the order they run. A migration that has landed is never changed, only followed by another. */
export const migrations = [Audit1700000000001, Accounts1700000000002, Consultations1700000000010, Studies1700000000020];
