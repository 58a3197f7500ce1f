import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { Failure, type ShowingEvent, type ShowingView, type Target } from '../contract/index.ts';
import type { Demonstration } from '../demonstrations/demonstration.ts';
import { getDemonstrationFor } from '../demonstrations/demonstration-access.ts';
import { lockShowing } from './access.ts';
import type { ShowingParts, ShowingWindow } from './parts.ts';
import { type Showable, showableOf, shownOf } from './showable.ts';
import type { StoredShowing } from './store.ts';
import { isSamePresenter, listMarksOn, toShowingView } from './view.ts';

type Changing = Pick<ShowingParts, 'work' | 'notify' | 'stream' | 'showables'>;
type Stores = Parameters<Parameters<ShowingParts['work']['write']>[0]>[0];

/** The caller's window presents from now on, whoever did before: those who may show speak with each other. */
export async function present(
  parts: ShowingParts,
  asked: Asked,
  { peerId }: Pick<ShowingWindow, 'peerId'>,
  demonstrationId: string,
): Promise<void> {
  const { accountId, name } = asked.caller;
  await parts.stream.flush(demonstrationId);
  const { demonstration, showing } = await parts.work.write(async (stores) => {
    const found = await lockShowing(parts, stores, asked, demonstrationId);
    const next = { ...found.showing, presenter: { accountId, name, peerId } };
    const kept = await keep(parts, stores, asked, { before: found.showing, next, action: 'showing:present' });
    return { demonstration: found.demonstration, showing: kept };
  });
  await tellShowing(parts, demonstration, showing);
}

/** The presenter has opened another picture. @throws Failure not-found where it is none that may be shown */
export async function showPicture(
  parts: ShowingParts,
  asked: Asked,
  { peerId }: Pick<ShowingWindow, 'peerId'>,
  { demonstrationId, target }: { demonstrationId: string; target: Target },
): Promise<Showable> {
  const made = await parts.work.write(async (stores) => {
    const { demonstration, showing } = await lockShowing(parts, stores, asked, demonstrationId);
    if (showing.presenter?.peerId !== peerId) throw new Failure('forbidden', 'another window presents');
    const showables = await parts.showables.list(stores, demonstration);
    const found = showableOf(showables, target);
    if (!found) throw new Failure('not-found', 'no picture that may be shown');
    const next = { ...showing, materialId: found.material.materialId, viewport: null };
    const made = { before: showing, next, action: 'showing:picture' };
    const isOther = showing.materialId !== next.materialId;
    return { demonstration, showing: isOther ? await keep(parts, stores, asked, made) : showing, found };
  });
  await tellShowing(parts, made.demonstration, made.showing);
  return made.found;
}

/** Nothing is shown any more. Where nothing was, it changes nothing. */
export async function stopShowing(parts: ShowingParts, asked: Asked, demonstrationId: string): Promise<void> {
  await parts.stream.flush(demonstrationId);
  const { demonstration, showing } = await parts.work.write(async (stores) => {
    const { demonstration, showing } = await lockShowing(parts, stores, asked, demonstrationId);
    const made = { before: showing, next: stopped(showing), action: 'showing:stop' };
    const isAnything = showing.materialId !== null || showing.presenter !== null;
    return { demonstration, showing: isAnything ? await keep(parts, stores, asked, made) : showing };
  });
  await tellShowing(parts, demonstration, showing);
}

/**
 * Moderator or deputy let somebody show and draw, or no more; whoever presents then stops. Asked again it changes nothing.
 * @throws Failure not-found for whoever is not in the hall
 */
export async function nameShower(
  parts: ShowingParts,
  asked: Asked,
  { demonstrationId, accountId }: { demonstrationId: string; accountId: string },
  isNamed: boolean,
): Promise<ShowingView> {
  await parts.stream.flush(demonstrationId);
  const { caller, at } = asked;
  const made = await parts.work.write(async (stores) => {
    const options = { at, lock: true };
    const found = await getDemonstrationFor(parts, stores, caller, demonstrationId, 'choose-program', options);
    const { demonstration } = found;
    if (isNamed) await requireInHall(stores, demonstration, accountId);
    const showing = await stores.showings.find(demonstrationId);
    const named = showing.named.filter((one) => one !== accountId);
    const isOut = !isNamed && showing.presenter?.accountId === accountId && showing.named.includes(accountId);
    const next = { ...(isOut ? stopped(showing) : showing), named: isNamed ? [...named, accountId] : named };
    const action = isNamed ? 'showing:name' : 'showing:unname';
    const made = { before: showing, next, action, detail: { accountId } };
    const isOther = showing.named.includes(accountId) !== isNamed;
    return { demonstration, showing: isOther ? await keep(parts, stores, asked, made) : showing };
  });
  // By their part in it they may still: their window asks how it stands, and is let in again.
  if (!isNamed) parts.notify.leaveShowers(demonstrationId, accountId);
  return tellShowing(parts, made.demonstration, made.showing);
}

async function requireInHall(stores: Stores, demonstration: Demonstration, accountId: string): Promise<void> {
  if (demonstration.seats.some((one) => one.accountId === accountId && one.seat === 'expert')) return;
  const enrolment = await stores.demonstrations.findEnrolment(demonstration.demonstrationId, accountId);
  if (!enrolment || enrolment.withdrawnAt !== null)
    throw new Failure('not-found', 'nobody in the hall', { fields: ['accountId'] });
}

export const stopped = (showing: StoredShowing): StoredShowing => ({
  ...showing,
  materialId: null,
  viewport: null,
  presenter: null,
});

/** Writes the showing with the events that led to it, and who did it. @returns it as it is kept */
export async function keep(
  { stream }: Pick<ShowingParts, 'stream'>,
  stores: Pick<Stores, 'showings' | 'audit'>,
  asked: Asked | { caller: null; requestId: string; at: Date },
  made: { before: StoredShowing; next: StoredShowing; action: string; detail?: Record<string, unknown> },
): Promise<StoredShowing> {
  const { before, next, action, detail = {} } = made;
  const { demonstrationId, materialId, presenter } = next;
  const kept = { ...next, version: before.version + 1 };
  await stores.showings.save(kept);
  const events: ShowingEvent[] = [];
  if (materialId !== before.materialId) events.push({ kind: 'picture', materialId });
  if (!isSamePresenter(presenter, before.presenter))
    events.push({ kind: 'presenter', accountId: presenter?.accountId ?? null });
  await stores.showings.addEvents(events.map((event) => stream.event(demonstrationId, event)));
  await recordAct(stores.audit, asked, {
    action,
    subjectKind: 'demonstration',
    subjectId: demonstrationId,
    detail: { materialId, ...detail },
  });
  return kept;
}

/** After the commit, to every window in it. */
export async function tellShowing(
  { work, notify, showables }: Pick<Changing, 'work' | 'notify' | 'showables'>,
  demonstration: Demonstration,
  showing: StoredShowing,
): Promise<ShowingView> {
  const { demonstrationId } = demonstration;
  showables.forget(demonstrationId);
  const { read } = work;
  const list = await showables.listKept(read, demonstration);
  const view = await toShowingView(read, showing, list);
  // Who only watches has heard nothing of the marks on it before.
  const marks = await listMarksOn(read, demonstrationId, shownOf(list, showing));
  notify.toShowing(demonstrationId, 'showing:changed', { demonstrationId, ...view, marks });
  return view;
}
