/** A part of a picture that nobody may see, in fractions of the picture, so that it holds at every size of it. */
export interface MaskZone {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PixelRect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const MOST_ZONES = 8;
/** Smaller ones could neither be seen nor taken hold of. */
export const SMALLEST_FRACTION = 0.02;

const between = (least: number, value: number, most: number) => Math.min(most, Math.max(least, value));

/** The zone inside of the picture, of a size that can be taken hold of. */
export function keptInside({ x, y, width, height }: MaskZone): MaskZone {
  const kept = { width: between(SMALLEST_FRACTION, width, 1), height: between(SMALLEST_FRACTION, height, 1) };
  return { x: between(0, x, 1 - kept.width), y: between(0, y, 1 - kept.height), ...kept };
}

/**
 * The pixels that a zone touches, out to even ones: in pictures with halved colour (I420, NV12) four pixels share one, which would
 * tell of what lies under the zone's edge.
 */
export function coveredPixels(zone: MaskZone, width: number, height: number): PixelRect {
  const outward = (from: number, length: number, whole: number) => ({
    low: between(0, 2 * Math.floor((from * whole) / 2), whole),
    high: between(0, 2 * Math.ceil(((from + length) * whole) / 2), whole),
  });
  const across = outward(zone.x, zone.width, width);
  const down = outward(zone.y, zone.height, height);
  return { left: across.low, top: down.low, right: across.high, bottom: down.high };
}
