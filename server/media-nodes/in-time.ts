import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../contract/index.ts';

/** Whoever looks again and again, or counts on no answer, waits so long for a node that may hang. */
const PATIENCE_MS = 1_000;

/** @throws Failure unavailable / sfu-unreachable where it takes longer */
export async function inTime<T>(asked: Promise<T>): Promise<T> {
  const late = sleep(PATIENCE_MS, undefined, { ref: false }).then(() => {
    throw new Failure('unavailable', 'a node does not answer in time', { reason: 'sfu-unreachable' });
  });
  return await Promise.race([asked, late]);
}
