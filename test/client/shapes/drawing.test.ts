import assert from 'node:assert/strict';
import { createDrawing, type Drawing } from '../../../client/review/overlay/drawing.ts';
import { MAX_CORNERS } from '../../../client/shapes/polygon.ts';
import type { Point } from '../../../server/contract/picture.ts';
import { Shape } from '../../../server/contract/review.ts';
import { createRandom } from '../../support/random.ts';

/** Screen pixels of an image pixel: how near is near must be told on the screen. */
const ZOOM = 4;
const at = (x: number, y: number): Point => ({ x, y });
const screenOf = ({ x, y }: Point): Point => ({ x: x * ZOOM, y: y * ZOOM });
/** Image pixels of so many screen pixels. */
const px = (pixels: number): number => pixels / ZOOM;
const [A, B, C, D] = [at(100, 100), at(300, 110), at(320, 280), at(90, 250)];

interface Hand {
  drawing: Drawing;
  finished: Shape[];
  /** Goes there and clicks: press and release at the same place. */
  click(kind: Shape['kind'], ...points: Point[]): void;
  drag(kind: Shape['kind'], from: Point, to: Point): void;
}

function createHand(): Hand {
  const finished: Shape[] = [];
  const drawing = createDrawing((shape) => finished.push(shape), screenOf);
  const move = (to: Point): void => {
    if (drawing.shape) drawing.move(to);
  };
  return {
    drawing,
    finished,
    click(kind, ...points) {
      for (const point of points) {
        move(point);
        drawing.press(kind, point, screenOf(point));
        drawing.release(point, screenOf(point));
      }
    },
    drag(kind, from, to) {
      move(from);
      drawing.press(kind, from, screenOf(from));
      move(at((from.x + to.x) / 2, (from.y + to.y) / 2));
      move(to);
      drawing.release(to, screenOf(to));
    },
  };
}

describe('drawing a polygon', () => {
  let hand: Hand;
  beforeEach(() => {
    hand = createHand();
  });

  it('sets a corner with each click and is closed on the first one', () => {
    hand.click('polygon', A, B, C, D);
    assert.deepEqual(hand.finished, []);
    hand.drawing.move(at(200, 200));
    assert.deepEqual(hand.drawing.shape, { kind: 'polygon', points: [A, B, C, D, at(200, 200)] }, 'follows the mouse');
    assert.deepEqual(hand.drawing.origin, A);
    hand.click('polygon', at(A.x + px(6), A.y - px(6)));
    assert.deepEqual(hand.finished, [{ kind: 'polygon', points: [A, B, C, D] }]);
    assert.equal(hand.drawing.shape, undefined);
  });

  it('is not closed beside the first corner, however large the picture is drawn', () => {
    hand.click('polygon', A, B, C, at(A.x + px(10), A.y));
    assert.deepEqual(hand.finished, []);
    hand.drawing.finish();
    assert.deepEqual(hand.finished, [{ kind: 'polygon', points: [A, B, C, at(A.x + px(10), A.y)] }]);
  });

  it('is a triangle at least: a second corner cannot close it', () => {
    hand.click('polygon', A, B, A);
    assert.deepEqual(hand.finished, []);
    assert.ok(hand.drawing.shape);
  });

  it('ends with a double click, whose second corner is the first one again', () => {
    hand.click('polygon', A, B, C, D, at(D.x + px(1), D.y + px(1)));
    hand.drawing.finish();
    assert.deepEqual(hand.finished, [{ kind: 'polygon', points: [A, B, C, D] }]);
    assert.equal(hand.drawing.shape, undefined);
  });

  it('drops the place where the mouse only happens to be when it is ended by key', () => {
    hand.click('polygon', A, B, C);
    hand.drawing.move(D);
    hand.drawing.finish();
    assert.deepEqual(hand.finished, [{ kind: 'polygon', points: [A, B, C] }]);
  });

  it('has no area between two corners: A, B and A again are no polygon', () => {
    hand.click('polygon', A, B, A, A);
    hand.drawing.finish();
    assert.deepEqual(hand.finished, []);
    hand.drawing.cancel();
    hand.click('polygon', A, B, C, at(A.x + px(2), A.y));
    hand.drawing.finish();
    assert.deepEqual(hand.finished, [{ kind: 'polygon', points: [A, B, C] }]);
  });

  it('is none of fewer than three corners', () => {
    for (const points of [[A], [A, A], [A, B], [A, B, B], [A, A, B, B]]) {
      hand.click('polygon', ...points);
      hand.drawing.move(D);
      hand.drawing.finish();
      assert.deepEqual(hand.finished, [], `${points.length} clicks`);
      assert.equal(hand.drawing.shape, undefined);
    }
    hand.drawing.finish();
    assert.deepEqual(hand.finished, []);
  });

  it('is gone when it is left, and the next one begins anew', () => {
    hand.click('polygon', A, B, C, D);
    hand.drawing.cancel();
    assert.equal(hand.drawing.shape, undefined);
    assert.equal(hand.drawing.origin, undefined);
    hand.drawing.finish();
    hand.drawing.release(A, screenOf(A));
    assert.deepEqual(hand.finished, []);
    hand.click('polygon', B, C, D, B);
    assert.deepEqual(hand.finished, [{ kind: 'polygon', points: [B, C, D] }]);
  });

  it('may be dragged from corner to corner as well', () => {
    hand.drag('polygon', A, B);
    hand.drag('polygon', B, C);
    hand.click('polygon', D, A);
    assert.deepEqual(hand.finished, [{ kind: 'polygon', points: [A, B, C, D] }]);
  });

  it('ends by itself at as many corners as the contract takes', () => {
    const corners = Array.from({ length: MAX_CORNERS }, (_, index) => at(index * 2, (index % 7) * 50 + 1000));
    hand.click('polygon', ...corners.slice(0, -1));
    assert.deepEqual(hand.finished, []);
    hand.click('polygon', ...corners.slice(-1));
    assert.deepEqual(hand.finished, [{ kind: 'polygon', points: corners }]);
    assert.ok(Shape.safeParse(hand.finished[0]).success);
    assert.ok(!Shape.safeParse({ kind: 'polygon', points: [...corners, A] }).success, 'one more would be refused');
  });

  it('has exactly the corners that were set, whatever they are', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = createRandom(seed);
      // A cell of its own for each corner: none is taken for the one before or for the first.
      const corners = Array.from({ length: 3 + random.below(20) }, (_, index) =>
        at(index * px(30) + random.next() * px(15), random.next() * 500),
      );
      hand = createHand();
      hand.click('polygon', ...corners);
      if (random.next() < 0.5) hand.click('polygon', corners[0] ?? A);
      else hand.drawing.finish();
      assert.deepEqual(hand.finished, [{ kind: 'polygon', points: corners }], `seed ${seed}`);
    }
  });
});

