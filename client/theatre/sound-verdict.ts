/** What a recorded sample of the theatre's sound is worth. Each has its sentences in `theatre:sound.verdict.<verdict>`. */
export type SoundVerdict = 'nothing' | 'quiet' | 'noisy' | 'overdriven' | 'good';

/** One part of so long decides: shorter ones follow single waves, longer ones hide pauses. */
const PART_S = 0.05;
/** Below that nothing reaches the microphone but its own noise. */
const NOTHING_DBFS = -65;
/** Speech of a person who stands at the table comes from -35 dBFS up; below -40 it is not understood over a ward's noise. */
const QUIET_DBFS = -40;
/** Speech has to stand so far above what is heard in its pauses: our own choice, as are the levels above. */
const FAIR_ABOVE_NOISE_DB = 12;
/** More than so many samples at the end of the scale are heard as a crackle. */
const OVERDRIVEN_SHARE = 0.001;
const FULL_SCALE = 0.99;

/** Judges a few seconds in which somebody spoke, pauses included. */
export function judgeSound(samples: Float32Array, samplesPerS: number): SoundVerdict {
  const levels = levelsOf(samples, Math.max(1, Math.round(PART_S * samplesPerS)));
  const loud = percentile(levels, 0.9);
  const still = percentile(levels, 0.1);
  if (loud < NOTHING_DBFS) return 'nothing';
  const clipped = samples.reduce((count, sample) => count + (Math.abs(sample) >= FULL_SCALE ? 1 : 0), 0);
  if (clipped > samples.length * OVERDRIVEN_SHARE) return 'overdriven';
  if (loud < QUIET_DBFS) return 'quiet';
  return loud - still < FAIR_ABOVE_NOISE_DB ? 'noisy' : 'good';
}

/** Of each part its root mean square, in dBFS. */
function levelsOf(samples: Float32Array, perPart: number): number[] {
  const levels: number[] = [];
  for (let at = 0; at + perPart <= samples.length; at += perPart) {
    let sum = 0;
    for (const sample of samples.subarray(at, at + perPart)) sum += sample * sample;
    levels.push(10 * Math.log10(sum / perPart + 1e-12));
  }
  return levels.sort((a, b) => a - b);
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NEGATIVE_INFINITY;
