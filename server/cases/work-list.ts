import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import { basesOfRole, standingsWaitedFor } from '../access/waited-for.ts';
import {
  ConsultationState,
  Failure,
  sortIn,
  type WorkListCounts,
  type WorkListDesk,
  type WorkListFilter,
  type WorkListPage,
  type WorkListQuery,
  type WorkListStates,
} from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import { type StatesOfKind, statesOfList, statesWhere } from './kinds/case-kinds.ts';
import type { WorkListReader } from './store.ts';
import { toSummaries } from './summary.ts';

const of = (kinds: StatesOfKind[]): ConsultationState[] =>
  ConsultationState.options.filter((state) => kinds.some(({ states }) => states.includes(state)));

const STATES: WorkListStates = {
  mine: of(statesWhere(({ waitsFor }) => waitsFor.length > 0)),
  running: of(statesOfList('running')),
  finished: of(statesOfList('finished')),
  drafts: of(statesOfList('drafts')),
};

/** Whose list it is, as the database needs to know it: the rules themselves stay in `access/may.ts`. */
function readerOf({ caller, at }: Asked): WorkListReader {
  requirePermission(caller, 'consultation:list');
  return {
    accountId: caller.accountId,
    facilityId: caller.facilityId,
    at,
    bases: basesOfRole(caller.role),
    waitsFor: standingsWaitedFor(caller),
  };
}

/**
 * One page of the caller's cases. Names of patients are masked but for one's own applications, so no row goes into the
 * access log. @throws Failure invalid-message where `after` is no cursor of this sort.
 */
export async function readWorkList(
  { work }: { work: Work<'accounts' | 'calls' | 'consultations' | 'facilities'> },
  asked: Asked,
  { sort: wanted, after, limit, ...filter }: WorkListQuery,
): Promise<WorkListPage> {
  const sort = sortIn(filter.list, wanted);
  const reader = readerOf(asked);
  const cursor = after === undefined ? undefined : parseCursor(after, sort);
  const page = await work.read.consultations.pageOfWorkList(reader, filter, { sort, after: cursor, limit });
  const lines = await toSummaries(work.read, page.consultations, asked.caller, asked.at, { namesOwn: true });
  return { lines, next: page.next && writeCursor(page.next, sort) };
}

export async function readWorkListCounts(
  { work }: { work: Work<'consultations'> },
  asked: Asked,
  filter: WorkListFilter,
): Promise<WorkListCounts> {
  return (await work.read.consultations.surveyWorkList(readerOf(asked), filter)).counts;
}

/** What stands above the list whatever is searched: counts, calls to join, hospitals to filter by. */
export async function readWorkListDesk(
  { work }: { work: Work<'accounts' | 'calls' | 'consultations' | 'facilities'> },
  asked: Asked,
): Promise<WorkListDesk> {
  const reader = readerOf(asked);
  const { consultations, calls, facilities } = work.read;
  const active = await calls.listAllActive();
  const own = await consultations.visibleAmong(
    reader,
    active.map(({ consultationId }) => consultationId),
  );
  const running = await toSummaries(work.read, own, asked.caller, asked.at, { namesOwn: true });
  const { counts, facilityIds } = await consultations.surveyWorkList(reader, {});
  const known = await facilities.findMany(facilityIds);
  return {
    counts,
    states: STATES,
    calls: running.filter(({ actions }) => actions.includes('join-call')),
    facilities: known
      .map(({ facilityId, name }) => ({ facilityId, name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'zh-CN')),
  };
}

const writeCursor = (keys: readonly (string | number)[], sort: string): string =>
  Buffer.from(JSON.stringify([sort, ...keys])).toString('base64url');

function parseCursor(after: string, sort: string): (string | number)[] {
  try {
    const [of, ...keys] = JSON.parse(Buffer.from(after, 'base64url').toString()) as unknown[];
    const isKey = (key: unknown): key is string | number => typeof key === 'string' || typeof key === 'number';
    if (of === sort && keys.length > 0 && keys.every(isKey)) return keys;
  } catch {
    // Answered below, like any other cursor that this server has not given.
  }
  throw new Failure('invalid-message', 'no cursor of this list', { fields: ['after'] });
}
