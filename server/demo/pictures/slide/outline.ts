import type { Random } from '../random.ts';
import type { Spot } from './raster.ts';

/** The outline is worked out on a coarse grid and read between its knots. */
export const CELL = 16;
/** Over so many pixels the edge fades into the glass. */
const FADE = 4;

export interface Outline {
  /** Squares of that grid that have tissue in them; `isWhole`: nothing else. */
  cells(): { left: number; top: number; isWhole: boolean }[];
  /** How much of a pixel is tissue, 0 to 1. */
  at(x: number, y: number): number;
  /** Whether all of a disc is. */
  holds(x: number, y: number, radius: number): boolean;
}

/** Pieces of tissue: ellipses with a ragged edge. */
export function createOutline(random: Random, pieces: readonly Spot[], width: number, height: number): Outline {
  const columns = Math.ceil(width / CELL) + 2;
  const rows = Math.ceil(height / CELL) + 2;
  const waves = [3, 5, 8, 13, 21].map((count) => ({
    count,
    phase: random.between(0, 6),
    height: 0.11 / Math.sqrt(count),
  }));
  const knots = Float32Array.from({ length: columns * rows }, (_, index) => {
    const x = (index % columns) * CELL;
    const y = Math.floor(index / columns) * CELL;
    return Math.max(...pieces.map((piece, number) => depthIn(piece, x, y, waves, number)));
  });
  const depthAt = (x: number, y: number) => {
    const column = Math.floor(x / CELL);
    const row = Math.floor(y / CELL);
    const across = x / CELL - column;
    const down = y / CELL - row;
    const at = row * columns + column;
    const upper = (knots[at] ?? 0) * (1 - across) + (knots[at + 1] ?? 0) * across;
    const lower = (knots[at + columns] ?? 0) * (1 - across) + (knots[at + columns + 1] ?? 0) * across;
    return upper * (1 - down) + lower * down;
  };
  const cells = () =>
    Array.from(knots.keys()).flatMap((at) => {
      const corners = [at, at + 1, at + columns, at + columns + 1].map((knot) => knots[knot] ?? 0);
      if (corners.every((depth) => depth <= 0)) return [];
      const [left, top] = [(at % columns) * CELL, Math.floor(at / columns) * CELL];
      return [{ left, top, isWhole: corners.every((depth) => depth >= FADE) }];
    });
  return {
    cells,
    at: (x, y) => Math.min(1, Math.max(0, depthAt(x, y) / FADE)),
    holds: (x, y, radius) => depthAt(x, y) > radius,
  };
}

/** Pixels, roughly, from the edge inwards; negative outside. */
function depthIn(
  { x: centerX, y: centerY, rx, ry, turn }: Spot,
  x: number,
  y: number,
  waves: { count: number; phase: number; height: number }[],
  number: number,
): number {
  const [dx, dy] = [x - centerX, y - centerY];
  const u = (dx * Math.cos(turn) + dy * Math.sin(turn)) / rx;
  const v = (dy * Math.cos(turn) - dx * Math.sin(turn)) / ry;
  const angle = Math.atan2(v, u);
  const edge = waves.reduce((sum, wave) => sum + wave.height * Math.sin(wave.count * angle + wave.phase + number), 1);
  return (edge - Math.hypot(u, v)) * Math.min(rx, ry);
}
