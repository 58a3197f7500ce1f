/** A reproducible sequence of numbers from 0 to 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Bytes changed, lengths blown up, pieces cut out or doubled, the end cut off. */
export function mutated(original: Uint8Array, random: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit);
  let bytes = original.slice();
  for (let change = 0; change <= below(6); change += 1) {
    const at = below(bytes.length);
    const kind = below(6);
    if (kind <= 1) bytes[at] = below(256);
    else if (kind === 2) bytes.fill(0xff, at, at + 4);
    else if (kind === 3) bytes.set(bytes.subarray(at, at + below(40)), below(Math.max(1, bytes.length - 40)));
    else if (kind === 4) bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + below(30))]);
    else bytes = bytes.slice(0, at + 1);
  }
  return bytes;
}
