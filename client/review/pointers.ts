import type { Target } from '../../server/contract/picture-kinds.ts';
import type { PointerMove, PointerMoved } from '../../server/contract/review.ts';
import { POINTER_DECAY_MS } from '../../server/contract/showing-at.ts';
import type { Clock } from './clock.ts';
import { createThrottledSender } from './throttled-sender.ts';

/** 30 a second. */
const POINTER_INTERVAL_MS = 1000 / 30;

export interface PointersParts {
  clock: Clock;
  send(move: Omit<PointerMove, 'consultationId'>): void;
  onChange(): void;
}

export interface Pointers {
  /** Where this person points; null: nowhere on the picture. */
  move(target: Target, point: { x: number; y: number } | null): void;
  receive(moved: PointerMoved): void;
  leave(peerId: string): void;
  all(): PointerMoved[];
  stop(): void;
}

/** Everybody's pointers: mine goes out at a bounded rate, the others' fade. Nothing of it is stored anywhere. */
export function createPointers({ clock, send, onChange }: PointersParts): Pointers {
  const shown = new Map<string, { moved: PointerMoved; cancelDecay: () => void }>();
  const sender = createThrottledSender({ clock, intervalMs: POINTER_INTERVAL_MS, send });
  let pointing = false;

  const leave = (peerId: string): void => {
    const pointer = shown.get(peerId);
    if (!pointer) return;
    pointer.cancelDecay();
    shown.delete(peerId);
    onChange();
  };
  return {
    move(target, point) {
      if (!point && !pointing) return;
      pointing = point !== null;
      sender.push({ target, point });
    },
    receive(moved) {
      if (!moved.point) {
        leave(moved.peerId);
        return;
      }
      shown.get(moved.peerId)?.cancelDecay();
      shown.set(moved.peerId, { moved, cancelDecay: clock.after(POINTER_DECAY_MS, () => leave(moved.peerId)) });
      onChange();
    },
    leave,
    all: () => [...shown.values()].map((pointer) => pointer.moved),
    stop() {
      sender.stop();
      for (const pointer of shown.values()) pointer.cancelDecay();
      shown.clear();
    },
  };
}
