import i18next from 'i18next';
import type { SliceGap } from '../../server/formats/image/slice-spacing.ts';
import type { Series, Slice } from './series.ts';

/** One line beside the picture; a warning stands out, since what is shown is less than there should be. */
export interface CornerLine {
  text: string;
  warning?: boolean;
}

/** Where one is in the series: of slices, of the frames of an object, of passes; and what is missing. */
export function placeLines(series: Series, slice: Slice, index: number): CornerLine[] {
  return [countLine(series, slice, index), ...passLine(series, index), ...gapLine(series, index)];
}

function countLine({ slices, objectCount }: Series, slice: Slice, index: number): CornerLine {
  const t = i18next.getFixedT(null, 'imaging');
  const { numberOfFrames, imagePositionPatient } = slice.description;
  if (numberOfFrames > 1 && objectCount > 1) {
    const { frame, object } = slice;
    return { text: t('corner.frameOfRun', { frame, count: numberOfFrames, run: object + 1, runs: objectCount }) };
  }
  const kind = numberOfFrames > 1 ? 'frame' : imagePositionPatient ? 'slice' : 'image';
  return { text: t(`corner.${kind}`, { index: index + 1, count: slices.length }) };
}

function passLine({ order }: Series, index: number): CornerLine[] {
  const { by, counts } = order.passes;
  if (by === null) return [];
  let first = 0;
  for (const [pass, count] of counts.entries()) {
    if (index < first + count) {
      const named = i18next.t(`imaging:pass.${by}`, { index: pass + 1, count: counts.length });
      return [{ text: i18next.t('imaging:corner.inPass', { pass: named, index: index - first + 1, count }) }];
    }
    first += count;
  }
  return [];
}

function gapLine({ order }: Series, index: number): CornerLine[] {
  const t = i18next.getFixedT(null, 'imaging');
  const { gaps } = order;
  if (gaps.length === 0) return [];
  const after = gaps.find((gap) => gap.after === index);
  const before = gaps.find((gap) => gap.after + 1 === index);
  const text = after
    ? t('gap.after', { count: after.missing })
    : before
      ? t('gap.before', { count: before.missing })
      : t('gap.series', { count: missingIn(gaps) });
  return [{ text, warning: true }];
}

function missingIn(gaps: SliceGap[]): number {
  return gaps.reduce((sum, { missing }) => sum + missing, 0);
}

/** Thickness and distance are two things: slices of 1 mm every 7 mm leave most of the body out. */
export function thicknessLines({ order }: Series, { description }: Slice): CornerLine[] {
  const t = i18next.getFixedT(null, 'imaging');
  const { sliceThicknessMm } = description;
  const { spacingMm, regular, gaps } = order;
  const words: string[] = [];
  if (sliceThicknessMm !== null) words.push(t('corner.thickness', { thickness: millimetres(sliceThicknessMm) }));
  if (spacingMm)
    words.push(
      regular || gaps.length > 0
        ? t('corner.interval', { interval: millimetres(spacingMm.usual) })
        : t('corner.intervals', { least: millimetres(spacingMm.min), most: millimetres(spacingMm.max) }),
    );
  return words.map((text) => ({ text }));
}

function millimetres(value: number): string {
  return String(Number(value.toFixed(2)));
}
