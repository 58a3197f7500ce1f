import type { PixelRect } from './zones.ts';

/** One plane of a picture: bytes of a sample, how many pixels share one, and what black is in it. */
interface Plane {
  black: readonly number[];
  sharedAcross: 1 | 2;
  sharedDown: 1 | 2;
}

const plane = (black: readonly number[], sharedAcross: 1 | 2 = 1, sharedDown: 1 | 2 = 1): Plane => ({
  black,
  sharedAcross,
  sharedDown,
});

/** Black in limited range (ITU-R BT.709, section 3.5); read as full range it is black as well, as near as anybody can see. */
const LUMA = plane([16]);
const GREY = [128];
const OPAQUE = plane([255]);
const PACKED = plane([0, 0, 0, 255]);

/** Of the pixel formats that WebCodecs hands out (section 9.8) those that cameras and capture cards give. */
const PLANES = {
  I420: [LUMA, plane(GREY, 2, 2), plane(GREY, 2, 2)],
  I420A: [LUMA, plane(GREY, 2, 2), plane(GREY, 2, 2), OPAQUE],
  I422: [LUMA, plane(GREY, 2), plane(GREY, 2)],
  I444: [LUMA, plane(GREY), plane(GREY)],
  NV12: [LUMA, plane([128, 128], 2, 2)],
  RGBA: [PACKED],
  RGBX: [PACKED],
  BGRA: [PACKED],
  BGRX: [PACKED],
} satisfies Record<string, Plane[]>;

export type BlackableFormat = keyof typeof PLANES;

export const isBlackable = (format: string | null): format is BlackableFormat => format !== null && format in PLANES;

/** Where each plane lies in the bytes, as `VideoFrame.copyTo` tells. */
export interface PlanePlace {
  offset: number;
  stride: number;
}

/** Blackens parts of a picture in its own pixel format: all that lies outside stays bit by bit what the camera gave. */
export function blackOut(
  bytes: Uint8Array,
  format: BlackableFormat,
  places: readonly PlanePlace[],
  rects: readonly PixelRect[],
): void {
  const planes: readonly Plane[] = PLANES[format];
  for (const [index, { black, sharedAcross, sharedDown }] of planes.entries()) {
    const place = places[index];
    if (!place) throw new Error(`a picture in ${format} without its plane ${index}`);
    for (const { left, top, right, bottom } of rects) {
      const samples = Math.ceil(right / sharedAcross) - Math.floor(left / sharedAcross);
      const row = Uint8Array.from({ length: samples * black.length }, (_, at) => black[at % black.length] ?? 0);
      const begin = place.offset + Math.floor(left / sharedAcross) * black.length;
      for (let y = Math.floor(top / sharedDown); y < Math.ceil(bottom / sharedDown); y += 1)
        bytes.set(row, begin + y * place.stride);
    }
  }
}
