/** A token bucket: true as long as there are so many tokens to take, one where nothing is said. */
export function createBucket(
  burst: number,
  perSecond: number,
  nowMs: () => number = Date.now,
): (count?: number) => boolean {
  let tokens = burst;
  let atMs = nowMs();
  return (count = 1) => {
    const now = nowMs();
    tokens = Math.min(burst, tokens + ((now - atMs) * perSecond) / 1000);
    atMs = now;
    if (tokens < count) return false;
    tokens -= count;
    return true;
  };
}
