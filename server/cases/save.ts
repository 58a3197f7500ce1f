import { Failure } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import type { Consultation } from './consultation.ts';

/**
 * Writes the case in its next version where the stored one is still the version before it.
 * @throws Failure conflict / version-outdated
 */
export async function saveNext(stores: Pick<Stores, 'consultations'>, next: Consultation): Promise<void> {
  if (!(await stores.consultations.replace(next, next.version - 1)))
    throw new Failure('conflict', 'the case was changed meanwhile', { reason: 'version-outdated' });
}
