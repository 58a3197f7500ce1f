import type { MediaSource } from '../../sfu/contract/token.ts';

/** Width in device pixels from which the next larger simulcast layer is worth its bandwidth: edumeet's values for layers of 320, 640 and 1280. */
const WORTH_FROM_PX = [0, 480, 960] as const;
/** In the same proportion for what a theatre sends of the operation, in layers of 480, 960 and 1920. */
const LARGE_WORTH_FROM_PX = [0, 720, 1440] as const;
const LARGE: readonly MediaSource[] = ['field', 'device'];
/** A tile that is being dragged must not flip between two layers: each change waits for a key frame. */
const KEEP_DOWN_TO = 0.85;

/**
 * The simulcast layer for a picture of this rendered width, 0 the smallest.
 * @param current what is asked for now; a slightly smaller tile keeps it.
 */
export function chooseLayer(widthPx: number, current?: number, source: MediaSource = 'video'): number {
  const worthFromPx = LARGE.includes(source) ? LARGE_WORTH_FROM_PX : WORTH_FROM_PX;
  const fitting = worthFromPx.findLastIndex((fromPx) => widthPx >= fromPx);
  const layer = Math.max(0, fitting);
  if (current === undefined || layer >= current) return layer;
  const kept = worthFromPx[current];
  return kept !== undefined && widthPx >= kept * KEEP_DOWN_TO ? current : layer;
}
