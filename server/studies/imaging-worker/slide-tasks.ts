import { Failure } from '../../contract/index.ts';
import { getTilePlace } from '../../pathology/deep-zoom.ts';
import type { Picture } from '../../pathology/slide.ts';
import { drawThumbnail } from '../../pathology/thumbnail.ts';
import { openSlideFiles } from './opened-slides.ts';
import type { TaskHandlers } from './tasks.ts';

/** What is asked of a slide. */
export const slideTasks: Pick<TaskHandlers, 'slide' | 'tile' | 'slide-thumbnail' | 'slide-associated'> = {
  async slide(input) {
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

  async tile({ level, column, row, ...files }) {
    const { slide, deepZoom } = await openSlideFiles(files);
    const place = getTilePlace(deepZoom, level, column, row);
    return copyOf(await slide.readTile(place.level, place.column, place.row));
  },

  async 'slide-thumbnail'(input) {
    const { slide } = await openSlideFiles(input);
    return copyOf(await drawThumbnail(slide));
  },

  async 'slide-associated'({ index, ...files }) {
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
