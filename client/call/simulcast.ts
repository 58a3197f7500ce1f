import type { types } from 'mediasoup-client';

/** Ladder of edumeet for VP8 (150, 500, 1200 kbit/s at 180, 360, 720 lines), with steps for cameras of other sizes. */
const BITRATES = [
  { uptoLines: 180, bps: 150_000 },
  { uptoLines: 270, bps: 250_000 },
  { uptoLines: 360, bps: 500_000 },
  { uptoLines: 540, bps: 800_000 },
  { uptoLines: 720, bps: 1_200_000 },
] as const;
const LARGEST_BPS = 1_800_000;

/** Chromium sends so many layers of a camera of this size, the first of those that it is given, and no more. */
const THREE_LAYERS_FROM_LINES = 540;
const TWO_LAYERS_FROM_LINES = 270;
const divisorsFor = (lines: number) => {
  if (lines >= THREE_LAYERS_FROM_LINES) return [4, 2, 1];
  return lines >= TWO_LAYERS_FROM_LINES ? [2, 1] : [1, 1];
};

const bitrateBps = (lines: number) => BITRATES.find(({ uptoLines }) => lines <= uptoLines)?.bps ?? LARGEST_BPS;

/**
 * Simulcast encodings for a camera, the smallest first. Never a single one: the sfu can give way to the voice only by dropping layers.
 * @param lines the camera's shorter side in pixels.
 */
export const cameraEncodings = (lines: number): types.RtpEncodingParameters[] => simulcastEncodings(lines, bitrateBps);

/** As {@link cameraEncodings}, at other bitrates. @param bpsOf the largest bitrate of a layer of so many lines */
export function simulcastEncodings(lines: number, bpsOf: (lines: number) => number): types.RtpEncodingParameters[] {
  return divisorsFor(lines).map((scaleResolutionDownBy) => ({
    scaleResolutionDownBy,
    maxBitrate: bpsOf(Math.round(lines / scaleResolutionDownBy)),
    scalabilityMode: 'L1T3',
  }));
}
