import type { ImageDescription } from './image.ts';
import type { OverlayBits } from './overlay-planes.ts';

/** Overlays in the unused high bits of the pixels, by group; `raw` still has them. Nothing where the image has none. */
export function embeddedOverlays(
  raw: Uint8Array | Uint16Array,
  { overlays }: ImageDescription,
): { overlays?: Record<string, OverlayBits> } {
  const planes = overlays.flatMap(({ group, embeddedBit }): [string, OverlayBits][] =>
    embeddedBit !== null && embeddedBit < raw.BYTES_PER_ELEMENT * 8 ? [[group, packed(raw, embeddedBit)]] : [],
  );
  return planes.length === 0 ? {} : { overlays: Object.fromEntries(planes) };
}

function packed(raw: Uint8Array | Uint16Array, bit: number): OverlayBits {
  const bits = new Uint8Array(Math.ceil(raw.length / 8));
  for (let at = 0; at < raw.length; at += 1)
    if ((((raw[at] as number) >> bit) & 1) === 1) bits[at >> 3] = (bits[at >> 3] as number) | (1 << (at & 7));
  return bits;
}
