import i18next from 'i18next';
import type { SlideView } from '../../server/contract/pathology.ts';
import type { CornerTexts, ScaleBar } from '../viewer/corner-elements.ts';
import { figures, magnificationOf, magnificationText, meanUmPerPixel } from './magnification.ts';
import type { View } from './view.ts';

export interface CornerContent {
  view: View;
  slide: SlideView;
  title: string;
  /** Of the window, CSS pixels. */
  width: number;
  height: number;
}

/** Which slide, and how large it is shown. Never a patient's name, so that a key image can be shown to anybody. */
export type SlideTexts = CornerTexts<'slide-about' | 'slide-magnification'>;

const LONGEST_BAR = 0.2;

export function cornerTexts({ view, slide, title, width, height }: CornerContent): SlideTexts {
  const t = i18next.getFixedT(null, 'pathology');
  const { umPerPixel, objectivePower } = slide;
  const objective = objectivePower === null ? [] : [t('corner.objective', { power: figures(objectivePower) })];
  const turned = view.rotation === 0 ? [] : [t('corner.rotation', { degrees: view.rotation })];
  if (!umPerPixel) {
    const percent = figures((height / view.imagePixelsPerScreenHeight) * 100);
    const about = [title, `${slide.width} × ${slide.height} px`, ...objective].filter((line) => line !== '');
    const zoom = [...turned, t('corner.zoom', { percent }), t('calibration.none')];
    return { lines: { 'slide-about': about, 'slide-magnification': zoom } };
  }
  const magnification = magnificationOf(view, height, umPerPixel);
  const size = { width: millimetres(slide.width * umPerPixel.x), height: millimetres(slide.height * umPerPixel.y) };
  const beyond = magnification.beyondScan ? [t('corner.beyondScan')] : [];
  return {
    lines: {
      'slide-about': [title, t('corner.size', size), ...objective].filter((line) => line !== ''),
      'slide-magnification': [...turned, ...beyond, magnificationText(magnification)],
    },
    scale: scaleBar((view.imagePixelsPerScreenHeight / height) * meanUmPerPixel(umPerPixel), width * LONGEST_BAR),
  };
}

function millimetres(um: number): string {
  const mm = um / 1000;
  return mm < 1 ? mm.toFixed(2) : mm.toFixed(1);
}

/** The longest round length (1, 2 or 5 times a power of ten) that takes at most `maxPx` of the screen. */
export function scaleBar(umPerPx: number, maxPx: number): ScaleBar {
  const maxUm = umPerPx * maxPx;
  const power = 10 ** Math.floor(Math.log10(maxUm));
  const um = ([5, 2].find((step) => step * power <= maxUm) ?? 1) * power;
  const label = um >= 1000 ? `${um / 1000} mm` : `${Number(um.toPrecision(1))} µm`;
  return { lengthPx: um / umPerPx, label };
}
