/** A trace in pixels: sample `index` is at x = xPx + index × stepPx. */
export interface TraceScale {
  xPx: number;
  stepPx: number;
}

/**
 * The samples, by index and in order, whose line looks as that of all: of each pixel column the first, the last, the lowest
 * and the highest (Jugel et al., M4, VLDB 2014). Of a gap one sample (NaN) stays, to break the line. `from` and `to` are
 * indices, both included.
 */
export function reduceTrace(samples: Float64Array, from: number, to: number, { xPx, stepPx }: TraceScale): number[] {
  if (stepPx >= 0.5) return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  const kept: number[] = [];
  let first = from;
  while (first <= to) {
    const column = Math.floor(xPx + first * stepPx);
    let last = first;
    let lowest = first;
    let highest = first;
    let gap = -1;
    for (let index = first; index <= to && Math.floor(xPx + index * stepPx) === column; index += 1) {
      const sample = samples[index] ?? Number.NaN;
      if (Number.isNaN(sample)) gap = index;
      else if (sample < (samples[lowest] ?? sample)) lowest = index;
      else if (sample > (samples[highest] ?? sample)) highest = index;
      last = index;
    }
    if (gap === -1) {
      for (const index of [first, Math.min(lowest, highest), Math.max(lowest, highest), last])
        if (kept.at(-1) !== index) kept.push(index);
    } else {
      // Where the line breaks inside a column, all of the column: it is a pixel wide and rare.
      for (let index = first; index <= last; index += 1) kept.push(index);
    }
    first = last + 1;
  }
  return kept;
}
