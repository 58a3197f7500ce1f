import { randomUUID } from 'node:crypto';
import type { Demonstration } from '../demonstrations/demonstration.ts';
import { ACTS, hasHall } from '../demonstrations/rules/rules.ts';
import { keep, stopped, tellShowing } from './lead-use-cases.ts';
import type { ShowingParts } from './parts.ts';
import type { StoredShowing } from './store.ts';

type Enrolled = ReadonlySet<string>;

/**
 * These people have lost a seat, or their place in the demonstration. Whoever of them may not show any more presents no more, is named no more, and
 * hears no more of what the others are not shown: at once, wherever their windows are.
 */
export async function loseSeats(
  parts: ShowingParts,
  demonstrationId: string,
  accountIds: readonly string[],
): Promise<void> {
  await parts.stream.flush(demonstrationId);
  const after = await parts.work.write(async (stores) => {
    const demonstration = await stores.demonstrations.findForUpdate(demonstrationId);
    if (!demonstration || !hasHall(demonstration.state)) return undefined;
    const enrolments = await stores.demonstrations.listEnrolments(demonstrationId);
    const enrolled = new Set(enrolments.filter(({ withdrawnAt }) => withdrawnAt === null).map((one) => one.accountId));
    const showing = await stores.showings.find(demonstrationId);
    const next = withoutThem(showing, demonstration, { accountIds, enrolled });
    if (!next) return { demonstration, showing };
    const nobody = { caller: null, requestId: randomUUID(), at: parts.clock() };
    const detail = { accountIds };
    const made = { before: showing, next, action: 'showing:lose-seat', detail };
    return { demonstration, showing: await keep(parts, stores, nobody, made) };
  });
  if (!after) return;
  // Whoever may show all the same is let in again: their window asks how it stands.
  for (const accountId of accountIds) parts.notify.leaveShowers(demonstrationId, accountId);
  await tellShowing(parts, after.demonstration, after.showing);
}

/** undefined: nothing changes for it. */
function withoutThem(
  showing: StoredShowing,
  demonstration: Demonstration,
  { accountIds, enrolled }: { accountIds: readonly string[]; enrolled: Enrolled },
): StoredShowing | undefined {
  const { surgeonId, seats } = demonstration;
  const { who } = ACTS.show;
  const seatsOf = (accountId: string) => seats.filter((one) => one.accountId === accountId).map(({ seat }) => seat);
  const canBeNamed = (accountId: string) => seatsOf(accountId).includes('expert') || enrolled.has(accountId);
  const named = showing.named.filter((one) => !accountIds.includes(one) || canBeNamed(one));
  const mayShow = (accountId: string) =>
    accountId === surgeonId || named.includes(accountId) || seatsOf(accountId).some((seat) => seat in who);
  const { presenter } = showing;
  const isOut = presenter !== null && accountIds.includes(presenter.accountId) && !mayShow(presenter.accountId);
  if (!isOut && named.length === showing.named.length) return undefined;
  return { ...(isOut ? stopped(showing) : showing), named };
}
