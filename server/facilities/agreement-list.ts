import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import type { AgreementLine, AgreementPage, AgreementQuery } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import { isSigned } from './agreement.ts';
import { toLine } from './agreement-view.ts';
import { toFacilityView } from './facility.ts';
import { scopeOf } from './scope.ts';

const KEYS: Record<AgreementQuery['sort'], (line: AgreementLine) => string> = {
  'to-day': ({ toDay }) => toDay,
  'from-day': ({ fromDay }) => fromDay,
  inviting: ({ inviting }) => inviting.name,
  invited: ({ invited }) => invited.name,
};
const CHINESE = new Intl.Collator('zh-CN');

/** A page of the agreements whose one side, at least, the caller administers: narrowed, then sorted; equal ones by their ids. */
export async function listAgreements(
  { work }: { work: Work<'facilities'> },
  { caller, at }: Asked,
  query: AgreementQuery,
): Promise<AgreementPage> {
  requirePermission(caller, 'facility:manage');
  const { facilities } = work.read;
  const scope = await scopeOf(work.read, caller);
  // A province has a few thousand; the platform's administrator names no facilities, so that no statement grows with them.
  const agreements = await facilities.listAgreementsOf(caller.role === 'admin' ? undefined : [...scope.keys()]);
  const ids = new Set(agreements.flatMap((one) => [one.invitingFacilityId, one.invitedFacilityId]));
  const named = new Map((await facilities.findMany([...ids])).map((one) => [one.facilityId, toFacilityView(one)]));
  const followed = new Set(agreements.filter(isSigned).flatMap(({ predecessorId }) => predecessorId ?? []));
  const lines = agreements
    .map((one) => toLine(one, { named, isFollowed: followed.has(one.agreementId), at }))
    .filter((line) => matches(line, query))
    .toSorted((one, other) => compare(one, other, query));
  const begin = (query.page - 1) * query.pageSize;
  return { agreements: lines.slice(begin, begin + query.pageSize), total: lines.length };
}

function matches(
  { inviting, invited, state }: AgreementLine,
  { q, state: wanted, facilityId }: AgreementQuery,
): boolean {
  const sides = [inviting, invited];
  return (
    (wanted === undefined || state === wanted) &&
    (facilityId === undefined || sides.some((side) => side.facilityId === facilityId)) &&
    (q === undefined || sides.some(({ name }) => name.toLowerCase().includes(q.toLowerCase())))
  );
}

function compare(one: AgreementLine, other: AgreementLine, { sort, descending }: AgreementQuery): number {
  const order = CHINESE.compare(KEYS[sort](one), KEYS[sort](other));
  if (order !== 0) return descending ? -order : order;
  return one.agreementId < other.agreementId ? -1 : 1;
}
