import { type Attributes, findNumber } from '../dicom/attributes.ts';

/** How a multi-frame object wants to be played, PS3.3 section C.7.6.5. */
export interface Cine {
  /** From each frame to the next; one for all, or one for each frame, the last one's to the first again. Milliseconds. */
  frameTimesMs: number[];
  /** `default`: the file says nothing about time. */
  source: 'recommended' | 'frame-time-vector' | 'frame-time' | 'cine-rate' | 'default';
  /** Preferred Playback Sequencing (0018,1244): to the end and back again instead of from the beginning. */
  sweeps: boolean;
  /** The frames to be played, from 1, both included: Start Trim (0008,2142) to Stop Trim (0008,2143). */
  firstFrame: number;
  lastFrame: number;
}

const FRAME_TIME_VECTOR = '00181065';
const DEFAULT_FRAMES_PER_SECOND = 15;
/** A device that states more or less than can be shown or waited for has mistaken the unit. */
const LEAST_MS = 5;
const MOST_MS = 10_000;

/** Reads the rate of an object of several frames. The rate to display at counts more than that of acquisition. */
export function readCine(dataset: Attributes, numberOfFrames: number): Cine {
  return {
    ...readTiming(dataset, numberOfFrames),
    sweeps: findNumber(dataset, '00181244', 'US') === 1,
    ...readTrim(dataset, numberOfFrames),
  };
}

/** A trim that leaves less than two of the object's frames was not meant: all are played. */
function readTrim(dataset: Attributes, numberOfFrames: number): Pick<Cine, 'firstFrame' | 'lastFrame'> {
  const firstFrame = findNumber(dataset, '00082142', 'IS') ?? 1;
  const lastFrame = findNumber(dataset, '00082143', 'IS') ?? numberOfFrames;
  const isMeant = firstFrame >= 1 && firstFrame < lastFrame && lastFrame <= numberOfFrames;
  return isMeant ? { firstFrame, lastFrame } : { firstFrame: 1, lastFrame: numberOfFrames };
}

function readTiming(dataset: Attributes, numberOfFrames: number): Pick<Cine, 'frameTimesMs' | 'source'> {
  const perSecond = (rate: number | undefined) => (rate === undefined ? [] : [1000 / rate]);
  const recommended = perSecond(findNumber(dataset, '00082144', 'IS'));
  if (areTimes(recommended)) return { frameTimesMs: recommended, source: 'recommended' };
  const vector = timesOfVector(dataset, numberOfFrames);
  const frameTime = dataset.numbers('00181063', 'DS').slice(0, 1);
  const pointers = dataset.tags('00280009');
  const vectorFirst = pointers.length === 0 || pointers.includes(FRAME_TIME_VECTOR);
  if (vectorFirst && areTimes(vector)) return { frameTimesMs: vector, source: 'frame-time-vector' };
  if (areTimes(frameTime)) return { frameTimesMs: frameTime, source: 'frame-time' };
  const cineRate = perSecond(findNumber(dataset, '00180040', 'IS'));
  if (areTimes(cineRate)) return { frameTimesMs: cineRate, source: 'cine-rate' };
  const actual = dataset.numbers('00181242', 'IS').slice(0, 1);
  if (areTimes(actual)) return { frameTimesMs: actual, source: 'frame-time' };
  return { frameTimesMs: [1000 / DEFAULT_FRAMES_PER_SECOND], source: 'default' };
}

/** The vector's first value is 0, each further one the time since the frame before; round the loop the usual time passes. */
function timesOfVector(dataset: Attributes, numberOfFrames: number): number[] {
  const [, ...sinceBefore] = dataset.numbers(FRAME_TIME_VECTOR, 'DS').slice(0, numberOfFrames);
  if (sinceBefore.length !== numberOfFrames - 1) return [];
  const usual = [...sinceBefore].sort((one, other) => one - other)[sinceBefore.length >> 1] ?? 0;
  return [...sinceBefore, usual];
}

function areTimes(timesMs: number[]): boolean {
  return timesMs.length > 0 && timesMs.every((timeMs) => timeMs >= LEAST_MS && timeMs <= MOST_MS);
}

/** Frames a second, on the average. */
export function framesPerSecond({ frameTimesMs }: Cine): number {
  return (1000 * frameTimesMs.length) / frameTimesMs.reduce((sum, timeMs) => sum + timeMs, 0);
}

/** How long a frame (from 1) stands before the next one comes, milliseconds. */
export function frameTimeMs({ frameTimesMs }: Cine, frame: number): number {
  return frameTimesMs[frame - 1] ?? frameTimesMs[0] ?? 1000 / DEFAULT_FRAMES_PER_SECOND;
}
