import { Failure } from '../../contract/failure.ts';
import type { SlideView } from '../../contract/pathology.ts';
import { getTilePlace } from '../../formats/slide/deep-zoom.ts';
import type { Picture } from '../../formats/slide/slide.ts';
import { openSlideFiles, type SlideFiles } from './opened-slides.ts';
import { drawThumbnail } from './thumbnail.ts';

/** A slide as its files say it; `associated`: all of them, whoever may see them. */
export type SlideDescription = Omit<SlideView, 'slideId' | 'revision'>;

/** What is asked of a slide. */
export const slideTasks = {
  async 'pathology:slide'(input: SlideFiles): Promise<SlideDescription> {
    const { slide, deepZoom } = await openSlideFiles(input);
    const { umPerPixel, objectivePower, associated } = slide;
    const { width, height, maxLevel, levels } = deepZoom;
    return {
      width,
      height,
      maxLevel,
      levels: levels.map(({ slideLevel: _, ...level }) => level),
      umPerPixel,
      objectivePower,
      associated: associated.map(({ kind, width: columns, height: rows }, index) => {
        return { index, kind, width: columns, height: rows };
      }),
    };
  },

  /** In Deep Zoom's numbers. */
  async 'pathology:tile'({
    level,
    column,
    row,
    ...files
  }: SlideFiles & { level: number; column: number; row: number }): Promise<Picture> {
    const { slide, deepZoom } = await openSlideFiles(files);
    const place = getTilePlace(deepZoom, level, column, row);
    return copyOf(await slide.readTile(place.level, place.column, place.row));
  },

  async 'pathology:thumbnail'(input: SlideFiles): Promise<Picture> {
    const { slide } = await openSlideFiles(input);
    return copyOf(await drawThumbnail(slide));
  },

  async 'pathology:associated'({ index, ...files }: SlideFiles & { index: number }): Promise<Picture> {
    const { slide } = await openSlideFiles(files);
    const image = slide.associated[index];
    if (!image) throw new Failure('not-found', 'no such picture');
    return copyOf(await image.read());
  },
};

/** Bytes are handed over to the asking thread; what a slide keeps for the next tile must stay here. */
function copyOf({ mediaType, bytes }: Picture): Picture {
  return { mediaType, bytes: Uint8Array.from(bytes) };
}
