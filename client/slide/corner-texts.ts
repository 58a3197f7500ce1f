import i18next from 'i18next';
import type { SlideView } from '../../server/contract/pathology.ts';
import { figures, magnificationOf, magnificationText, meanUmPerPixel } from './magnification.ts';
import { type ScaleBar, scaleBar } from './scale-bar.ts';
import type { View } from './view.ts';

export interface CornerContent {
  view: View;
  slide: SlideView;
  title: string;
  /** Of the window, CSS pixels. */
  width: number;
  height: number;
}

/** What stands around the slide: never a patient's name, so that a key image can be shown to anybody. */
export interface CornerTexts {
  /** Which slide. */
  about: string[];
  magnification: string[];
  /** undefined: how large a pixel is is not known. */
  scale: ScaleBar | undefined;
}

const LONGEST_BAR = 0.2;

export function cornerTexts({ view, slide, title, width, height }: CornerContent): CornerTexts {
  const t = i18next.getFixedT(null, 'pathology');
  const { umPerPixel, objectivePower } = slide;
  const objective = objectivePower === null ? [] : [t('corner.objective', { power: figures(objectivePower) })];
  const turned = view.rotation === 0 ? [] : [t('corner.rotation', { degrees: view.rotation })];
  if (!umPerPixel) {
    const percent = figures((height / view.imagePixelsPerScreenHeight) * 100);
    return {
      about: [title, `${slide.width} × ${slide.height} px`, ...objective].filter((line) => line !== ''),
      magnification: [...turned, t('corner.zoom', { percent }), t('calibration.none')],
      scale: undefined,
    };
  }
  const magnification = magnificationOf(view, height, umPerPixel);
  const size = { width: millimetres(slide.width * umPerPixel.x), height: millimetres(slide.height * umPerPixel.y) };
  return {
    about: [title, t('corner.size', size), ...objective].filter((line) => line !== ''),
    magnification: [
      ...turned,
      ...(magnification.beyondScan ? [t('corner.beyondScan')] : []),
      magnificationText(magnification),
    ],
    scale: scaleBar((view.imagePixelsPerScreenHeight / height) * meanUmPerPixel(umPerPixel), width * LONGEST_BAR),
  };
}

function millimetres(um: number): string {
  const mm = um / 1000;
  return mm < 1 ? mm.toFixed(2) : mm.toFixed(1);
}
