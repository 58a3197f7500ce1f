import assert from 'node:assert/strict';
import { createProbePlan } from '../../sfu/probe-plan.ts';

const LOOK_MS = 500;

/** When a line is probed, in seconds from the beginning. */
function probedAtS(seconds: number, picturesAt: (second: number) => 'unwanted' | 'flowing' | 'stopped') {
  const plan = createProbePlan();
  const probed: number[] = [];
  for (let ms = 0; ms <= seconds * 1000; ms += LOOK_MS)
    if (plan.observe(picturesAt(ms / 1000), ms) === 'probe') probed.push(ms / 1000);
  return probed;
}

describe('probing a receiver’s line', () => {
  it('begins when no picture has come for three seconds, and goes on until one comes', () => {
    const probed = probedAtS(20, (second) => (second < 5 || second > 12 ? 'flowing' : 'stopped'));
    assert.deepEqual(probed, [8, 9.5, 11]);
  });

  it('fits two probes and the first pictures into ten seconds, however long the line was thin', () => {
    const probed = probedAtS(600, () => 'stopped');
    const gaps = probed.slice(1).map((second, index) => second - (probed[index] ?? 0));
    assert.ok(
      gaps.every((gap) => gap <= 3.5),
      `${Math.max(...gaps)} s`,
    );
    assert.ok(
      gaps.slice(-10).every((gap) => gap >= 3),
      'and is no more often in the way of the voice than that',
    );
  });

  it('asks on without a pause where a picture came for a moment only', () => {
    const probed = probedAtS(60, (second) => (second % 10 === 0 ? 'flowing' : 'stopped'));
    const gaps = probed.slice(1).map((second, index) => second - (probed[index] ?? 0));
    assert.ok(Math.max(...gaps) <= 3.5);
  });

  it('leaves the worker alone while nobody wants a picture, and what comes then begins anew', () => {
    assert.deepEqual(
      probedAtS(30, () => 'unwanted'),
      [],
    );
    const probed = probedAtS(100, (second) => (second >= 60 && second < 62 ? 'unwanted' : 'stopped'));
    assert.ok(!probed.some((second) => second >= 60 && second < 65));
    assert.deepEqual(probed.filter((second) => second >= 65).slice(0, 2), [65, 66.5]);
  });
});
