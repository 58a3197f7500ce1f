import { isActive } from '../access/grant.ts';
import type { Stores } from '../store/stores.ts';

export interface ClosingParts {
  /** How long those who took part see a case after it is closed. */
  caseAccessMs: number;
}

/**
 * The case is closed: everybody's access gets its end, so long from now. The requester alone keeps it: it is their hospital's patient,
 * and the report belongs to that hospital's record.
 */
export async function closeAccess(
  stores: Pick<Stores, 'consultations'>,
  consultationId: string,
  at: Date,
  { caseAccessMs }: ClosingParts,
): Promise<void> {
  const grants = await stores.consultations.listGrants(consultationId);
  const ending = grants.filter((one) => one.basis !== 'requester' && isActive(one, at));
  const endedAt = new Date(at.getTime() + caseAccessMs).toISOString();
  await stores.consultations.endGrants(
    ending.map((one) => one.grantId),
    { at: at.toISOString(), endedAt },
  );
}

/** The case is worked on once more: whoever's access has not ended yet keeps it until it is closed again. */
export async function reopenAccess(
  stores: Pick<Stores, 'consultations'>,
  consultationId: string,
  at: Date,
): Promise<void> {
  const grants = await stores.consultations.listGrants(consultationId);
  await stores.consultations.endGrants(
    grants.filter((one) => isActive(one, at)).map((one) => one.grantId),
    { at: at.toISOString(), endedAt: null },
  );
}
