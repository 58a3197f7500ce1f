import type { GrantBasis } from '../contract/index.ts';

/** One person's leave to see one case, for a time. It is ended, never deleted. */
export interface Grant {
  grantId: string;
  consultationId: string;
  accountId: string;
  /** The facility that the person acted for when it was given; it does not follow them to another one. */
  facilityId: string;
  basis: GrantBasis;
  fromAt: string;
  /** In the future where an end is set: a closed case is seen for a while. */
  endedAt: string | null;
  /** Who ended it with a reason; null where it ended with a step of the case. */
  endedBy: string | null;
  endReason: string | null;
}

export function isActive(grant: Grant, at: Date): boolean {
  const instant = at.toISOString();
  return grant.fromAt <= instant && (grant.endedAt === null || instant < grant.endedAt);
}
