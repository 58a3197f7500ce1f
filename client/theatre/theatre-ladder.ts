import type { types } from 'mediasoup-client';
import { encodeCamera, encodeVoice, type OutgoingTrack } from '../call/sending.ts';
import { simulcastEncodings } from '../call/simulcast.ts';
import type { PictureSource } from './picture-request.ts';
import type { SoundKind } from './theatre-memory.ts';

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

/** A screen is read: whole pictures, few of them. */
const SCREEN_LAYERS: types.RtpEncodingParameters[] = [
  { scaleResolutionDownBy: 2, maxBitrate: 400_000, maxFramerate: 5, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 1, maxBitrate: 2_000_000, maxFramerate: 10, scalabilityMode: 'L1T3' },
];

const encodeClosely: OutgoingTrack['encode'] = (track) => {
  const { width = 1920, height = 1080 } = track.getSettings();
  const bitrateBps = (lines: number) => CLOSE_BPS.find(({ uptoLines }) => lines <= uptoLines)?.bps ?? CLOSE_LARGEST_BPS;
  return { encodings: simulcastEncodings(Math.min(width, height), bitrateBps), codecOptions: CLOSE_START };
};

/** How each picture of the theatre is encoded. */
export const PICTURE_ENCODING: Readonly<Record<PictureSource, OutgoingTrack['encode']>> = {
  field: encodeClosely,
  device: encodeClosely,
  room: encodeCamera,
  screen: () => ({ encodings: SCREEN_LAYERS }),
};

/**
 * How the theatre's sound is encoded. A lecturer's voice in packets of 60 ms costs every watcher a third of the packets of 20 ms. What comes over
 * a line is no speech: both channels, and no silence left out.
 */
export const SOUND_ENCODING: Readonly<Record<SoundKind, OutgoingTrack['encode']>> = {
  speech: (track) => {
    const { codecOptions, ...voice } = encodeVoice(track);
    return { ...voice, codecOptions: { ...codecOptions, opusPtime: 60 } };
  },
  line: (track) => {
    const { codecOptions, ...voice } = encodeVoice(track);
    const asItIs = { opusStereo: true, opusDtx: false, opusMaxAverageBitrate: 128_000 };
    return { ...voice, encodings: [{ dtx: false }], codecOptions: { ...codecOptions, ...asItIs } };
  },
};
