import assert from 'node:assert/strict';
import { judgeSound } from '../../../client/theatre/sound-verdict.ts';
import { createRandom } from '../../support/random.ts';

const RATE = 48_000;

/** Five seconds: words of 0.4 s and pauses of 0.3 s over a steady noise. */
function sample(loudness: number, noise: number, limit = 1): Float32Array {
  const random = createRandom(3).next;
  return Float32Array.from({ length: RATE * 5 }, (_, at) => {
    const isWord = (at / RATE) % 0.7 < 0.4;
    const voice = isWord ? loudness * Math.sin((2 * Math.PI * 180 * at) / RATE) : 0;
    return Math.min(limit, Math.max(-limit, voice + noise * (random() * 2 - 1)));
  });
}

describe('the sound check of a theatre', () => {
  it('hears speech that stands out of the noise', () => assert.equal(judgeSound(sample(0.3, 0.002), RATE), 'good'));
  it('tells a dead microphone', () => assert.equal(judgeSound(sample(0, 0.000_1), RATE), 'nothing'));
  it('tells speech from too far away', () => assert.equal(judgeSound(sample(0.008, 0.000_5), RATE), 'quiet'));
  it('tells speech that drowns in the noise of suction', () => {
    assert.equal(judgeSound(sample(0.1, 0.1), RATE), 'noisy');
  });
  it('tells a level that crackles', () => assert.equal(judgeSound(sample(2, 0.002), RATE), 'overdriven'));
  it('hears nothing in no sound at all', () => assert.equal(judgeSound(new Float32Array(0), RATE), 'nothing'));
});
