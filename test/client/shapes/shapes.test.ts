import assert from 'node:assert/strict';
import { markLines } from '../../../client/shapes/caliper.ts';
import type { Project } from '../../../client/shapes/shape-type.ts';
import {
  handlesOf,
  isSlip,
  movedBy,
  outlineOf,
  shapeNames,
  shapes,
  shapeThrough,
  withHandle,
} from '../../../client/shapes/shapes.ts';
import type { Point } from '../../../server/contract/picture.ts';
import { Shape } from '../../../server/contract/review.ts';
import { createRandom } from '../../support/random.ts';

const kinds = shapeNames;
const SEEDS = Array.from({ length: 50 }, (_, index) => index + 1);
const same: Project = (point) => point;

/** On a grid of quarters, where adding and taking away again leaves no rounding error. */
const pointIn = (random: ReturnType<typeof createRandom>): Point => ({
  x: random.below(8000) / 4 - 500,
  y: random.below(8000) / 4 - 500,
});

function shapeOf(kind: Shape['kind'], random: ReturnType<typeof createRandom>): Shape {
  const count = kind === 'polygon' ? 3 + random.below(30) : shapes[kind].pointCount;
  const shape = shapeThrough(
    kind,
    Array.from({ length: count }, () => pointIn(random)),
  );
  if (shape.kind === 'caliper') return { ...shape, march: random.next() < 0.5 };
  if (shape.kind === 'arrow') return { ...shape, text: `结节 ${random.below(100)}` };
  return shape;
}

