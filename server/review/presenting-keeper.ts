import type { Viewport } from '../contract/index.ts';
import type { Logger } from '../runtime/log.ts';
import type { Notify } from '../store/notify.ts';
import type { Work } from '../store/stores.ts';
import type { Presence } from './presence.ts';
import { GRACE_MS, isSamePresenter, left, type Presenting, settled } from './presenting.ts';
import { createViewportKeeper } from './viewport-keeper.ts';

export interface PresentingParts {
  work: Work<'review'>;
  clock: () => Date;
  notify: Notify;
  presence: Presence;
  log: Logger;
  /** Tells the other servers that somebody else presents in a case, or asks to. */
  tellServers(consultationId: string): void;
}

export interface PresentingKeeper {
  /**
   * Applies one change to who presents, as it is stored, and tells the windows where the presenter is another one then.
   * A presenter whose window vanished without a word (its server died) counts as gone from now on.
   */
  change<T>(
    consultationId: string,
    change: (presenting: Presenting, at: Date) => { presenting: Presenting; result: T },
  ): Promise<{ presenting: Presenting; result: T; viewport: Viewport | null }>;
  /** What the presenter's window shows now; from anybody else's window it is ignored. */
  move(consultationId: string, peerId: string, viewport: Viewport): Promise<void>;
  /** Another server changed it. */
  forget(consultationId: string): void;
  close(): Promise<void>;
}

/**
 * Who presents is kept in the database, so that it holds over a restart and among several servers; here stands only who
 * presents as far as this server knows, and what the presenter showed last.
 */
export function createPresentingKeeper(parts: PresentingParts): PresentingKeeper {
  const { work, clock, notify, presence, log } = parts;
  const presenters = new Map<string, string | null>();
  const graces = new Set<NodeJS.Timeout>();
  const keeper = createViewportKeeper({
    log,
    save: (consultationId, peerId, viewport) =>
      work.write((stores) => stores.review.saveViewport(consultationId, peerId, viewport)),
    onSaved: (consultationId, peerId, viewport) =>
      notify.toCase(consultationId, 'viewport:moved', { consultationId, peerId, viewport }, peerId),
    onOutdated: (consultationId) => presenters.delete(consultationId),
  });

  const remember = (consultationId: string, presenting: Presenting): void => {
    presenters.set(consultationId, presenting.presenter?.peerId ?? null);
  };

  async function change<T>(
    consultationId: string,
    apply: (presenting: Presenting, at: Date) => { presenting: Presenting; result: T },
  ): Promise<{ presenting: Presenting; result: T; viewport: Viewport | null }> {
    // The last picture of a presenter who leaves must be kept while it still counts as theirs.
    await keeper.flush(consultationId);
    const seen = await work.read.review.findPresenting(consultationId);
    const presenterPeerId = seen.presenting.presenter?.peerId ?? null;
    const vanished =
      presenterPeerId !== null && !(await presence.isConnected(presenterPeerId)) ? presenterPeerId : null;
    const { before, presenting, result, viewport } = await work.write(async (stores) => {
      const at = clock();
      const locked = await stores.review.lockPresenting(consultationId);
      const present = vanished === null ? locked.presenting : left(locked.presenting, vanished, false, at);
      const next = apply(present, at);
      await stores.review.savePresenting(consultationId, next.presenting);
      return { before: locked.presenting, ...next, viewport: locked.viewport };
    });
    remember(consultationId, presenting);
    if (!isSamePresenter(before, presenting)) {
      notify.toCase(consultationId, 'presenter:changed', { consultationId, presenter: presenting.presenter });
      parts.tellServers(consultationId);
    }
    if (presenting.goneAt !== null) settleLater(consultationId);
    return { presenting, result, viewport: keeper.latest(consultationId) ?? viewport };
  }

  /** When the grace is over the role is free, or goes to whoever asked for it. */
  function settleLater(consultationId: string): void {
    const timer = setTimeout(() => {
      graces.delete(timer);
      change(consultationId, (presenting, at) => ({ presenting: settled(presenting, at), result: undefined })).catch(
        (err: unknown) => log.warn({ err, consultationId }, 'a lost presenter was not replaced'),
      );
    }, GRACE_MS + 50);
    graces.add(timer);
  }

  async function findPresenter(consultationId: string): Promise<string | null> {
    const known = presenters.get(consultationId);
    if (known !== undefined) return known;
    const { presenting } = await work.read.review.findPresenting(consultationId);
    remember(consultationId, presenting);
    return presenting.presenter?.peerId ?? null;
  }

  return {
    change,
    async move(consultationId, peerId, viewport) {
      if ((await findPresenter(consultationId)) !== peerId) return;
      notify.toCaseVolatile(consultationId, 'viewport:moved', { consultationId, peerId, viewport }, peerId);
      keeper.put(consultationId, peerId, viewport);
    },
    forget: (consultationId) => {
      presenters.delete(consultationId);
    },
    async close() {
      for (const timer of graces) clearTimeout(timer);
      await keeper.close();
    },
  };
}
