const WINDOW_MS = 12_000;

/** Throughput over the last seconds: steady enough to read, quick enough to notice that the line went. */
export interface Rate {
  add(sizeBytes: number): void;
  /** null until there is something to tell. */
  bytesPerSecond(): number | null;
}

export function createRate(now: () => number): Rate {
  let samples: { at: number; sizeBytes: number }[] = [];
  const keepRecent = () => {
    const from = now() - WINDOW_MS;
    samples = samples.filter(({ at }) => at >= from);
  };
  return {
    add(sizeBytes) {
      keepRecent();
      samples.push({ at: now(), sizeBytes });
    },
    bytesPerSecond() {
      keepRecent();
      // The first sample only tells when counting began: its bytes were under way before that.
      const [first, ...rest] = samples;
      if (first === undefined || rest.length === 0) return null;
      const spanMs = Math.max(500, now() - first.at);
      return (rest.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) * 1_000) / spanMs;
    },
  };
}
