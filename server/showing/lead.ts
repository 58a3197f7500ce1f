import type { Asked } from '../access/asked.ts';
import { Failure, type ShowingPoint, type Viewport } from '../contract/index.ts';
import { createKeyedMutex } from '../runtime/mutex.ts';
import { getShowing } from './access.ts';
import { showPicture } from './lead-use-cases.ts';
import type { ShowingParts, ShowingWindow } from './parts.ts';
import { type Showable, showableOf, shownOf } from './showable.ts';

/** What comes thirty times a second asks how it stands no more often than this; what is changed here is known at once. */
const KEPT_MS = 1_000;

interface Led {
  atMs: number;
  peerId: string | null;
  shown: Showable | undefined;
  showables: readonly Showable[];
}

interface Answered {
  atMs: number;
  mayShow: Promise<boolean>;
}

/** Movements and pointers of those who show, as they stream in. */
export interface Lead {
  /** From any other window than the presenter's it is ignored. @throws Failure not-found where the picture is none that may be shown */
  move(asked: Asked, window: ShowingWindow, demonstrationId: string, viewport: Viewport): Promise<void>;
  /** Shows the others where one points: those who only watch, on the shown picture alone; on one that nobody may be shown, nobody. @throws Failure forbidden to whoever may not show */
  point(asked: Asked, window: ShowingWindow, pointed: ShowingPoint): Promise<void>;
  /** @throws Failure forbidden to whoever may not show */
  requireMayShow(asked: Asked, demonstrationId: string): Promise<void>;
  /** Another presents, another picture is shown, or somebody else may show. */
  forget(demonstrationId: string): void;
}

export function createLead(parts: ShowingParts): Lead {
  const led = new Map<string, Led>();
  const showers = new Map<string, Map<string, Answered>>();
  const inOrder = createKeyedMutex();

  async function find(asked: Asked, demonstrationId: string): Promise<Led> {
    const known = led.get(demonstrationId);
    if (known && performance.now() - known.atMs < KEPT_MS) return known;
    const atMs = performance.now();
    const { demonstration, showing } = await getShowing(parts, parts.work.read, asked, demonstrationId);
    const showables = await parts.showables.listKept(parts.work.read, demonstration);
    const [shown] = shownOf(showables, showing);
    const fresh = { atMs, peerId: showing.presenter?.peerId ?? null, shown, showables };
    led.set(demonstrationId, fresh);
    return fresh;
  }

  async function mayShow(asked: Asked, demonstrationId: string): Promise<boolean> {
    const { accountId, appointmentId } = asked.caller;
    const known = showers.get(demonstrationId) ?? new Map<string, Answered>();
    showers.set(demonstrationId, known);
    const key = `${accountId} ${appointmentId}`;
    const last = known.get(key);
    if (last && performance.now() - last.atMs < KEPT_MS) return last.mayShow;
    const found = getShowing(parts, parts.work.read, asked, demonstrationId).then((one) => one.mayShow);
    known.set(key, { atMs: performance.now(), mayShow: found });
    found.catch(() => known.delete(key));
    return found;
  }

  const requireMayShow = async (asked: Asked, demonstrationId: string): Promise<void> => {
    if (!(await mayShow(asked, demonstrationId))) throw new Failure('forbidden', 'nobody let them show anything');
  };

  return {
    requireMayShow,
    move: (asked, window, demonstrationId, viewport) =>
      inOrder(demonstrationId, async () => {
        const now = await find(asked, demonstrationId);
        if (now.peerId !== window.peerId) return;
        if (!now.shown || !showableOf([now.shown], viewport.target)) {
          await parts.stream.flush(demonstrationId);
          const shown = await showPicture(parts, asked, window, { demonstrationId, target: viewport.target });
          led.set(demonstrationId, { ...now, shown });
        }
        parts.stream.move(demonstrationId, window.peerId, viewport);
      }),
    async point(asked, window, { demonstrationId, target, point }) {
      await requireMayShow(asked, demonstrationId);
      const { shown, showables } = await find(asked, demonstrationId);
      const on = showableOf(showables, target);
      if (!on) return;
      const { accountId, name } = asked.caller;
      const pointer = { peerId: window.peerId, accountId, name, target, point };
      parts.stream.point(demonstrationId, pointer, on.material.materialId === shown?.material.materialId);
    },
    forget(demonstrationId) {
      led.delete(demonstrationId);
      showers.delete(demonstrationId);
    },
  };
}
