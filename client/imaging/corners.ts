import i18next from 'i18next';
import type { ImagingViewport } from '../../server/contract/imaging.ts';
import { positionAlongNormal } from '../../server/imaging/series-order.ts';
import type { Voi } from '../../server/imaging/window.ts';
import { type Affine, apply, invert } from '../review/affine.ts';
import { edgeLetters } from './orientation.ts';
import { scaleBar } from './scale-bar.ts';
import type { Series, Slice } from './series.ts';

export interface CornerContent {
  view: ImagingViewport;
  series: Series;
  slice: Slice;
  index: number;
  voi: Voi | undefined;
  toCanvas: Affine;
  /** Canvas pixels in one pixel of the screen. */
  pixelRatio: number;
  width: number;
}

/** What stands around the picture: never a name, so that a key image can be shown to anybody. */
export interface CornerTexts {
  topLeft: string[];
  topRight: string[];
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
  toCanvas,
  pixelRatio,
  width,
}: CornerContent): CornerTexts {
  const { description } = slice;
  const t = i18next.getFixedT(null, 'imaging');
  const position = positionAlongNormal(description);
  const { spacing, source } = description.calibration;
  const letters = edgeLetters(description, toCanvas);
  const zoom = Math.sqrt(Math.abs(toCanvas.a * toCanvas.d - toCanvas.b * toCanvas.c));
  return {
    topLeft: [
      t('corner.series', { number: series.number ?? '–', modality: series.modality }),
      series.text,
      t('corner.slice', { index: index + 1, count: series.slices.length }),
      ...(slice.description.numberOfFrames > 1 ? [t('corner.frame', { frame: slice.frame })] : []),
    ].filter((line) => line !== ''),
    topRight: [
      ...(position === null ? [] : [t('corner.position', { position: position.toFixed(1) })]),
      ...(description.sliceThicknessMm === null
        ? []
        : [t('corner.thickness', { thickness: round(description.sliceThicknessMm) })]),
      ...(description.lossyCompressed ? [t('corner.lossy')] : []),
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
