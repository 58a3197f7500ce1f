import type { Point } from '../../../server/contract/picture.ts';
import type { Size } from '../../viewer/affine.ts';
import type { Box } from '../../viewer/print-frame.ts';

/** A label that wants a place near its shape. */
export interface PlateRequest {
  id: string;
  size: Size;
  /** The shape's lines, where they are drawn. */
  outline: readonly (readonly Point[])[];
  /** What lies inside is what was measured: no label may cover it. */
  isArea: boolean;
  /** The middle of the plate, where a hand put it. */
  fixed?: Point | undefined;
}

export interface Plate extends Box {
  /** From the plate to its shape, where they are apart. */
  leader: readonly [Point, Point] | undefined;
  /** Which of the places it took, so that it stays there while nothing forces it away. */
  place: number;
}

/** Distances from the shape that are tried, nearest first. */
const GAPS_PX = [9, 26, 52, 90, 140];
/** Further than this from its shape a plate gets a line to it. */
const LEADER_PX = 20;
const GROWN_PX = 3;
/** So far apart are the points by which a line is felt. */
const STEP_PX = 6;
const COST = { plate: 4000, line: 14, area: 0.05, inTheWay: 6, distance: 0.5, moved: 12 };

/**
 * Places labels so that none lies on another, and as few as can be on lines and inside measured areas. Deterministic: the same
 * shapes on the same window are labelled alike.
 * @param scale pixels in a CSS pixel.
 * @param inTheWay points besides the shapes' own that should stay in sight.
 * @param before where they were: a plate leaves its place only for a clearly better one.
 */
export function layoutPlates(
  requests: readonly PlateRequest[],
  window: Size,
  scale = 1,
  before?: ReadonlyMap<string, Plate>,
  inTheWay: readonly Point[] = [],
): Map<string, Plate> {
  const points = requests.flatMap(({ outline }) => outline.flatMap((line) => sampled(line, STEP_PX * scale)));
  const areas = requests.filter(({ isArea }) => isArea).map(({ outline }) => boundsOf(outline.flat()));
  const placed = new Map<string, Plate>();
  // What was put by hand stays: the others make room.
  const ordered = [...requests].sort((a, b) => Number(b.fixed !== undefined) - Number(a.fixed !== undefined));
  for (const request of ordered) {
    const last = before?.get(request.id)?.place;
    let best: { box: Box; place: number; cost: number } | undefined;
    for (const [place, wanted] of candidates(request, scale).entries()) {
      const box = inside(wanted, window);
      const grown = grow(box, GROWN_PX * scale);
      let cost = Math.hypot(box.x - wanted.x, box.y - wanted.y) / scale;
      cost += (COST.distance * distanceTo(request.outline, box)) / scale;
      for (const other of placed.values()) if (overlap(grown, other) > 0) cost += COST.plate;
      for (const point of points) if (contains(grown, point)) cost += COST.line;
      for (const point of inTheWay) if (contains(box, point)) cost += COST.inTheWay;
      for (const area of areas) cost += (COST.area * overlap(box, area)) / scale ** 2;
      if (last !== undefined && last !== place) cost += COST.moved;
      if (!best || cost < best.cost) best = { box, place, cost };
    }
    if (best) placed.set(request.id, { ...best.box, place: best.place, leader: leaderOf(request, best.box, scale) });
  }
  return placed;
}

function candidates({ outline, size, fixed }: PlateRequest, scale: number): Box[] {
  const { width, height } = size;
  if (fixed) return [{ x: fixed.x - width / 2, y: fixed.y - height / 2, width, height }];
  const all = outline.flat();
  const most = (of: (point: Point) => number): Point =>
    all.reduce((one, other) => (of(other) > of(one) ? other : one), all[0] ?? { x: 0, y: 0 });
  const [right, left, low, high] = [most(({ x }) => x), most(({ x }) => -x), most(({ y }) => y), most(({ y }) => -y)];
  return GAPS_PX.flatMap((gapPx) => {
    const gap = gapPx * scale;
    const aside = [0, -1, 1].map((part) => (part * (height + gap)) / 1.5);
    const along = [0, -1, 1].map((part) => (part * (width + gap)) / 1.8);
    return [
      ...aside.map((dy) => ({ x: right.x + gap, y: right.y - height / 2 + dy, width, height })),
      ...along.map((dx) => ({ x: low.x - width / 2 + dx, y: low.y + gap, width, height })),
      ...along.map((dx) => ({ x: high.x - width / 2 + dx, y: high.y - gap - height, width, height })),
      ...aside.map((dy) => ({ x: left.x - gap - width, y: left.y - height / 2 + dy, width, height })),
    ];
  });
}

function leaderOf({ outline }: PlateRequest, box: Box, scale: number): Plate['leader'] {
  const nearest = outline
    .flatMap((line) => sampled(line, STEP_PX * scale))
    .map((point) => ({ point, edge: nearestIn(box, point) }))
    .reduce<{ point: Point; edge: Point; far: number } | undefined>((best, { point, edge }) => {
      const far = Math.hypot(point.x - edge.x, point.y - edge.y);
      return best && best.far <= far ? best : { point, edge, far };
    }, undefined);
  return nearest && nearest.far > LEADER_PX * scale ? [nearest.edge, nearest.point] : undefined;
}

function distanceTo(outline: PlateRequest['outline'], box: Box): number {
  let least = Number.POSITIVE_INFINITY;
  for (const point of outline.flat()) {
    const edge = nearestIn(box, point);
    least = Math.min(least, Math.hypot(point.x - edge.x, point.y - edge.y));
  }
  return Number.isFinite(least) ? least : 0;
}

function nearestIn({ x, y, width, height }: Box, point: Point): Point {
  return { x: Math.max(x, Math.min(point.x, x + width)), y: Math.max(y, Math.min(point.y, y + height)) };
}

function sampled(line: readonly Point[], step: number): Point[] {
  return line.flatMap((point, index) => {
    const next = line[index + 1];
    if (!next) return [point];
    const count = Math.min(400, Math.max(1, Math.round(Math.hypot(next.x - point.x, next.y - point.y) / step)));
    return Array.from({ length: count }, (_, part) => ({
      x: point.x + ((next.x - point.x) * part) / count,
      y: point.y + ((next.y - point.y) * part) / count,
    }));
  });
}

function boundsOf(points: readonly Point[]): Box {
  const [across, down] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...across), Math.min(...down)];
  return { x, y, width: Math.max(...across) - x, height: Math.max(...down) - y };
}

function inside({ x, y, width, height }: Box, window: Size): Box {
  return {
    x: Math.max(2, Math.min(x, window.width - width - 2)),
    y: Math.max(2, Math.min(y, window.height - height - 2)),
    width,
    height,
  };
}

const grow = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

const contains = (box: Box, { x, y }: Point): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

function overlap(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return width > 0 && height > 0 ? width * height : 0;
}
