/** An axial plane in HU, painted in millimetres: x to the patient's left, y to the back, 0 in the middle. */
export interface Slice {
  side: number;
  mmPerPixel: number;
  hu: Float32Array;
}

export interface Ellipse {
  x: number;
  y: number;
  rx: number;
  ry: number;
  /** Degrees from x towards y. */
  turn?: number;
}

export function createSlice(side: number, mmPerPixel: number, hu: number): Slice {
  return { side, mmPerPixel, hu: new Float32Array(side * side).fill(hu) };
}

/** Place of a point in pixels, (0, 0) is the outer corner of the first one. */
export function toPixels({ side, mmPerPixel }: Pick<Slice, 'side' | 'mmPerPixel'>, x: number, y: number) {
  return { x: x / mmPerPixel + side / 2, y: y / mmPerPixel + side / 2 };
}

/**
 * Fills an ellipse. Pixels on its edge take a share, as in a scanner's picture: small vessels stay visible and round.
 * @param share of the whole ellipse, where it fills the slice's thickness only in part.
 */
export function paint(slice: Slice, { x, y, rx, ry, turn = 0 }: Ellipse, hu: number, share = 1): void {
  const { side, mmPerPixel } = slice;
  const reach = Math.max(rx, ry) + mmPerPixel;
  const first = (center: number) => Math.max(0, Math.floor((center - reach) / mmPerPixel + side / 2));
  const last = (center: number) => Math.min(side - 1, Math.ceil((center + reach) / mmPerPixel + side / 2));
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  // How far one pixel reaches on the scale on which the edge is at 1.
  const edge = mmPerPixel / Math.min(rx, ry);
  for (let row = first(y); row <= last(y); row += 1) {
    const dy = (row + 0.5 - side / 2) * mmPerPixel - y;
    for (let column = first(x); column <= last(x); column += 1) {
      const dx = (column + 0.5 - side / 2) * mmPerPixel - x;
      const along = (dx * cos + dy * sin) / rx;
      const across = (dy * cos - dx * sin) / ry;
      const away = Math.sqrt(along * along + across * across);
      const coverage = Math.min(1, Math.max(0, (1 - away) / edge + 0.5)) * share;
      if (coverage === 0) continue;
      const index = row * side + column;
      const before = slice.hu[index] ?? 0;
      slice.hu[index] = before + (hu - before) * coverage;
    }
  }
}

/** A ball that the slice cuts, with as much of it as lies in the slice's thickness. */
export function paintBall(
  slice: Slice,
  ball: { x: number; y: number; z: number; r: number },
  hu: number,
  at: { z: number; thicknessMm: number },
): void {
  const half = at.thicknessMm / 2;
  const inside = Math.min(ball.z + ball.r, at.z + half) - Math.max(ball.z - ball.r, at.z - half);
  if (inside <= 0) return;
  const nearest = Math.max(0, Math.abs(ball.z - at.z) - half);
  const r = Math.sqrt(ball.r ** 2 - nearest ** 2);
  paint(slice, { x: ball.x, y: ball.y, rx: r, ry: r }, hu, Math.min(1, inside / Math.min(at.thicknessMm, 2 * ball.r)));
}
