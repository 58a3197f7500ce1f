import { createHash } from 'node:crypto';

/** Numbers that look random and are the same at every start: a picture under one UID has one content. */
export interface Random {
  /** 0 (included) to 1. */
  next(): number;
  between(low: number, high: number): number;
  /** Of a normal distribution, mean 0. */
  gauss(deviation: number): number;
}

/** Mulberry32 (Tommy Ettinger, public domain): fast, and good enough for textures. */
export function createRandom(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    // Box and Muller.
    gauss: (deviation) => deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
