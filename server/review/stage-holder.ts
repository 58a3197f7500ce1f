import type { Viewport } from '../contract/index.ts';
import type { Logger } from '../runtime/log.ts';
import type { Notify } from '../store/notify.ts';
import type { Work } from '../store/stores.ts';
import type { Presence } from './presence.ts';
import { GRACE_MS, isSamePresenter, left, type Stage, settled } from './stage.ts';
import { createViewportKeeper } from './viewport-keeper.ts';

export interface StageParts {
  work: Work<'review'>;
  clock: () => Date;
  notify: Notify;
  presence: Presence;
  log: Logger;
  /** Tells the other servers that a case's stage changed here. */
  tellServers(consultationId: string): void;
}

export interface StageHolder {
  /**
   * Applies one change to the stored stage and tells the windows where the presenter is another one then.
   * A presenter whose window vanished without a word (its server died) counts as gone from now on.
   */
  change<T>(
    consultationId: string,
    change: (stage: Stage, at: Date) => { stage: Stage; result: T },
  ): Promise<{ stage: Stage; result: T; viewport: Viewport | null }>;
  /** What the presenter's window shows now; from anybody else's window it is ignored. */
  move(consultationId: string, peerId: string, viewport: Viewport): Promise<void>;
  /** Another server changed the stage. */
  forget(consultationId: string): void;
  close(): Promise<void>;
}

/**
 * Who presents is kept in the database, so that it holds over a restart and among several servers; here stands only who
 * presents as far as this server knows, and what the presenter showed last.
 */
export function createStageHolder(parts: StageParts): StageHolder {
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

  const remember = (consultationId: string, stage: Stage): void => {
    presenters.set(consultationId, stage.presenter?.peerId ?? null);
  };

  async function change<T>(
    consultationId: string,
    apply: (stage: Stage, at: Date) => { stage: Stage; result: T },
  ): Promise<{ stage: Stage; result: T; viewport: Viewport | null }> {
    // The last picture of a presenter who leaves must be kept while it still counts as theirs.
    await keeper.flush(consultationId);
    const seen = await work.read.review.findStage(consultationId);
    const presenting = seen.stage.presenter?.peerId ?? null;
    const vanished = presenting !== null && !(await presence.isConnected(presenting)) ? presenting : null;
    const { before, stage, result, viewport } = await work.write(async (stores) => {
      const at = clock();
      const locked = await stores.review.lockStage(consultationId);
      const present = vanished === null ? locked.stage : left(locked.stage, vanished, false, at);
      const next = apply(present, at);
      await stores.review.saveStage(consultationId, next.stage);
      return { before: locked.stage, ...next, viewport: locked.viewport };
    });
    remember(consultationId, stage);
    if (!isSamePresenter(before, stage)) {
      notify.toCase(consultationId, 'presenter:changed', { consultationId, presenter: stage.presenter });
      parts.tellServers(consultationId);
    }
    if (stage.goneAt !== null) settleLater(consultationId);
    return { stage, result, viewport: keeper.latest(consultationId) ?? viewport };
  }

  /** When the grace is over the role is free, or goes to whoever asked for it. */
  function settleLater(consultationId: string): void {
    const timer = setTimeout(() => {
      graces.delete(timer);
      change(consultationId, (stage, at) => ({ stage: settled(stage, at), result: undefined })).catch((err: unknown) =>
        log.warn({ err, consultationId }, 'a lost presenter was not replaced'),
      );
    }, GRACE_MS + 50);
    graces.add(timer);
  }

  async function findPresenter(consultationId: string): Promise<string | null> {
    const known = presenters.get(consultationId);
    if (known !== undefined) return known;
    const { stage } = await work.read.review.findStage(consultationId);
    remember(consultationId, stage);
    return stage.presenter?.peerId ?? null;
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