/** Turned, mirrored, stretched and moved: like a viewer that shows the picture in some way. */
function projectIn(random: ReturnType<typeof createRandom>): Project {
  const [turn, flip, aspect] = [random.next() * 2 * Math.PI, random.next() < 0.5 ? -1 : 1, 0.3 + random.next()];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return ({ x, y }) => ({ x: (cos * x - sin * y) * flip + 300, y: (sin * x + cos * y) * aspect + 200 });
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const near = (a: Point | undefined, b: Point, what = ''): void =>
  assert.ok(a && distance(a, b) < 1e-6, `${what} ${JSON.stringify([a, b])}`);
const middle = ([a, b]: Point[]): Point => {
  assert.ok(a && b);
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
};

describe('the points of a shape', () => {
  for (const kind of kinds) {
    it(`of a ${kind} come back where they were, and all move alike`, () => {
      for (const seed of SEEDS) {
        const random = createRandom(seed);
        const shape = shapeOf(kind, random);
        const before = structuredClone(shape);
        const { x: dx, y: dy } = pointIn(random);
        const moved = movedBy(shape, dx, dy);
        assert.deepEqual(Shape.parse(moved), moved, 'a shape as the contract has it');
        assert.deepEqual(
          handlesOf(moved),
          handlesOf(shape).map(({ name, point: { x, y } }) => ({ name, point: { x: x + dx, y: y + dy } })),
        );
        assert.deepEqual(movedBy(moved, -dx, -dy), shape, `seed ${seed}`);
        assert.deepEqual(shape, before, 'a shape is replaced, never altered');
      }
    });

    it(`of a ${kind} move one by one`, () => {
      for (const seed of SEEDS) {
        const random = createRandom(seed);
        const shape = shapeOf(kind, random);
        const before = structuredClone(shape);
        const handles = handlesOf(shape);
        for (const [index, { name, point: old }] of handles.entries()) {
          const to = pointIn(random);
          const changed = withHandle(shape, name, to);
          assert.deepEqual(Shape.parse(changed), changed);
          const now = handlesOf(changed);
          assert.deepEqual(now[index], { name, point: to }, `seed ${seed}`);
          if (kind === 'ellipse') {
            // The corner that lies across stays; those beside share a coordinate with each.
            const across = handles.find(({ point }) => point.x !== old.x && point.y !== old.y);
            if (across) assert.deepEqual(now.find((each) => each.name === across.name)?.point, across.point);
          } else
            assert.deepEqual(
              now.filter((_, other) => other !== index),
              handles.filter((_, other) => other !== index),
            );
          assert.deepEqual(withHandle(changed, name, old), shape, 'and back');
        }
        assert.deepEqual(withHandle(shape, 'nothing', pointIn(random)), shape);
        assert.deepEqual(withHandle(shape, String(handles.length), pointIn(random)), shape);
        assert.deepEqual(shape, before);
      }
    });

    it(`of a ${kind} stand in the order in which they are drawn`, () => {
      const shape = shapeOf(kind, createRandom(7));
      const names = new Set(handlesOf(shape).map(({ name }) => name));
      assert.equal(names.size, handlesOf(shape).length, 'each has a name of its own');
      const drawn = handlesOf(shape)
        .map(({ point }) => point)
        .slice(0, shapes[kind].pointCount);
      const again = shapeThrough(kind, drawn);
      const { march, text } = { march: false, text: '', ...shape };
      assert.deepEqual({ ...again, ...('march' in again && { march }), ...('text' in again && { text }) }, shape);
    });

    it(`of a ${kind} that still lack lie on the last one`, () => {
      const [first, second] = [
        { x: 1, y: 2 },
        { x: 30, y: 40 },
      ];
      const points = handlesOf(shapeThrough(kind, [first, second])).map(({ point }) => point);
      assert.deepEqual(points.slice(0, 2), [first, second]);
      if (kind !== 'ellipse') for (const point of points.slice(2)) assert.deepEqual(point, second);
    });

    it(`of a ${kind} are a slip of the hand where nothing of it reaches three pixels`, () => {
      const tiny = shapeThrough(kind, [
        { x: 5, y: 5 },
        { x: 6, y: 6 },
        { x: 5, y: 6 },
      ]);
      assert.equal(isSlip(tiny, same), true);
      assert.equal(
        isSlip(tiny, ({ x, y }) => ({ x: x * 10, y: y * 10 })),
        false,
        'seen larger it is none',
      );
    });
  }
});

describe('the lines of a shape', () => {
  const everyWay = (kind: Shape['kind'], check: (shape: Shape, project: Project, lines: Point[][]) => void): void => {
    for (const seed of SEEDS) {
      const random = createRandom(seed);
      const [shape, project] = [shapeOf(kind, random), projectIn(random)];
      check(shape, project, outlineOf(shape, project));
    }
  };

  it('go round a polygon and close it', () => {
    everyWay('polygon', (shape, project, [line = [], ...others]) => {
      const corners = handlesOf(shape).map(({ point }) => project(point));
      assert.deepEqual(line, [...corners, corners[0]]);
      assert.deepEqual(others, []);
    });
  });

  it('go through the points of an angle, and of a length between two crossing ticks', () => {
    everyWay('angle', (shape, project, lines) => {
      assert.deepEqual(lines, [handlesOf(shape).map(({ point }) => project(point))]);
    });
    everyWay('length', (shape, project, [line = [], ...ticks]) => {
      const ends = handlesOf(shape).map(({ point }) => project(point));
      assert.deepEqual(line, ends);
      assert.equal(ticks.length, 2);
      const [a, b] = ends as [Point, Point];
      for (const [index, tick] of ticks.entries()) {
        near(middle(tick), ends[index] ?? a, 'a tick on its end');
        const [from, to] = tick as [Point, Point];
        assert.ok(Math.abs(distance(from, to) - 10) < 1e-6);
        const across = ((to.x - from.x) * (b.x - a.x) + (to.y - from.y) * (b.y - a.y)) / distance(a, b);
        assert.ok(Math.abs(across) < 1e-6, 'at a right angle');
      }
    });
  });

  it('follow an ellipse in the picture’s coordinates, however it is shown', () => {
    everyWay('ellipse', (shape, _, [line = []]) => {
      if (shape.kind !== 'ellipse') return assert.fail();
      const { start, end } = shape;
      const [around = []] = outlineOf(shape, same);
      assert.equal(line.length, around.length);
      near(around.at(-1), around[0] ?? start, 'closed');
      const [rx, ry] = [(end.x - start.x) / 2, (end.y - start.y) / 2];
      if (rx === 0 || ry === 0) return;
      for (const { x, y } of around) {
        const part = ((x - start.x - rx) / rx) ** 2 + ((y - start.y - ry) / ry) ** 2;
        assert.ok(Math.abs(part - 1) < 1e-9);
      }
      const xs = around.map(({ x }) => x);
      assert.ok(Math.abs(Math.max(...xs) - Math.max(start.x, end.x)) < 1e-6, 'reaches its rectangle');
      assert.ok(Math.abs(Math.min(...xs) - Math.min(start.x, end.x)) < 1e-6);
    });
  });

  it('point an arrow at its head', () => {
    everyWay('arrow', (shape, project, [shaft = [], barbs = []]) => {
      if (shape.kind !== 'arrow') return assert.fail();
      const [tail, head] = [project(shape.tail), project(shape.head)];
      assert.deepEqual(shaft, [tail, head]);
      assert.deepEqual(barbs[1], head);
      for (const barb of [barbs[0], barbs[2]]) {
        assert.ok(barb && Math.abs(distance(barb, head) - 12) < 1e-6);
        assert.ok(distance(barb, tail) < distance(head, tail) + 12 * Math.cos(Math.PI / 7), 'towards the tail');
      }
    });
  });

  it('stand a caliper’s legs upright at its two times, with its bar and a foot at each voltage', () => {
    everyWay('caliper', (shape, project, lines) => {
      if (shape.kind !== 'caliper') return assert.fail();
      const [start, end] = [project(shape.start), project(shape.end)];
      const [first = [], second = [], bar = [], ...feet] = lines;
      for (const [leg, { x }] of [
        [first, start],
        [second, end],
      ] as const) {
        assert.deepEqual(
          leg.map((point) => point.x),
          [x, x],
        );
        const [top = 0, bottom = 0] = leg.map((point) => point.y);
        assert.ok(top < Math.min(start.y, end.y) && bottom > Math.max(start.y, end.y), 'reaches past both voltages');
      }
      assert.deepEqual(bar, [start, { x: end.x, y: start.y }]);
      assert.equal(feet.length, 2);
      near(middle(feet[0] ?? []), start, 'a foot');
      near(middle(feet[1] ?? []), end, 'a foot');
      for (const foot of feet) assert.equal(foot[0]?.y, foot[1]?.y, 'lies level');
    });
  });

  it('hold RR above QT, each between the points that bound it', () => {
    everyWay('qt', (shape, project, lines) => {
      if (shape.kind !== 'qt') return assert.fail();
      const [previous, onset, tEnd] = [project(shape.previousOnset), project(shape.onset), project(shape.tEnd)];
      const level = lines.filter(([a, b]) => a && b && a.y === b.y);
      const upright = lines.filter(([a, b]) => a && b && a.y !== b.y);
      const xs = (line: Point[] | undefined) => line?.map(({ x }) => x);
      assert.deepEqual(level.map(xs), [
        [previous.x, onset.x],
        [onset.x, tEnd.x],
      ]);
      const [rr, qt] = level.map((line) => line[0]?.y ?? 0) as [number, number];
      assert.ok(rr < qt, 'RR above');
      near({ x: 0, y: (rr + qt) / 2 }, { x: 0, y: (previous.y + onset.y + tEnd.y) / 3 }, 'about the points');
      assert.deepEqual(
        upright.map(xs),
        [previous, onset, tEnd].map(({ x }) => [x, x]),
      );
      const reaches = (line: Point[] | undefined, y: number) =>
        line?.[0] && line[1] && line[0].y <= y && line[1].y >= y;
      assert.ok(reaches(upright[0], rr) && reaches(upright[1], rr), 'RR hangs between its legs');
      assert.ok(reaches(upright[1], qt) && reaches(upright[2], qt), 'QT hangs between its legs');
    });
  });

  it('mark the places besides with an upright line on each', () => {
    const marks: Point[] = [
      { x: 10, y: 20 },
      { x: 30.5, y: -4 },
    ];
    for (const scale of [1, 2.5]) {
      const lines = markLines(marks, scale);
      for (const [index, { x, y }] of marks.entries())
        assert.deepEqual(lines[index], [
          { x, y: y - 22 * scale },
          { x, y: y + 22 * scale },
        ]);
    }
    assert.equal(markLines(marks).length, 2);
    assert.deepEqual(markLines([]), []);
  });

  for (const kind of kinds) {
    it(`of a ${kind} are the same picture on a finer canvas, its label beside it`, () => {
      for (const seed of SEEDS) {
        const random = createRandom(seed);
        const [shape, project] = [shapeOf(kind, random), projectIn(random)];
        const finer: Project = (point) => ({ x: project(point).x * 3, y: project(point).y * 3 });
        const [lines, fine] = [outlineOf(shape, project), outlineOf(shape, finer, 3)];
        assert.deepEqual(
          fine.map((line) => line.length),
          lines.map((line) => line.length),
        );
        const [one, other] = [lines.flat(), fine.flat()];
        for (const [index, { x, y }] of one.entries()) near(other[index], { x: x * 3, y: y * 3 }, `seed ${seed}`);
      }
    });
  }
});
