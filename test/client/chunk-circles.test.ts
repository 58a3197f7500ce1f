import assert from 'node:assert/strict';
import { findCircle } from '../../client/chunk-circles.ts';

describe('the files of a build', () => {
  const withoutCircle: [string, string[]][] = [
    ['start', ['shared']],
    ['page', ['start', 'shared', 'viewer']],
    ['viewer', ['shared', 'start', 'a-package']],
    ['shared', []],
  ];

  it('may need each other in any way that has an end', () => {
    assert.equal(findCircle(new Map(withoutCircle)), undefined);
  });

  it('are refused where the way from one leads back to it, and the way is told', () => {
    const edges = new Map([...withoutCircle, ['shared', ['viewer']] as const]);
    const circle = findCircle(edges) ?? [];
    assert.deepEqual(new Set(circle), new Set(['shared', 'viewer']));
    assert.equal(circle[0], circle.at(-1));
  });
});
