import type { Kind, KindParts } from '../viewer/viewer.ts';
import { picturesOf } from './pictures.ts';
import { slideAddress } from './pyramid.ts';
import { createSlideViewer } from './slide-viewer.ts';
import { createSlides } from './slides.ts';
import { fetchPicture } from './tile-fetch.ts';
import './pathology.css';

/** Pathology: whole slide images, tile by tile. */
export function createKind({ home }: KindParts): Kind {
  const slides = createSlides(home);
  /** A slide does not tell its name itself; the material does. */
  const titles = new Map<string, string>();
  return {
    pictures(material) {
      const pictures = picturesOf(material);
      for (const { pictureId, title } of pictures) titles.set(pictureId, title);
      if (material.kind === 'pathology')
        for (const { slideId, fileCount } of material.slides) slides.listed(slideId, fileCount);
      return pictures;
    },
    pictureId: (target) => (target.kind === 'pathology' ? target.slideId : ''),
    createViewer: () => createSlideViewer({ home, slides, titleOf: (slideId) => titles.get(slideId) ?? '' }),
    async drawThumbnail({ pictureId }, canvas, signal) {
      const slide = await slides.read(pictureId);
      const image = await fetchPicture(`${slideAddress(home, slide)}/thumbnail`, signal);
      const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
      const scale = Math.min(canvas.width / image.width, canvas.height / image.height);
      const [width, height] = [image.width * scale, image.height * scale];
      if (context) {
        context.imageSmoothingQuality = 'medium';
        context.drawImage(image, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
      }
      image.close();
    },
    dispose: slides.close,
  };
}
