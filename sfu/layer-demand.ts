/** What one receiver wants of a picture that comes in layers. */
export interface LayerTaker {
  paused: boolean;
  /** 0 the smallest. */
  spatialLayer: number;
}

/** How many layers, from the smallest up, somebody takes; 0: nobody takes any. */
export function countTaken(takers: Iterable<LayerTaker>, layerCount: number): number {
  let taken = 0;
  for (const { paused, spatialLayer } of takers) if (!paused) taken = Math.max(taken, spatialLayer + 1);
  return Math.min(taken, layerCount);
}

/** A tile that is dragged, a transport that is renewed or a reload must not stop and start the encoders. */
export const DOWN_AFTER_MS = 4_000;

/** How many layers a sender is asked for: more at once, fewer only once the rest was not taken for a while. */
export interface LayerDemand {
  readonly asked: number;
  /** @returns after how many milliseconds to look again; undefined: only when something changes. */
  observe(taken: number, nowMs: number): number | undefined;
}

/** A sender begins with all its layers. */
export function createLayerDemand(layerCount: number): LayerDemand {
  let asked = layerCount;
  /** The most that was taken since it became too little. */
  let lower: { most: number; sinceMs: number } | undefined;

  return {
    get asked() {
      return asked;
    },
    observe(taken, nowMs) {
      if (taken >= asked) {
        asked = taken;
        lower = undefined;
        return undefined;
      }
      lower ??= { most: taken, sinceMs: nowMs };
      lower.most = Math.max(lower.most, taken);
      if (nowMs - lower.sinceMs >= DOWN_AFTER_MS) {
        asked = lower.most;
        lower = taken < asked ? { most: taken, sinceMs: nowMs } : undefined;
      }
      return lower && lower.sinceMs + DOWN_AFTER_MS - nowMs;
    },
  };
}
