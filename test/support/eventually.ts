import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/** Far beyond what a loaded machine needs: whoever waits this long waits in vain. */
const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 100;

/** Waits until it holds. @throws AssertionError that says what did not come about. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const untilMs = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > untilMs) assert.fail(`never: ${what}`);
    await sleep(LOOK_EVERY_MS);
  }
}

/** Waits until a number that something counts has grown by so much from what it is now. */
export async function rises(what: string, by: number, count: () => number | Promise<number>): Promise<void> {
  const from = await count();
  await eventually(`${what} rises by ${by} from ${from}`, async () => (await count()) >= from + by);
}

/** Waits until a number has stood for so long. */
export async function settles(count: () => number, forMs: number): Promise<void> {
  let seen = count();
  await eventually('nothing comes any more', async () => {
    const earlier = seen;
    await sleep(forMs);
    seen = count();
    return seen === earlier;
  });
}
