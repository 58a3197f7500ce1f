import assert from 'node:assert/strict';

/** Fails unless the number is there and no further from what is expected than the tolerance. */
export function assertClose(found: number | undefined | null, expected: number, tolerance = 1e-9): void {
  assert.ok(Math.abs((found ?? Number.NaN) - expected) <= tolerance, `${found} instead of ${expected}`);
}
