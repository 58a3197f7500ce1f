import type { types } from 'mediasoup-client';
import { encodeClosely } from '../call/close-up.ts';
import { type HardwareEncoder, inHardware } from '../call/hardware-encoder.ts';
import { encodeCamera, encodeVoice, type OutgoingTrack } from '../call/sending.ts';
import type { PictureSource } from './picture-request.ts';
import type { SoundKind } from './theatre-memory.ts';

/** A screen is read: whole pictures, few of them. */
const SCREEN_LAYERS: types.RtpEncodingParameters[] = [
  { scaleResolutionDownBy: 2, maxBitrate: 400_000, maxFramerate: 5, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 1, maxBitrate: 2_000_000, maxFramerate: 10, scalabilityMode: 'L1T3' },
];

/** How each picture of the theatre is encoded. Letters on a screen outlast VP8 better than the plain H.264 of hardware. */
export const pictureEncoding = (
  hardware: HardwareEncoder,
): Readonly<Record<PictureSource, OutgoingTrack['encode']>> => ({
  field: inHardware(hardware, encodeClosely),
  device: inHardware(hardware, encodeClosely),
  room: inHardware(hardware, encodeCamera),
  screen: () => ({ encodings: SCREEN_LAYERS }),
});

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
