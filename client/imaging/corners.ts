import i18next from 'i18next';
import type { ImagingViewport } from '../../server/contract/imaging.ts';
import { positionOf } from '../../server/formats/image/slice-position.ts';
import type { Voi } from '../../server/formats/image/window.ts';
import { type Affine, apply, invert } from '../viewer/affine.ts';
import type { ScaleBar } from '../viewer/corner-elements.ts';
import { type CornerLine, placeLines, thicknessLines } from './corner-lines.ts';
import { edgeLetters } from './orientation.ts';
import type { Series, Slice } from './series.ts';

export interface CornerContent {
  view: ImagingViewport;
  series: Series;
  slice: Slice;
  index: number;
  voi: Voi | undefined;
  /** What the picture lacks, or is not, in words. */
  warnings?: string[];
  toCanvas: Affine;
  /** Canvas pixels in one pixel of the screen. */
  pixelRatio: number;
  width: number;
}

/** What stands around the picture: never a name, so that a key image can be shown to anybody. */
export interface CornerTexts {
  topLeft: CornerLine[];
  topRight: CornerLine[];
  bottomLeft: string[];
  left: string;
  right: string;
  top: string;
  bottom: string;
  scale: { lengthPx: number; label: string } | undefined;
}

export function cornerTexts({
  view,
  series,
  slice,
  index,
  voi,
  warnings = [],
  toCanvas,
  pixelRatio,
  width,
}: CornerContent): CornerTexts {
  const { description } = slice;
  const t = i18next.getFixedT(null, 'imaging');
  const position = positionOf(description);
  const { spacing, source } = description.calibration;
  const letters = edgeLetters(description, toCanvas);
  const zoom = Math.sqrt(Math.abs(toCanvas.a * toCanvas.d - toCanvas.b * toCanvas.c));
  return {
    topLeft: [
      { text: t('corner.series', { number: series.number ?? '–', modality: series.modality }) },
      ...(series.text === '' ? [] : [{ text: series.text }]),
      ...placeLines(series, slice, index),
      ...warnings.map((text) => ({ text, warning: true })),
    ],
    topRight: [
      ...(position === null
        ? []
        : [{ text: t('corner.position', { side: position.side, position: position.mm.toFixed(1) }) }]),
      ...thicknessLines(series, slice),
      ...(description.lossyCompressed ? [{ text: t('corner.lossy') }] : []),
    ],
    bottomLeft: [
      [voiText(voi), view.invert ? t('corner.inverted') : ''].filter((word) => word !== '').join(' · '),
      t('corner.zoom', { percent: Math.round(zoom * 100) }),
      spacing
        ? t('corner.spacing', { row: round(spacing.rowMm), column: round(spacing.columnMm) })
        : t(`calibration.${source}`),
    ].filter((line) => line !== ''),
    left: letters?.left ?? '',
    right: letters?.right ?? '',
    top: letters?.top ?? '',
    bottom: letters?.bottom ?? '',
    scale: spacing ? scaleBar(mmPerPixel(toCanvas, spacing) * pixelRatio, width * 0.25) : undefined,
  };
}

/** Millimetres of one canvas pixel to the right. */
function mmPerPixel(toCanvas: Affine, spacing: { rowMm: number; columnMm: number }): number {
  const step = apply(invert({ ...toCanvas, e: 0, f: 0 }), { x: 1, y: 0 });
  return Math.hypot(step.x * spacing.columnMm, step.y * spacing.rowMm);
}

function voiText(voi: Voi | undefined): string {
  if (!voi) return '';
  if ('entries' in voi) return voi.explanation || i18next.t('imaging:corner.table');
  return i18next.t('imaging:corner.window', { width: round(voi.width), center: round(voi.center) });
}

function round(value: number): string {
  return String(Number(value.toPrecision(5)));
}

/** The longest round length (1, 2 or 5 times a power of ten) that takes at most `maxPx` of the screen. */
export function scaleBar(mmPerPx: number, maxPx: number): ScaleBar {
  const maxMm = mmPerPx * maxPx;
  const power = 10 ** Math.floor(Math.log10(maxMm));
  const mm = ([5, 2].find((step) => step * power <= maxMm) ?? 1) * power;
  const label = mm >= 10 ? `${mm / 10} cm` : mm >= 1 ? `${mm} mm` : `${Math.round(mm * 1000)} µm`;
  return { lengthPx: mm / mmPerPx, label };
}
