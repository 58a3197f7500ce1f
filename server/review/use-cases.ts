import { setTimeout as sleep } from 'node:timers/promises';
import type { Asked } from '../access/asked.ts';
import { getCaseFor } from '../cases/case-access.ts';
import { recordRead } from '../cases/read-use-cases.ts';
import { Failure, type PointerMove, type Quality, type ReviewSnapshot } from '../contract/index.ts';
import type { Notify } from '../store/notify.ts';
import type { Work } from '../store/stores.ts';
import { MAX_ACTS } from './board.ts';
import { nameActs, nameAnnotations } from './naming.ts';
import type { Presence, ReviewWindow } from './presence.ts';
import { ANSWER_MS, answered, asked as askedFor, entered, left, settled } from './presenting.ts';
import type { PresentingKeeper } from './presenting-keeper.ts';

export interface ReviewParts {
  work: Work<'audit' | 'calls' | 'consultations' | 'review' | 'accounts' | 'facilities'>;
  clock: () => Date;
  notify: Notify;
  presence: Presence;
  presenting: PresentingKeeper;
  /** Soon tells everyone in the case who is there and what they see. */
  announcePeers(consultationId: string): void;
}

/** How often a question that is open is looked at: the presenter may be on another server. */
const LOOK_MS = 200;

/** Comes into the review, or comes back to it: everything above `sinceRevision`, who is there, who presents and what they show. */
export async function openReview(
  parts: ReviewParts,
  asked: Asked,
  window: ReviewWindow,
  { consultationId, sinceRevision }: { consultationId: string; sinceRevision: number },
): Promise<ReviewSnapshot> {
  const { caller, at } = asked;
  const { read } = parts.work;
  const { basis } = await getCaseFor(read, caller, consultationId, 'review', { at });
  await parts.work.write((stores) =>
    recordRead(stores, asked, { basis, subjectKind: 'review', subjectId: consultationId, consultationId }),
  );
  // First in the room, then the reading: what changes in between arrives as a notice.
  const wasIn = window.isIn(consultationId);
  window.enter(consultationId);
  try {
    const who = { accountId: caller.accountId, name: caller.name, peerId: window.peerId };
    const { presenting, viewport } = await parts.presenting.change(consultationId, (now, when) => ({
      presenting: entered(now, who, when),
      result: undefined,
    }));
    // Read before the annotations: one that comes in between is told twice rather than missed.
    const revision = await read.review.lastRevision(consultationId);
    const annotations = await nameAnnotations(
      read,
      await read.review.listAnnotationsSince(consultationId, sinceRevision),
    );
    const acts = await nameActs(read, await read.review.listActs(consultationId, caller.accountId, MAX_ACTS));
    parts.announcePeers(consultationId);
    const peers = await parts.presence.list(consultationId);
    return { peerId: window.peerId, presenter: presenting.presenter, viewport, peers, revision, annotations, acts };
  } catch (err) {
    if (!wasIn) window.leave(consultationId);
    throw err;
  }
}

export async function closeReview(parts: ReviewParts, window: ReviewWindow, consultationId: string): Promise<void> {
  if (!window.isIn(consultationId)) return;
  window.leave(consultationId);
  await leaveReview(parts, consultationId, window.peerId, true);
}

/** The window is gone from the case; `onPurpose` false: its line broke and it may be back. */
export async function leaveReview(
  parts: ReviewParts,
  consultationId: string,
  peerId: string,
  onPurpose: boolean,
): Promise<void> {
  parts.announcePeers(consultationId);
  await parts.presenting.change(consultationId, (presenting, at) => ({
    presenting: left(presenting, peerId, onPurpose, at),
    result: undefined,
  }));
}

/**
 * Answers once it is decided: at once where nobody presents, else when the presenter answers, or after ten seconds in the
 * asking one's favour.
 */
export async function askToPresent(
  parts: ReviewParts,
  { caller }: Asked,
  window: ReviewWindow,
  consultationId: string,
): Promise<{ granted: boolean }> {
  requireIn(window, consultationId);
  const { accountId, name } = caller;
  const who = { accountId, name, peerId: window.peerId };
  const { presenting, result } = await parts.presenting.change(consultationId, (now, at) => {
    const { presenting: next, outcome } = askedFor(now, who, at);
    return { presenting: next, result: outcome };
  });
  if (result !== 'asked') return { granted: result === 'granted' };
  if (presenting.presenter)
    parts.notify.toAccounts([presenting.presenter.accountId], 'presenter:asked', {
      consultationId,
      accountId,
      name,
      answerWithinS: ANSWER_MS / 1000,
    });
  return { granted: await waitForAnswer(parts, window, consultationId) };
}

async function waitForAnswer(parts: ReviewParts, window: ReviewWindow, consultationId: string): Promise<boolean> {
  while (window.isIn(consultationId)) {
    await sleep(LOOK_MS);
    const { presenting } = await parts.work.read.review.findPresenting(consultationId);
    if (presenting.presenter?.peerId === window.peerId) return true;
    if (presenting.ask?.peerId !== window.peerId) return false;
    if (settled(presenting, parts.clock()) !== presenting)
      await parts.presenting.change(consultationId, (now, at) => ({ presenting: settled(now, at), result: undefined }));
  }
  return false;
}

/** Hands over to whoever asked, or keeps the role. @throws Failure forbidden where somebody else presents. */
export async function answerAsking(
  parts: ReviewParts,
  { caller }: Asked,
  window: ReviewWindow,
  { consultationId, accountId, grant }: { consultationId: string; accountId: string; grant: boolean },
): Promise<void> {
  requireIn(window, consultationId);
  await parts.presenting.change(consultationId, (presenting, at) => ({
    presenting: answered(presenting, caller.accountId, accountId, grant, at),
    result: undefined,
  }));
}

/** Shows the others where one points; never stored. */
export function movePointer(parts: ReviewParts, { caller }: Asked, window: ReviewWindow, move: PointerMove): void {
  requireIn(window, move.consultationId);
  const { accountId, name } = caller;
  parts.notify.toCaseVolatile(
    move.consultationId,
    'pointer:moved',
    { ...move, peerId: window.peerId, accountId, name },
    window.peerId,
  );
}

export function reportQuality(
  parts: ReviewParts,
  window: ReviewWindow,
  { consultationId, quality }: { consultationId: string; quality: Quality },
): void {
  requireIn(window, consultationId);
  window.setQuality(consultationId, quality);
  parts.announcePeers(consultationId);
}

/** @throws Failure not-found: only who was let in by `openReview` takes part. */
export function requireIn(window: ReviewWindow, consultationId: string): void {
  if (!window.isIn(consultationId)) throw new Failure('not-found', 'the review is not open in this window');
}
