import type { Point } from '../../../server/contract/picture.ts';
import type { Annotation, Shape } from '../../../server/contract/review.ts';
import { markLines } from '../../shapes/caliper.ts';
import type { Project } from '../../shapes/shape-type.ts';
import { handlesOf, isOutside, outlineOf } from '../../shapes/shapes.ts';
import { layoutPlates, type Plate } from './label-layout.ts';
import { circled, PLATE, PLATE_FILL, PLATE_FONT, plateRequest, plateSize } from './plates.ts';

const LINE_PX = 1.8;
const HALO_PX = 4;
const HALO = { dark: 'rgb(0 0 0 / 70%)', light: 'rgb(255 255 255 / 85%)' };
/** How far the line that says what the values rest on lies above the lower edge, where the scale bar is. */
const CALIBRATION_PX = 46;

export interface PaintStyle {
  ground: 'dark' | 'light';
  colourOf(authorId: string): string;
  linesOf(shape: Shape): string[];
  marksOf(shape: Shape): Point[];
  /** Image points that no label should cover. */
  inTheWay: readonly Point[];
  /** What the values rest on, said once. */
  calibrations: readonly string[];
}

/**
 * Draws annotations into an exported picture, numbered in their order, as the list under it names them.
 * @param scale size of a CSS pixel in canvas pixels.
 */
export function paintAnnotations(
  context: CanvasRenderingContext2D,
  toCanvas: (point: Point) => Point | undefined,
  scale: number,
  annotations: Annotation[],
  style: PaintStyle,
): void {
  const project: Project = (point) => toCanvas(point) ?? point;
  const shown = annotations.flatMap(({ annotationId, shape, authorId }, index) =>
    shape && handlesOf(shape).every(({ point }) => toCanvas(point))
      ? [{ annotationId, shape, colour: style.colourOf(authorId), lines: numbered(style.linesOf(shape), index + 1) }]
      : [],
  );
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const { shape, colour } of shown) {
    const marks = markLines(
      style.marksOf(shape).flatMap((point) => toCanvas(point) ?? []),
      scale,
    );
    strokeTwice(context, [...outlineOf(shape, project, scale), ...marks], colour, style.ground, scale);
  }
  const inSight = shown.filter(({ shape }) => !isOutside(outlineOf(shape, project, scale), context.canvas));
  const plates = layoutPlates(
    inSight.map(({ annotationId, shape, lines }) => plateRequest(annotationId, shape, lines, project, scale)),
    context.canvas,
    scale,
    undefined,
    style.inTheWay.flatMap((point) => toCanvas(point) ?? []),
  );
  for (const { annotationId, colour, lines } of inSight) {
    const plate = plates.get(annotationId);
    if (!plate) continue;
    if (plate.leader) strokeTwice(context, [[...plate.leader]], colour, style.ground, scale / 2);
    paintPlate(context, plate, lines, colour, style.ground, scale);
  }
  if (style.calibrations.length > 0) paintCalibration(context, style, scale);
}

function numbered(lines: string[], number: number): string[] {
  const [first = '', ...others] = lines;
  return [`${circled(number)} ${first}`.trimEnd(), ...others];
}

function strokeTwice(
  context: CanvasRenderingContext2D,
  lines: Point[][],
  colour: string,
  ground: 'dark' | 'light',
  scale: number,
): void {
  const path = new Path2D();
  for (const line of lines)
    for (const [index, { x, y }] of line.entries()) index === 0 ? path.moveTo(x, y) : path.lineTo(x, y);
  context.strokeStyle = HALO[ground];
  context.lineWidth = HALO_PX * scale;
  context.stroke(path);
  context.strokeStyle = colour;
  context.lineWidth = LINE_PX * scale;
  context.stroke(path);
}

function paintPlate(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Pick<Plate, 'x' | 'y' | 'width' | 'height'>,
  lines: string[],
  colour: string,
  ground: 'dark' | 'light',
  scale: number,
): void {
  context.beginPath();
  context.roundRect(x, y, width, height, PLATE.radius * scale);
  context.fillStyle = PLATE_FILL[ground];
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = scale;
  context.stroke();
  context.fillStyle = colour;
  context.font = `${PLATE.textPx * scale}px ${PLATE_FONT}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const [row, line] of lines.entries())
    context.fillText(line, x + PLATE.padX * scale, y + (PLATE.padY + (row + 0.5) * PLATE.linePx) * scale);
}

function paintCalibration(
  context: CanvasRenderingContext2D,
  { calibrations, ground }: Pick<PaintStyle, 'calibrations' | 'ground'>,
  scale: number,
): void {
  const { width, height } = plateSize(calibrations, scale);
  const x = context.canvas.width - width - 12 * scale;
  const y = context.canvas.height - height - CALIBRATION_PX * scale;
  const colour = ground === 'dark' ? '#dcdfe1' : '#333333';
  paintPlate(context, { x, y, width, height }, [...calibrations], colour, ground, scale);
}
