import type { EntityManager } from 'typeorm';
import type { Stores } from '../stores.ts';
import { createAuditStore } from './audit-store.ts';

/** All stores on one entity manager: a transaction's, or the reader's. */
export function createStores(manager: EntityManager): Stores {
  return { audit: createAuditStore(manager) };
}
