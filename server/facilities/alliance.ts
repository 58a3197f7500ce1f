import {
  type AllianceDraft,
  type AllianceKind,
  type AllianceMember,
  Failure,
  type ReferralRule,
} from '../contract/index.ts';

export interface Alliance {
  allianceId: string;
  name: string;
  kind: AllianceKind;
  hubId: string;
  /** Days in China, both included; no last day: until further notice. */
  fromDay: string;
  toDay: string | null;
  members: AllianceMember[];
  referrals: ReferralRule[];
  version: number;
  changedAt: string;
}

export function facilityIdsOf({ hubId, members }: Pick<Alliance, 'hubId' | 'members'>): string[] {
  return [hubId, ...members.map(({ facilityId }) => facilityId)];
}

/**
 * Whether a draft can stand: the hub is no member, nobody is one twice, periods end after they begin, and referrals lead from
 * one of them to another, each pair once.
 * @throws Failure invalid-message with the fields at fault
 */
export function requireConsistent(hubId: string, draft: AllianceDraft): void {
  const fields: string[] = [];
  const ids = facilityIdsOf({ hubId, members: draft.members });
  const known = new Set(ids);
  if (known.size !== ids.length) fields.push('members');
  const periods = [draft, ...draft.members];
  if (periods.some(({ fromDay, toDay }) => toDay !== null && toDay < fromDay)) fields.push('toDay');
  const pairs = new Set(draft.referrals.map(({ fromId, toId }) => `${fromId} ${toId}`));
  const isSound = draft.referrals.every(({ fromId, toId }) => fromId !== toId && known.has(fromId) && known.has(toId));
  if (!isSound || pairs.size !== draft.referrals.length) fields.push('referrals');
  if (fields.length > 0) throw new Failure('invalid-message', 'the alliance does not fit together', { fields });
}

/** The alliance with one facility in another's place, as after a merger. */
export function withSuccessor(alliance: Alliance, from: string, to: string): Alliance {
  const successor = (facilityId: string) => (facilityId === from ? to : facilityId);
  const hubId = successor(alliance.hubId);
  const seen = new Set([hubId]);
  const members = alliance.members
    .map((member) => ({ ...member, facilityId: successor(member.facilityId) }))
    .filter(({ facilityId }) => !seen.has(facilityId) && seen.add(facilityId));
  const pairs = new Map<string, ReferralRule>();
  for (const { fromId, toId, kinds } of alliance.referrals) {
    const rule = { fromId: successor(fromId), toId: successor(toId) };
    const key = `${rule.fromId} ${rule.toId}`;
    if (rule.fromId !== rule.toId)
      pairs.set(key, { ...rule, kinds: [...new Set([...(pairs.get(key)?.kinds ?? []), ...kinds])] });
  }
  return { ...alliance, hubId, members, referrals: [...pairs.values()] };
}
