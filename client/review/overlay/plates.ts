import type { Point } from '../../../server/contract/picture.ts';
import type { Shape } from '../../../server/contract/review.ts';
import type { Project } from '../../shapes/shape-type.ts';
import { labelledLines, typeOf } from '../../shapes/shapes.ts';
import type { Size } from '../../viewer/affine.ts';
import type { PlateRequest } from './label-layout.ts';

/** Of a plate, in CSS pixels. */
export const PLATE = { textPx: 14, linePx: 18, padX: 7, padY: 3, radius: 4 } as const;
export const PLATE_FONT = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif';
/** What a plate is filled with: its letters must be read on every picture. */
export const PLATE_FILL = { dark: 'rgb(12 14 16 / 84%)', light: 'rgb(255 255 255 / 93%)' } as const;

const widths = new Map<string, number>();
let measuring: CanvasRenderingContext2D | null | undefined;

/** Width of a line of text at {@link PLATE.textPx}, CSS pixels. */
function textWidth(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  measuring ??= document.createElement('canvas').getContext('2d');
  if (!measuring) return text.length * PLATE.textPx;
  measuring.font = `${PLATE.textPx}px ${PLATE_FONT}`;
  const { width } = measuring.measureText(text);
  if (widths.size > 2000) widths.clear();
  widths.set(text, width);
  return width;
}

/** Of a plate with these lines. `scale`: pixels in a CSS pixel. */
export function plateSize(lines: readonly string[], scale = 1): Size {
  return {
    width: (Math.max(...lines.map(textWidth)) + 2 * PLATE.padX) * scale,
    height: (lines.length * PLATE.linePx + 2 * PLATE.padY) * scale,
  };
}

/** What the layout has to know of a shape's label. */
export function plateRequest(
  id: string,
  shape: Shape,
  lines: readonly string[],
  project: Project,
  scale = 1,
): PlateRequest {
  return {
    id,
    size: plateSize(lines, scale),
    outline: labelledLines(shape, project, scale),
    isArea: typeOf(shape).isArea,
    fixed: shape.labelAt && finite(project(shape.labelAt)),
  };
}

function finite(point: Point): Point | undefined {
  return Number.isFinite(point.x) && Number.isFinite(point.y) ? point : undefined;
}

/** ①, ②, …; from 21 on in brackets. */
export function circled(number: number): string {
  return number >= 1 && number <= 20 ? String.fromCodePoint(0x245f + number) : `(${number})`;
}
