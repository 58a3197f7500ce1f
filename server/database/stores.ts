import type { EntityManager } from 'typeorm';
import type { Stores } from '../stores.ts';
import { createAccountStore } from './account-store.ts';
import { createAuditStore } from './audit-store.ts';
import { createFacilityStore } from './facility-store.ts';

/** All stores on one entity manager: a transaction's, or the reader's. */
export function createStores(manager: EntityManager): Stores {
  return {
    accounts: createAccountStore(manager),
    audit: createAuditStore(manager),
    facilities: createFacilityStore(manager),
  };
}
