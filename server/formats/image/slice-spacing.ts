/** How the slices of a series follow one another. */
export interface Spacing {
  /** Least and greatest distance from one image to the next, millimetres; null without positions or with fewer than two. */
  spacingMm: { min: number; usual: number; max: number } | null;
  /** Where slices are missing. */
  gaps: SliceGap[];
  /** No step differs from the usual one by more than {@link EQUAL_SPACING}; otherwise the images are no regular volume. */
  regular: boolean;
}

export interface SliceGap {
  /** Index of the image before the gap. */
  after: number;
  /** How many slices of the usual distance would fit in. */
  missing: number;
}

/** A step may differ from the usual one by this share of it. */
const EQUAL_SPACING = 0.05;
/** A step this many times the usual one leaves something out. */
const GAP_STEPS = 1.5;
/** Where more steps than this share are large, the series was made so (a head: 5 mm below, 10 mm above) and lacks nothing. */
const MOST_GAPS = 1 / 3;

/** @param passes distances along the normal, millimetres, pass by pass, each in its order; steps from pass to pass do not count */
export function spacingOf(passes: number[][]): Spacing {
  const stepsMm = passes.map((distances) =>
    distances.slice(1).map((distance, index) => Math.abs(distance - (distances[index] ?? 0))),
  );
  const all = stepsMm.flat().sort((one, other) => one - other);
  const [min, max] = [all[0], all.at(-1)];
  const usual = all[Math.floor((all.length - 1) / 2)];
  if (min === undefined || max === undefined || usual === undefined)
    return { spacingMm: null, gaps: [], regular: true };
  let first = 0;
  const gaps = stepsMm.flatMap((steps) => {
    const start = first;
    first += steps.length + 1;
    return steps.flatMap((step, index): SliceGap[] =>
      step > usual * GAP_STEPS ? [{ after: start + index, missing: Math.max(1, Math.round(step / usual) - 1) }] : [],
    );
  });
  return {
    spacingMm: { min, usual, max },
    gaps: gaps.length <= all.length * MOST_GAPS ? gaps : [],
    regular: all.every((step) => Math.abs(step - usual) <= usual * EQUAL_SPACING),
  };
}
