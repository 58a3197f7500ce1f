import assert from 'node:assert/strict';
import { createProcessorLoad, type EncoderSample } from '../../../client/call/processor-load.ts';

const EVERY_MS = 2_000;
const EASY: EncoderSample = { cpuLimited: false, isStarved: false };
const SLOW: EncoderSample = { cpuLimited: true, isStarved: true };
/** A field and a room: three layers and two. */
const PICTURES = { all: 5, least: 2 };

/** @param judge how the encoders stand with so many layers, after so many seconds @returns the most layers, second by second */
function follow(seconds: number, judge: (layers: number, second: number) => EncoderSample) {
  const load = createProcessorLoad();
  let most = Number.POSITIVE_INFINITY;
  const seen: number[] = [];
  for (let ms = 0; ms < seconds * 1_000; ms += EVERY_MS) {
    const sent = Math.min(PICTURES.all, most);
    most = load.observe(judge(sent, ms / 1_000), ms, { ...PICTURES, sent });
    seen.push(Math.min(PICTURES.all, most));
  }
  return { load, seen };
}
const stepsOf = (seen: number[]) => seen.filter((most, index) => most !== seen[index - 1]);

describe('a computer that is to encode more than it can', () => {
  it('sends everything as long as it keeps up, and through a moment in which it does not', () => {
    const { seen, load } = follow(600, (_, second) => (second % 60 < 6 ? SLOW : EASY));
    assert.deepEqual(stepsOf(seen), [5]);
    assert.equal(load.isLimiting, false);
  });

  it('gives up layers one at a time until it keeps up, and never the smallest of a picture', () => {
    assert.deepEqual(stepsOf(follow(40, (layers) => (layers > 3 ? SLOW : EASY)).seen).slice(0, 3), [5, 4, 3]);
    const never = follow(600, () => SLOW);
    assert.deepEqual(stepsOf(never.seen), [5, 4, 3, 2]);
    assert.equal(never.load.isLimiting, true);
  });

  it('gives up no more for what the browser goes on saying once the load has gone', () => {
    const { seen } = follow(50, (layers) => (layers > 4 ? SLOW : { cpuLimited: true, isStarved: false }));
    assert.deepEqual(stepsOf(seen), [5, 4]);
  });

  it('tries again after half a minute, and more and more seldom where that fails', () => {
    const { seen } = follow(1_800, (layers) => (layers > 4 ? SLOW : EASY));
    const tries = seen.flatMap((most, index) =>
      most === 5 && seen[index - 1] === 4 ? [(index * EVERY_MS) / 1_000] : [],
    );
    const pauses = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    assert.ok((tries[0] ?? 0) <= 45, `the first after ${tries[0]} s`);
    assert.ok(
      (pauses[0] ?? 0) >= 60 && pauses.every((pause, index) => pause >= (pauses[index - 1] ?? 0)),
      pauses.join(),
    );
    assert.ok((pauses.at(-1) ?? 0) >= 300 && tries.length < 12, `${tries.length} tries`);
    const once = follow(600, (layers, second) => (layers > 4 && second < 30 ? SLOW : EASY));
    assert.deepEqual(stepsOf(once.seen), [5, 4, 5]);
    assert.equal(once.load.isLimiting, false);
  });

  it('learns nothing while the line keeps the layers back', () => {
    const load = createProcessorLoad();
    let most = Number.POSITIVE_INFINITY;
    for (let ms = 0; ms < 20_000; ms += EVERY_MS)
      most = load.observe(SLOW, ms, { ...PICTURES, sent: Math.min(5, most) });
    const given = most;
    for (let ms = 20_000; ms < 600_000; ms += EVERY_MS) most = load.observe(EASY, ms, { ...PICTURES, sent: 2 });
    assert.equal(most, given);
  });
});
