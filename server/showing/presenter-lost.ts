import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { lockShowing } from './access.ts';
import { keep, tellShowing } from './lead-use-cases.ts';
import type { ShowingParts, ShowingWindow } from './parts.ts';
import type { StoredShowing } from './store.ts';

/**
 * The window is gone, and it may have presented: nobody leads then, and the picture stays.
 * @param onPurpose the person left it; else the lead waits for them to come back
 */
export async function losePresenter(
  parts: ShowingParts,
  demonstrationId: string,
  peerId: string,
  { onPurpose = false } = {},
): Promise<void> {
  const isTheirs = ({ presenter }: StoredShowing): boolean => presenter?.peerId === peerId;
  if (!isTheirs(await parts.work.read.showings.find(demonstrationId))) return;
  await parts.stream.flush(demonstrationId);
  const lost = await parts.work.write(async (stores) => {
    const demonstration = await stores.demonstrations.findForUpdate(demonstrationId);
    const showing = await stores.showings.find(demonstrationId);
    if (!demonstration || !showing.presenter || !isTheirs(showing)) return undefined;
    const presenter = onPurpose ? null : { ...showing.presenter, peerId: null };
    const nobody = { caller: null, requestId: randomUUID(), at: parts.clock() };
    const made = { before: showing, next: { ...showing, presenter }, action: 'showing:lose-presenter' };
    return { demonstration, showing: await keep(parts, stores, nobody, made) };
  });
  if (lost) await tellShowing(parts, lost.demonstration, lost.showing);
}

/** The person is back in another window, while the one in which they presented is gone: the lead is still theirs. */
export async function regainLead(
  parts: ShowingParts,
  asked: Asked,
  window: Pick<ShowingWindow, 'peerId' | 'isConnected'>,
  { demonstrationId, presenter: before }: StoredShowing,
): Promise<void> {
  const { accountId } = asked.caller;
  if (before?.accountId !== accountId || before.peerId === window.peerId) return;
  if (before.peerId !== null && (await window.isConnected(before.peerId))) return;
  const regained = await parts.work.write(async (stores) => {
    const { demonstration, showing } = await lockShowing(parts, stores, asked, demonstrationId);
    const { presenter } = showing;
    if (presenter?.accountId !== accountId || presenter.peerId !== before.peerId) return undefined;
    const next = { ...showing, presenter: { ...presenter, peerId: window.peerId } };
    const made = { before: showing, next, action: 'showing:present' };
    return { demonstration, showing: await keep(parts, stores, asked, made) };
  });
  if (regained) await tellShowing(parts, regained.demonstration, regained.showing);
}
