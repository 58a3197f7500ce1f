import type { Point } from '../../../server/contract/picture.ts';
import type { Annotation, Shape } from '../../../server/contract/review.ts';
import { handlesOf } from './geometry.ts';
import { isOutside, labelPointOf, markLines, outlineOf } from './outline.ts';

const LINE_PX = 2;
const HALO_PX = 4;
const TEXT_PX = 15;
const LINE_HEIGHT = 1.3;
const HALO = { dark: 'rgb(0 0 0 / 80%)', light: 'rgb(255 255 255 / 85%)' };
const FONT = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif';

/** Draws annotations into an exported picture, as they stand on the screen. `scale`: size of a screen pixel in canvas pixels. */
export function paintAnnotations(
  context: CanvasRenderingContext2D,
  toCanvas: (point: Point) => Point | undefined,
  scale: number,
  annotations: Annotation[],
  ground: 'dark' | 'light',
  styleOf: (shape: Shape, authorId: string) => { colour: string; lines: string[]; marks: Point[] },
): void {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.textBaseline = 'middle';
  context.font = `${TEXT_PX * scale}px ${FONT}`;
  for (const annotation of annotations) {
    const { shape, authorId } = annotation;
    if (!shape || !handlesOf(shape).every(({ point }) => toCanvas(point))) continue;
    const project = (point: Point): Point => toCanvas(point) ?? point;
    const { colour, lines, marks } = styleOf(shape, authorId);
    const path = new Path2D();
    const marked = markLines(
      marks.flatMap((point) => toCanvas(point) ?? []),
      scale,
    );
    const outline = outlineOf(shape, project, scale);
    for (const line of [...outline, ...marked])
      for (const [index, { x, y }] of line.entries()) index === 0 ? path.moveTo(x, y) : path.lineTo(x, y);
    context.strokeStyle = HALO[ground];
    context.lineWidth = HALO_PX * scale;
    context.stroke(path);
    context.strokeStyle = colour;
    context.lineWidth = LINE_PX * scale;
    context.stroke(path);
    if (!isOutside(outline, context.canvas))
      paintLabel(context, labelPointOf(shape, project, scale), lines, { colour, halo: HALO[ground] }, scale);
  }
}

function paintLabel(
  context: CanvasRenderingContext2D,
  at: Point,
  lines: string[],
  { colour, halo }: { colour: string; halo: string },
  scale: number,
): void {
  const lineHeight = TEXT_PX * LINE_HEIGHT * scale;
  const width = Math.max(0, ...lines.map((line) => context.measureText(line).width));
  const x = Math.max(0, Math.min(at.x, context.canvas.width - width - HALO_PX * scale));
  let y = at.y - ((lines.length - 1) * lineHeight) / 2;
  y = Math.max(lineHeight / 2, Math.min(y, context.canvas.height - lines.length * lineHeight + lineHeight / 2));
  context.lineWidth = HALO_PX * scale;
  context.strokeStyle = halo;
  context.fillStyle = colour;
  for (const line of lines) {
    context.strokeText(line, x, y);
    context.fillText(line, x, y);
    y += lineHeight;
  }
}
