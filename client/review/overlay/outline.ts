import type { Point } from '../../../server/contract/picture.ts';
import type { Shape } from '../../../server/contract/review.ts';
import type { Project } from './geometry.ts';

const ELLIPSE_POINTS = 72;
const ARROW_HEAD_PX = 12;
const ARROW_HALF_ANGLE = Math.PI / 7;

/**
 * The lines of a shape on a screen. Curves are sampled in image coordinates and projected point by point, so that any
 * rotation, flip or pixel shape comes out right.
 */
export function outlineOf(shape: Shape, project: Project, scale = 1): Point[][] {
  switch (shape.kind) {
    case 'length': {
      const [a, b] = [project(shape.start), project(shape.end)];
      return [[a, b], crossTick(a, b, scale), crossTick(b, a, scale)];
    }
    case 'angle':
      return [[project(shape.start), project(shape.vertex), project(shape.end)]];
    case 'polygon': {
      const corners = shape.points.map(project);
      return [[...corners, ...corners.slice(0, 1)]];
    }
    case 'caliper':
      return caliperLines(project(shape.start), project(shape.end), scale);
    case 'qt':
      return qtLines(project(shape.previousOnset), project(shape.onset), project(shape.tEnd), scale);
    case 'ellipse': {
      const { start, end } = shape;
      const [cx, cy, rx, ry] = [
        (start.x + end.x) / 2,
        (start.y + end.y) / 2,
        (end.x - start.x) / 2,
        (end.y - start.y) / 2,
      ];
      const points = Array.from({ length: ELLIPSE_POINTS + 1 }, (_, index) => {
        const t = (2 * Math.PI * index) / ELLIPSE_POINTS;
        return project({ x: cx + rx * Math.cos(t), y: cy + ry * Math.sin(t) });
      });
      return [points];
    }
    case 'arrow': {
      const [tail, head] = [project(shape.tail), project(shape.head)];
      const direction = Math.atan2(tail.y - head.y, tail.x - head.x);
      const barb = (turn: number): Point => ({
        x: head.x + ARROW_HEAD_PX * scale * Math.cos(direction + turn),
        y: head.y + ARROW_HEAD_PX * scale * Math.sin(direction + turn),
      });
      return [
        [tail, head],
        [barb(ARROW_HALF_ANGLE), head, barb(-ARROW_HALF_ANGLE)],
      ];
    }
  }
}

const TICK_PX = 5;

function crossTick(at: Point, other: Point, scale: number): Point[] {
  const length = Math.hypot(other.x - at.x, other.y - at.y) || 1;
  const nx = (-(other.y - at.y) / length) * TICK_PX * scale;
  const ny = ((other.x - at.x) / length) * TICK_PX * scale;
  return [
    { x: at.x + nx, y: at.y + ny },
    { x: at.x - nx, y: at.y - ny },
  ];
}

const LEG_PX = 22;
const FOOT_PX = 7;

/** Two legs and the bar between them; where the legs stand at different voltages, a foot at each. */
function caliperLines(start: Point, end: Point, scale: number): Point[][] {
  const [top, bottom] = [Math.min(start.y, end.y) - LEG_PX * scale, Math.max(start.y, end.y) + LEG_PX * scale];
  const foot = ({ x, y }: Point): Point[] => [
    { x: x - FOOT_PX * scale, y },
    { x: x + FOOT_PX * scale, y },
  ];
  return [
    [
      { x: start.x, y: top },
      { x: start.x, y: bottom },
    ],
    [
      { x: end.x, y: top },
      { x: end.x, y: bottom },
    ],
    [
      { x: start.x, y: start.y },
      { x: end.x, y: start.y },
    ],
    foot(start),
    foot(end),
  ];
}

/** RR above, QT below it, each a bar between legs at the points that were set. */
function qtLines(previousOnset: Point, onset: Point, tEnd: Point, scale: number): Point[][] {
  const y = (previousOnset.y + onset.y + tEnd.y) / 3;
  const [rrY, qtY] = [y - LEG_PX * scale, y + LEG_PX * scale];
  const leg = (x: number, from: number, to: number): Point[] => [
    { x, y: from },
    { x, y: to },
  ];
  return [
    leg(previousOnset.x, rrY - 5 * scale, qtY),
    leg(onset.x, rrY - 5 * scale, qtY + 5 * scale),
    leg(tEnd.x, rrY, qtY + 5 * scale),
    [
      { x: previousOnset.x, y: rrY },
      { x: onset.x, y: rrY },
    ],
    [
      { x: onset.x, y: qtY },
      { x: tEnd.x, y: qtY },
    ],
  ];
}

/** The places that a shape marks besides its own points, each a short line. */
export function markLines(marks: readonly Point[], scale = 1): Point[][] {
  return marks.map(({ x, y }) => [
    { x, y: y - LEG_PX * scale },
    { x, y: y + LEG_PX * scale },
  ]);
}

/** Nothing of the lines lies in a window of this size. */
export function isOutside(lines: Point[][], { width, height }: { width: number; height: number }): boolean {
  const points = lines.flat();
  const beyond = (is: (point: Point) => boolean) => points.every(is);
  return (
    beyond(({ x }) => x < 0) ||
    beyond(({ x }) => x > width) ||
    beyond(({ y }) => y < 0) ||
    beyond(({ y }) => y > height)
  );
}
