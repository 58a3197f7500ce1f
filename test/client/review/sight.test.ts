import assert from 'node:assert/strict';
import { isOutside, outlineOf } from '../../../client/shapes/shapes.ts';
import type { Point } from '../../../server/contract/picture.ts';

describe('a shape that is out of sight', () => {
  const size = { width: 400, height: 300 };
  const lineOf = (start: Point, end: Point) => outlineOf({ kind: 'length', start, end }, (point) => point);

  it('is told from one that reaches into the window, however little', () => {
    assert.equal(isOutside(lineOf({ x: -200, y: 50 }, { x: -40, y: 90 }), size), true);
    assert.equal(isOutside(lineOf({ x: 450, y: 50 }, { x: 900, y: 90 }), size), true);
    assert.equal(isOutside(lineOf({ x: 50, y: -90 }, { x: 90, y: -20 }), size), true);
    assert.equal(isOutside(lineOf({ x: 50, y: 340 }, { x: 90, y: 500 }), size), true);
    assert.equal(isOutside(lineOf({ x: -200, y: 50 }, { x: 1, y: 90 }), size), false);
    assert.equal(isOutside(lineOf({ x: -200, y: 50 }, { x: 600, y: 90 }), size), false);
  });
});
