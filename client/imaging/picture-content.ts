import i18next from 'i18next';
import type { OverlayData } from '../../server/formats/image/draw-overlays.ts';
import type { StoredPixels } from '../../server/formats/image/stored-pixels.ts';
import { defaultVoi, type Voi } from '../../server/formats/image/window.ts';
import type { FrameImage } from './cornerstone/image.ts';
import type { FrameStore } from './frame-store.ts';
import type { OverlayStore } from './overlay-store.ts';
import type { Stack } from './stack.ts';

/** What is to be seen of the stack's picture now. */
export interface PictureContent {
  /** undefined until it is there at full quality. */
  image(): FrameImage | undefined;
  /** Its stored values. */
  pixels(): StoredPixels | undefined;
  /** There is a window to change. True too while nothing is known yet. */
  isGray(): boolean;
  /** undefined: colour, or the file states none and the pixels are not there. */
  voi(): Voi | undefined;
  /** Graphics over the picture are drawn: this window's own affair. null: the picture has none. */
  readonly overlaysShown: boolean | null;
  toggleOverlays(): void;
  overlays(): OverlayData;
  /** What the picture lacks, or is not. */
  warnings(): string[];
}

export function createPictureContent(stack: Stack, frames: FrameStore, overlayStore: OverlayStore): PictureContent {
  let shown = true;
  const self: PictureContent = {
    image: () => stack.slice && frames.find(stack.slice),
    pixels: () => self.image()?.pixels,
    isGray() {
      const { description } = stack.slice ?? {};
      if (!description) return true;
      return !description.onlyOverlays && description.photometricInterpretation.startsWith('MONOCHROME');
    },
    voi() {
      const { view, slice } = stack;
      if (!self.isGray()) return undefined;
      const known = view?.voi ?? slice?.description.windows[0] ?? slice?.description.voiLuts[0];
      const stored = known ? undefined : self.pixels();
      return known ?? (slice && stored ? defaultVoi(slice.description, stored) : undefined);
    },
    get overlaysShown() {
      return (stack.slice?.description.overlays.length ?? 0) > 0 ? shown : null;
    },
    toggleOverlays() {
      shown = !shown;
    },
    overlays() {
      const stored = self.pixels();
      return self.overlaysShown && stack.slice && stored ? overlayStore.find(stack.slice, stored) : {};
    },
    warnings() {
      const { slice } = stack;
      if (!slice) return [];
      return [
        ...(slice.description.onlyOverlays ? [i18next.t('imaging:overlays.alone')] : []),
        ...(overlayStore.isIncomplete(slice) ? [i18next.t('imaging:overlays.incomplete')] : []),
        ...(self.overlaysShown === false ? [i18next.t('imaging:overlays.hidden')] : []),
      ];
    },
  };
  return self;
}
