/** Width in device pixels from which the next larger simulcast layer is worth its bandwidth: edumeet's values for layers of 320, 640 and 1280. */
const WORTH_FROM_PX = [0, 480, 960] as const;
/** A tile that is being dragged must not flip between two layers: each change waits for a key frame. */
const KEEP_DOWN_TO = 0.85;

/**
 * The simulcast layer for a picture of this rendered width, 0 the smallest.
 * @param current what is asked for now; a slightly smaller tile keeps it.
 */
export function chooseLayer(widthPx: number, current?: number): number {
  const fitting = WORTH_FROM_PX.findLastIndex((fromPx) => widthPx >= fromPx);
  const layer = Math.max(0, fitting);
  if (current === undefined || layer >= current) return layer;
  const kept = WORTH_FROM_PX[current];
  return kept !== undefined && widthPx >= kept * KEEP_DOWN_TO ? current : layer;
}