describe('drawing a shape of so many points', () => {
  const shapes: [Shape, Point[]][] = [
    [{ kind: 'caliper', start: A, end: B, march: false }, [A, B]],
    [{ kind: 'length', start: A, end: B }, [A, B]],
    [{ kind: 'ellipse', start: A, end: C }, [A, C]],
    [{ kind: 'arrow', head: A, tail: B, text: '' }, [A, B]],
    [{ kind: 'qt', previousOnset: A, onset: B, tEnd: C }, [A, B, C]],
    [{ kind: 'angle', start: A, vertex: B, end: C }, [A, B, C]],
  ];
  for (const [shape, points] of shapes) {
    const { kind } = shape;
    const [first = A, second = B, ...others] = points;

    it(`sets the points of a ${kind} by clicks`, () => {
      const { drawing, finished, click } = createHand();
      click(kind, ...points.slice(0, -1));
      assert.deepEqual(finished, []);
      drawing.move(D);
      assert.ok(drawing.shape, 'it is seen while it is drawn');
      click(kind, ...points.slice(-1));
      assert.deepEqual(finished, [shape]);
      assert.equal(drawing.shape, undefined);
    });

    it(`sets the points of a ${kind} by dragging`, () => {
      const { drawing, finished, click, drag } = createHand();
      drag(kind, first, second);
      click(kind, ...others);
      assert.deepEqual(finished, [shape]);
      assert.equal(drawing.shape, undefined);
    });

    it(`leaves nothing of a ${kind} that is cancelled, and ends none before its last point`, () => {
      const { drawing, finished, click } = createHand();
      click(kind, ...points.slice(0, -1));
      drawing.finish();
      assert.ok(drawing.shape, 'what ends by itself is not ended by a double click');
      drawing.cancel();
      click(kind, ...points);
      assert.deepEqual(finished, [shape]);
    });
  }

  it('takes a trembling hand’s click for a click', () => {
    const { drawing, finished, click } = createHand();
    const near = at(A.x + px(3), A.y - px(2));
    drawing.press('caliper', A, screenOf(A));
    drawing.move(near);
    drawing.release(near, screenOf(near));
    assert.deepEqual(finished, []);
    click('caliper', B);
    assert.deepEqual(finished, [{ kind: 'caliper', start: A, end: B, march: false }]);
  });

  it('begins anew with the tool that is in the hand', () => {
    const { finished, click } = createHand();
    click('qt', A, B);
    click('caliper', C, D);
    assert.deepEqual(finished, [{ kind: 'caliper', start: C, end: D, march: false }]);
  });
});
