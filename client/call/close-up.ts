import type { OutgoingTrack } from './sending.ts';
import { simulcastEncodings } from './simulcast.ts';

/** Of what is looked at closely: 250, 900 and 3,500 kbit/s at 480, 960 and 1920 across, and steps for cameras of other sizes. */
const CLOSE_BPS = [
  { uptoLines: 135, bps: 120_000 },
  { uptoLines: 180, bps: 180_000 },
  { uptoLines: 270, bps: 250_000 },
  { uptoLines: 360, bps: 500_000 },
  { uptoLines: 540, bps: 900_000 },
  { uptoLines: 720, bps: 1_800_000 },
];
const CLOSE_LARGEST_BPS = 3_500_000;
/** kbit/s; the browser's own 300 leave the operation blurred for its first seconds. */
const CLOSE_START = { videoGoogleStartBitrate: 1_500 };

/** A camera of which details count: an operation, a device's picture. */
export const encodeClosely: OutgoingTrack['encode'] = (track) => {
  const { width = 1920, height = 1080 } = track.getSettings();
  const bitrateBps = (lines: number) => CLOSE_BPS.find(({ uptoLines }) => lines <= uptoLines)?.bps ?? CLOSE_LARGEST_BPS;
  const encodings = simulcastEncodings(Math.min(width, height), bitrateBps);
  return { encodings, codecOptions: CLOSE_START };
};
