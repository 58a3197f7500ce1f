import type { Quality } from '../../server/contract/review.ts';
import type { FrameStore } from './frame-store.ts';
import type { PreviewStore } from './preview-store.ts';
import type { Stack } from './stack.ts';

/** How good what is shown is. Asks for a preview while the picture itself is on its way. undefined: nothing is shown. */
export function watchQuality(stack: Stack, frames: FrameStore, previews: PreviewStore): Quality | undefined {
  const { view, series, slice, opening } = stack;
  if (!view) return undefined;
  const preview = slice && !frames.find(slice) ? previews.find(slice, view) : undefined;
  const frame = slice && frames.stateOf(slice);
  previews.want(frame === 'full' || frame === 'failed' ? undefined : slice, view);
  const isFailed = opening.failure !== undefined || frame === 'failed';
  const state = isFailed ? 'failed' : frame === 'full' ? 'full' : preview ? 'preview' : 'loading';
  const loadedFrames = series?.slices.filter((each) => frames.stateOf(each) === 'full').length ?? 0;
  return { target: view.target, state, loadedFrames, totalFrames: series?.slices.length ?? 0 };
}
